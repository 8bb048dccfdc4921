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

// tomlPlaces gives line and column of every key, by its dotted path.
func tomlPlaces(data []byte) map[string][2]int {
	places := map[string][2]int{}
	var p unstable.Parser
	p.Reset(data)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		prefix := table
		if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			prefix = ""
		} else if e.Kind != unstable.KeyValue {
			continue
		}
		for it := e.Key(); it.Next(); {
			prefix = join(prefix, string(it.Node().Data))
			if _, seen := places[prefix]; !seen {
				start := p.Shape(it.Node().Raw).Start
				places[prefix] = [2]int{start.Line, start.Column}
			}
		}
		if e.Kind != unstable.KeyValue {
			table = prefix
		}
	}
	return places
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
		for _, item := range v {
			n.items = append(n.items, fromTOML(item, path, places))
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
