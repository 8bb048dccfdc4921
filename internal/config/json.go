package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// jsonReader turns JSON into nodes with places, which encoding/json alone doesn't give.
type jsonReader struct {
	data  []byte
	dec   *json.Decoder
	depth int
}

// maxDepth bounds how deep lists and mappings lie in each other.
const maxDepth = 1000

func parseJSON(data []byte) (node, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return node{kind: nullNode}, nil
	}
	r := &jsonReader{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	n, err := r.value()
	if err == nil {
		if _, extra := r.dec.Token(); extra != io.EOF {
			err = errors.New("something stands after the closing brace")
		}
	}
	if err == nil {
		return n, nil
	}
	if se, ok := errors.AsType[*syntaxError](err); ok {
		return node{}, se
	}
	offset := r.dec.InputOffset()
	if se, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = se.Offset - 1
	}
	line, col := r.place(offset)
	return node{}, &syntaxError{line, col, err.Error()}
}

// place gives line and column (both from 1, columns in characters) of a byte offset.
func (r *jsonReader) place(offset int64) (line, col int) {
	before := r.data[:max(0, min(int(offset), len(r.data)))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

// next reads a token and says where it begins.
func (r *jsonReader) next() (tok json.Token, line, col int, err error) {
	start := int(r.dec.InputOffset())
	for start < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[start]) >= 0 {
		start++
	}
	line, col = r.place(int64(start))
	tok, err = r.dec.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return tok, line, col, err
}

func (r *jsonReader) value() (node, error) {
	tok, line, col, err := r.next()
	if err != nil {
		return node{}, err
	}
	if r.depth++; r.depth > maxDepth {
		return node{}, &syntaxError{line, col, "it is nested too deep"}
	}
	defer func() { r.depth-- }()
	n := node{line: line, col: col}
	switch v := tok.(type) {
	case nil:
		n.kind = nullNode
	case string:
		n.kind, n.text = textNode, v
	case json.Number:
		n.kind, n.text = numberNode, v.String()
	case bool:
		n.kind, n.text = boolNode, fmt.Sprint(v)
	case json.Delim:
		if v == '{' {
			return r.object(n)
		}
		return r.list(n)
	}
	return n, nil
}

func (r *jsonReader) object(n node) (node, error) {
	n.kind = mapNode
	for r.dec.More() {
		tok, line, col, err := r.next()
		if err != nil {
			return n, err
		}
		value, err := r.value()
		if err != nil {
			return n, err
		}
		key, _ := tok.(string)
		if err := n.add(entry{key, line, col, value}); err != nil {
			return n, err
		}
	}
	_, err := r.dec.Token()
	return n, err
}

func (r *jsonReader) list(n node) (node, error) {
	n.kind = listNode
	for r.dec.More() {
		item, err := r.value()
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	_, err := r.dec.Token()
	return n, err
}
