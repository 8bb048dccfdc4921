package release

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
)

// MatchFiles gives the files that a path, a folder or a pattern stands for, in the order of their names. Git's own folder
// has none.
func MatchFiles(files fs.FS, pattern string) ([]string, error) {
	return matchFiles(files, pattern, false)
}

// Match gives the files that the spec stands for, as MatchFiles does, without those that it is not for.
func (s FileSpec) Match(files fs.FS) ([]string, error) {
	names, err := matchFiles(files, s.Path, s.Dot)
	if err != nil {
		return nil, err
	}
	for _, out := range s.Not {
		g, err := parseGlob(out, s.Dot)
		if err != nil {
			return nil, Errorf(CodeConfig, "write a pattern like !dist/*.map", "reading %s: %w", s.Place, err)
		}
		folder := strings.TrimSuffix(out, "/") + "/"
		names = slices.DeleteFunc(names, func(name string) bool { return g.Match(name) || strings.HasPrefix(name, folder) })
	}
	return names, nil
}

func matchFiles(files fs.FS, pattern string, dot bool) ([]string, error) {
	if !IsPattern(pattern) {
		return below(files, pattern)
	}
	g, err := parseGlob(pattern, dot)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(files, pattern); err == nil && ValidPath(pattern) {
		return below(files, pattern) // a name that only looks like a pattern
	}
	var names []string
	err = walkFiles(files, plainFolder(pattern), func(name string) {
		if g.Match(name) {
			names = append(names, name)
		}
	})
	return names, err
}

// below gives a file, or all files of a folder.
func below(files fs.FS, name string) ([]string, error) {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "./"), "/")
	if !ValidPath(name) {
		return nil, errors.New("it is no path inside the repository")
	}
	info, err := fs.Stat(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, diskfile.Cause(err)
	case !info.IsDir():
		return []string{name}, nil
	}
	var names []string
	err = walkFiles(files, name, func(name string) { names = append(names, name) })
	return names, err
}

// walkFiles calls for every plain file below a folder, but for those of a git folder.
func walkFiles(files fs.FS, root string, each func(name string)) error {
	return fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == root:
			return nil
		case err != nil:
			return diskfile.Cause(err)
		case d.IsDir() && strings.EqualFold(d.Name(), ".git"):
			return fs.SkipDir
		case d.Type().IsRegular():
			each(name)
		}
		return nil
	})
}

// plainFolder is the folder that all names that fit a pattern lie in: its parts before the first that is none.
func plainFolder(pattern string) string {
	parts := strings.Split(path.Dir(pattern), "/")
	if i := slices.IndexFunc(parts, IsPattern); i >= 0 {
		parts = parts[:i]
	}
	if folder := path.Join(parts...); folder != "" && fs.ValidPath(folder) && !strings.ContainsAny(pattern, "{}") {
		return folder
	}
	return "."
}
