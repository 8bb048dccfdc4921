package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"sync"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/process"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/registry/npm"
)

func onNPM(_ *releaser, cfg *config.Config) bool { return cfg.NPM.On }

// newNPM makes the publisher of the repository's package.
func newNPM(ctx context.Context, r *releaser, cfg *config.Config) (release.Publisher, error) {
	n := cfg.NPM
	if r.repo.Root() == "" {
		return nil, release.Errorf(release.CodeFile, "run it in a clone with a work tree", "looking for the npm package: this repository has no work tree")
	}
	return npm.New(npm.Options{
		Root: r.repo.Root(), Dir: n.Dir, Registry: n.Registry, Tag: n.Tag, Access: n.Access, Provenance: n.Provenance, Client: n.Client,
		Publish: n.Publish, TarballDir: n.TarballDir, Head: func() string { return r.workHead(ctx) }, Env: r.a.Env, Secret: r.a.Secrets.Add, Run: r.a.runProgram,
		Log: r.a.Log, UserAgent: "semcut", Transport: r.npmTransport(), Wait: r.a.Wait,
	})
}

// workHead is the commit that the work tree has now; "" where that can't be told.
func (r *releaser) workHead(ctx context.Context) string {
	head, err := r.repo.Head(ctx)
	if err != nil {
		return ""
	}
	return head.Commit
}

// npmTransport carries requests with git's proxies and certificates, which depend on the host.
func (r *releaser) npmTransport() http.RoundTripper {
	return &perHost{r: r, to: map[string]http.RoundTripper{}}
}

type perHost struct {
	r  *releaser
	mu sync.Mutex
	to map[string]http.RoundTripper
}

// RoundTrip sends a request the way that git would take to its host.
func (p *perHost) RoundTrip(req *http.Request) (*http.Response, error) {
	host := req.URL.Scheme + "://" + req.URL.Host + "/"
	p.mu.Lock()
	to, known := p.to[host]
	if !known {
		transport, err := p.r.repo.Transport(p.r.a.Env, p.r.a.Secrets.Add, host)
		if err != nil {
			p.mu.Unlock()
			return nil, err
		}
		to = transport
		p.to[host] = to
	}
	p.mu.Unlock()
	return to.RoundTrip(req)
}

// runProgram runs a program in a folder, and shows what it says, each line with its name before it.
func (a *app) runProgram(ctx context.Context, dir string, env []string, program string, args ...string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return err
	}
	out := &prefixed{to: a.Err, prefix: program + "| "}
	defer out.flush()
	err = process.Run(ctx, process.Command{Program: path, Args: args, Dir: dir, Env: append(os.Environ(), env...), Out: out, Err: out})
	if errors.Is(err, exec.ErrNotFound) {
		err = exec.ErrNotFound
	}
	return err
}
