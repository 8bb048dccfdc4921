package versionfile

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// scanYAML finds values in all documents of a YAML file.
func scanYAML(text []byte, want [][]step) ([]hit, error) {
	w := yamlWalk{text: text, want: want}
	for d := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var document yaml.Node
		err := d.Decode(&document)
		if errors.Is(err, io.EOF) {
			return w.hits, nil
		}
		if err != nil {
			return nil, yamlError(err)
		}
		for _, root := range document.Content {
			w.value(root, nil)
		}
	}
}

// yamlError says the line in the library's error, which leaves out the first.
func yamlError(err error) error {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if !strings.HasPrefix(message, "line ") {
		message = "line 1: " + message
	}
	return errors.New(message)
}

// A yamlWalk goes through the nodes of a YAML file. What aliases stand for counts only where it is written.
type yamlWalk struct {
	text []byte
	want [][]step
	hits []hit
}

func (w *yamlWalk) value(n *yaml.Node, at []step) {
	if i := wanted(w.want, at); i >= 0 {
		s, ok := w.scalar(n)
		w.hits = append(w.hits, hit{s, i, ok})
	}
	if !leads(w.want, at) {
		return
	}
	at = at[:len(at):len(at)]
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key := n.Content[i]; key.Kind == yaml.ScalarNode {
				w.value(n.Content[i+1], append(at, named(key.Value)))
			}
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			w.value(item, append(at, step{"", i}))
		}
	}
}

// scalar says where the value of a node stands, if it is text that is written as it is: plain or between quotes.
func (w *yamlWalk) scalar(n *yaml.Node) (span, bool) {
	start := w.offset(n.Line, n.Column)
	if n.Kind != yaml.ScalarNode || !slices.Contains([]string{"!!str", "!!int", "!!float", "!!timestamp"}, n.ShortTag()) {
		return span{start, start}, false
	}
	at := w.skipProperties(start)
	value := n.Value
	quote := ""
	switch n.Style &^ yaml.TaggedStyle {
	case yaml.DoubleQuotedStyle:
		quote = `"`
	case yaml.SingleQuotedStyle:
		quote = "'"
	case 0:
	default:
		return span{start, start}, false
	}
	if !strings.HasPrefix(string(w.text[at:min(len(w.text), at+len(value)+2)]), quote+value+quote) {
		return span{start, start}, false
	}
	return span{at + len(quote), at + len(quote) + len(value)}, true
}

// skipProperties goes past an anchor and a tag.
func (w *yamlWalk) skipProperties(at int) int {
	for at < len(w.text) && (w.text[at] == '&' || w.text[at] == '!') {
		for at < len(w.text) && !strings.ContainsRune(" \t\r\n", rune(w.text[at])) {
			at++
		}
		for at < len(w.text) && strings.ContainsRune(" \t\r\n", rune(w.text[at])) {
			at++
		}
	}
	return at
}

// offset turns a line and a column, counted in characters as the library does, into an offset.
func (w *yamlWalk) offset(line, column int) int {
	at := 0
	for rest := w.text; line > 1 && len(rest) > 0; rest = w.text[at:] {
		switch r, size := utf8.DecodeRune(rest); {
		case r == '\r' && bytes.HasPrefix(rest, []byte("\r\n")):
			at += 2
			line--
		case strings.ContainsRune("\r\n\u0085\u2028\u2029", r):
			at += size
			line--
		default:
			at += size
		}
	}
	for ; column > 1 && at < len(w.text); column-- {
		_, size := utf8.DecodeRune(w.text[at:])
		at += size
	}
	return at
}
