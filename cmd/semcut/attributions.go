package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/release"
)

// remembering asks an attributor about a commit only once: what came in by a pull request did so for ever. It is kept in the
// user's folder for caches, a file a repository.
type remembering struct {
	release.Attributor
	file string // "" where there is no such folder
}

// Attribute answers from memory what it can.
func (r remembering) Attribute(ctx context.Context, hashes []string) (map[string]changelog.Attribution, error) {
	known := r.read()
	asked := slices.DeleteFunc(slices.Clone(hashes), func(hash string) bool { return known[hash].PullRequest != "" })
	found := map[string]changelog.Attribution{}
	for _, hash := range hashes {
		if a, ok := known[hash]; ok {
			found[hash] = a
		}
	}
	if len(asked) == 0 {
		return found, nil
	}
	fresh, err := r.Attributor.Attribute(ctx, asked)
	maps.Copy(found, fresh)
	maps.DeleteFunc(fresh, func(_ string, a changelog.Attribution) bool { return a.PullRequest == "" })
	if len(fresh) > 0 {
		maps.Copy(known, fresh)
		r.write(known)
	}
	return found, err
}

func (r remembering) read() map[string]changelog.Attribution {
	known := map[string]changelog.Attribution{}
	data, err := os.ReadFile(r.file)
	if err != nil || json.Unmarshal(data, &known) != nil || known == nil {
		return map[string]changelog.Attribution{} // nothing is lost but the time to ask again
	}
	return known
}

func (r remembering) write(known map[string]changelog.Attribution) {
	data, err := json.Marshal(known)
	if err != nil || r.file == "" || os.MkdirAll(filepath.Dir(r.file), 0o755) != nil {
		return
	}
	_ = writeFile(r.file, append(data, '\n')) // a cache
}

// attributors are the publishers that know of commits.
func (r *releaser) attributors() []release.Attributor {
	var all []release.Attributor
	for _, pub := range r.publishers {
		if a, can := pub.(release.Attributor); can {
			file := ""
			if r.mayWrite() {
				file = r.attributionsFile(pub.Name())
			}
			all = append(all, remembering{a, file})
		}
	}
	return all
}

func (r *releaser) attributionsFile(publisher string) string {
	dir := r.a.Env("XDG_CACHE_HOME")
	if dir == "" {
		var err error
		if dir, err = os.UserCacheDir(); err != nil {
			return ""
		}
	}
	return filepath.Join(dir, "semcut", publisher, filepath.FromSlash(r.identity.String())+".json")
}

// online lets notes ask the forge, as a release does.
func (p *project) online(ctx context.Context, a *app, opts *release.Options) error {
	r := &releaser{project: p, a: a, o: releaseOptions{Yes: true}}
	var err error
	if r.publishers, err = r.wirePublishers(ctx, r.cfg); err != nil {
		return err
	}
	opts.Attributors = r.attributors()
	opts.Warn = func(text string) { a.Log.Warn(text) }
	return nil
}
