package release_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/release"
)

const tagged, elsewhere = "1111111111111111111111111111111111111111", "2222222222222222222222222222222222222222"

// opened is a release that another run began an hour ago, on the branch main.
func opened() release.OpenRelease {
	return release.OpenRelease{
		Semcut: 1, Repository: "github.com/acme/widget", Tag: "v1.1.0", Version: "1.1.0", Branch: "main", LastTag: "v1.0.0", Bump: release.Minor,
		Commit: tagged, TagObject: tagged, Date: noon.Add(-time.Hour), Notes: "old notes", Since: noon.Add(-time.Hour),
		Process: release.Process{Host: "other", PID: 1},
	}
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// TestOpenReleasesOfOthers says which unfinished releases are taken up, and which are left alone and why.
func TestOpenReleasesOfOthers(t *testing.T) {
	tests := []struct {
		name   string
		change func(*release.OpenRelease, *openWorld, *release.FinishOptions)
		want   string // what was published, or why not
	}{
		{"an old one is finished", nil, "published v1.1.0 with old notes after 1.0.0"},
		{"one of another repository", func(o *release.OpenRelease, _ *openWorld, _ *release.FinishOptions) {
			o.Repository = "github.com/mirror/widget"
		},
			`leaving the unfinished release "v1.1.0" alone: it belongs to "github.com/mirror/widget", this is "github.com/acme/widget"`},
		{"its tag is gone", func(_ *release.OpenRelease, w *openWorld, _ *release.FinishOptions) {
			delete(w.remote, "refs/tags/v1.1.0")
		},
			`leaving the unfinished release "v1.1.0" alone: its tag is gone at the remote; delete refs/semcut/open/v1.1.0 there, too`},
		{"its tag was moved", func(_ *release.OpenRelease, w *openWorld, _ *release.FinishOptions) {
			w.remote["refs/tags/v1.1.0"] = elsewhere
		},
			`leaving the unfinished release "v1.1.0" alone: its tag was moved to 2222222`},
		{"its version is not the tag's", func(o *release.OpenRelease, _ *openWorld, _ *release.FinishOptions) { o.Version = "9.9.9" },
			`leaving the unfinished release "v1.1.0" alone: it speaks of version "9.9.9"`},
		{"its commit is in no release branch", func(_ *release.OpenRelease, w *openWorld, _ *release.FinishOptions) {
			w.remote["refs/heads/main"], w.remote["refs/heads/topic"] = elsewhere, tagged
		}, `leaving the unfinished release "v1.1.0" alone: its commit lies in no branch that releases are made from`},
		{"a newer semcut's", func(o *release.OpenRelease, _ *openWorld, _ *release.FinishOptions) { o.Semcut = 2 },
			`leaving the unfinished release alone: reading the open release "v1.1.0": its shape is 2, this semcut knows 1`},
		{"one that speaks of another tag", func(o *release.OpenRelease, _ *openWorld, _ *release.FinishOptions) { o.Tag = "v9.0.0" },
			`leaving the unfinished release alone: reading the open release "v1.1.0": it speaks of tag "v9.0.0"`},
		{"another branch's, in CI", func(_ *release.OpenRelease, _ *openWorld, f *release.FinishOptions) { f.Only = "next" }, ""},
		{"one that is being worked on", func(o *release.OpenRelease, _ *openWorld, _ *release.FinishOptions) { o.Since = noon.Add(-time.Minute) },
			"busy: process 1 on other is at work on v1.1.0 since 11:59:00"},
		{"by a run that is over", func(o *release.OpenRelease, _ *openWorld, f *release.FinishOptions) {
			o.Since = noon.Add(-time.Minute)
			f.Over = func(p release.Process) bool { return p.Host == "other" && p.PID == 1 }
		}, "published v1.1.0 with old notes after 1.0.0"},
		{"by its name", func(o *release.OpenRelease, _ *openWorld, f *release.FinishOptions) {
			o.Since, f.TakeOver = noon.Add(-time.Minute), "v1.1.0"
		}, "published v1.1.0 with old notes after 1.0.0"},
		{"two take it up at once", func(_ *release.OpenRelease, w *openWorld, _ *release.FinishOptions) { w.lose = true },
			"busy: another run has just taken up v1.1.0"},
		{"main moved on", func(_ *release.OpenRelease, w *openWorld, _ *release.FinishOptions) {
			w.remote["refs/heads/main"] = w.later
		},
			"published v1.1.0 with old notes after 1.0.0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, o, f := newOpenWorld(), opened(), takingUp(t)
			if tt.change != nil {
				tt.change(&o, w, &f)
			}
			if got := w.finish(t, o, f); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestHandBack: a run that fails in good order leaves its release to whoever comes next, without a wait.
func TestHandBack(t *testing.T) {
	w, f := newOpenWorld(), takingUp(t)
	w.fails = errors.New("the forge is down")
	if got := w.finish(t, opened(), f); got != "the forge is down" {
		t.Fatalf("got %s", got)
	}
	w.fails, f.Now, f.Process = nil, noon.Add(time.Second), release.Process{Host: "third", PID: 3}
	f.Listing, _ = w.Refs(t.Context())
	if got := w.again(t, f); got != "published v1.1.0 with old notes after 1.0.0" {
		t.Errorf("got %s", got)
	}
}

// takingUp is a run in acme/widget that may release from main.
func takingUp(t *testing.T) release.FinishOptions {
	t.Helper()
	branches, err := release.Branches(release.DefaultBranches(), release.Heads{Default: "main", Names: []string{"main"}})
	if err != nil {
		t.Fatal(err)
	}
	f := release.FinishOptions{
		Branches: branches, Repository: "github.com/acme/widget",
		Process: release.Process{Host: "here", PID: 2}, Now: noon, Over: func(release.Process) bool { return false }, LocalRef: "refs/heads/main",
	}
	f.TagFormat, _ = release.ParseTagFormat("v${version}")
	return f
}

// openWorld is a clone, its remote and a publisher, as far as open releases need them.
type openWorld struct {
	release.Worktree // what isn't here is not called
	history          *memory
	remote           map[string]string
	plans            map[string][]byte
	later            string
	lose             bool // somebody is faster at the remote
	log              bytes.Buffer
	published        string
	fails            error // of the publisher
}

func newOpenWorld() *openWorld {
	w := &openWorld{history: &memory{}, plans: map[string][]byte{}}
	w.history.commit("feat: a")
	w.history.commits[0].Hash = tagged
	w.later = w.history.commit("feat: b")
	w.remote = map[string]string{"refs/heads/main": tagged, "refs/tags/v1.1.0": tagged}
	return w
}

// finish lets another run's open release be found, and tells what came of it.
func (w *openWorld) finish(t *testing.T, o release.OpenRelease, f release.FinishOptions) string {
	t.Helper()
	data, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	w.remote["refs/semcut/open/v1.1.0"], _ = w.WriteOpen(t.Context(), data, noon)
	f.Listing, _ = w.Refs(t.Context())
	return w.again(t, f)
}

// again lets a run find what is open, and tells what came of it.
func (w *openWorld) again(t *testing.T, f release.FinishOptions) string {
	t.Helper()
	handler := slog.NewTextHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelWarn, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key != slog.MessageKey {
			return slog.Attr{}
		}
		return a
	}})
	f.At = func(context.Context, string) ([]release.Publisher, release.Work, fs.FS, error) {
		return []release.Publisher{w}, release.Work{}, nil, nil
	}
	done, err := release.FinishOpen(t.Context(), w.history, release.Deps{Worktree: w, Remote: farSide{w}, Log: slog.New(handler)}, f)
	if err != nil {
		return err.Error()
	}
	_, open := w.remote["refs/semcut/open/v1.1.0"]
	switch {
	case done.Busy != "":
		return "busy: " + done.Busy
	case w.published == "" && open:
		return readMessage(t, w.log.String())
	case open:
		return "published, but not closed"
	}
	return w.published + " after " + done.Changes[0].Last.Version.String()
}

// readMessage takes the message out of a line of the log.
func readMessage(t *testing.T, line string) string {
	t.Helper()
	quoted, ok := strings.CutPrefix(strings.TrimSpace(line), "msg=")
	if !ok {
		return line
	}
	var text string
	if err := json.Unmarshal([]byte(quoted), &text); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return text
}

func (w *openWorld) LocalRefs(context.Context, string) (map[string]string, error) {
	return map[string]string{}, nil
}

func (w *openWorld) WriteOpen(_ context.Context, plan []byte, _ time.Time) (string, error) {
	hash := fmt.Sprintf("%040d", len(w.plans)+100)
	w.plans[hash] = plan
	return hash, nil
}

func (w *openWorld) ReadOpen(_ context.Context, hash string) ([]byte, bool, error) {
	return w.plans[hash], w.plans[hash] != nil, nil
}

func (w *openWorld) Name() string { return "test" }

func (w *openWorld) Check(context.Context, *release.Plan) error { return nil }

func (w *openWorld) Publish(_ context.Context, r release.Release, _ []release.Asset) (release.Receipt, error) {
	if w.fails != nil {
		return release.Receipt{}, w.fails
	}
	w.published = fmt.Sprintf("published %s with %s", r.Tag, r.Notes)
	return release.Receipt{Publisher: "test", Done: "created"}, nil
}

// farSide is the world as a remote.
type farSide struct{ *openWorld }

func (farSide) MayPush(context.Context) error { return nil }

func (farSide) Fetch(context.Context, string, string) error { return nil }

func (w farSide) ReadOpen(_ context.Context, _, hash string) ([]byte, error) {
	return w.plans[hash], nil
}

func (w *openWorld) Refs(context.Context) (*release.RemoteRefs, error) {
	return &release.RemoteRefs{Head: "main", Refs: w.remote}, nil
}

func (w *openWorld) Push(_ context.Context, updates []release.RefUpdate) error {
	for _, u := range updates {
		if w.lose || w.remote[u.Name] != u.Old {
			return release.Errorf(release.CodeMoved, "", "pushing: %s moved", u.Name)
		}
		if w.remote[u.Name] = u.New; u.New == "" {
			delete(w.remote, u.Name)
		}
	}
	return nil
}
