package main

import (
	"fmt"
	"time"
)

// progress says on standard error what is being done once it has taken a second, and how long by then;
// on a terminal the line counts the seconds. The answer ends it.
func (a *app) progress(what string) (done func()) {
	if a.Quiet {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		a.tick(what, stop)
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

func (a *app) tick(what string, stop <-chan struct{}) {
	start := time.Now()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			if a.ErrTTY && time.Since(start) > time.Second {
				fmt.Fprint(a.Err, "\r\x1b[K\r")
			}
			return
		case <-ticker.C:
			switch seconds := int(time.Since(start).Seconds()); {
			case a.ErrTTY:
				fmt.Fprintf(a.Err, "\r%s … %d s\r", what, seconds)
			case seconds == 1 || seconds%30 == 0:
				fmt.Fprintf(a.Err, "%s … %d s\n", what, seconds)
			}
		}
	}
}
