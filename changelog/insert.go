package changelog

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

var bom = []byte("\xef\xbb\xbf")

// Insert puts a section into a changelog file: before the first section of a version, below whatever stands above
// it (title, introduction, an Unreleased section). A file that is nil or blank gets the section's title first.
// The bytes of the file stay as they are, byte order mark and line ends included: the section takes on the
// file's line ends. Where the version has a section already, the file is given back unchanged.
func Insert(file []byte, s Section) ([]byte, error) {
	if !utf8.Valid(file) {
		return nil, errors.New("it is not UTF-8")
	}
	mark, text := []byte{}, file
	if rest, ok := bytes.CutPrefix(file, bom); ok {
		mark, text = file[:len(bom)], rest
	}
	section := strings.TrimRight(s.Markdown, "\n") + "\n"
	if len(bytes.TrimSpace(text)) == 0 {
		if s.Title != "" {
			section = strings.TrimRight(s.Title, "\n") + "\n\n" + section
		}
		return append(bytes.Clone(mark), section...), nil
	}
	lines := scan(text)
	if lines.has(s) {
		return file, nil
	}
	newline := lineEnd(text)
	before, after := text[:lines.at], text[lines.at:]
	var out bytes.Buffer
	out.Write(mark)
	out.Write(before)
	out.WriteString(strings.Repeat(newline, missingNewlines(before)))
	out.WriteString(strings.ReplaceAll(section, "\n", newline))
	if len(after) > 0 {
		out.WriteString(newline)
	}
	out.Write(after)
	return out.Bytes(), nil
}

// lineEnd gives what most lines of a text end with.
func lineEnd(text []byte) string {
	if crlf := bytes.Count(text, []byte("\r\n")); 2*crlf > bytes.Count(text, []byte("\n")) {
		return "\r\n"
	}
	return "\n"
}

// missingNewlines says how many line ends are missing behind a text for an empty line to follow it.
func missingNewlines(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	plain := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	switch {
	case bytes.HasSuffix(plain, []byte("\n\n")), len(bytes.Trim(plain, "\n")) == 0:
		return 0
	case bytes.HasSuffix(plain, []byte("\n")):
		return 1
	}
	return 2
}

// versionHeading is a heading of a version's section: the version, maybe with v, in brackets, or behind the
// words that people put before it.
var versionHeading = regexp.MustCompile(`^(?:#{1,6}[ \t]+)?(?i:version[ \t]+|release[ \t]+)?\[?(v?\d+\.\d+(?:\.\d+)?[0-9A-Za-z.+-]*)(?:[\])(:, \t]|$)`)

// anchor is the line that some tools put above a version's heading.
var anchor = regexp.MustCompile(`^<a (?:name|id)=`)

// places are the version sections of a file.
type places struct {
	at       int      // where a new section goes
	versions []string // what the headings name, from the top
}

func (p places) has(s Section) bool {
	for _, v := range p.versions {
		if v != "" && (v == s.Version || v == s.Tag || strings.TrimPrefix(v, "v") == s.Version) {
			return true
		}
	}
	return false
}

// scan finds the headings of versions, outside of code blocks and comments.
func scan(text []byte) places {
	p := places{at: -1}
	fence, comment, anchorAt, offset := "", false, -1, 0
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i, raw := range lines {
		line := strings.TrimRight(string(raw), "\r\n")
		start := offset
		offset += len(raw)
		switch {
		case fence != "":
			if strings.HasPrefix(strings.TrimLeft(line, " "), fence) {
				fence = ""
			}
			continue
		case comment || strings.HasPrefix(line, "<!--"):
			comment = !strings.Contains(line, "-->")
			continue
		}
		if trimmed := strings.TrimLeft(line, " "); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fence = trimmed[:3]
			continue
		}
		if anchor.MatchString(line) {
			anchorAt = start
			continue
		}
		if version, ok := headingVersion(line, lines, i); ok {
			if p.at < 0 {
				p.at = start
				if anchorAt >= 0 {
					p.at = anchorAt
				}
			}
			p.versions = append(p.versions, version)
		}
		if strings.TrimSpace(line) != "" {
			anchorAt = -1
		}
	}
	if p.at < 0 {
		p.at = len(text)
	}
	return p
}

// headingVersion reads the version of a heading, "# 1.2.3" or "1.2.3" with a line of = or - below it.
func headingVersion(line string, lines [][]byte, i int) (string, bool) {
	m := versionHeading.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	if strings.HasPrefix(line, "#") {
		return m[1], true
	}
	if i+1 >= len(lines) {
		return "", false
	}
	rule := strings.TrimSpace(string(lines[i+1]))
	return m[1], len(rule) >= 3 && (strings.Trim(rule, "=") == "" || strings.Trim(rule, "-") == "")
}
