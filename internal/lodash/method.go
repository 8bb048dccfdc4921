package lodash

import (
	"errors"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

var (
	errUnknown = errors.New("calls something that semcut doesn't evaluate")
	errWrong   = errors.New("is called with something that semcut doesn't evaluate")
	errLong    = errors.New("makes a text that is too long")
)

// invoke calls a function (object is nil and name its name) or a method (".name") of a value.
func invoke(object any, name string, args []any) (any, error) {
	switch o := object.(type) {
	case anything:
		if isMethod(name) {
			return o, nil
		}
		return nil, errUnknown
	case string:
		return textMethod(o, name, args)
	case []any:
		return listMethod(o, name, args)
	case time.Time:
		return dateMethod(o, name)
	case float64, bool, Named:
		if name == ".toString" {
			return jsText(o), nil
		}
		if name == ".toFixed" {
			return fixed(toNumber(o), args)
		}
	case nil:
		return function(name, args)
	}
	return nil, errUnknown
}

// isMethod says whether any value has the method.
func isMethod(name string) bool {
	for _, value := range []any{"", []any{}, time.Time{}} {
		if _, err := invoke(value, name, []any{"x", "x"}); !errors.Is(err, errUnknown) {
			return true
		}
	}
	return name == ".toFixed"
}

func function(name string, args []any) (any, error) {
	first := arg(args, 0)
	switch name {
	case "String":
		return jsText(first), nil
	case "Number":
		return toNumber(first), nil
	case "Boolean":
		return truth(first), nil
	case "encodeURIComponent":
		return encoded(jsText(first)), nil
	case "escape":
		return escaped(Text(first)), nil
	}
	return nil, errUnknown
}

func arg(args []any, i int) any {
	if i < len(args) {
		return args[i]
	}
	return Undefined
}

// textMethod calls a method of a text. Lengths and places are in UTF-16 units, as JavaScript's are.
func textMethod(text, name string, args []any) (any, error) {
	first, second := jsText(arg(args, 0)), jsText(arg(args, 1))
	switch name {
	case ".toString", ".valueOf":
		return text, nil
	case ".toUpperCase", ".toLocaleUpperCase":
		return strings.ToUpper(text), nil
	case ".toLowerCase", ".toLocaleLowerCase":
		return strings.ToLower(text), nil
	case ".trim":
		return strings.TrimSpace(text), nil
	case ".trimStart":
		return strings.TrimLeft(text, " \t\r\n\v\f\u00a0\ufeff"), nil
	case ".trimEnd":
		return strings.TrimRight(text, " \t\r\n\v\f\u00a0\ufeff"), nil
	case ".startsWith":
		return strings.HasPrefix(text, first), nil
	case ".endsWith":
		return strings.HasSuffix(text, first), nil
	case ".includes":
		return strings.Contains(text, first), nil
	case ".indexOf":
		return place(text, strings.Index(text, first)), nil
	case ".lastIndexOf":
		return place(text, strings.LastIndex(text, first)), nil
	case ".concat":
		for _, a := range args {
			text += jsText(a)
		}
		return text, nil
	case ".repeat":
		return repeated(text, toNumber(arg(args, 0)))
	case ".padStart", ".padEnd":
		return padded(text, name, toNumber(arg(args, 0)), args)
	case ".slice", ".substring", ".substr":
		return cut(text, name, args), nil
	case ".charAt":
		if v := unitAt(text, jsText(arg(args, 0))); v != Undefined {
			return v, nil
		}
		return "", nil
	case ".split":
		return split(text, args)
	case ".replace", ".replaceAll":
		return replace(text, name, arg(args, 0), second)
	}
	return nil, errUnknown
}

func place(text string, at int) float64 {
	if at < 0 {
		return -1
	}
	return float64(len(units(text[:at])))
}

func repeated(text string, times float64) (any, error) {
	if !(times >= 0) || times*float64(len(text)) > maxText {
		return nil, errLong
	}
	return strings.Repeat(text, int(times)), nil
}

func padded(text, name string, width float64, args []any) (any, error) {
	with := " "
	if len(args) > 1 {
		with = jsText(args[1])
	}
	if width > maxText {
		return nil, errLong
	}
	missing := int(width) - len(units(text))
	if missing <= 0 || with == "" {
		return text, nil
	}
	pad := fromUnits(units(strings.Repeat(with, missing/len(units(with))+1))[:missing])
	if name == ".padStart" {
		return pad + text, nil
	}
	return text + pad, nil
}

// cut is slice, substring or substr.
func cut(text, name string, args []any) string {
	u := units(text)
	from, to := bounds(name, args, len(u))
	if from >= to {
		return ""
	}
	return fromUnits(u[from:to])
}

func bounds(name string, args []any, size int) (from, to int) {
	from, to = index(arg(args, 0), 0, size, name != ".substring"), size
	if end := arg(args, 1); end != Undefined {
		to = index(end, size, size, name == ".slice")
		if name == ".substr" {
			to = from + index(end, size, size, false)
		}
	}
	if name == ".substring" && from > to {
		from, to = to, from
	}
	return from, min(to, size)
}

// index reads a place; a negative one counts from the end where that is meant.
func index(v any, otherwise, size int, fromEnd bool) int {
	f := toNumber(v)
	switch {
	case v == Undefined:
		return otherwise
	case math.IsNaN(f):
		return 0
	case f < 0 && fromEnd:
		f += float64(size)
	}
	return int(math.Max(0, math.Min(f, float64(size))))
}

func split(text string, args []any) (any, error) {
	if len(args) == 0 || args[0] == Undefined {
		return []any{text}, nil
	}
	var pieces []string
	switch separator := args[0].(type) {
	case string:
		pieces = strings.Split(text, separator)
	case *pattern:
		if pieces = separator.split(text); pieces == nil {
			return nil, errWrong
		}
	default:
		return nil, errWrong
	}
	list := make([]any, len(pieces))
	for i, p := range pieces {
		list[i] = p
	}
	return list, nil
}

func replace(text, name string, what any, with string) (any, error) {
	switch what := what.(type) {
	case string:
		n := 1
		if name == ".replaceAll" {
			n = -1
		}
		replaced := strings.Replace(text, what, strings.ReplaceAll(with, "$$", "$"), n)
		if len(replaced) > maxText {
			return nil, errLong
		}
		return replaced, nil
	case *pattern:
		return what.replace(text, with)
	case anything:
		return text, nil
	}
	return nil, errWrong
}

func listMethod(list []any, name string, args []any) (any, error) {
	switch name {
	case ".join":
		separator := ","
		if len(args) > 0 {
			separator = jsText(args[0])
		}
		texts := make([]string, len(list))
		for i, item := range list {
			texts[i] = Text(item)
		}
		return strings.Join(texts, separator), nil
	case ".toString":
		return jsText(list), nil
	case ".includes":
		return slices.ContainsFunc(list, func(v any) bool { return same(v, arg(args, 0)) }), nil
	case ".indexOf":
		return float64(slices.IndexFunc(list, func(v any) bool { return same(v, arg(args, 0)) })), nil
	case ".slice":
		from, to := bounds(name, args, len(list))
		return slices.Clone(list[from:max(from, to)]), nil
	case ".reverse":
		reversed := slices.Clone(list)
		slices.Reverse(reversed)
		return reversed, nil
	case ".concat":
		joined := slices.Clone(list)
		for _, a := range args {
			if more, ok := a.([]any); ok {
				joined = append(joined, more...)
			} else {
				joined = append(joined, a)
			}
		}
		return joined, nil
	case ".pop", ".shift":
		if len(list) == 0 {
			return Undefined, nil
		}
		if name == ".pop" {
			return list[len(list)-1], nil
		}
		return list[0], nil
	}
	return nil, errUnknown
}

// dateMethod calls a method of a date, which is in UTC.
func dateMethod(t time.Time, name string) (any, error) {
	t = t.UTC()
	switch name {
	case ".toISOString", ".toJSON":
		return t.Format("2006-01-02T15:04:05.000Z"), nil
	case ".toString":
		return jsText(t), nil
	case ".toUTCString":
		return t.Format("Mon, 02 Jan 2006 15:04:05 GMT"), nil
	case ".toDateString":
		return t.Format("Mon Jan 02 2006"), nil
	case ".getTime", ".valueOf":
		return float64(t.UnixMilli()), nil
	case ".getFullYear", ".getUTCFullYear":
		return float64(t.Year()), nil
	case ".getMonth", ".getUTCMonth":
		return float64(t.Month() - 1), nil
	case ".getDate", ".getUTCDate":
		return float64(t.Day()), nil
	case ".getDay", ".getUTCDay":
		return float64(t.Weekday()), nil
	case ".getHours", ".getUTCHours":
		return float64(t.Hour()), nil
	case ".getMinutes", ".getUTCMinutes":
		return float64(t.Minute()), nil
	case ".getSeconds", ".getUTCSeconds":
		return float64(t.Second()), nil
	}
	return nil, errUnknown
}

func dateOf(args []any, wrong error) (any, error) {
	if len(args) == 1 {
		switch v := args[0].(type) {
		case anything:
			return v, nil
		case time.Time:
			return v, nil
		case float64:
			return time.UnixMilli(int64(v)).UTC(), nil
		case string:
			for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
				if t, err := time.Parse(layout, v); err == nil {
					return t, nil
				}
			}
		}
	}
	if len(args) == 0 {
		return anything{}, nil // only checked: the date comes with the release
	}
	return nil, wrong
}

func fixed(f float64, args []any) (any, error) {
	digits := index(arg(args, 0), 0, 100, false)
	return strconv.FormatFloat(f, 'f', digits, 64), nil
}

// encoded is encodeURIComponent.
func encoded(text string) string {
	escaped := strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
	return strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(escaped)
}

func units(text string) []uint16 { return utf16.Encode([]rune(text)) }

func fromUnits(u []uint16) string { return string(utf16.Decode(u)) }
