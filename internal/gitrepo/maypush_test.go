package gitrepo

import (
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// TestMayPushAsksAndSendsNothing: each way to a remote tells whether one may push, an empty one, too, and nothing moves.
func TestMayPushAsksAndSendsNothing(t *testing.T) {
	for _, c := range carriers {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			remote := r.to(c.url(t, r))
			before := gittest.Snap(t, r.remote.Dir)
			if err := remote.MayPush(t.Context()); err != nil {
				t.Error(err)
			}
			before.Same(t, r.remote.Dir)
			r.remote.Git("config", "receive.advertiseAtomic", "false")
			wantError(t, remote.MayPush(t.Context()), release.CodeRefused, "can't move several refs at once")
			r.remote.Git("config", "--unset", "receive.advertiseAtomic")
			r.remote.Git("update-ref", "-d", "refs/heads/main")
			r.remote.Git("update-ref", "-d", "refs/tags/v1")
			if err := remote.MayPush(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestMayPushWithoutTheRight: a server that refuses, and one that wants other credentials, say so.
func TestMayPushWithoutTheRight(t *testing.T) {
	r := newRig(t)
	r.remote.Git("config", "http.receivepack", "false")
	wantError(t, r.to("").MayPush(t.Context()), release.CodeForbidden, "refuses")
	r.token = "another"
	wantError(t, r.to("").MayPush(t.Context()), release.CodeAuth, "other credentials")
	for _, request := range r.server.Requests() {
		if request.Method != http.MethodGet || !strings.HasSuffix(request.Path, "/info/refs") {
			t.Errorf("it sends %s %s", request.Method, request.Path)
		}
	}
}
