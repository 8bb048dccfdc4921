package config

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// parseTOML checks the file with the library's decoder and takes the places of the keys from its
// parser, which the decoder doesn't give.
func parseTOML(data []byte) (node, error) {
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		if e, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, col := e.Position()
			return node{}, &syntaxError{line, col, e.Error()}
		}
		return node{}, err
	}
	return fromTOML(values, "", tomlPlaces(data)), nil
}

// tomlPlaces gives line and column of every key, by its dotted path; those in the items of a list by path[0], path[1] …
func tomlPlaces(data []byte) map[string][2]int {
	r := &placeReader{places: map[string][2]int{}, tables: map[string]int{}}
	r.Reset(data)
	table := ""
	for r.NextExpression() {
		switch e := r.Expression(); e.Kind {
		case unstable.Table:
			table = r.keys("", e.Key())
		case unstable.ArrayTable:
			path := r.keys("", e.Key())
			table = fmt.Sprintf("%s[%d]", path, r.tables[path])
			r.tables[path]++
			r.places[table] = r.last(e.Key())
		case unstable.KeyValue:
			r.value(r.keys(table, e.Key()), e.Value())
		}
	}
	return r.places
}

// placeReader notes where keys stand.
type placeReader struct {
	unstable.Parser
	places map[string][2]int
	tables map[string]int // how often a table of a list was begun
}

// keys notes the places of a key's parts, and gives its path below another. A part that names a list of tables means its last.
func (r *placeReader) keys(path string, it unstable.Iterator) string {
	for it.Next() {
		if n := r.tables[path]; n > 0 {
			path = fmt.Sprintf("%s[%d]", path, n-1)
		}
		path = join(path, string(it.Node().Data))
		if _, seen := r.places[path]; !seen {
			start := r.Shape(it.Node().Raw).Start
			r.places[path] = [2]int{start.Line, start.Column}
		}
	}
	return path
}

// last gives the place of a key's last part.
func (r *placeReader) last(it unstable.Iterator) (at [2]int) {
	for it.Next() {
		start := r.Shape(it.Node().Raw).Start
		at = [2]int{start.Line, start.Column}
	}
	return at
}

// value notes the places of keys within a value; an item of a list without any has the place of the list.
func (r *placeReader) value(path string, v *unstable.Node) {
	children := v.Children()
	switch v.Kind {
	case unstable.InlineTable:
		for children.Next() {
			r.value(r.keys(path, children.Node().Key()), children.Node().Value())
		}
	case unstable.Array:
		for i := 0; children.Next(); i++ {
			item := fmt.Sprintf("%s[%d]", path, i)
			r.places[item] = r.places[path]
			r.value(item, children.Node())
			r.first(item, children.Node())
		}
	}
}

// first gives an item the place of its first key.
func (r *placeReader) first(item string, v *unstable.Node) {
	children := v.Children()
	if v.Kind != unstable.InlineTable || !children.Next() {
		return
	}
	it := children.Node().Key()
	if it.Next() {
		start := r.Shape(it.Node().Raw).Start
		r.places[item] = [2]int{start.Line, start.Column}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func fromTOML(value any, path string, places map[string][2]int) node {
	n := node{line: places[path][0], col: places[path][1]}
	switch v := value.(type) {
	case string:
		n.kind, n.text = textNode, v
	case bool:
		n.kind, n.text = boolNode, fmt.Sprint(v)
	case []any:
		n.kind = listNode
		for i, item := range v {
			n.items = append(n.items, fromTOML(item, fmt.Sprintf("%s[%d]", path, i), places))
		}
	case map[string]any:
		n.kind = mapNode
		for key, item := range v {
			child := join(path, key)
			n.entries = append(n.entries, entry{key, places[child][0], places[child][1], fromTOML(item, child, places)})
		}
		sort.Slice(n.entries, func(i, j int) bool {
			a, b := n.entries[i], n.entries[j]
			return slices.Compare([]int{a.line, a.col}, []int{b.line, b.col}) < 0
		})
	default:
		n.kind, n.text = numberNode, fmt.Sprint(v)
	}
	return n
}
