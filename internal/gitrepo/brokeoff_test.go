package gitrepo

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/semcut/semcut/release"
)

// cutting is a way to the remote over http that breaks the first answers to a path's end off, after the server has
// done what it was asked for.
func cutting(t *testing.T, r *rig, path string, first int32) (address string, asked *atomic.Int32) {
	t.Helper()
	target, err := url.Parse(r.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	asked = new(atomic.Int32)
	proxy := httputil.NewSingleHostReverseProxy(target)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if !strings.HasSuffix(q.URL.Path, path) || q.Method != http.MethodPost || asked.Add(1) > first {
			proxy.ServeHTTP(w, q)
			return
		}
		proxy.ServeHTTP(httptest.NewRecorder(), q)
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/o/r.git", asked
}

func TestAPushWhoseAnswerIsLostHasLanded(t *testing.T) {
	r := newRig(t)
	address, asked := cutting(t, r, "/git-receive-pack", 1)
	if err := r.to(address).Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
	if asked.Load() != 1 {
		t.Errorf("it was pushed %d times", asked.Load())
	}
}

func TestAReadingThatBreaksOffIsBegunAgain(t *testing.T) {
	for _, c := range []struct {
		first int32
		works bool
	}{{1, true}, {tries - 1, true}, {tries, false}} {
		r := newRig(t)
		tree := r.remote.Git("rev-parse", "main^{tree}")
		ahead := r.remote.Git("commit-tree", "-m", "ahead", "-p", "main", tree)
		r.remote.Git("update-ref", "refs/heads/main", ahead)
		address, asked := cutting(t, r, "/git-upload-pack", c.first)
		got, err := r.to(address).Contains(t.Context(), "refs/heads/main", ahead, r.at("main~1"))
		if c.works && (err != nil || !got) || !c.works && release.CodeOf(err) != release.CodeRemote {
			t.Errorf("%d answers lost: %v, %v", c.first, got, err)
		}
		if want := min(c.first+1, tries); asked.Load() != want {
			t.Errorf("%d answers lost: asked %d times", c.first, asked.Load())
		}
	}
}
