package npm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/release"
)

// Check looks whether the package can be published: that it has a manifest with a name, that it can be packed, that a
// token is there and good, and that nothing else has the version.
func (r *Registry) Check(ctx context.Context, plan *release.Plan) error {
	f, m, done, err := r.opened()
	if err != nil {
		return err
	}
	defer done()
	if r.skips(m) {
		return nil
	}
	if err := r.tryPacking(f); err != nil {
		return err
	}
	s, err := r.session(ctx, f, m)
	if err != nil {
		return err
	}
	if _, err := r.access(s.settings, m.Name); err != nil {
		return err
	}
	w, err := r.way(ctx, s, m)
	if err != nil {
		return err
	}
	if err := r.ready(ctx, &w, m); err != nil {
		return err
	}
	if err := s.checkToken(ctx); err != nil {
		return err
	}
	for _, c := range plan.Changes {
		if c.Next == nil {
			continue
		}
		if err := r.checkChange(ctx, s, f, m.Name, w, c, plan.Head); err != nil {
			return err
		}
	}
	return nil
}

// opened opens the package's folder, which done closes, and reads its manifest.
func (r *Registry) opened() (f *folder, m *manifest, done func(), err error) {
	if f, done, err = r.folder(); err != nil {
		return nil, nil, nil, err
	}
	if m, err = r.manifest(f); err != nil {
		done()
		return nil, nil, nil, err
	}
	return f, m, done, nil
}

// manifest reads the package's manifest, and sees to what publishing needs of it.
func (r *Registry) manifest(f *folder) (*manifest, error) {
	doing, file := fmt.Sprintf("looking at the npm package in %q", r.Dir), f.at("package.json")
	m, err := readManifest(f, "")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, release.Errorf(release.CodeFile, "name the package's folder with npm.dir (pkgRoot), or turn npm off", "%s: there is no %s", doing, file)
	case err != nil:
		return nil, release.Errorf(release.CodeFile, "mend "+file, "%s: %w", doing, err)
	case m.Name == "":
		return nil, release.Errorf(release.CodeFile, `give it a "name"`, "%s: %s has no name", doing, file)
	case r.skips(m): // then nothing else matters
		return m, nil
	case !validName(m.Name):
		return nil, release.Errorf(release.CodeFile, "npm names have letters, digits, - . and _, and may have a scope: @owner/name",
			"%s: %.80q is no name of an npm package", doing, m.Name)
	}
	if _, err := semver.StrictNewVersion(strings.TrimLeft(m.Version, "v=")); m.Version != "" && err != nil {
		return nil, release.Errorf(release.CodeFile, `write "version": "0.0.0", a release puts its own there`, "%s: %.80q is no version", doing, m.Version)
	}
	return m, nil
}

// skips says whether the package isn't published at all.
func (r *Registry) skips(m *manifest) bool { return !r.Options.Publish || m.Private }

// Abstains says why the package isn't published, as far as its files tell now.
func (r *Registry) Abstains() string {
	if !r.Options.Publish {
		return "npm.publish is false"
	}
	f, done, err := r.folder()
	if err != nil {
		return "" // the check tells of it
	}
	defer done()
	if m, err := readManifest(f, ""); err == nil && m.Private {
		return f.at("package.json") + " is private"
	}
	return ""
}

// packed packs the package; "" leaves the version in its manifest as it is.
func (r *Registry) packed(f *folder, version string) (*tarball, error) {
	t, err := pack(f, version)
	if e, told := errors.AsType[*release.Error](err); told {
		return nil, e
	}
	if err != nil {
		return nil, release.Errorf(release.CodeAsset, "see that it is a file of the repository that can be read",
			"packing the npm package in %q: %w", r.Dir, err)
	}
	return t, nil
}

// tryPacking sees that the package can be packed and described.
func (r *Registry) tryPacking(f *folder) error {
	t, err := r.packed(f, "")
	if err != nil {
		return err
	}
	if _, err := describe(f, t.manifest); err != nil {
		return release.Errorf(release.CodeAsset, "see that it is a file of the repository that can be read",
			"describing the npm package in %q: %w", r.Dir, err)
	}
	return nil
}

// checkToken asks who we are. npm's own registry always knows; others may not have the question. One that answers with
// nobody's name doesn't know the token.
func (s *session) checkToken(ctx context.Context) error {
	if s.trusted {
		return nil // such a token is for publishing only
	}
	doing := "asking " + s.base.Host + " whose token that of " + s.credential.from + " is"
	var who struct{ Username string }
	err := s.ask(ctx, http.MethodGet, "-/whoami", nil, &who)
	status := statusOf(err)
	switch {
	case err == nil && who.Username == "":
		return release.Errorf(release.CodeAuth, "replace it by one that may publish at "+s.address, "%s: nobody's", doing)
	case err == nil, !s.usual && (errors.Is(err, errNoJSON) || unsupported(status)):
		return nil
	}
	err = s.explain(doing, err)
	if e, ok := errors.AsType[*release.Error](err); ok && (status == http.StatusUnauthorized || status == http.StatusForbidden) {
		e.Code = release.CodeAuth
	}
	return err
}

// unsupported says whether a status means that a registry doesn't have what was asked for.
func unsupported(status int) bool {
	return status >= 400 && status < 500 && !slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests}, status)
}

// checkChange sees that the planned version is free, or there with what would be published.
func (r *Registry) checkChange(ctx context.Context, s *session, f *folder, name string, w way, c release.Change, head string) error {
	version := c.Next.Version.String()
	p := &publication{session: s, registry: r, way: w, name: name, version: version, doing: doing("looking for", name, version), release: *c.Next}
	if _, err := r.tag(s.settings, c.Next.Channel); err != nil {
		return err
	}
	there, err := s.look(ctx, name, version)
	if err != nil {
		return s.explain(p.doing, err)
	}
	if there.version == nil {
		return nil
	}
	if p.tarball, err = r.packed(f.with(c.Edits), version); err != nil {
		return err
	}
	p.release.Commit = cmp.Or(p.release.Commit, head)
	if err := p.ours(ctx, there.version); err != nil {
		return s.explain(p.doing, err)
	}
	return nil
}

// with is the folder as it will be after edits. What they create isn't in it yet.
func (f *folder) with(edits []release.Edit) *folder {
	after := &folder{root: f.root, dir: f.dir, over: map[string][]byte{}, left: f.left}
	for _, e := range edits {
		name := e.Path
		if f.dir != "." {
			below, ok := strings.CutPrefix(name, f.dir+"/")
			if !ok {
				continue
			}
			name = below
		}
		if info, err := f.lstat(name); err == nil && info.Mode().IsRegular() && e.New != nil {
			after.over[path.Clean(name)] = e.New
		}
	}
	return after
}
