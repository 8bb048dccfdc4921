package lint

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// valueKind is what a rule takes as its value.
type valueKind int

const (
	noValue     valueKind = iota
	numberValue           // a length
	textValue             // one text
	textsValue            // a list of texts
	casesValue            // the name of a case, or a list of names or {when, case}
	scopeCases            // the same, or {cases, delimiters}
	scopesValue           // a list of texts, or {scopes, delimiters}
	pathsValue            // a scope's name and its paths
)

// judgeValue says what is wrong with a value. One that is missing is right: each rule says what it then compares with.
func judgeValue(kind valueKind, value any) error {
	if value == nil || kind == noValue {
		return nil
	}
	switch kind {
	case numberValue:
		if math.IsNaN(number(value)) {
			return errors.New("the value must be a number, like 72")
		}
	case textValue:
		if _, ok := value.(string); !ok {
			return errors.New("the value must be a text")
		}
	case textsValue:
		return judgeTexts(value)
	case casesValue:
		return judgeCases(value)
	case scopeCases:
		if object, ok := value.(map[string]any); ok {
			return judgeObject(object, "cases", judgeCases)
		}
		return judgeCases(value)
	case scopesValue:
		if object, ok := value.(map[string]any); ok {
			return judgeObject(object, "scopes", judgeTexts)
		}
		return judgeTexts(value)
	case pathsValue:
		return judgePaths(value)
	}
	return nil
}

func judgeTexts(value any) error {
	list, ok := value.([]any)
	if !ok {
		return errors.New(`the value must be a list of texts, like ["feat", "fix"]`)
	}
	for i, item := range list {
		if _, ok := item.(string); !ok {
			return fmt.Errorf("item %d of the value must be a text", i+1)
		}
	}
	return nil
}

func judgeObject(object map[string]any, key string, judge func(any) error) error {
	if object[key] == nil {
		return fmt.Errorf("the value needs the key %q", key)
	}
	if d := object["delimiters"]; d != nil {
		if err := judgeTexts(d); err != nil {
			return fmt.Errorf("delimiters: %w", err)
		}
	}
	return judge(object[key])
}

func judgeCases(value any) error {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for i, item := range list {
		name := item
		if object, ok := item.(map[string]any); ok {
			name = object["case"]
		}
		text, ok := name.(string)
		if !ok {
			return fmt.Errorf("item %d of the value must be the name of a case, like lower-case", i+1)
		}
		if !isCase(text) {
			return fmt.Errorf("the case %q is not known; known are %s", text, strings.Join(caseNames[:], ", "))
		}
	}
	return nil
}

// texts reads a list; what is no text is passed over, since Judge has refused it.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return nil
	}
	found := make([]string, 0, len(list))
	for _, item := range list {
		if s, ok := item.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

// textOr reads a text, or what holds without one.
func textOr(value any, without string) string {
	if s, ok := value.(string); ok {
		return s
	}
	return without
}

// number reads a length as JavaScript compares it: "10" and "Infinity" are numbers, too, and nothing is 0.
func number(value any) float64 {
	switch v := value.(type) {
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
		switch v = strings.TrimSpace(v); v {
		case "":
			return 0
		case "Infinity", "+Infinity":
			return math.Inf(1)
		case "-Infinity":
			return math.Inf(-1)
		}
		if n, err := strconv.ParseFloat(v, 64); err == nil && !math.IsInf(n, 0) {
			return n
		}
	}
	return math.NaN()
}

// shown writes a number as JavaScript puts it into a text.
func shown(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	}
	n := number(value)
	if math.IsInf(n, 0) {
		return strings.Replace(strconv.FormatFloat(n, 'g', -1, 64), "Inf", "Infinity", 1)
	}
	return strings.TrimPrefix(strconv.FormatFloat(n, 'f', -1, 64), "+")
}
