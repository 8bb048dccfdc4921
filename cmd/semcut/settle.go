package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// How much garbage may lie about. Go begins to collect at four megabytes times roomAtFirst: most commands end before that. Later
// it is what is left of inAll, but garbageLater at least, so that what is large stays tight: fresh memory costs more than it does
// to use the old again.
const (
	roomAtFirst  = 600 // percent of what is in use
	roomAtMost   = 100
	roomAtLeast  = 30
	garbageLater = 8 << 20  // bytes, at least
	inAll        = 40 << 20 // bytes, with what is in use
)

// settle suits Go to a program that is over soon and does one thing at a time: short commands get room, long ones little more
// than they need.
func settle() {
	debug.SetGCPercent(roomAtFirst)
	afterCollection(roomAtFirst)
}

// afterCollection sets the room anew each time that garbage was collected. From the first time on one processor does: a second
// one would only look for garbage that isn't there.
func afterCollection(room int) {
	runtime.AddCleanup(new(struct{ _ *byte }), func(room int) {
		if room == roomAtFirst && os.Getenv("GOMAXPROCS") == "" {
			runtime.GOMAXPROCS(1)
		}
		var inUse runtime.MemStats
		runtime.ReadMemStats(&inUse) // package runtime/metrics takes time at every start
		garbage := max(inAll-int64(inUse.HeapAlloc), garbageLater)
		next := int(min(max(100*garbage/int64(max(inUse.HeapAlloc, 1)), roomAtLeast), roomAtMost))
		if next != room {
			debug.SetGCPercent(next)
		}
		afterCollection(next)
	}, room)
}
