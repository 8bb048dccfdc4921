package npm

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// run runs the npm program at the root of the work tree.
func (r *Registry) run(ctx context.Context, env []string, args ...string) error {
	if r.Run == nil {
		return exec.ErrNotFound
	}
	return r.Run(ctx, r.Root, env, "npm", args...)
}

// throughNpm publishes with the npm program: the packed file, or the folder where scripts make the package. Afterwards we
// look whether it is there.
func (p *publication) throughNpm(ctx context.Context) error {
	temp, err := os.MkdirTemp("", "semcut-npm-")
	if err != nil {
		return p.fail(err)
	}
	defer func() { _ = os.RemoveAll(temp) }() // it holds the credential
	settings, env, err := p.ownSettings(temp)
	if err != nil {
		return p.fail(err)
	}
	what := filepath.Join(temp, p.tarball.fileName())
	if p.way.built() {
		restore, err := p.folder.place(p.version)
		if err != nil {
			return p.fail(err)
		}
		defer restore()
		what = "./" + p.folder.dir
	} else if err := os.WriteFile(what, p.tarball.data, 0o600); err != nil {
		return p.fail(err)
	}
	args := append([]string{"publish", what, "--tag", p.tag}, p.where(settings)...)
	if p.access != nil {
		args = append(args, "--access", *p.access)
	}
	if p.way.provenance {
		args = append(args, "--provenance")
	}
	return p.arrived(ctx, p.registry.run(ctx, env, args...))
}

// where are the arguments that say which registry is meant, and by which settings.
func (p *publication) where(settings string) []string {
	args := []string{"--registry", p.address, "--userconfig", settings}
	if s := scope(p.name); s != "" {
		args = append(args, "--"+s+":registry="+p.address) // a file may name another one for the scope
	}
	return args
}

// arrived looks whether what npm published is there, whatever npm said.
func (p *publication) arrived(ctx context.Context, ended error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for try := 1; ; try++ {
		there, err := p.look(ctx, p.name, p.version)
		switch {
		case err == nil && there.version != nil && ended != nil:
			p.registry.Log.Warn("npm says that it failed to publish " + p.name + "@" + p.version + ", but the version is there: " + ended.Error())
			return nil
		case err == nil && there.version != nil:
			return nil
		case ended != nil:
			return release.Errorf(release.CodeHook, "npm says above what it is", "%s: running npm publish: %w", p.doing, ended)
		case err != nil && !maybeDone(err):
			return err
		case try == 2*httpx.WriteTries:
			return release.Errorf(release.CodeForge, "run again: it may only take the registry some time",
				"%s: npm says that it is published, but %s hasn't got it",
				p.doing, p.base.Host)
		}
		if err := p.pause(ctx, try); err != nil {
			return err
		}
	}
}

func (p *publication) fail(err error) error {
	return release.Errorf(release.CodeFile, "see that files can be written there",
		"%s: getting ready for the npm program: %w", p.doing, diskfile.Cause(err))
}

// ownSettings writes the settings for the npm program: all that the user's files say, and last the credential. It gives
// the file, and variables that a file of the repository waits for where the credential belongs.
func (p *publication) ownSettings(dir string) (file string, env []string, err error) {
	var text bytes.Buffer
	for i := len(p.settings.files) - 1; i >= 0; i-- { // the last word is npm's
		if rc := p.settings.files[i]; rc.ours || rc.name != ".npmrc" { // npm reads that of the root itself
			text.WriteString(rc.text + "\n")
		}
	}
	key := p.keys()[0]
	switch c := p.credential; {
	case c.token != "":
		text.WriteString(npmrcLine(key+":_authToken", c.token))
	case c.basic != "":
		text.WriteString(npmrcLine(key+":_auth", c.basic))
	}
	if name := p.credential.waits; name != "" {
		env = append(env, name+"="+p.credential.token)
	}
	file = filepath.Join(dir, ".npmrc")
	return file, env, os.WriteFile(file, text.Bytes(), 0o600)
}

