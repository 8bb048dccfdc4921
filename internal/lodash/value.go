package lodash

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Now is the name under which data holds the date that new Date() gives: the release's.
const Now = "\x00now"

type undefined struct{}

// Undefined is JavaScript's undefined.
var Undefined any = undefined{}

// Named is an object that has a name and reads as it where a text is needed: a branch.
type Named struct {
	Name    string
	Members map[string]any
}

// anything stands for a value that isn't known yet, when an expression is only checked.
type anything struct{}

// get gives a member of a value; ok is false where JavaScript throws.
func get(object any, key string) (v any, ok bool) {
	switch o := object.(type) {
	case anything:
		return o, true
	case nil, undefined:
		return nil, false
	case map[string]any:
		return memberOf(o, key), true
	case Named:
		return memberOf(o.Members, key), true
	case string:
		if key == "length" {
			return float64(len(units(o))), true
		}
		return unitAt(o, key), true
	case []any:
		if key == "length" {
			return float64(len(o)), true
		}
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(o) {
			return o[i], true
		}
	}
	return Undefined, true
}

func memberOf(members map[string]any, key string) any {
	if v, ok := members[key]; ok {
		return v
	}
	return Undefined
}

func unitAt(text, key string) any {
	u := units(text)
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(u) {
		return fromUnits(u[i : i+1])
	}
	return Undefined
}

func nothingOr(v any) string {
	if v == Undefined {
		return "undefined"
	}
	return "null"
}

func truth(v any) bool {
	switch v := v.(type) {
	case nil, undefined:
		return false
	case string:
		return v != ""
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	}
	return true
}

func typeOf(v any) string {
	switch v.(type) {
	case undefined:
		return "undefined"
	case string, anything:
		return "string"
	case bool:
		return "boolean"
	case float64:
		return "number"
	}
	return "object"
}

// Text is what stands in the place of a value in a template: nothing for null and undefined.
func Text(v any) string {
	if v == nil || v == Undefined {
		return ""
	}
	return jsText(v)
}

// jsText is JavaScript's String().
func jsText(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case undefined:
		return "undefined"
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return numberText(v)
	case Named:
		return v.Name
	case time.Time:
		return v.UTC().Format("Mon Jan 02 2006 15:04:05 GMT+0000 (Coordinated Universal Time)")
	case []any:
		texts := make([]string, len(v))
		for i, item := range v {
			texts[i] = Text(item)
		}
		return strings.Join(texts, ",")
	case *pattern:
		return "/" + v.source + "/" + v.flags
	case anything:
		return "x"
	}
	return "[object Object]"
}

func numberText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 0):
		return strings.Replace(strconv.FormatFloat(f, 'g', -1, 64), "Inf", "Infinity", 1)
	case f == math.Trunc(f) && math.Abs(f) < 1e21:
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func toNumber(v any) float64 {
	switch v := v.(type) {
	case nil:
		return 0
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	case string:
		text := strings.TrimSpace(v)
		if text == "" {
			return 0
		}
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f
		}
	case time.Time:
		return float64(v.UnixMilli())
	case anything:
		return 1
	}
	return math.NaN()
}
