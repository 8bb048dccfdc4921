package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/semcut/semcut/release"
)

// maxFile bounds a configuration file: one that is larger isn't one.
const maxFile = 1 << 20

// maxNodes bounds the values of a file once its aliases are followed.
const maxNodes = 50_000

// parse reads a file by its name's ending; one without an ending can be JSON or YAML.
func parse(file string, data []byte) (tree, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if len(data) > maxFile {
		return tree{}, release.Errorf(release.CodeConfig, "name the right file", "reading %s: %d bytes are too many for a configuration", file, len(data))
	}
	if !utf8.Valid(data) {
		return tree{}, release.Errorf(release.CodeConfig, "save it as UTF-8", "reading %s: it is not UTF-8", file)
	}
	read := parseYAML
	switch path.Ext(strings.ReplaceAll(file, `\`, "/")) {
	case ".json":
		read = parseJSON
	case ".toml":
		read = parseTOML
	case ".yaml", ".yml":
	default:
		read = parseEither
	}
	root, err := read(data)
	if err != nil {
		se, ok := errors.AsType[*syntaxError](err)
		if !ok {
			se = &syntaxError{text: err.Error()}
		}
		return tree{}, wrongAt(release.CodeConfig, "mend the syntax", file, se.line, se.col, "%s", se.text)
	}
	return tree{file: file, root: root}, nil
}

// syntaxError is what a file's syntax has against it.
type syntaxError struct {
	line, col int
	text      string
}

func (e *syntaxError) Error() string { return fmt.Sprintf("%d:%d: %s", e.line, e.col, e.text) }

// parseEither reads a file whose name doesn't tell: JSON first, since YAML doesn't take its tabs.
func parseEither(data []byte) (node, error) {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		if n, err := parseJSON(data); err == nil {
			return n, nil
		}
	}
	return parseYAML(data)
}

func parseYAML(data []byte) (node, error) {
	var doc, more yaml.Node
	in := yaml.NewDecoder(bytes.NewReader(data))
	if err := in.Decode(&doc); err != nil && err != io.EOF {
		return node{}, yamlError(err)
	}
	if err := in.Decode(&more); err == nil {
		return node{}, &syntaxError{more.Line, more.Column, "a second document stands here, which would never be read"}
	}
	if doc.Kind == 0 {
		return node{kind: nullNode}, nil
	}
	budget := maxNodes
	return fromYAML(&doc, &budget)
}

// yamlError takes the line out of the library's message.
func yamlError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	var line int
	if n, _ := fmt.Sscanf(text, "line %d:", &line); n == 1 {
		_, text, _ = strings.Cut(text, ": ")
	}
	return &syntaxError{line: line, col: 1, text: strings.Join(strings.Fields(text), " ")}
}

// fromYAML turns the library's nodes into ours. Aliases are fine; budget ends those that explode.
func fromYAML(y *yaml.Node, budget *int) (node, error) {
	if *budget--; *budget < 0 {
		return node{}, &syntaxError{y.Line, y.Column, "its aliases make it too large"}
	}
	n := node{line: y.Line, col: y.Column, text: y.Value}
	switch y.Kind {
	case yaml.DocumentNode:
		return fromYAML(y.Content[0], budget)
	case yaml.AliasNode:
		return fromYAML(y.Alias, budget)
	case yaml.SequenceNode:
		n.kind = listNode
		for _, item := range y.Content {
			child, err := fromYAML(item, budget)
			if err != nil {
				return n, err
			}
			n.items = append(n.items, child)
		}
	case yaml.MappingNode:
		n.kind = mapNode
		return n, yamlEntries(&n, y, budget)
	default:
		n.kind = yamlScalar(y)
	}
	return n, nil
}

func yamlEntries(n *node, y *yaml.Node, budget *int) error {
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		child, err := fromYAML(value, budget)
		if err != nil {
			return err
		}
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			return &syntaxError{key.Line, key.Column, "a key must be a plain text"}
		}
		if err := n.add(entry{key.Value, key.Line, key.Column, child}); err != nil {
			return err
		}
	}
	return nil
}

func yamlScalar(y *yaml.Node) nodeKind {
	switch y.ShortTag() {
	case "!!null":
		return nullNode
	case "!!bool":
		y.Value = strings.ToLower(y.Value)
		return boolNode
	case "!!int", "!!float":
		return numberNode
	}
	return textNode
}

// add puts an entry into a mapping; a key that stands there already is an error.
func (n *node) add(e entry) error {
	if first, twice := n.get(e.key); twice {
		return &syntaxError{e.line, e.col, fmt.Sprintf("key %q stands here twice, first in line %d", e.key, first.line)}
	}
	n.entries = append(n.entries, e)
	return nil
}
