package lodash

import (
	"cmp"
	"fmt"
	"strings"
)

// mark stands around an expression in a kept template. No text of a configuration holds it.
const mark = "\x00"

// Part is a piece of a template: a text, or an expression whose value comes in its place.
type Part struct {
	Text string
	Expr string // "" for a text
}

// BeyondError says which part of a template is more than is evaluated.
type BeyondError struct {
	Code string // the part, as it is written
	Why  string
}

func (e *BeyondError) Error() string { return fmt.Sprintf("%q %s", e.Code, e.Why) }

// Keep reads a template and gives the form in which semcut keeps it: names that short knows as ${short}, any other
// expression as it is, between marks. Each expression is checked: roots are the names that it may begin with.
func Keep(template string, short map[string]string, roots []string) (string, error) {
	parts, err := Parse(template)
	if err != nil {
		return "", err
	}
	var kept strings.Builder
	for _, p := range parts {
		name := short[strings.TrimSpace(p.Expr)]
		switch {
		case p.Expr == "":
			kept.WriteString(p.Text)
		case name != "":
			kept.WriteString("${" + name + "}")
		default:
			if err := Check(p.Expr, roots); err != nil {
				return "", err
			}
			kept.WriteString(mark + p.Expr + mark)
		}
	}
	return kept.String(), nil
}

// Cut takes a kept template apart at its first expression; found is false where it has none.
func Cut(kept string) (before, expr, after string, found bool) {
	before, rest, found := strings.Cut(kept, mark)
	if !found {
		return kept, "", "", false
	}
	expr, after, _ = strings.Cut(rest, mark)
	return before, expr, after, true
}

// Kept says whether a text holds the marks of a kept template.
func Kept(text string) bool { return strings.Contains(text, mark) }

// Shown gives a kept template as people write it.
func Shown(kept string) string {
	for {
		before, expr, after, found := Cut(kept)
		if !found {
			return kept
		}
		kept = before + "<%= " + strings.TrimSpace(expr) + " %>" + after
	}
}

// Parse takes a template apart: ${expression}, <%= expression %>, <%- expression %> (escaped for HTML). "<% return
// expression %>", as conditions are written, is an expression, too; any other statement is beyond what is evaluated.
func Parse(template string) ([]Part, error) {
	var parts []Part
	for rest := template; rest != ""; {
		at, end, size := nextOpening(rest)
		if at < 0 {
			return append(parts, Part{Text: rest}), nil
		}
		if at > 0 {
			parts = append(parts, Part{Text: rest[:at]})
		}
		code, after, closed := cutCode(rest[at+size:], end)
		if !closed {
			return nil, &BeyondError{Code: rest[at:], Why: "is never closed"}
		}
		expr, err := expression(rest[at:at+size], code)
		if err != nil {
			return nil, err
		}
		parts, rest = append(parts, Part{Expr: expr}), after
	}
	return parts, nil
}

// nextOpening finds where the next piece of code begins, what ends it and how long its opening is.
func nextOpening(text string) (at int, end string, size int) {
	dollar, tag := strings.Index(text, "${"), strings.Index(text, "<%")
	if dollar >= 0 && (tag < 0 || dollar < tag) {
		return dollar, "}", 2
	}
	if tag < 0 {
		return -1, "", 0
	}
	if size = 2; tag+2 < len(text) && (text[tag+2] == '=' || text[tag+2] == '-') {
		size = 3
	}
	return tag, "%>", size
}

// cutCode cuts at the end of a piece of code. As in lodash a backslash takes the brace behind it along.
func cutCode(text, end string) (code, after string, closed bool) {
	if end != "}" {
		return strings.Cut(text, end)
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '}':
			return text[:i], text[i+1:], true
		}
	}
	return "", "", false
}

func expression(opening, code string) (string, error) {
	trimmed := strings.TrimSpace(code)
	switch {
	case trimmed == "":
		return "", &BeyondError{Code: opening, Why: "holds no expression"}
	case opening == "<%-":
		return "escape(" + trimmed + ")", nil
	case opening != "<%":
		return trimmed, nil
	}
	returned, ok := strings.CutPrefix(trimmed, "return ")
	if returned = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(returned), ";")); ok && returned != "" {
		return returned, nil
	}
	return "", &BeyondError{Code: "<% " + cmp.Or(trimmed, "%>"), Why: "is a statement, and only expressions are evaluated"}
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// escaped is lodash's escape.
func escaped(text string) string { return escapes.Replace(text) }
