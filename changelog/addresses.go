package changelog

import (
	"io"
	"iter"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// splitAddresses parts a section's text from the addresses of links that it ends with: in a file they stand at its end.
func splitAddresses(markdown string) (body string, addresses []string) {
	text := strings.TrimRight(markdown, "\n")
	if last := text[strings.LastIndexByte(text, '\n')+1:]; !strings.HasPrefix(strings.TrimLeft(last, " "), "[") {
		return markdown, nil // as most
	}
	lines := strings.SplitAfter(text+"\n", "\n")
	lines = lines[:len(lines)-1]
	end := len(lines)
	for end > 0 && address.MatchString(lines[end-1]) {
		end--
	}
	if end == len(lines) {
		return markdown, nil
	}
	for _, line := range lines[end:] {
		addresses = append(addresses, strings.TrimRight(line, "\n"))
	}
	return strings.TrimRight(strings.Join(lines[:end], ""), "\n") + "\n", addresses
}

// parts hands out the texts that a whole changelog is made of: a title, the sections, and below all of them their addresses.
func parts(title string, sections []Section) iter.Seq[string] {
	return func(yield func(string) bool) {
		if title != "" && !yield(title+"\n\n") {
			return
		}
		var addresses []string
		for i, s := range sections {
			body, more := splitAddresses(markdown(s.Markdown))
			addresses = append(addresses, more...)
			if i > 0 && !yield("\n") || !yield(body) {
				return
			}
		}
		if len(addresses) > 0 {
			yield("\n" + strings.Join(addresses, "\n") + "\n")
		}
	}
}

// Join writes a whole changelog.
func Join(title string, sections []Section) string {
	var b strings.Builder
	size := len(title) + 2
	for _, s := range sections {
		size += len(s.Markdown) + 1
	}
	b.Grow(size)
	for part := range parts(title, sections) {
		b.WriteString(part)
	}
	return b.String()
}

// piece is how much of a changelog is written at once, in bytes, unless one section is more.
const piece = 64 << 10

// Write writes the same in pieces of whole lines.
func Write(out io.Writer, title string, sections []Section) error {
	b := make([]byte, 0, piece)
	for part := range parts(title, sections) {
		if len(b)+len(part) > piece {
			if _, err := out.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
		b = append(b, part...)
	}
	_, err := out.Write(b)
	return err
}

// unreleasedAddress is where people who keep a changelog compare the last version with what came after it.
var unreleasedAddress = lazyregexp.New(`(?i)^( {0,3}\[unreleased\]:[ \t]*\S*compare/)\S+?(\.\.\.?)(\S+)`)

// ownAddress is the address of a section of what is not released yet.
var ownAddress = lazyregexp.New(`(?mi)^ {0,3}\[unreleased\]:[^\n]*\n?`)

// addAddresses puts a new version's addresses on top of those that the text ends with, and compares what is unreleased
// with the new version.
func addAddresses(text string, addresses []string, s Section, newline string) string {
	lines := strings.SplitAfter(text, newline[len(newline)-1:])
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	size := addressesSize(lines)
	at, head := len(text)-size, ""
	if size == 0 {
		head = strings.Repeat(newline, missingNewlines([]byte(text), newline))
	}
	old := text[at:]
	if unreleasedAddress.MatchString(old) {
		first, rest, _ := strings.Cut(old, newline)
		first = unreleasedAddress.ReplaceAllString(first, "${1}"+strings.ReplaceAll(s.Tag, "$", "$$")+"${2}${3}")
		head, old = first+newline, rest
	}
	return text[:at] + head + strings.Join(addresses, newline) + newline + old
}
