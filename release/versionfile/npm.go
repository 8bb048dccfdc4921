package versionfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// npmFormat finds what npm takes for a file's line end and indentation: what stands between its first bracket and the
// first value. A file that has no such line is written in one.
var npmFormat = lazyregexp.New(`^\s*[{\[]((?:\r?\n)+)(\s*)`)

// asNPM sets the version of a package.json or a lock file as "npm version" does: the file is written anew, every value on a
// line of its own, with the indentation and the line ends that its first line has. A package without a version gets one.
func asNPM(data []byte, version string) ([]byte, error) {
	text := bytes.TrimPrefix(data, bom)
	if !utf8.Valid(text) {
		return nil, errors.New("it is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := readOrdered(d, 0)
	if _, extra := d.Token(); err == nil && extra != io.EOF {
		err = errors.New("something stands behind its closing brace")
	}
	if err != nil {
		return nil, err
	}
	whole, ok := v.(*object)
	if !ok {
		return nil, errors.New("it holds no mapping")
	}
	whole.set("version", version)
	whole.drop("_id")
	if packages, ok := whole.values["packages"].(*object); ok {
		if root, ok := packages.values[""].(*object); ok {
			root.set("version", version)
		}
	}
	w := &jsonWriter{}
	if m := npmFormat.FindSubmatch(text); m != nil {
		w.newline, w.indent = string(m[1]), string(m[2][:min(10, len(m[2]))])
	}
	w.value(whole, 0)
	w.out.WriteString(w.newline)
	return w.out.Bytes(), nil
}

// object is a mapping in the order in which JavaScript keeps it.
type object struct {
	keys   []string
	values map[string]any
}

func (o *object) set(key string, value any) {
	if _, there := o.values[key]; !there {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

func (o *object) drop(key string) {
	o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
	delete(o.values, key)
}

// maxNesting bounds how deep a file is read.
const maxNesting = 1000

func readOrdered(d *json.Decoder, depth int) (any, error) {
	if depth > maxNesting {
		return nil, errors.New("it is nested too deep")
	}
	token, err := d.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := &object{values: map[string]any{}}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			name, _ := key.(string) // More said that a key comes
			value, err := readOrdered(d, depth+1)
			if err != nil {
				return nil, err
			}
			o.set(name, value)
		}
		slices.SortStableFunc(o.keys, byIndex)
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := readOrdered(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

// byIndex puts keys that are whole numbers before all others, the smallest first, as JavaScript does.
func byIndex(a, b string) int {
	x, okX := arrayIndex(a)
	y, okY := arrayIndex(b)
	switch {
	case okX && okY:
		return int(x - y)
	case okX:
		return -1
	case okY:
		return 1
	}
	return 0
}

func arrayIndex(key string) (int64, bool) {
	n, err := strconv.ParseInt(key, 10, 64)
	return n, err == nil && n >= 0 && n < math.MaxUint32 && strconv.FormatInt(n, 10) == key
}

type jsonWriter struct {
	out             bytes.Buffer
	newline, indent string
}

func (w *jsonWriter) line(depth int) {
	if w.indent == "" {
		return
	}
	w.out.WriteString(w.newline)
	w.out.WriteString(strings.Repeat(w.indent, depth))
}

func (w *jsonWriter) value(v any, depth int) {
	switch v := v.(type) {
	case *object:
		w.list('{', '}', len(v.keys), depth, func(i int) {
			w.text(v.keys[i])
			w.out.WriteByte(':')
			if w.indent != "" {
				w.out.WriteByte(' ')
			}
			w.value(v.values[v.keys[i]], depth+1)
		})
	case []any:
		w.list('[', ']', len(v), depth, func(i int) { w.value(v[i], depth+1) })
	case string:
		w.text(v)
	case json.Number:
		w.out.WriteString(jsNumber(v))
	case bool:
		w.out.WriteString(strconv.FormatBool(v))
	default:
		w.out.WriteString("null")
	}
}

func (w *jsonWriter) list(open, end byte, n, depth int, item func(i int)) {
	w.out.WriteByte(open)
	for i := range n {
		if i > 0 {
			w.out.WriteByte(',')
		}
		w.line(depth + 1)
		item(i)
	}
	if n > 0 {
		w.line(depth)
	}
	w.out.WriteByte(end)
}

// text writes a string as JSON.stringify does.
func (w *jsonWriter) text(s string) {
	const short = "btn\x00fr"
	w.out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.out.WriteByte('\\')
			w.out.WriteRune(r)
		case r >= '\b' && r <= '\r' && r != '\v':
			w.out.WriteByte('\\')
			w.out.WriteByte(short[r-'\b'])
		case r < ' ':
			w.out.WriteString(`\u00` + string("0123456789abcdef"[r>>4]) + string("0123456789abcdef"[r&15]))
		default:
			var b [utf8.UTFMax]byte
			w.out.Write(b[:utf8.EncodeRune(b[:], r)])
		}
	}
	w.out.WriteByte('"')
}

// jsNumber writes a number as JavaScript does.
func jsNumber(n json.Number) string {
	f, err := strconv.ParseFloat(n.String(), 64)
	switch abs := math.Abs(f); {
	case err != nil || f == 0:
		return "0"
	case abs >= 1e21 || abs < 1e-6:
		text := strconv.FormatFloat(f, 'e', -1, 64)
		mantissa, exponent, _ := strings.Cut(text, "e")
		sign := exponent[:1]
		return mantissa + "e" + sign + strings.TrimLeft(exponent[1:], "0")
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
