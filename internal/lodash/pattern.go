package lodash

import (
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

// pattern is a regular expression of JavaScript.
type pattern struct {
	source, flags string
	re            *regexp2.Regexp
}

func newPattern(source, flags string) (any, error) {
	options := regexp2.RegexOptions(regexp2.ECMAScript | regexp2.Unicode)
	for _, f := range flags {
		switch f {
		case 'i':
			options |= regexp2.IgnoreCase
		case 'm':
			options |= regexp2.Multiline
		case 's':
			options |= regexp2.Singleline
		case 'g', 'u':
		default:
			return nil, &BeyondError{Code: "/" + source + "/" + flags, Why: "has a flag that semcut doesn't know"}
		}
	}
	re, err := regexp2.Compile(source, options)
	if err != nil {
		return nil, &BeyondError{Code: "/" + source + "/" + flags, Why: "is no regular expression"}
	}
	re.MatchTimeout = time.Second
	return &pattern{source, flags, re}, nil
}

// replace replaces the first match, or all with the flag g. In with, $1 to $99, $& and $$ mean what they mean in JavaScript.
func (p *pattern) replace(text, with string) (any, error) {
	count := 1
	if strings.Contains(p.flags, "g") {
		count = -1
	}
	replaced, err := p.re.ReplaceFunc(text, func(m regexp2.Match) string { return expand(with, m) }, -1, count)
	if err != nil {
		return nil, errWrong
	}
	if len(replaced) > maxText {
		return nil, errLong
	}
	return replaced, nil
}

func expand(with string, m regexp2.Match) string {
	var out strings.Builder
	for i := 0; i < len(with); i++ {
		if with[i] != '$' || i+1 == len(with) {
			out.WriteByte(with[i])
			continue
		}
		i++
		switch c := with[i]; {
		case c == '$':
			out.WriteByte('$')
		case c == '&':
			out.WriteString(m.String())
		case c >= '1' && c <= '9':
			number := int(c - '0')
			if i+1 < len(with) && with[i+1] >= '0' && with[i+1] <= '9' && number*10+int(with[i+1]-'0') < m.GroupCount() {
				i++
				number = number*10 + int(with[i]-'0')
			}
			if number < m.GroupCount() {
				out.WriteString(m.GroupByNumber(number).String())
			} else {
				out.WriteByte('$')
				out.WriteByte(c)
			}
		default:
			out.WriteByte('$')
			out.WriteByte(c)
		}
	}
	return out.String()
}

// split cuts a text at every match; nil where that takes too long.
func (p *pattern) split(text string) []string {
	runes := []rune(text)
	pieces, from := []string{}, 0
	m, err := p.re.FindStringMatch(text)
	for ; err == nil && m != nil; m, err = p.re.FindNextMatch(m) {
		if m.Length == 0 && (m.Index == 0 || m.Index == len(runes)) {
			continue
		}
		pieces = append(pieces, string(runes[from:m.Index]))
		from = m.Index + m.Length
	}
	if err != nil {
		return nil
	}
	return append(pieces, string(runes[from:]))
}
