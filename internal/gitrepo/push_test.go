package gitrepo

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// rig is a clone with one commit and an annotated tag that its remote lacks.
type rig struct {
	t      *testing.T
	remote *gittest.Repo
	clone  *gittest.Repo
	server *gittest.Server
	env    map[string]string
	token  string
	// other is a commit that the remote has beside its branch; its clone lacks it.
	other string
}

// makeRelease makes the release commit and its annotated tag.
func makeRelease(clone *gittest.Repo) {
	clone.Write("CHANGELOG.md", "new\n")
	clone.Commit("chore(release): 2.0.0")
	clone.Git("tag", "-m", "v2.0.0", "v2.0.0")
}

const goodToken = "tok-3n-s3cr3t"

// newRig makes the two, and serves the remote over HTTP for x-access-token and goodToken.
func newRig(t *testing.T) *rig {
	t.Helper()
	root := t.TempDir()
	r := &rig{t: t, env: map[string]string{"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}, token: goodToken}
	r.clone = template(t, "clone", filepath.Join(t.TempDir(), "r"), func(dir string) *gittest.Repo {
		clone := gittest.Copy(t, small(t).Dir, dir)
		clone.Git("update-ref", "refs/remotes/origin/main", "main")
		makeRelease(clone)
		return clone
	})
	r.remote = template(t, "remote", filepath.Join(root, "o", "r.git"), func(dir string) *gittest.Repo {
		remote := gittest.Bare(t, dir)
		r.clone.Git("push", "-q", dir, "main~1:refs/heads/main", "v1")
		remote.Git("update-ref", "refs/other", remote.Git("commit-tree", "-m", "other", "-p", "main", "main^{tree}"))
		return remote
	})
	other, err := os.ReadFile(filepath.Join(r.remote.Dir, "refs", "other"))
	if err != nil {
		t.Fatal(err)
	}
	r.other = strings.TrimSpace(string(other))
	if err := os.Remove(filepath.Join(r.remote.Dir, "refs", "other")); err != nil {
		t.Fatal(err)
	}
	r.server = gittest.Serve(t, root, false)
	r.server.User, r.server.Password = "x-access-token", goodToken
	r.clone.Git("config", "remote.origin.url", r.server.URL+"/o/r.git")
	return r
}

// to opens the remote at an address; "" takes origin's.
func (r *rig) to(address string) *Remote {
	r.t.Helper()
	remote, err := open(r.t, r.clone.Dir).Remote(RemoteOptions{
		Name: "origin", URL: address, Env: func(name string) string { return r.env[name] },
		Token: func(*url.URL) string { return r.token },
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return remote
}

func (r *rig) at(rev string) string { return r.clone.Git("rev-parse", rev) }

// release is the push of branch and tag.
func (r *rig) release() []release.RefUpdate {
	return []release.RefUpdate{
		{Name: "refs/heads/main", Old: r.at("main~1"), New: r.at("main")},
		{Name: "refs/tags/v2.0.0", New: r.at("v2.0.0")},
	}
}

func (r *rig) refs() string { return r.remote.Git("for-each-ref", "--format=%(refname) %(objectname)") }

// landed fails unless the remote has branch and tag, and nothing in it is broken.
func (r *rig) landed() {
	r.t.Helper()
	if got := r.remote.Git("rev-parse", "refs/heads/main", "refs/tags/v2.0.0"); got != r.at("main")+"\n"+r.at("v2.0.0") {
		r.t.Errorf("the remote has %q", got)
	}
	if out, err := r.remote.Try("fsck", "--strict", "--full"); err != nil {
		r.t.Errorf("git fsck of the remote: %v %s", err, out)
	}
}

// carriers are the ways to a remote. Hooks, races and refusals are the same over each.
var carriers = []struct {
	name string
	url  func(*testing.T, *rig) string
}{
	{"file", func(_ *testing.T, r *rig) string { return r.remote.Dir }},
	{"file URL", func(_ *testing.T, r *rig) string { return "file://" + r.remote.Dir }},
	{"http", func(*testing.T, *rig) string { return "" }},
	{"ssh", func(t *testing.T, r *rig) string {
		s := gittest.StartSSH(t)
		r.env["GIT_SSH_COMMAND"] = fmt.Sprintf("ssh -i %s -o UserKnownHostsFile=%s", s.Key, s.KnownHosts)
		return s.URL(r.remote.Dir)
	}},
}

func TestPushMovesBranchAndTag(t *testing.T) {
	for _, c := range carriers {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			remote := r.to(c.url(t, r))
			for range 2 { // the second finds it done
				if err := remote.Push(t.Context(), r.release()); err != nil {
					t.Fatal(err)
				}
				r.landed()
			}
			refs, err := remote.Refs(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if refs.Head != "main" || refs.Branch("main") != r.at("main") || refs.TagCommit("v2.0.0") != r.at("main") || refs.Refs["refs/tags/v2.0.0"] != r.at("v2.0.0") {
				t.Errorf("the remote lists %+v", refs)
			}
			back := []release.RefUpdate{{Name: "refs/tags/v2.0.0", Old: r.at("v2.0.0")}}
			if err := remote.Push(t.Context(), back); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(r.refs(), "v2.0.0") {
				t.Errorf("the tag is still there: %s", r.refs())
			}
		})
	}
}

func TestPushToAnEmptyRepository(t *testing.T) {
	for _, c := range carriers {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.remote.Git("update-ref", "-d", "refs/heads/main")
			r.remote.Git("update-ref", "-d", "refs/tags/v1")
			remote := r.to(c.url(t, r))
			refs, err := remote.Refs(t.Context())
			if err != nil || len(refs.Refs) > 0 {
				t.Fatalf("the empty remote lists %v, %v", refs, err)
			}
			updates := r.release()
			updates[0].Old = ""
			if err := remote.Push(t.Context(), updates); err != nil {
				t.Fatal(err)
			}
			r.landed()
		})
	}
}

// refusals are what a server may do to a push. Whatever it is, nothing moves.
var refusals = []struct {
	name  string
	spoil func(*rig)
	code  release.Code
	words string // in the error
	ref   string // that is refused, where the server says which
}{
	{"update hook refuses the tag", func(r *rig) {
		r.remote.Hook("update", `case $1 in refs/tags/*) echo "GH013: tag rule" >&2; exit 1;; esac`)
	}, release.CodeRefused, "GH013: tag rule", "refs/tags/v2.0.0"},
	{"update hook refuses the branch", func(r *rig) {
		r.remote.Hook("update", `case $1 in refs/heads/*) echo "GH006: protected branch" >&2; exit 1;; esac`)
	}, release.CodeRefused, "GH006: protected branch", "refs/heads/main"},
	{"pre-receive hook refuses all", func(r *rig) {
		r.remote.Hook("pre-receive", `echo "GL-HOOK-ERR: not today" >&2; exit 1`)
	}, release.CodeRefused, "GL-HOOK-ERR: not today", ""},
	{"a hook without words", func(r *rig) { r.remote.Hook("update", `exit 1`) }, release.CodeRefused, "hook declined", "refs/heads/main"},
	{"the checks of objects refuse", func(r *rig) {
		r.remote.Git("config", "receive.fsckObjects", "true")
		r.remote.Git("config", "receive.fsck.badTagName", "error")
		r.clone.Git("update-ref", "refs/tags/v2.0.0", r.clone.Input("object "+r.at("main")+"\ntype commit\ntag v2.0.0\ntagger A\n\nx\n",
			"hash-object", "-t", "tag", "-w", "--literally", "--stdin"))
	}, release.CodeRefused, "unpack", ""},
	{"a server without atomic pushes", func(r *rig) { r.remote.Git("config", "receive.advertiseAtomic", "false") }, release.CodeRefused, "several refs at once", ""},
	{"the branch moved before", func(r *rig) { r.remote.Git("update-ref", "refs/heads/main", r.other) }, release.CodeMoved, "main moved there", ""},
	{"the branch was deleted before", func(r *rig) { r.remote.Git("update-ref", "-d", "refs/heads/main") }, release.CodeMoved, "main moved there", ""},
	{"the tag is there, on something else", func(r *rig) { r.remote.Git("update-ref", "refs/tags/v2.0.0", r.other) }, release.CodeTagTaken, `"v2.0.0"`, ""},
	{"the tag is there, lightweight, on an ancestor", func(r *rig) { r.remote.Git("update-ref", "refs/tags/v2.0.0", "main") }, release.CodeTagTaken, `"v2.0.0"`, ""},
	{"a ref is in the way of the tag", func(r *rig) { r.remote.Git("update-ref", "refs/tags/v2.0.0/x", "main") }, release.CodeRefused, "refs/tags/v2.0.0", ""},
}

func TestRefusedPushesSayWhyAndMoveNothing(t *testing.T) {
	for _, carrier := range carriers[1:] {
		for i, c := range refusals {
			if carrier.name != "http" && i > 1 {
				continue // the server's answer is the same
			}
			t.Run(carrier.name+"/"+c.name, func(t *testing.T) {
				r := newRig(t)
				c.spoil(r)
				before := r.refs()
				err := r.to(carrier.url(t, r)).Push(t.Context(), r.release())
				wantError(t, err, c.code, c.words)
				if after := r.refs(); after != before {
					t.Errorf("the remote moved:\n%s\n%s", before, after)
				}
				refused, ok := errors.AsType[*release.RefusedError](err)
				if c.ref != "" && (!ok || refused.Ref != c.ref) {
					t.Errorf("the refusal is of %+v, want %q", refused, c.ref)
				}
				if c.ref == "" && ok && refused.Ref != "" {
					t.Errorf("the refusal is of %q, want none", refused.Ref)
				}
			})
		}
	}
}

func TestRacesAreLostWithoutHarm(t *testing.T) {
	for _, c := range []struct {
		name  string
		other func(*rig)
		ref   string
	}{
		{"the branch moves between", func(r *rig) { r.remote.Git("update-ref", "refs/heads/main", r.other) }, " main moved"},
		{"the branch goes between", func(r *rig) { r.remote.Git("update-ref", "-d", "refs/heads/main") }, " main moved"},
		{"the tag appears between", func(r *rig) { r.remote.Git("update-ref", "refs/tags/v2.0.0", r.other) }, " refs/tags/v2.0.0 moved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			now := ""
			r.server.BeforeReceive = func() {
				c.other(r)
				now = r.refs()
			}
			wantError(t, r.to("").Push(t.Context(), r.release()), release.CodeMoved, c.ref)
			if after := r.refs(); after != now {
				t.Errorf("the push moved something:\n%s\n%s", now, after)
			}
		})
	}
}

