package npm

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

const token = "npm_canary0123456789abcdef"

// A rig is a package in a folder, and the registry that it goes to.
type rig struct {
	*server
	dir  string
	vars map[string]string
	Options
	hidden []string
	log    bytes.Buffer
}

// newRig makes a package and a registry that is the default one.
func newRig(t *testing.T, manifest string) *rig {
	t.Helper()
	r := &rig{server: newServer(t, token), dir: t.TempDir()}
	r.vars = map[string]string{"DEFAULT_NPM_REGISTRY": r.URL, "NPM_TOKEN": token, "HOME": t.TempDir()}
	r.write("package.json", manifest)
	r.write("index.js", "1\n")
	return r
}

func (r *rig) write(name, content string) {
	r.t.Helper()
	writeFile(r.t, filepath.Join(r.dir, name), content)
}

func (r *rig) registry() *Registry {
	r.t.Helper()
	o := r.Options
	o.Root, o.Publish, o.Env, o.Wait, o.UserAgent = r.dir, true, func(name string) string { return r.vars[name] }, time.Millisecond, "semcut-test"
	o.Log = slog.New(slog.NewTextHandler(&r.log, nil))
	o.Secret = func(value string) { r.hidden = append(r.hidden, value) }
	reg, err := New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return reg
}

func (r *rig) publish(tag string) (release.Receipt, error) {
	return r.registry().Publish(r.t.Context(), releasetest.Release(tag), nil)
}

func TestPublisher(t *testing.T) {
	releasetest.Publisher(t, func(t *testing.T) releasetest.Service {
		return &service{newRig(t, `{"name": "widget", "version": "0.0.0"}`), map[string]string{}}
	})
}

// service is the registry as the suite wants it. It knows which tag was published as which version, since npm doesn't.
type service struct {
	*rig
	tags map[string]string
}

// onChannel publishes pre-releases on a channel of their own: npm has no other way to tell them.
type onChannel struct {
	*Registry
	tags map[string]string
}

func (o onChannel) with(r release.Release) release.Release {
	o.tags[r.Version.String()] = r.Tag
	if r.Prerelease {
		r.Channel = "next"
	}
	return r
}

func (o onChannel) Publish(ctx context.Context, r release.Release, a []release.Asset) (release.Receipt, error) {
	return o.Registry.Publish(ctx, o.with(r), a)
}

func (o onChannel) Promote(ctx context.Context, r release.Release) (release.Receipt, error) {
	return o.Registry.Promote(ctx, o.with(r))
}

func (s *service) Publisher(_ *testing.T, c releasetest.Credential) release.Publisher {
	s.vars["NPM_TOKEN"] = map[releasetest.Credential]string{releasetest.GoodToken: token, releasetest.WrongToken: "npm_wrong"}[c]
	return onChannel{s.registry(), s.tags}
}

func (s *service) State() map[string]releasetest.Published {
	state := map[string]releasetest.Published{}
	if p := s.packages["widget"]; p != nil {
		for version := range p.Versions {
			state[s.tags[version]] = releasetest.Published{Bare: true, Prerelease: p.Tags["latest"] != version}
		}
	}
	return state
}

func (s *service) Hidden() int { return 0 }
func (s *service) Writes() int { return s.writes }

// Half leaves a version without its tag.
func (s *service) Half(r release.Release, _ []release.Asset) {
	if _, err := s.Publisher(s.t, releasetest.GoodToken).Publish(s.t.Context(), r, nil); err != nil {
		s.t.Fatal(err)
	}
	maps.DeleteFunc(s.packages["widget"].Tags, func(string, string) bool { return true })
}

func (s *service) Fail(f releasetest.Failure) {
	switch f {
	case releasetest.Forbidden:
		s.fail(fault{method: http.MethodPut, status: http.StatusForbidden, body: `{"error":"you may not"}`, times: 99})
	case releasetest.RateLimited:
		s.fail(fault{status: http.StatusTooManyRequests, times: 99})
	case releasetest.ServerDown:
		s.fail(fault{status: http.StatusBadGateway, times: 99})
	case releasetest.LostRequest:
		s.fail(fault{})
	case releasetest.LostAnswer:
		s.fail(fault{method: http.MethodPut, after: true})
	case releasetest.HalfUpload:
		s.fail(fault{method: http.MethodPut})
	}
}

func (r *rig) publishWith(reg *Registry) (release.Receipt, error) {
	return reg.Publish(r.t.Context(), releasetest.Release("v1.0.0"), nil)
}
