package gitrepo

import (
	"os"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// TestDeepenAnswersAsAFullClone: a shallow clone with a commit of its own, deepened over every carrier, with and
// without a server that can leave files out, gives what git gives in a full one.
func TestDeepenAnswersAsAFullClone(t *testing.T) {
	for _, carrier := range carriers[1:] {
		for _, filter := range []string{"true", "false"} {
			t.Run(carrier.name+" filter "+filter, func(t *testing.T) {
				r := newRig(t)
				r.remote.Git("config", "uploadpack.allowFilter", filter)
				r.remote.Git("tag", "deep", "main~2")
				far := r.to(carrier.url(t, r))
				clone := gittest.At(t, t.TempDir()+"/shallow")
				r.remote.Git("clone", "-q", "--depth", "1", "--no-tags", "file://"+r.remote.Dir, clone.Dir)
				own := clone.Commit("fix: here")
				t.Setenv("TMPDIR", t.TempDir())
				repo := open(t, clone.Dir)
				remote, err := repo.Remote(RemoteOptions{URL: far.url, Env: far.options.Env, Token: far.options.Token})
				if err != nil {
					t.Fatal(err)
				}
				refs, err := remote.Refs(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				before := gittest.Snap(t, clone.Dir)
				done, err := remote.Deepen(t.Context(), refs, []string{"main"}, []string{own})
				if err != nil {
					t.Fatal(err)
				}
				commits, err := repo.Commits(t.Context(), "", own)
				if err != nil {
					t.Fatal(err)
				}
				got := []string{}
				for _, c := range commits {
					got = append(got, c.Hash)
				}
				want := append([]string{own}, strings.Fields(r.remote.Git("rev-list", "main"))...)
				if strings.Join(got, " ") != strings.Join(want, " ") {
					t.Errorf("got %v, want %v", got, want)
				}
				if tag, err := repo.Resolve(t.Context(), "deep"); err != nil || tag != r.remote.Git("rev-parse", "main~2") || repo.Shallow() {
					t.Errorf("tag deep is %s, %v; shallow: %v", tag, err, repo.Shallow())
				}
				done()
				before.Same(t, clone.Dir)
				if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
					t.Errorf("left behind: %v, %v", left, err)
				}
			})
		}
	}
}

// TestDeepTagsWithStandIns: a tag of history that was read from the remote leads where the remote says, also where stand-ins make
// the objects of all other tags be read: its own is not here.
func TestDeepTagsWithStandIns(t *testing.T) {
	r := newRig(t)
	r.remote.Git("tag", "-a", "-m", "far", "deep", "main~2")
	clone := gittest.At(t, t.TempDir()+"/shallow")
	r.remote.Git("clone", "-q", "--depth", "1", "--no-tags", "file://"+r.remote.Dir, clone.Dir)
	own, other := clone.Commit("fix: here"), clone.Commit("fix: instead")
	clone.Git("replace", own, other)
	clone.Git("reset", "-q", "--hard", own)
	t.Setenv("TMPDIR", t.TempDir())
	repo := open(t, clone.Dir)
	remote, err := repo.Remote(RemoteOptions{URL: "file://" + r.remote.Dir})
	if err != nil {
		t.Fatal(err)
	}
	refs, err := remote.Refs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done, err := remote.Deepen(t.Context(), refs, []string{"main"}, []string{own})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	tags, err := repo.Tags(t.Context())
	if err != nil || len(tags) != 2 || tags[0].Name != "deep" || tags[0].Commit != r.remote.Git("rev-parse", "main~2") {
		t.Errorf("the tags are %+v, %v", tags, err)
	}
}