func TestAPushThatLandedByAnotherHandIsDone(t *testing.T) {
	r := newRig(t)
	r.clone.Git("push", "-q", r.remote.Dir, "v2.0.0")
	if err := r.to("").Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

// report is a server's answer to a push, over the side band.
func report(lines ...string) string {
	packet := func(text string) string { return fmt.Sprintf("%04x%s", len(text)+4, text) }
	inner := packet("unpack ok\n")
	for _, line := range lines {
		inner += packet(line + "\n")
	}
	return packet("\x01"+inner+"0000") + "0000"
}

func TestServersThatAnswerOddlyAreNotBelieved(t *testing.T) {
	post := func(answer func(http.ResponseWriter)) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPost {
				return false
			}
			answer(w)
			return true
		}
	}
	all := func(status int, text string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			http.Error(w, text, status)
			return true
		}
	}
	for _, c := range []struct {
		name   string
		answer func(http.ResponseWriter, *http.Request) bool
		code   release.Code
		words  string
	}{
		{"200 and nothing", post(func(http.ResponseWriter) {}), release.CodeRemote, "answered nothing"},
		{"200 and garbage", post(func(w http.ResponseWriter) { fmt.Fprint(w, "hello\nworld") }), release.CodeRemote, ""},
		{"200 and no word of the tag", post(func(w http.ResponseWriter) {
			fmt.Fprint(w, report("ok refs/heads/main"))
		}), release.CodeRemote, "says nothing of refs/tags/v2.0.0"},
		{"200 and all is well, but it isn't", post(func(w http.ResponseWriter) {
			fmt.Fprint(w, report("ok refs/heads/main", "ok refs/tags/v2.0.0"))
		}), release.CodeRemote, "it took the push, but refs/heads/main is"},
		{"503", post(func(w http.ResponseWriter) { http.Error(w, "busy\nvery", http.StatusServiceUnavailable) }), release.CodeRemote, "503"},
		{"401 to the push only", post(func(w http.ResponseWriter) { http.Error(w, "who?", http.StatusUnauthorized) }), release.CodeAuth, "credentials"},
		{"403 to the push only", post(func(w http.ResponseWriter) { http.Error(w, "no", http.StatusForbidden) }), release.CodeForbidden, "refuses this access: no"},
		{"500 to all", all(500, "oops\noops"), release.CodeRemote, "500"},
		{"404 to all", all(404, "<html>"), release.CodeRemote, "no such repository"},
		{"a page", all(200, "<html>\n<body>"), release.CodeRemote, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.server.Answer = c.answer
			before := r.refs()
			wantError(t, r.to("").Push(t.Context(), r.release()), c.code, c.words)
			if after := r.refs(); after != before {
				t.Errorf("the remote moved: %s", after)
			}
		})
	}
}

