package config

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2"
	"github.com/grafana/sobek/parser"

	"github.com/semcut/semcut/commitparse/lint"
)

// pattern reads a regular expression of JavaScript: a literal, or a text that holds its source; nil for nothing.
func (t tree) pattern() (lint.Pattern, error) {
	if t.root.kind == nullNode {
		return nil, nil
	}
	if err := t.want(textNode, regexpNode); err != nil {
		return nil, err
	}
	source, flags := t.root.text, ""
	if t.root.kind == regexpNode {
		end := strings.LastIndexByte(source, '/')
		source, flags = source[1:end], source[end+1:]
	}
	p, err := compilePattern(source, flags)
	if err != nil {
		return nil, t.errorf(`write it like "^(\\w*)(?:\\((.*)\\))?: (.*)$"`, "%q is no regular expression: %v", source, err)
	}
	return p, nil
}

// compilePattern compiles what JavaScript would. RE2, which never runs away, takes all but looking around and references
// back; those have an engine of their own, with a limit of time.
func compilePattern(source, flags string) (lint.Pattern, error) {
	transformed, err := parser.TransformRegExp(source, strings.Contains(flags, "s"), strings.Contains(flags, "u"))
	if err == nil {
		mode := ""
		for _, flag := range []string{"i", "m"} {
			if strings.Contains(flags, flag) {
				mode += flag
			}
		}
		if mode != "" {
			transformed = "(?" + mode + ")" + transformed
		}
		if re, err := regexp.Compile(transformed); err == nil {
			return re, nil
		}
	}
	options := regexp2.RegexOptions(regexp2.ECMAScript | regexp2.Unicode)
	for flag, option := range map[string]regexp2.RegexOptions{"i": regexp2.IgnoreCase, "m": regexp2.Multiline, "s": regexp2.Singleline} {
		if strings.Contains(flags, flag) {
			options |= option
		}
	}
	re, err := regexp2.Compile(source, options)
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = time.Second
	return backtracking{re}, nil
}

// backtracking is a pattern that RE2 can't say.
type backtracking struct{ re *regexp2.Regexp }

// FindStringSubmatchIndex gives the places of the groups in bytes; regexp2 counts them in characters.
func (b backtracking) FindStringSubmatchIndex(s string) []int {
	match, err := b.re.FindStringMatch(s)
	if err != nil || match == nil {
		return nil
	}
	offsets := make([]int, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(s))
	var at []int
	for _, number := range b.re.GetGroupNumbers() {
		g := match.GroupByNumber(number)
		if g == nil || len(g.Captures) == 0 {
			at = append(at, -1, -1)
			continue
		}
		at = append(at, offsets[g.Index], offsets[g.Index+g.Length])
	}
	return at
}

// SubexpNames gives the names of the groups; regexp2 calls one without a name by its number.
func (b backtracking) SubexpNames() []string {
	names := b.re.GetGroupNames()
	for i, name := range names {
		if name != "" && name[0] >= '0' && name[0] <= '9' {
			names[i] = ""
		}
	}
	return names
}
