package release

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/semcut/semcut/changelog"
)

const changelogName = "CHANGELOG.md"

// edit plans the files of the release commit: today the changelog.
func (p *planner) edit(change *Change) error {
	name := p.Changelog.File
	if name == "" {
		return nil
	}
	auto := name == AutoChangelog
	if auto {
		name = changelogName
	}
	old, err := p.readFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && auto:
		return nil
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	}
	text, err := changelog.Insert(old, changelog.Section{
		Version: change.Next.Version.String(), Tag: change.Next.Tag, Markdown: change.Next.Notes, Title: p.Changelog.Title,
	})
	if err != nil {
		return Errorf(CodeFile, "mend the file, or set changelog.file to another one", "adding %q to %q: %w", change.Next.Tag, name, err)
	}
	if bytes.Equal(old, text) && old != nil {
		p.warn("%s has a section of %s already, so nothing is added to it", name, change.Next.Version)
		return nil
	}
	change.Next.Changelog = name
	change.Edits = append(change.Edits, Edit{Path: name, Old: old, New: text, Created: old == nil})
	return nil
}

// readFile reads a plain file of the tree at HEAD; nil and fs.ErrNotExist where there is none.
func (p *planner) readFile(name string) ([]byte, error) {
	info, err := fs.Stat(p.Files, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		kind := "a folder"
		if info.Mode()&fs.ModeSymlink != 0 {
			kind = "a symbolic link"
		}
		return nil, Errorf(CodeFile, "name a plain file with changelog.file", "reading %q at %s: it is %s", name, short(p.Head), kind)
	}
	data, err := fs.ReadFile(p.Files, name)
	if err != nil {
		return nil, fmt.Errorf("reading %q at %s: %w", name, short(p.Head), err)
	}
	if data == nil {
		data = []byte{}
	}
	return data, nil
}

// ValidPath says whether a path of the configuration stays inside the work tree and out of .git.
func ValidPath(name string) bool {
	if !fs.ValidPath(name) || name == "." {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.EqualFold(part, ".git") || strings.ContainsAny(part, "\\:\x00") {
			return false
		}
	}
	return path.Clean(name) == name
}

// Fill fills a template of the configuration with what the release is: ${version}, ${tag}, ${branch}, ${channel}, ${date},
// ${notes}, ${package}. The error names the place in it that can't be filled.
func (r *Release) Fill(template string) (string, error) { return Expand(template, r.values()) }

// values are the names that templates of the configuration can use for a release.
func (r *Release) values() map[string]string {
	return map[string]string{
		"version": r.Version.String(), "tag": r.Tag, "branch": r.Branch, "channel": r.Channel,
		"date": r.Date.Format("2006-01-02"), "notes": r.Notes, "package": r.Package,
	}
}
