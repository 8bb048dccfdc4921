package changelog

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"
)

var bom = []byte("\xef\xbb\xbf")

// Insert puts a section into a changelog file: before the first section of a version, below whatever stands above
// it (title, introduction, an Unreleased section). A file that is nil or blank gets the section's title first.
// The bytes of the file stay as they are, byte order mark and line ends included: the section takes on the
// file's line ends. Where the version has a section already, the file is given back unchanged. A section of what is not
// released yet that we wrote ourselves gives way to the new one; one that people keep stays. The addresses of links that
// a section ends with go to the end of the file.
func Insert(file []byte, s Section) ([]byte, error) {
	if !utf8.Valid(file) {
		return nil, errors.New("it is not UTF-8")
	}
	text := bytes.TrimPrefix(file, bom)
	mark := file[:len(file)-len(text)]
	newline := lineEnd(text)
	if len(bytes.TrimSpace(text)) == 0 {
		whole := Join(strings.TrimRight(markdown(s.Title), "\n"), []Section{s})
		return append(bytes.Clone(mark), strings.ReplaceAll(whole, "\n", newline)...), nil
	}
	section, addresses := splitAddresses(markdown(s.Markdown))
	p := findPlaces(string(text), newline)
	if p.has(s) {
		return file, nil
	}
	before, after := text[:p.at], text[p.at:]
	if p.own.end > 0 {
		before, after = text[:p.own.at], ownAddress.ReplaceAll(text[p.own.end:], nil)
	}
	var out bytes.Buffer
	out.Write(mark)
	out.Write(before)
	out.WriteString(strings.Repeat(newline, missingNewlines(before, newline)))
	out.WriteString(strings.ReplaceAll(section, "\n", newline))
	if len(after) > 0 {
		out.WriteString(newline)
	}
	out.Write(after)
	if len(addresses) == 0 {
		return out.Bytes(), nil
	}
	return append(bytes.Clone(mark), addAddresses(out.String()[len(mark):], addresses, s, newline)...), nil
}

// HasOwnUnreleased says whether a file has a section of what is not released yet that we wrote, and may write again.
func HasOwnUnreleased(file []byte) bool {
	text := bytes.TrimPrefix(file, bom)
	p := findPlaces(string(text), lineEnd(text))
	return p.own.end > 0
}

// markdown ends a text with one LF and makes all of its line ends that.
func markdown(text string) string {
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	trimmed := strings.TrimRight(text, "\n")
	if len(trimmed) < len(text) {
		return text[:len(trimmed)+1]
	}
	return text + "\n"
}

// lineEnd gives what most lines of a text end with.
func lineEnd(text []byte) string {
	lf, crlf := bytes.Count(text, []byte("\n")), bytes.Count(text, []byte("\r\n"))
	switch {
	case 2*crlf > lf:
		return "\r\n"
	case lf == 0 && bytes.IndexByte(text, '\r') >= 0:
		return "\r"
	}
	return "\n"
}

// missingNewlines says how many line ends are missing behind a text for an empty line to follow it.
func missingNewlines(text []byte, newline string) int {
	end := []byte{newline[len(newline)-1]}
	for missing := 2; ; missing-- {
		line, ended := bytes.CutSuffix(text, end)
		switch {
		case len(text) == 0 || missing == 0:
			return 0
		case !ended:
			return missing
		}
		if text = line; newline != "\r" {
			text = bytes.TrimSuffix(text, []byte("\r"))
		}
	}
}
