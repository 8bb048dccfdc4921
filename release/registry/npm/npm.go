// Package npm publishes packages to an npm registry: npm's own, or another one that speaks as it does.
//
// Publish makes the version be there, under the tag of the release's channel. It packs the package itself, with exactly
// the files that npm 11 would take, and sends it in one request, so that neither Node nor npm is needed; a package with
// scripts that npm runs around publishing, and one whose provenance is attested, goes through the npm program. It asks
// the registry first: a version that is there with the same content is done, one with another content is an error, and
// what is published is never changed. Promote puts a version under one more tag.
//
// Which registry a package goes to and which token opens it is what package.json, the environment and .npmrc say, in the
// order of npm and of @semantic-release/npm; docs/npm.md tells it in detail.
package npm

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/semcut/semcut/release"
)

// Options say which package is published, and what differs from what its own files say.
type Options struct {
	Root       string // the folder of the work tree: no file outside of it is read for the package
	Dir        string // the package's folder below it, with slashes; "" is the root itself
	Registry   string // its address; "" is what package.json, environment and .npmrc files say
	Tag        string // the dist-tag of the default channel; "" is publishConfig.tag, else "latest"
	Access     string // "public" or "restricted"; "" is what package.json and .npmrc files say
	Provenance bool   // attest where it was built, as publishConfig.provenance does
	Client     string // whether to publish through the npm program: "auto" or "", "never", "always"
	Publish    bool   // false only looks whether there is a package, and says "skipped"
	TarballDir string // a folder below Root where the packed file is left, too; "" for none

	// Head tells which commit the work tree has: a release of another one isn't packed from it. nil, and "", take any.
	Head      func() string
	Env       func(string) string // tells variables; nil for none
	Secret    func(string)        // is told every credential that is found, so that nothing shows it; nil for nobody
	Run       Runner              // runs the npm program; nil where there is none
	Log       *slog.Logger        // nil says nothing
	UserAgent string
	Transport http.RoundTripper // carries the requests, with proxies and certificates; nil means Go's own
	Wait      time.Duration     // between two tries; zero means the usual
}

// Runner runs a program with its arguments in a folder, and waits. env is added to the environment. It shows what the
// program says, with credentials masked. Its error says in a few words how it ended; one that wraps exec.ErrNotFound
// says that there is no such program.
type Runner func(ctx context.Context, dir string, env []string, program string, args ...string) error

// Registry is a package on a registry.
type Registry struct {
	Options

	mu   sync.Mutex
	open map[string]*session // by the registry's address and the package's name
	ran  bool                // the npm program is there

	saying sync.Mutex
	said   map[string]bool // the warnings so far
}

var (
	_ release.Publisher = (*Registry)(nil)
	_ release.Promoter  = (*Registry)(nil)
	_ release.Abstainer = (*Registry)(nil)
)

// New makes the registry. It reads and asks nothing yet.
func New(o Options) (*Registry, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Client == "" {
		o.Client = "auto"
	}
	o.Dir, o.TarballDir = strings.TrimSpace(o.Dir), strings.TrimSpace(o.TarballDir)
	for key, dir := range map[string]*string{"npm.dir": &o.Dir, "npm.tarballDir": &o.TarballDir} {
		if *dir == "" && dir == &o.TarballDir {
			continue // there is none
		}
		clean := path.Clean(strings.ReplaceAll(*dir, `\`, "/"))
		if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || slices.Contains(strings.Split(strings.ToLower(clean), "/"), ".git") {
			return nil, release.Errorf(release.CodeConfig, "name a folder of the repository", "reading %s: %q is none", key, *dir)
		}
		*dir = clean
	}
	if err := oneOf("npm.client", o.Client, "auto", "never", "always"); err != nil {
		return nil, err
	}
	if err := oneOf("npm.access", cmp.Or(o.Access, "public"), "public", "restricted"); err != nil {
		return nil, err
	}
	if o.Tag != "" && !validTag(o.Tag) {
		return nil, badTag("reading npm.tag", o.Tag)
	}
	return &Registry{Options: o, open: map[string]*session{}, said: map[string]bool{}}, nil
}

// oneOf refuses a word that a setting doesn't know.
func oneOf(key, said string, words ...string) error {
	if slices.Contains(words, said) {
		return nil
	}
	return release.Errorf(release.CodeConfig, "say one of "+strings.Join(words, ", "), "reading %s: there is no %q", key, said)
}

// Name is "npm".
func (r *Registry) Name() string { return "npm" }

// warn says something once.
func (r *Registry) warn(text string) {
	r.saying.Lock()
	defer r.saying.Unlock()
	if !r.said[text] {
		r.said[text] = true
		r.Log.Warn(text)
	}
}

func (r *Registry) env(name string) string {
	if r.Env == nil {
		return ""
	}
	return r.Env(name)
}

// folder opens the package's folder. It is closed by what it gives back.
func (r *Registry) folder() (*folder, func(), error) {
	root, err := os.OpenRoot(r.Root)
	if err != nil {
		return nil, nil, release.Errorf(release.CodeFile, "see that it is a folder", "opening the work tree %q: %w", r.Root, err)
	}
	return &folder{root: root, dir: r.Dir, over: map[string][]byte{}, left: r.TarballDir}, func() { _ = root.Close() }, nil
}
