package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// How much garbage may lie about, in percent of what is in use. Go begins to collect at four megabytes times the first one: most
// commands end before that. Fresh memory costs more than it does to use the old again, so what is large is kept tight.
const (
	roomAtFirst = 400
	roomLater   = 30
)

// settle suits Go to a program that is over soon and does one thing at a time: short commands get room, long ones little more
// than they need, and one processor does, since a second one would only look for garbage that isn't there.
func settle() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(1)
	}
	debug.SetGCPercent(roomAtFirst)
	runtime.AddCleanup(new(struct{ _ *byte }), func(int) { debug.SetGCPercent(roomLater) }, 0)
}
