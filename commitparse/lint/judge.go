package lint

import (
	"strconv"
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// caseCheck is one case that a rule asks for, or with never asks not to be there.
type caseCheck struct {
	name  string
	never bool
}

// caseChecks reads the value of a case rule: a name, a list of names, or of {when, case}.
func caseChecks(value any) []caseCheck {
	list, ok := value.([]any)
	if !ok && value != nil {
		list = []any{value}
	}
	checks := make([]caseCheck, 0, len(list))
	for _, item := range list {
		switch v := item.(type) {
		case string:
			checks = append(checks, caseCheck{name: v})
		case map[string]any:
			checks = append(checks, caseCheck{textOr(v["case"], ""), v["when"] == "never"})
		}
	}
	return checks
}

// judgeCase judges texts that must all be in one of the cases, or with never may be in none. A rule with never names the
// cases that were found.
func judgeCase(s Setting, part string, of []string, at spot) *finding {
	checks := caseChecks(s.Value)
	var all, found []string
	for _, c := range checks {
		in := true
		for _, text := range of {
			in = in && inCase(text, c.name)
		}
		if all = append(all, c.name); in != c.never {
			found = append(found, c.name)
		}
	}
	return judge(s, len(found) > 0, part+" must be "+strings.Join(all, ", "), part+" must not be "+strings.Join(found, ", "), at)
}

// bound is whether a limit is the most or the least.
type bound int

const (
	maximum bound = iota
	minimum
)

func (b bound) holds(length int, limit float64) bool {
	if b == maximum {
		return float64(length) <= limit
	}
	return float64(length) >= limit
}

// judgeLength judges the length of a part that isn't empty. Neither always nor never changes what the rule says.
func judgeLength(s Setting, part, text string, b bound, at spot) *finding {
	limit := number(s.Value)
	if text == "" || b.holds(Length(text), limit) {
		return nil
	}
	if first := firstLine(text); b == maximum && len(first) == len(text) { // the spot is what is too much
		at.from = min(at.to, at.from+cutUnits(text, int(max(0, limit))))
	}
	return &finding{lengthText(s, part, b), at}
}

// judgeHeaderLength judges the length of the header, and says what it is.
func judgeHeaderLength(s Setting, m *Message, b bound) *finding {
	f := judgeLength(s, "header", m.Header, b, m.wholeHeader())
	switch {
	case m.Header == "":
		f = &finding{lengthText(s, "header", b) + ", current length is undefined", m.wholeHeader()}
	case f != nil:
		f.text += ", current length is " + strconv.Itoa(Length(m.Header))
	}
	return f
}

func lengthText(s Setting, part string, b bound) string {
	word := "longer"
	if b == minimum {
		word = "shorter"
	}
	return part + " must not be " + word + " than " + shown(s.Value) + " characters"
}

// judgeLines judges the length of each line; one with a web address may have any.
func judgeLines(s Setting, part string, m *Message, text string, places []place) *finding {
	if text == "" {
		return nil
	}
	limit := number(s.Value)
	for i, line := range splitLines(text) {
		if maximum.holds(Length(line), limit) || hasLink(line) {
			continue
		}
		at := m.atLine(places, i, cutUnits(line, int(max(0, limit))), len(line))
		return &finding{part + "'s lines must not be longer than " + shown(s.Value) + " characters", at}
	}
	return nil
}

// hasLink matches \bhttps?://\S+.
func hasLink(line string) bool {
	for at := 0; ; {
		i := strings.Index(line[at:], "http")
		if i < 0 {
			return false
		}
		at += i
		rest, ok := strings.CutPrefix(strings.TrimPrefix(line[at+4:], "s"), "://")
		if ok && rest != "" && chars.SpaceAt(rest) == 0 && (at == 0 || !chars.IsWord(line[at-1])) {
			return true
		}
		at += 4
	}
}

// scopeSetting reads the value of a rule on scopes: what it compares with, or an object that has it under a key, beside the
// delimiters.
func scopeSetting(value any, key string) (of any, delimiters []string) {
	if object, ok := value.(map[string]any); ok {
		return object[key], texts(object["delimiters"])
	}
	return value, nil
}

// defaultDelimiters part a scope where the setting names no others.
var defaultDelimiters = [...]string{"/", `\`, ","}

// segments parts a scope at the delimiters; a comma takes one blank with it.
func segments(scope string, delimiters []string) []string {
	var found []string
	eachSegment(scope, delimiters, func(part string) string {
		found = append(found, part)
		return part
	})
	return found
}

// eachSegment gives a scope with each of its segments as the function makes it.
func eachSegment(scope string, delimiters []string, to func(string) string) string {
	if len(delimiters) == 0 {
		delimiters = defaultDelimiters[:]
	}
	var b strings.Builder
	start := 0
	for i := 0; i < len(scope); {
		n := delimiterAt(scope[i:], delimiters)
		if n == 0 {
			i++
			continue
		}
		b.WriteString(to(scope[start:i]) + scope[i:i+n])
		i += n
		start = i
	}
	b.WriteString(to(scope[start:]))
	return b.String()
}

// delimiterAt gives the length of the first delimiter that s begins with.
func delimiterAt(s string, delimiters []string) int {
	for _, d := range delimiters {
		if d == "" || !strings.HasPrefix(s, d) {
			continue
		}
		if d == "," && strings.HasPrefix(s, ", ") {
			return 2
		}
		return len(d)
	}
	return 0
}
