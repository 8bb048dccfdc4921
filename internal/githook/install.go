package githook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/semcut/semcut/release"
)

// Change is what was done to one file, in words that stand before its path.
type Change struct{ Done, Path string }

// What was done to a file.
const (
	Wrote   = "wrote"
	Kept    = "wrote, and kept the hook that was there:"
	There   = "nothing to do for"
	Added   = "added a line to"
	Changed = "changed the line in"
	Removed = "removed"
	Back    = "put back the hook that was there before:"
	TookOut = "took the line out of"
)

// Install puts hooks in.
func (s Spot) Install(hooks []Hook) ([]Change, error) { return s.each(hooks, s.install) }

// Uninstall takes hooks out, and puts back what was there before, as it was.
func (s Spot) Uninstall(hooks []Hook) ([]Change, error) { return s.each(hooks, s.uninstall) }

func (s Spot) each(hooks []Hook, do func(Hook, string) (string, error)) ([]Change, error) {
	var changes []Change
	for _, h := range hooks {
		file := filepath.Join(s.dir, h.Name)
		done, err := do(h, file)
		if err != nil {
			return changes, err
		}
		changes = append(changes, Change{done, s.repo.shown(file)})
	}
	return changes, nil
}

// Missing gives the files that Install would write: none where nothing is to do.
func (s Spot) Missing(hooks []Hook) ([]string, error) {
	var files []string
	for _, h := range hooks {
		file := filepath.Join(s.dir, h.Name)
		text, there, err := read(file)
		if err != nil {
			return nil, err
		}
		if !there || !s.holds(h, file, text) {
			files = append(files, s.repo.shown(file))
		}
	}
	return files, nil
}

// holds says whether the text of a hook's file calls us as it should: as we write it, or as somebody wrote it by hand.
func (s Spot) holds(h Hook, file, text string) bool {
	if !s.husky && h.wrote(text) {
		return text == h.script() && executable(file)
	}
	return strings.Contains(text, h.call)
}

func (s Spot) install(h Hook, file string) (string, error) {
	if s.husky {
		return s.addLine(h, file)
	}
	text, there, err := read(file)
	switch {
	case err != nil:
		return "", err
	case there && s.holds(h, file, text):
		return There, nil
	case !there || h.wrote(text):
		return Wrote, replace(file, h.script(), 0o755)
	}
	if err := keep(file); err != nil {
		return "", err
	}
	return Kept, replace(file, h.script(), 0o755)
}

// executable says whether git would run a hook. Where modes mean nothing, as on Windows, it would.
func executable(file string) bool {
	info, err := os.Stat(file)
	return err == nil && (info.Mode()&0o111 != 0 || os.PathSeparator == '\\')
}

// keep leaves a second name to a hook of somebody else's, which ours then takes the place of. Where there are no second
// names, or the hook is a link, it is renamed.
func keep(file string) error {
	kept := file + keptSuffix
	old, err := os.Lstat(file)
	if err != nil {
		return wrong("reading", file, err)
	}
	before, err := os.Lstat(kept)
	switch {
	case err == nil && os.SameFile(before, old):
		return nil // an installation was broken off just there
	case err == nil:
		return release.Errorf(release.CodeFile, "join the two files, or move one of them away", "keeping the hook %q: %q is there already", file, kept)
	case !errors.Is(err, fs.ErrNotExist):
		return wrong("reading", kept, err)
	}
	if old.Mode().IsRegular() && os.Link(file, kept) == nil {
		return nil
	}
	return wrong("keeping", file, os.Rename(file, kept))
}

func (s Spot) uninstall(h Hook, file string) (string, error) {
	text, there, err := read(file)
	if err != nil {
		return "", err
	}
	if s.husky {
		return s.takeLine(h, file, text)
	}
	if !there || !h.wrote(text) {
		return There, nil
	}
	kept := file + keptSuffix
	if _, err := os.Lstat(kept); err == nil {
		return Back, wrong("putting back", file, os.Rename(kept, file))
	}
	return Removed, wrong("removing", file, os.Remove(file))
}
