package versionfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// scanJSON finds values in JSON with the tokens of the standard library's decoder.
func scanJSON(text []byte, want [][]step) ([]hit, error) {
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, fmt.Errorf("line %d: %w", lineOf(text, int(e.Offset)-1), err)
		}
		return nil, err
	}
	w := jsonWalk{text: text, want: want, decoder: json.NewDecoder(bytes.NewReader(text))}
	w.decoder.UseNumber()
	for w.decoder.More() || len(w.open) > 0 {
		if err := w.next(); err != nil {
			return nil, err
		}
	}
	return w.hits, nil
}

// A jsonWalk goes through the tokens of a JSON text; at is the path of the value that it stands before.
type jsonWalk struct {
	text    []byte
	want    [][]step
	decoder *json.Decoder
	open    []jsonOpen
	at      []step
	hits    []hit
}

// jsonOpen is an object or an array that isn't at its end.
type jsonOpen struct {
	object bool
	key    bool // a key comes next
}

func (w *jsonWalk) next() error {
	from := int(w.decoder.InputOffset())
	token, err := w.decoder.Token()
	if err != nil {
		return err
	}
	delim, isDelim := token.(json.Delim)
	if isDelim && (delim == '}' || delim == ']') {
		w.open, w.at = w.open[:len(w.open)-1], w.at[:len(w.at)-1]
		return nil
	}
	if len(w.open) > 0 {
		in, last := &w.open[len(w.open)-1], &w.at[len(w.at)-1]
		if in.object && in.key {
			name, _ := token.(string)
			*last, in.key = named(name), false
			return nil
		}
		if in.key = true; !in.object {
			last.index++
		}
	}
	w.value(from, token)
	if isDelim {
		w.open = append(w.open, jsonOpen{object: delim == '{', key: true})
		w.at = append(w.at, named(""))
	}
	return nil
}

// value notes a value that is wanted: a string between its quotes, of others where they begin.
func (w *jsonWalk) value(from int, token json.Token) {
	n := wanted(w.want, w.at)
	if n < 0 {
		return
	}
	end := int(w.decoder.InputOffset())
	start := from + len(w.text[from:end]) - len(bytes.TrimLeft(w.text[from:end], " \t\r\n:,"))
	if _, ok := token.(string); ok {
		w.hits = append(w.hits, hit{span{start + 1, end - 1}, n, true})
		return
	}
	w.hits = append(w.hits, hit{span{start, start}, n, false})
}
