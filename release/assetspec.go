package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
)

// AssetSpec is one entry of the configuration's assets: files of the work tree that go with a release.
type AssetSpec struct {
	// FileSpec has the files. A Path that begins with ! takes out again what entries before it put in. Where it is Optional,
	// a warning tells that there are none.
	FileSpec
	Name  string // template; "" is the file's own name, as it is where the path fits several
	Label string // template
}

// foundAsset is a file and the entry that it is for.
type foundAsset struct {
	path string
	spec AssetSpec
	one  bool // the entry fits this file only
}

// gatherAssets finds the files of the work tree that go with a release, and reads what they are.
func (w Work) gatherAssets(files fs.FS, r *Release, log *slog.Logger) ([]OpenAsset, error) {
	var found []foundAsset
	for _, spec := range w.Assets {
		pattern, err := r.Fill(spec.Path)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", spec.Place, err)
		}
		spec.Path = pattern
		if found, err = spec.add(files, found, log); err != nil {
			return nil, err
		}
	}
	var assets []OpenAsset
	for _, f := range found {
		a, err := f.read(files, r)
		if err != nil {
			return nil, err
		}
		if a.Label = w.hide(a.Label); w.hide(a.Name) != a.Name || w.hide(a.Path) != a.Path {
			return nil, Errorf(CodeAsset, "give it another name: everybody would see this one", "reading %s: the name of the file %q holds a credential", f.spec.Place, w.hide(a.Path))
		}
		if i := slices.IndexFunc(assets, func(have OpenAsset) bool { return have.Name == a.Name }); i >= 0 {
			return nil, Errorf(CodeAsset, "give one of them another name: {path: …, name: …}", "reading %s: %q and %q would both be called %q", f.spec.Place, assets[i].Path, a.Path, a.Name)
		}
		assets = append(assets, a)
	}
	return assets, nil
}

// add puts the files of one entry to those found so far. An entry that says more of a file goes before one that says less.
func (spec AssetSpec) add(files fs.FS, found []foundAsset, log *slog.Logger) ([]foundAsset, error) {
	if out, negated := strings.CutPrefix(spec.Path, "!"); negated && !strings.HasPrefix(out, "(") {
		g, err := ParseGlob(out)
		if err != nil {
			return nil, Errorf(CodeConfig, "write a pattern like !dist/*.map", "reading %s: %w", spec.Place, err)
		}
		return slices.DeleteFunc(found, func(f foundAsset) bool { return g.Match(f.path) }), nil
	}
	names, err := spec.Match(files)
	switch {
	case err != nil:
		err = Errorf(CodeAsset, "write a path below the root of the repository, or a pattern like dist/*", "reading %s: looking for %q: %w", spec.Place, spec.Path, err)
	case len(names) == 0:
		err = Errorf(CodeAsset, "make the file before the release (hooks.prepare), or mend the path", "reading %s: there is no file %q to go with the release", spec.Place, spec.Path)
	}
	if err != nil && spec.Optional {
		log.Warn(err.Error())
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		f := foundAsset{name, spec, len(names) == 1}
		i := slices.IndexFunc(found, func(have foundAsset) bool { return have.path == name })
		switch {
		case i < 0:
			found = append(found, f)
		case spec.Name != "" || spec.Label != "":
			found[i] = f
		}
	}
	return found, nil
}

func (f foundAsset) read(files fs.FS, r *Release) (a OpenAsset, err error) {
	a.Path, a.Name = f.path, path.Base(f.path)
	if f.spec.Name != "" && f.one {
		if a.Name, err = r.Fill(f.spec.Name); err == nil && (a.Name == "" || strings.ContainsAny(a.Name, "/\\\x00\n\r")) {
			err = fmt.Errorf("%q is no file name", a.Name)
		}
	}
	if err == nil {
		a.Label, err = r.Fill(f.spec.Label)
	}
	if err != nil {
		return a, Errorf(CodeConfig, "write it like {path: dist/app, name: app-${version}}", "reading %s: %w", f.spec.Place, err)
	}
	if a.Size, a.SHA256, err = digest(files, f.path); err != nil {
		return a, Errorf(CodeAsset, "check the file's rights", "reading the asset %q: %w", f.path, diskfile.Cause(err))
	}
	return a, nil
}

// digest gives the size and the SHA-256 of a file.
func digest(files fs.FS, name string) (size int64, sum string, err error) {
	file, err := files.Open(name)
	if err != nil {
		return 0, "", err
	}
	defer file.Close()
	h := sha256.New()
	size, err = io.Copy(h, file)
	return size, hex.EncodeToString(h.Sum(nil)), err
}

// assets are the promised assets with their contents: from the work tree, where the file is there and as it was promised,
// else from the released commit.
func (p promise) assets() []Asset {
	assets := make([]Asset, len(p.list))
	for i, promised := range p.list {
		a := promised.Asset
		a.Open = func() (io.ReadCloser, error) { return p.open(promised) }
		assets[i] = a
	}
	return assets
}

// promise is what a release's assets are to be, and where their contents can be.
type promise struct {
	tag   string
	list  []OpenAsset
	here  fs.FS // the work tree, nil where there is none
	there fs.FS // the released commit, nil where nobody looked
}

func (p promise) open(a OpenAsset) (io.ReadCloser, error) {
	seen := "isn't here"
	for _, files := range []fs.FS{p.here, p.there} {
		if files == nil {
			continue
		}
		size, sum, err := digest(files, a.Path)
		switch {
		case err == nil && sum == a.SHA256:
			return files.Open(a.Path)
		case err == nil && files == p.here:
			seen = fmt.Sprintf("has %d bytes here (sha256 %.12s)", size, sum)
		}
	}
	return nil, Errorf(CodeAsset, fmt.Sprintf("make it as it was: git checkout %s, build, then semcut release --finish %[1]s", p.tag),
		"uploading %q for %q: the file %q %s, promised were %d bytes (sha256 %.12s)", a.Name, p.tag, a.Path, seen, a.Size, a.SHA256)
}

// missing says whether a promised file can't be had.
func (p promise) missing() bool {
	return slices.ContainsFunc(p.list, func(a OpenAsset) bool {
		file, err := p.open(a)
		if err != nil {
			return true
		}
		_ = file.Close() // it was only looked at
		return false
	})
}
