package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// Pairs is a mapping that keeps its order.
type Pairs []Pair

// Pair is one entry of Pairs.
type Pair struct {
	Key   string
	Value any
}

// MarshalJSON writes an object with the keys in their order.
func (p Pairs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(e.Key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(e.Value)
		if err != nil {
			return nil, err
		}
		b.Write(append(append(key, ':'), value...))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// YAML gives the translation as the text of a .semcut.yaml; a comment above each key says where it comes from.
func (t Translation) YAML() (string, error) {
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, s := range t.Settings {
		at, key := root, s.Key
		for head, rest, more := strings.Cut(key, "."); more; head, rest, more = strings.Cut(key, ".") {
			at, key = below(at, head), rest
		}
		name := yamlText(key)
		name.HeadComment = s.Source()
		at.Content = append(at.Content, name, yamlValue(s.Value, 0))
	}
	if len(root.Content) == 0 {
		return "", nil
	}
	text, err := encodeYAML(root)
	if err != nil {
		return "", fmt.Errorf("writing the translation: %w", err)
	}
	return legible(apart(text)), nil
}

func encodeYAML(n *yaml.Node) (string, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return "", err
	}
	err := enc.Close()
	return b.String(), err
}

// Source says in a few words where a setting comes from.
func (s Translated) Source() string {
	const few = 3
	text := strings.Join(s.From, ", ")
	if len(s.From) > few {
		text = fmt.Sprintf("%s, and %d more", strings.Join(s.From[:few-1], ", "), len(s.From)-few+1)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' ' // a comment is one line, whatever a key is called
		}
		return r
	}, text)
}

// apart puts an empty line before each top key, or the comment above it.
func apart(text string) string {
	var b strings.Builder
	commented := false
	for line := range strings.Lines(text) {
		if !commented && !strings.HasPrefix(line, " ") && strings.TrimSpace(line) != "" {
			b.WriteString("\n")
		}
		commented = strings.HasPrefix(line, "# ")
		b.WriteString(line)
	}
	return b.String()
}

var escapedRune = lazyregexp.New(`\\U([0-9A-F]{8})`)

// legible writes signs such as emoji as they are; the library writes them as numbers.
func legible(text string) string {
	plain := escapedRune.ReplaceAllStringFunc(text, func(escape string) string {
		n, err := strconv.ParseUint(escape[2:], 16, 32)
		if err != nil {
			return escape
		}
		return string(rune(n))
	})
	if plain == text {
		return text
	}
	var before, after any
	if yaml.Unmarshal([]byte(text), &before) != nil || yaml.Unmarshal([]byte(plain), &after) != nil || !reflect.DeepEqual(before, after) {
		return text // the text itself looked like such a number
	}
	return plain
}

// below finds or makes the mapping below a key.
func below(at *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(at.Content); i += 2 {
		if at.Content[i].Value == key {
			return at.Content[i+1]
		}
	}
	child := &yaml.Node{Kind: yaml.MappingNode}
	at.Content = append(at.Content, yamlText(key), child)
	return child
}

// isList says whether a value is a list: one that holds lists stands on one line.
func isList(v any) bool {
	_, is := v.([]any)
	return is
}

func yamlText(text string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(text)
	return n
}

// yamlValue makes the library's node of a value; a mapping in a list stands on one line.
func yamlValue(value any, depth int) *yaml.Node {
	switch v := value.(type) {
	case nil:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	case string:
		return yamlText(v)
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		if depth > 0 || slices.ContainsFunc(v, isList) {
			n.Style = yaml.FlowStyle
		}
		for _, item := range v {
			n.Content = append(n.Content, yamlValue(item, depth+1))
		}
		return n
	case Pairs:
		n := &yaml.Node{Kind: yaml.MappingNode}
		if depth > 0 {
			n.Style = yaml.FlowStyle
		}
		for _, p := range v {
			n.Content = append(n.Content, yamlText(p.Key), yamlValue(p.Value, depth+1))
		}
		return n
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(value)}
}

// YAMLOf writes one value as it stands in the file, on one line: for people.
func (s Translated) YAMLOf() string {
	n := yamlValue(s.Value, 1)
	if n.Kind == yaml.ScalarNode && strings.Contains(n.Value, "\n") {
		n.Style = yaml.DoubleQuotedStyle
	}
	out, err := yaml.Marshal(n)
	if err != nil {
		return fmt.Sprint(s.Value)
	}
	return strings.Join(strings.Fields(legible(string(out))), " ")
}

// LoadText reads the text of a .semcut.yaml that isn't written yet, as Load would if it were; root holds the files that it names.
func LoadText(s Source, text string) (*Config, error) {
	c := Default()
	c.env = s.Env
	if _, err := (source{file: ".semcut.yaml", dialect: "semcut", apply: applyNative}).read(c, []byte(text)); err != nil {
		return nil, err
	}
	c.File, c.Dialect = ".semcut.yaml", "semcut"
	if err := c.complete(s); err != nil {
		return nil, err
	}
	if len(c.Warnings) > 0 {
		return c, release.Errorf(release.CodeConfig, "write the settings by hand", "reading the translation: %s", c.Warnings[0])
	}
	return c, nil
}

// YAML writes a value as it stands in a file, lists and mappings over several lines; a text is as it is, and nil is an empty line.
func YAML(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "\n", nil
	case string:
		return v + "\n", nil
	}
	text, err := encodeYAML(yamlValue(value, 0))
	if err != nil {
		return "", err
	}
	return legible(text), nil
}
