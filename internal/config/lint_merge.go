package config

import (
	"encoding/json"
	"slices"
	"strconv"
)

// mark notes on every value in which file it stands, so that it is still known when files are merged.
func (n *node) mark(file string) {
	n.file = file
	for i := range n.items {
		n.items[i].mark(file)
	}
	for i := range n.entries {
		n.entries[i].value.mark(file)
	}
}

// merge puts b over n: mappings key by key, and all else in the place of what was there. With join, lists are put one
// behind the other.
func (n node) merge(b node, join bool) node {
	switch {
	case join && n.kind == listNode && b.kind == listNode:
		b.items = append(append([]node{}, n.items...), b.items...)
		return b
	case n.kind != mapNode || b.kind != mapNode:
		return b
	}
	merged := n
	merged.entries = append([]entry{}, n.entries...)
	for _, e := range b.entries {
		at := slices.IndexFunc(merged.entries, func(old entry) bool { return old.key == e.key })
		if at < 0 {
			merged.entries = append(merged.entries, e)
			continue
		}
		old := merged.entries[at].value
		e.value = old.merge(e.value, join || e.key == "plugins")
		merged.entries[at] = e
	}
	return merged
}

func (n node) without(key string) node {
	n.entries = slices.DeleteFunc(slices.Clone(n.entries), func(e entry) bool { return e.key == key })
	return n
}

// plain gives a value in the types of JSON.
func (n node) plain() any {
	switch n.kind {
	case textNode:
		return n.text
	case boolNode:
		return n.text == "true"
	case numberNode:
		f, err := strconv.ParseFloat(n.text, 64)
		if err != nil {
			return n.text
		}
		return f
	case listNode:
		list := make([]any, len(n.items))
		for i, item := range n.items {
			list[i] = item.plain()
		}
		return list
	case mapNode:
		m := map[string]any{}
		for _, e := range n.entries {
			m[e.key] = e.value.plain()
		}
		return m
	}
	return nil
}

// fromPlain is the contrary of plain, for what is built in.
func fromPlain(value any, file string) node {
	n := node{file: file, kind: nullNode}
	switch v := value.(type) {
	case string:
		n.kind, n.text = textNode, v
	case float64, int, bool:
		text, _ := json.Marshal(v)
		if n.kind, n.text = numberNode, string(text); n.text == "true" || n.text == "false" {
			n.kind = boolNode
		}
	case []any:
		n.kind = listNode
		for _, item := range v {
			n.items = append(n.items, fromPlain(item, file))
		}
	}
	return n
}