// place writes the released version into the manifest on disk for as long as npm works, where the release itself doesn't
// keep it there. restore puts back what was there.
func (f *folder) place(version string) (restore func(), err error) {
	name := f.at("package.json")
	info, err := f.root.Stat(name)
	if err != nil {
		return nil, err
	}
	before, err := f.root.ReadFile(name)
	if err != nil {
		return nil, err
	}
	m, err := parseManifest(before)
	if err != nil || m.Version == version {
		return func() {}, err
	}
	after, err := setVersion(before, m, version)
	if err != nil {
		return nil, err
	}
	put := func(data []byte) error {
		return diskfile.ReplaceIn(f.root, filepath.FromSlash(name), data, info.Mode().Perm())
	}
	if err := put(after); err != nil {
		return nil, err
	}
	return func() {
		if now, err := f.root.ReadFile(name); err == nil && bytes.Equal(now, after) {
			_ = put(before) // a script that changed it knows why
		}
	}, nil
}

// Packs says whether the packed file is wanted, too.
func (r *Registry) Packs() bool { return r.TarballDir != "" }

// Pack leaves the packed package of a version in TarballDir, so that it can go with the release as an asset, and gives its
// path below Root; "" without a TarballDir. A package whose scripts make it is packed by the npm program.
func (r *Registry) Pack(ctx context.Context, version string) (string, error) {
	if !r.Packs() {
		return "", nil
	}
	f, m, done, err := r.opened()
	if err != nil {
		return "", err
	}
	defer done()
	s, err := r.readSettings(f, m)
	if err != nil {
		return "", err
	}
	t, err := r.packed(f, version)
	if err != nil {
		return "", err
	}
	return r.leave(ctx, f, s, t)
}

// leave writes the packed file at once, never half.
func (r *Registry) leave(ctx context.Context, f *folder, s *settings, t *tarball) (string, error) {
	dir := filepath.FromSlash(r.TarballDir)
	name := filepath.Join(dir, t.fileName())
	fail := func(err error) (string, error) {
		return "", release.Errorf(release.CodeFile, "see that npm.tarballDir is a folder of the repository that can be written to",
			"leaving the packed npm package in %q: %w", r.TarballDir, diskfile.Cause(err))
	}
	if w := s.runs(t.manifest, []string{"prepack", "prepare", "postpack"}); len(w) == 0 {
		if err := diskfile.ReplaceIn(f.root, name, t.data, 0o644); err != nil {
			return fail(err)
		}
		return filepath.ToSlash(name), nil
	}
	if r.Client == "never" {
		return "", release.Errorf(release.CodeConfig, "set npm.client to auto",
			"packing the npm package %q: its scripts need the npm program, and npm.client is never", t.manifest.Name)
	}
	temp, err := os.MkdirTemp("", "semcut-npm-")
	if err != nil {
		return fail(err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	restore, err := f.place(t.manifest.Version)
	if err != nil {
		return fail(err)
	}
	defer restore()
	if err := r.run(ctx, nil, "pack", "./"+f.dir, "--pack-destination", temp); err != nil {
		return "", release.Errorf(release.CodeHook, "npm says above what it is", "packing the npm package %q: running npm pack: %w", t.manifest.Name, err)
	}
	data, err := os.ReadFile(filepath.Join(temp, t.fileName()))
	if err != nil {
		return fail(errors.New("npm made no file " + t.fileName()))
	}
	if err := diskfile.ReplaceIn(f.root, name, data, 0o644); err != nil {
		return fail(err)
	}
	return filepath.ToSlash(name), nil
}

// fileName is what the packed package is called where it is kept.
func (t *tarball) fileName() string {
	return strings.ReplaceAll(strings.TrimPrefix(t.manifest.Name, "@"), "/", "-") + "-" + t.manifest.Version + ".tgz"
}
