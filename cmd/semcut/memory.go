package main

import (
	"runtime"
	"runtime/debug"
)

// How much garbage may lie about, in percent of what is in use. Go begins to collect at four megabytes times the first one: most
// commands end before that. Fresh memory costs more than it does to use the old again, so what is large is kept tight.
const (
	roomAtFirst = 400
	roomLater   = 50
)

// manageMemory gives short commands room, and long ones little more than they need.
func manageMemory() {
	debug.SetGCPercent(roomAtFirst)
	runtime.AddCleanup(new(struct{ _ *byte }), func(int) { debug.SetGCPercent(roomLater) }, 0)
}
