package versionfile

import (
	"bytes"
	"fmt"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// anyVersion finds a semantic version in prose: behind no letter or digit but a v. A prerelease is taken only where it
// ends in a number or is one of the usual words, so that 1.2.3-linux.zip is 1.2.3.
var anyVersion = lazyregexp.New(`(?:^|[^0-9A-Za-z.])v?([0-9]+\.[0-9]+\.[0-9]+` +
	`(?:-[0-9A-Za-z-]+\.[0-9]+\b|-[0-9]+\b|(?i:-(?:alpha|beta|rc|pre|preview|dev|development|snapshot|next|canary)[0-9]*\b))?` +
	`(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)`)

var (
	markers    = [][]byte{[]byte("x-semcut-version"), []byte("x-release-please-version")}
	blockStart = []byte("x-release-please-start-version")
	blockEnd   = []byte("x-release-please-end")
)

// marked finds the first version of each line that has a marker or is between two.
func marked() finder {
	return finder{"a version like 1.2.3 in a line with x-semcut-version", func(text []byte) ([]span, error) {
		var spans []span
		block := 0 // the line where one began
		for i, l := range lines(text) {
			line := l.of(text)
			switch {
			case bytes.Contains(line, blockStart):
				block = i + 1
			case bytes.Contains(line, blockEnd):
				block = 0
			case block > 0, bytes.Contains(line, markers[0]), bytes.Contains(line, markers[1]):
				if s, ok := firstVersion(line); ok {
					spans = append(spans, span{l.start + s.start, l.start + s.end})
				}
			}
		}
		if block > 0 {
			return nil, fmt.Errorf("line %d: %s has no %s", block, blockStart, blockEnd)
		}
		return spans, nil
	}}
}

// firstVersion finds the first version of a line that isn't part of more numbers, such as those of an address.
func firstVersion(line []byte) (span, bool) {
	for _, m := range anyVersion.FindAllSubmatchIndex(line, -1) {
		if more := line[m[3]:]; len(more) < 2 || more[0] != '.' || more[1] < '0' || more[1] > '9' {
			return span{m[2], m[3]}, true
		}
	}
	return span{}, false
}
