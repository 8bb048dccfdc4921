// Command semcut releases a repository from its Conventional Commits.
//
// One file holds one command: an options struct, the flags that fill it, and a run function that
// never sees cobra. Nothing here decides anything about releases: that is package release.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(launch(&app{})) }

// launch runs an app in this process: with its streams, arguments and environment, ended by its signals.
func launch(a *app) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() { // the first signal asks, the second one ends
		<-ctx.Done()
		stop()
	}()
	a.stdio, a.Env = systemStdio(), withoutSigningKey(os.Getenv)
	return a.run(ctx, os.Args[1:])
}
