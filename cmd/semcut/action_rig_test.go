package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/internal/gittest"
)

// actionVersion is the only version that the stand-in for github.com has files of.
const actionVersion = "1.2.3"

// downloads stands in for the releases of semcut's own repository.
type downloads struct {
	*httptest.Server
	mu    sync.Mutex
	files map[string][]byte // by their names
	asked []string
}

// asset is the name of the archive for this machine.
func asset() string { return fmt.Sprintf("semcut_%s_linux_%s.tar.gz", actionVersion, runtime.GOARCH) }

// newDownloads offers an archive with that program.
func newDownloads(t *testing.T, program []byte) *downloads {
	t.Helper()
	archive := tarball(t, program)
	d := &downloads{files: map[string][]byte{
		asset(): archive, "checksums.txt": fmt.Appendf(nil, "%x  %s\n%064d  other.tar.gz\n", sha256.Sum256(archive), asset(), 0),
	}}
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

func (d *downloads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r.Header.Get("Authorization") != "" {
		http.Error(w, "nobody asked for a token", http.StatusBadRequest)
		return
	}
	path, ours := strings.CutPrefix(r.URL.Path, "/semcut/semcut/releases/")
	if path == "latest" {
		http.Redirect(w, r, d.URL+"/semcut/semcut/releases/tag/v"+actionVersion, http.StatusFound)
		return
	}
	name, ofVersion := strings.CutPrefix(path, "download/v"+actionVersion+"/")
	data, there := d.files[name]
	if !ours || !ofVersion || !there {
		http.NotFound(w, r)
		return
	}
	d.asked = append(d.asked, name)
	_, _ = w.Write(data) // who went away has seen enough
}

// spoil changes the files.
func (d *downloads) spoil(change func(files map[string][]byte)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d.files)
}

// taken gives the names that were asked for since the last time.
func (d *downloads) taken() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := strings.Join(d.asked, " ")
	d.asked = nil
	return names
}

func tarball(t *testing.T, program []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for name, data := range map[string][]byte{"LICENSE": []byte("MIT\n"), "semcut": program} {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o755, Size: int64(len(data))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// buildSemcut builds the program that is tested, once for all tests of the action.
var buildSemcut = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "semcut-action-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left there harms nobody
	file := filepath.Join(dir, "semcut")
	if out, err := exec.Command("go", "build", "-ldflags", "-s -w", "-o", file, ".").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	return os.ReadFile(file)
})

// workflowRig is a repository whose workflow uses the action, and the world around it.
type workflowRig struct {
	t         *testing.T
	repo      *gittest.Repo
	scratch   string
	forge     *fakegithub.Forge
	downloads *downloads
}

// newWorkflow makes the repository, with the action at its root, the workflow, and one commit, which is pushed.
func newWorkflow(t *testing.T, workflow string) *workflowRig {
	t.Helper()
	gittest.Counterpart(t, "act")
	program, err := buildSemcut()
	if err != nil {
		t.Fatal(err)
	}
	r := &workflowRig{t: t, scratch: t.TempDir(), forge: fakegithub.New(t, scriptToken), downloads: newDownloads(t, program)}
	origin := gittest.Bare(t, filepath.Join(r.scratch, "origin.git"))
	config := "[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n[protocol \"file\"]\n\tallow = always\n" +
		"[url \"" + origin.Dir + "\"]\n\tinsteadOf = https://github.com/acme/widget.git\n"
	r.write(".gitconfig", config)
	r.repo = gittest.Init(t, filepath.Join(r.scratch, "work"))
	r.repo.Git("remote", "add", "origin", origin.Dir)
	for _, file := range []string{"action.yml", ".github/action/install.sh", ".github/action/run.sh", ".github/action/fail.sh"} {
		data, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		r.repo.Write(file, string(data))
	}
	r.repo.Write(".github/workflows/w.yml", workflow)
	r.repo.Commit("chore: begin")
	r.push()
	return r
}

func (r *workflowRig) push() { r.repo.Git("push", "-q", "origin", "HEAD:main") }

func (r *workflowRig) write(name, text string) string {
	r.t.Helper()
	file := filepath.Join(r.scratch, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return file
}

// act runs the workflow for an event, as a runner on this machine would. What steps write below $SEEN is for seen.
func (r *workflowRig) act(event string, payload map[string]any) (log string, ok bool) {
	r.t.Helper()
	if payload == nil {
		payload = map[string]any{}
	}
	data, err := json.Marshal(payload)
	if err != nil {
		r.t.Fatal(err)
	}
	r.repo.Git("remote", "set-url", "origin", "https://github.com/acme/widget.git")
	defer r.repo.Git("remote", "set-url", "origin", filepath.Join(r.scratch, "origin.git"))
	cmd := exec.Command("act", event, "-P", "ubuntu-latest=-self-hosted", "--no-cache-server", "-s", "GITHUB_TOKEN="+scriptToken,
		"--eventpath", r.write("event.json", string(data)), "--env", "GITHUB_SERVER_URL="+r.downloads.URL,
		"--env", "GITHUB_API_URL="+r.forge.URL, "--env", "GITHUB_GRAPHQL_URL="+r.forge.URL+"/graphql", "--env", "SEEN="+r.scratch)
	cmd.Dir = r.repo.Dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + r.scratch, "GIT_CONFIG_GLOBAL=" + filepath.Join(r.scratch, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1",
		"GOCACHE=" + goEnv(r.t, "GOCACHE"), "GOMODCACHE=" + goEnv(r.t, "GOMODCACHE"), "NO_COLOR=1",
	}
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), scriptToken) {
		r.t.Errorf("the token stands in the log:\n%s", out)
	}
	return string(out), err == nil
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// seen gives what a step wrote into a file below $SEEN, and takes it away.
func (r *workflowRig) seen(name string) string {
	r.t.Helper()
	file := filepath.Join(r.scratch, name)
	data, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		r.t.Fatal(err)
	}
	return string(data)
}

// outputs are those of a step that a later one wrote down as JSON.
func (r *workflowRig) outputs(name string) map[string]string {
	r.t.Helper()
	var all map[string]string
	if err := json.Unmarshal([]byte(r.seen(name)), &all); err != nil {
		r.t.Fatal(err)
	}
	return all
}
