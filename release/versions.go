package release

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/semcut/semcut/release/versionfile"
)

// VersionFile is one entry of the configuration's versionFiles: files that name the version, and where in them it stands.
type VersionFile struct {
	Path     string // a path or a pattern (Glob) below the root of the repository
	Place    string // where it is written: file, line, column and key
	Optional bool   // that there is no such file is no error
	Options  versionfile.Options
}

// editVersions plans the new version in all files that are to name it.
func (p *planner) editVersions(change *Change) error {
	for _, setting := range p.VersionFiles {
		names, err := p.filesOf(setting)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := p.editVersion(change, setting, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// filesOf gives the files of the tree that an entry is for.
func (p *planner) filesOf(setting VersionFile) ([]string, error) {
	if !IsPattern(setting.Path) {
		return []string{setting.Path}, nil
	}
	names, err := MatchFiles(p.Files, setting.Path)
	if err != nil {
		err = Errorf(CodeConfig, "write a path, or a pattern like charts/*/Chart.yaml", "reading %s: %w", setting.Place, err)
	}
	if err == nil && len(names) == 0 {
		err = Errorf(CodeFile, "mend the pattern, or take it out", "reading %s: the pattern %q fits no file at %s", setting.Place, setting.Path, short(p.Head))
	}
	return names, err
}

// editVersion plans the new version in one file. A file that two entries are for gets both changes.
func (p *planner) editVersion(change *Change, setting VersionFile, name string) error {
	at := slices.IndexFunc(change.Edits, func(e Edit) bool { return e.Path == name })
	var old []byte
	if at >= 0 {
		old = change.Edits[at].New
	} else {
		var err error
		if old, err = p.readFile(name); errors.Is(err, fs.ErrNotExist) && setting.Optional {
			return nil
		} else if errors.Is(err, fs.ErrNotExist) {
			return Errorf(CodeFile, "add the file, or take it out of versionFiles", "reading %s: there is no %q at %s", setting.Place, name, short(p.Head))
		} else if err != nil {
			return err
		}
	}
	text, err := versionfile.Set(name, old, change.Next.Version.String(), setting.Options)
	if err != nil {
		return Errorf(CodeFile, "say where it stands with key, marker or pattern; docs/configuration.md tells how", "putting version %s into %q: %w", change.Next.Version, name, err)
	}
	switch {
	case at >= 0:
		change.Edits[at].New = text
	case string(text) != string(old):
		change.Edits = append(change.Edits, Edit{Path: name, Old: old, New: text, Loose: p.Loose})
	default:
		p.warn("%s names version %s already", name, change.Next.Version)
	}
	return nil
}