func TestRemotesThatAreNotThereSaySo(t *testing.T) {
	for _, c := range []struct {
		name string
		url  func(*rig) string
		code release.Code
	}{
		{"no such repository, http", func(r *rig) string { return r.server.URL + "/o/nope.git" }, release.CodeRemote},
		{"no such folder", func(r *rig) string { return r.remote.Dir + "-nope" }, release.CodeRemote},
		{"a folder that is no repository", func(r *rig) string { return filepath.Dir(r.remote.Dir) }, release.CodeRemote},
		{"nobody listens", func(*rig) string { return "http://127.0.0.1:1/o/r.git" }, release.CodeRemote},
		{"no such protocol", func(*rig) string { return "gopher://example.com/o/r.git" }, release.CodeRemote},
		{"git's own protocol", func(*rig) string { return "git://127.0.0.1:1/o/r.git" }, release.CodeRemote},
		{"no URL", func(*rig) string { return "http://[::1/o" }, release.CodeRemote},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			remote := r.to(c.url(r))
			_, err := remote.Refs(t.Context())
			wantError(t, err, c.code, "")
			wantError(t, remote.Push(t.Context(), r.release()), c.code, "")
		})
	}
}

func TestPushWithoutTheRightIsForbidden(t *testing.T) {
	r := newRig(t)
	r.remote.Git("config", "http.receivepack", "false")
	wantError(t, r.to("").Push(t.Context(), r.release()), release.CodeForbidden, "refuses")
}

