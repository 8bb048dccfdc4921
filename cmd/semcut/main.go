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

func main() {
	settle()
	os.Exit(launch(&app{}))
}

// launch runs an app in this process: with its streams, arguments and environment, ended by its signals.
func launch(a *app) int {
	a.stdio, a.Env, a.Signals = systemStdio(), withoutSigningKey(os.Getenv), signals
	return a.run(context.Background(), os.Args[1:])
}

// signals gives a context that the first signal ends; the second one ends the process.
func signals(ctx context.Context) context.Context {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	return ctx
}
