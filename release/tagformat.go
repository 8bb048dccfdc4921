package release

import (
	"strings"

	"github.com/Masterminds/semver/v3"
)

const versionPlaceholder = "${version}"

// maxVersionLength and maxVersionPart are node-semver's limits; a tag beyond them is no version there.
const (
	maxVersionLength = 256
	maxVersionPart   = 1<<53 - 1
)

// TagFormat turns versions into tag names and back: "v${version}".
// The zero TagFormat is not usable; ParseTagFormat makes one.
type TagFormat struct {
	prefix, suffix string
}

// ParseTagFormat reads a tag format. It must hold ${version} exactly once, nothing else that looks
// like a template, and must make legal tag names (git check-ref-format).
func ParseTagFormat(format string) (TagFormat, error) {
	hint := `write it like tagFormat: "v${version}"`
	if n := strings.Count(format, versionPlaceholder); n != 1 {
		return TagFormat{}, Errorf(CodeConfig, hint, "reading tag format %q: it holds ${version} %d times, not once", format, n)
	}
	prefix, suffix, _ := strings.Cut(format, versionPlaceholder)
	if rest := prefix + suffix; strings.Contains(rest, "${") || strings.Contains(rest, "<%") {
		return TagFormat{}, Errorf(CodeConfig, hint, "reading tag format %q: only ${version} can stand in it", format)
	}
	f := TagFormat{prefix: prefix, suffix: suffix}
	if name := f.Tag(semver.New(0, 0, 0, "", "")); !validRefName(name) {
		return TagFormat{}, Errorf(CodeConfig, hint, "reading tag format %q: %q is no legal tag name", format, name)
	}
	return f, nil
}

// String gives the format as it was written.
func (f TagFormat) String() string { return f.prefix + versionPlaceholder + f.suffix }

// Tag gives the name of a version's tag.
func (f TagFormat) Tag(v *semver.Version) string { return f.prefix + v.String() + f.suffix }

// Version gives the version that a tag name stands for, as semantic-release reads it: the format is
// anchored at the start only, and what stands for the version may begin with v, = or blanks
// (spec: semantic-release 25, get-tags).
func (f TagFormat) Version(tag string) (*semver.Version, bool) {
	text, ok := f.cut(tag)
	if !ok {
		return nil, false
	}
	return ParseVersion(text)
}

// cut gives what stands for the version in a tag name.
func (f TagFormat) cut(tag string) (text string, ok bool) {
	rest, ok := strings.CutPrefix(tag, f.prefix)
	if !ok {
		return "", false
	}
	if f.suffix != "" {
		end := strings.LastIndex(rest, f.suffix)
		if end < 1 {
			return "", false
		}
		rest = rest[:end]
	}
	for rest != "" && strings.IndexByte(" \t=v", rest[0]) >= 0 {
		rest = rest[1:]
	}
	return rest, true
}

// ParseVersion reads a strict semantic version within node-semver's limits.
func ParseVersion(text string) (*semver.Version, bool) {
	if len(text) > maxVersionLength {
		return nil, false
	}
	v, err := semver.StrictNewVersion(text)
	if err != nil || v.Major() > maxVersionPart || v.Minor() > maxVersionPart || v.Patch() > maxVersionPart {
		return nil, false
	}
	return v, true
}

// validRefName says whether git would take name below refs/tags/ or refs/heads/
// (the rules of git check-ref-format).
func validRefName(name string) bool {
	if name == "" || name == "@" || strings.HasSuffix(name, ".") || strings.HasPrefix(name, "-") {
		return false
	}
	if strings.Contains(name, "..") || strings.Contains(name, "@{") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".lock") {
			return false
		}
	}
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune(`~^:?*[\`, r)
	})
}