func TestPushOfManyCommits(t *testing.T) {
	r := newRig(t)
	var stream gittest.Stream
	d := gittest.DAG{Nodes: []gittest.Node{{When: gittest.Epoch}}}
	for i := 1; i < 3000; i++ {
		d.Nodes = append(d.Nodes, gittest.Node{Parents: []int{i - 1}, When: gittest.Epoch + int64(i)})
	}
	stream.Add(d)
	hashes := r.clone.Import(stream.Bytes())
	tip := hashes[len(hashes)-1]
	if err := r.to("").Push(t.Context(), []release.RefUpdate{{Name: "refs/heads/many", New: tip}}); err != nil {
		t.Fatal(err)
	}
	if got := r.remote.Git("rev-list", "--count", "many"); got != "3000" {
		t.Errorf("%s commits landed", got)
	}
	r.remote.Git("fsck", "--strict")
}

// A commit inside of the remote's history is not sent again, however much lies below it.
func TestPushSendsOnlyWhatTheRemoteLacks(t *testing.T) {
	r := newRig(t)
	repo := open(t, r.clone.Dir)
	refs, err := r.to("").Refs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		news []string
		want int
	}{
		{"nothing new", []string{r.at("main~1")}, 0},
		{"a commit inside", []string{r.at("main~2")}, 0},
		{"a tag inside", []string{r.at("v2")}, 2}, // the tag and the tag in it
		{"commit, tree, file and tag", []string{r.at("main"), r.at("v2.0.0")}, 4},
		{"twice the same", []string{r.at("main"), r.at("main")}, 3},
	} {
		hashes, err := repo.newObjects(t.Context(), c.news, hashesByName(refs.Refs))
		if err != nil || len(hashes) != c.want {
			t.Errorf("%s: %d objects are sent, want %d: %v", c.name, len(hashes), c.want, err)
		}
	}
}

func TestPushFromAShallowClone(t *testing.T) {
	for _, depth := range []string{"1", "2"} {
		r := newRig(t)
		dir, clone := cloned(t, r.remote, "--depth="+depth)
		makeRelease(clone)
		r.clone = gittest.At(t, dir)
		if err := r.to(r.server.URL+"/o/r.git").Push(t.Context(), r.release()); err != nil {
			t.Fatal(err)
		}
		r.landed()
	}
}

func TestPushFromAPartialClone(t *testing.T) {
	r := newRig(t)
	r.remote.Git("config", "uploadpack.allowFilter", "true")
	dir, clone := cloned(t, r.remote, "--no-local", "--filter=blob:none")
	clone.Write("a/new", "new\n")
	makeRelease(clone)
	r.clone = gittest.At(t, dir)
	if err := r.to(r.server.URL+"/o/r.git").Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

// A server may lend its objects from another repository; those it shows are no refs.
func TestPushToAServerWithAlternates(t *testing.T) {
	r := newRig(t)
	fork := gittest.At(t, filepath.Join(filepath.Dir(r.remote.Dir), "fork.git"))
	r.remote.Git("clone", "-q", "--bare", "--shared", r.remote.Dir, fork.Dir)
	fork.Git("config", "http.receivepack", "true")
	fork.Git("tag", "-d", "v1")
	r.remote.Git("update-ref", "refs/heads/other", r.other)
	r.remote = fork
	if err := r.to(r.server.URL+"/o/fork.git").Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

// What stands in for a commit here (refs/replace) is not what is pushed.
func TestPushSendsTheObjectsThemselves(t *testing.T) {
	r := newRig(t)
	updates := r.release()
	r.clone.Git("replace", "--graft", "main")
	if err := r.to("").Push(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

func TestPushOfABrokenRepositorySendsNothing(t *testing.T) {
	r := newRig(t)
	overwrite(t, objectFile(r.clone, r.at("main^{tree}")), []byte("garbage"))
	r.server.Requests()
	err := r.to("").Push(t.Context(), r.release())
	wantError(t, err, release.CodeRepository, "reading")
	for _, q := range r.server.Requests() {
		if q.Method == http.MethodPost {
			t.Error("something was sent")
		}
	}
}
