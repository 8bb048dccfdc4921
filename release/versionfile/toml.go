package versionfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// scanTOML checks a file with the library's decoder and takes the places of values from its parser, which the decoder
// doesn't give.
func scanTOML(text []byte, want [][]step) ([]hit, error) {
	if err := decodeTOML(text, &map[string]any{}); err != nil {
		return nil, err
	}
	w := tomlWalk{want: want, items: map[string]int{}}
	w.parser.Reset(text)
	var table []step
	leading := true
	for w.parser.NextExpression() {
		switch e := w.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table, leading = w.table(e)
		case unstable.KeyValue:
			if leading {
				w.keyValue(e, table)
			}
		}
	}
	return w.hits, w.parser.Error()
}

// decodeTOML reads a file into a value; its error has the line.
func decodeTOML(text []byte, into any) error {
	err := toml.Unmarshal(text, into)
	if e, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := e.Position()
		return fmt.Errorf("line %d: %s", line, strings.TrimPrefix(e.Error(), "toml: "))
	}
	return err
}

// A tomlWalk goes through the expressions of a TOML file; items counts the items of each list of tables.
type tomlWalk struct {
	parser unstable.Parser
	want   [][]step
	items  map[string]int
	hits   []hit
}

// table gives the path of a table from its head, if it leads to one that is wanted; a name in it that is a list of tables
// means the last item.
func (w *tomlWalk) table(head *unstable.Node) ([]step, bool) {
	var at []step
	for it := head.Key(); it.Next(); {
		if at = append(at, named(string(it.Node().Data))); !leads(w.want, at) {
			return nil, false
		}
		list := fmt.Sprintf("%#v", at)
		if head.Kind == unstable.ArrayTable && it.IsLast() {
			w.items[list]++
		}
		if n := w.items[list]; n > 0 {
			at = append(at, step{"", n - 1})
		}
	}
	return at, leads(w.want, at)
}

func (w *tomlWalk) keyValue(e *unstable.Node, table []step) {
	at := slices.Clone(table)
	start := -1
	for it := e.Key(); it.Next(); {
		at = append(at, named(string(it.Node().Data)))
		start = int(it.Node().Raw.Offset)
	}
	w.value(e.Value(), at, start)
}

// value notes a value that is wanted, and looks into it. Only a text in single quotes of either kind can be replaced.
func (w *tomlWalk) value(v *unstable.Node, at []step, start int) {
	if n := wanted(w.want, at); n >= 0 {
		h := hit{span{start, start}, n, false}
		if raw := w.parser.Raw(v.Raw); v.Kind == unstable.String && !bytes.HasPrefix(raw, []byte(`"""`)) && !bytes.HasPrefix(raw, []byte("'''")) {
			from := int(v.Raw.Offset)
			h = hit{span{from + 1, from + len(raw) - 1}, n, true}
		}
		w.hits = append(w.hits, h)
	}
	if !leads(w.want, at) {
		return
	}
	for it, i := v.Children(), 0; it.Next(); i++ {
		switch {
		case v.Kind == unstable.InlineTable && it.Node().Kind == unstable.KeyValue:
			w.keyValue(it.Node(), at)
		case v.Kind == unstable.Array:
			w.value(it.Node(), append(slices.Clone(at), step{"", i}), start)
		}
	}
}
