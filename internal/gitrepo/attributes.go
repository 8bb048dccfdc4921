package gitrepo

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing/format/gitattributes"
	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// attributesOf gives the lines of the .gitattributes files that may be for a file, the most important last.
func (l *workLook) attributesOf(name string) (lines []gitattributes.MatchAttribute) {
	parts := strings.Split(name, "/")
	for n := range parts {
		lines = append(lines, l.attributesIn(parts[:n])...)
	}
	if text, err := os.ReadFile(filepath.Join(l.gitDir, "info", "attributes")); err == nil {
		lines = append(lines, readAttributes(text, nil)...)
	}
	return lines
}

// attributesIn reads the file of one folder.
func (l *workLook) attributesIn(domain []string) []gitattributes.MatchAttribute {
	dir := filepath.Join(domain...)
	lines, known := l.attributes[dir]
	if !known {
		if text, err := l.root.ReadFile(filepath.Join(dir, ".gitattributes")); err == nil {
			lines = readAttributes(text, domain)
		}
		l.attributes[dir] = lines
	}
	return lines
}

func readAttributes(text []byte, domain []string) []gitattributes.MatchAttribute {
	lines, err := gitattributes.ReadAttributes(strings.NewReader(string(text)), slices.Clone(domain), true)
	if err != nil {
		return nil // git takes no notice of it, either
	}
	return lines
}

// attribute says what a file has for an attribute: "set", "unset", a value, or "" for nothing.
func attribute(lines []gitattributes.MatchAttribute, file, name string) string {
	parts := strings.Split(file, "/")
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].Pattern == nil || !lines[i].Pattern.Match(parts) {
			continue
		}
		for j := len(lines[i].Attributes) - 1; j >= 0; j-- {
			switch a := lines[i].Attributes[j]; {
			case a.Name() == "binary" && name == "text" && a.IsSet():
				return "unset"
			case a.Name() != name:
			case a.IsUnspecified():
				return ""
			case a.IsSet():
				return "set"
			case a.IsUnset():
				return "unset"
			default:
				return a.Value()
			}
		}
	}
	return ""
}

// asStaged says whether a file is, as far as the file system tells, the one that the index was told of.
func asStaged(idx *index.Index, name string, info fs.FileInfo) bool {
	entry, err := idx.Entry(name)
	if err != nil || entry.Size != uint32(info.Size()) {
		return false
	}
	when := info.ModTime()
	if entry.ModifiedAt.Nanosecond() == 0 { // some gits write whole seconds
		when = when.Truncate(time.Second)
	}
	return entry.ModifiedAt.Equal(when)
}
