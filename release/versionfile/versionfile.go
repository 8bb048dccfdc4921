package versionfile

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// Options say where in a file the version stands, where the file's kind alone doesn't. At most one of them is set; the
// zero value leaves it to the kind.
type Options struct {
	// Key is a dotted path into a JSON, YAML or TOML file: "appVersion", "tool.x.version", "packages[0].version". A name
	// that has a dot itself is written in brackets and quotes: `image["a.b"].tag`. In Cargo.lock it is the name of a package.
	Key string
	// Marker looks for versions like 1.2.3 only in lines that contain x-semcut-version or x-release-please-version,
	// and in those between x-release-please-start-version and x-release-please-end: the first one of each line.
	Marker bool
	// Pattern is a regular expression with a group named "version"; it is replaced wherever the expression matches.
	Pattern *regexp.Regexp
	// XPath is for XML: an absolute path of elements' names such as /project/version. All elements there count.
	XPath string
	// NPM writes a package.json or a lock file of npm's anew, as "npm version" does, instead of changing the version only.
	NPM bool
}

var (
	bom = []byte("\xef\xbb\xbf")

	newVersion = lazyregexp.New(`^[0-9][0-9A-Za-z.+_~!-]*$`)
	oldVersion = lazyregexp.New(`^[0-9A-Za-z.+_~!-]*$`)
	leadingV   = lazyregexp.New(`^[vV][0-9]`)
)

// Set puts version, which has no leading v, in all places of a file where the version stands, and gives back the new
// text. It changes these bytes and no others; a v before the old version stays. name is the file's slash-separated path;
// its last part tells the kind. Data that has the version already is given back as it is. It is an error if the file is
// malformed or not UTF-8, if no version is found or what stands in its place is none (a reference, say), if the kind isn't
// known and the options don't help, or if the new version couldn't be found again.
func Set(name string, data []byte, version string, o Options) ([]byte, error) {
	if !newVersion.MatchString(version) {
		return nil, fmt.Errorf("%q is no version: besides . - + _ ~ ! one has only letters and digits, a digit first", version)
	}
	if o.NPM {
		return asNPM(data, version)
	}
	f, err := finderFor(name, o)
	if err != nil {
		return nil, err
	}
	text, spans, err := f.locate(data)
	if err != nil {
		return nil, err
	}
	changed, want := replace(text, spans, version)
	if bytes.Equal(changed, text) {
		return data, nil
	}
	if _, got, err := f.locate(changed); err != nil || !slices.Equal(got, want) {
		return nil, fmt.Errorf("with the version %s in its place it would not be found there again", version)
	}
	mark := data[:len(data)-len(text)]
	return append(bytes.Clone(mark), changed...), nil
}

// Version reads the first version of a file, without a leading v. Name, options and errors are those of Set.
func Version(name string, data []byte, o Options) (string, error) {
	f, err := finderFor(name, o)
	if err != nil {
		return "", err
	}
	text, spans, err := f.locate(data)
	if err != nil {
		return "", err
	}
	version := string(spans[0].of(text))
	if leadingV.MatchString(version) {
		version = version[1:]
	}
	return version, nil
}

// A span is where a version stands in a text, from its first byte to the one behind its last.
type span struct{ start, end int }

func (s span) of(text []byte) []byte { return text[s.start:s.end] }

// A finder finds the versions of a text; looked says for which it looked, for errors.
type finder struct {
	looked string
	find   func(text []byte) ([]span, error)
}

// locate gives the text without a byte order mark and where in it the versions stand: at least one, in order.
func (f finder) locate(data []byte) ([]byte, []span, error) {
	if !utf8.Valid(data) {
		return nil, nil, errors.New("it is not UTF-8")
	}
	text := bytes.TrimPrefix(data, bom)
	spans, err := f.find(text)
	if err != nil {
		return nil, nil, err
	}
	if len(spans) == 0 {
		return nil, nil, fmt.Errorf("it has no version (looked for %s)", f.looked)
	}
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	for _, s := range spans {
		if old := s.of(text); !oldVersion.Match(old) {
			return nil, nil, fmt.Errorf("line %d: %q is no version", lineOf(text, s.start), shorten(string(old)))
		}
	}
	return text, spans, nil
}

// replace gives the text with the version at all of the spans, and where it stands then.
func replace(text []byte, spans []span, version string) ([]byte, []span) {
	var out bytes.Buffer
	var now []span
	done := 0
	for _, s := range spans {
		out.Write(text[done:s.start])
		start := out.Len()
		if old := s.of(text); leadingV.Match(old) {
			out.WriteByte(old[0])
		}
		out.WriteString(version)
		now = append(now, span{start, out.Len()})
		done = s.end
	}
	out.Write(text[done:])
	return out.Bytes(), now
}

// lineOf says in which line an offset is, counted from 1.
func lineOf(text []byte, offset int) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), len(text))], []byte("\n"))
}

// shorten cuts a text for an error.
func shorten(text string) string {
	if short := []rune(text); len(short) > 40 {
		return string(short[:40]) + "…"
	}
	return text
}

// quoted lists what was looked for: "a", "b".
func quoted(keys []string) string {
	var all []string
	for _, k := range keys {
		all = append(all, fmt.Sprintf("%q", k))
	}
	return strings.Join(all, ", ")
}
