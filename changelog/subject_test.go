package changelog

import (
	"regexp"
	"strings"
	"testing"
)

// A twin is a scanner and the regular expression it stands for; the pieces are what the compared texts are made of.
var twins = []struct {
	name          string
	scan, pattern func(string) string
	pieces        []string
}{
	{"user", userAt, regexp.MustCompile(`^(?:[a-z0-9](?:-?[a-z0-9/]){0,38})?`).FindString,
		[]string{"a", "-", "/", "9", "A", ".", strings.Repeat("b", 37), strings.Repeat("-c", 18)}},
	{"users", func(s string) string { return linkUsers(s, mark) }, markUsers,
		[]string{"@", "a", "/", "`", "-b", " ", "_", "é", "A"}},
	{"issues", func(s string) string { return linkIssues(s, []string{"#", "gh-", "#a"}, isLowerOrDigit, markIssue) }, markIssues,
		[]string{"#", "gh-", "a", "1", "-", " ", "A"}},
	{"digits", func(s string) string { return linkIssues(s, []string{"#"}, isDigit, markIssue) }, markDigits,
		[]string{"#", "a", "1", " ", "é"}},
	{"release", func(s string) string { return yes(namesRelease(s)) }, func(s string) string { return yes(releaseAs.MatchString(s)) },
		[]string{"x\n", "release-as", "RELEASE-AS:", ":", "\u2003", "a1", "@", "1.2.", "v", ".", "3"}},
}

func TestScannersSayWhatTheirPatternsSay(t *testing.T) {
	for _, tw := range twins {
		t.Run(tw.name, func(t *testing.T) {
			found := false
			for _, text := range compose(tw.pieces, 4) {
				scanned, matched := tw.scan(text), tw.pattern(text)
				if scanned != matched {
					t.Fatalf("of %q the scanner makes %q, the pattern %q", text, scanned, matched)
				}
				found = found || scanned != "" && scanned != text
			}
			if !found {
				t.Error("no text has anything to find: nothing was compared")
			}
		})
	}
}

// compose makes all texts of up to so many pieces.
func compose(pieces []string, length int) []string {
	all, last := []string{""}, []string{""}
	for range length {
		var longer []string
		for _, text := range last {
			for _, p := range pieces {
				longer = append(longer, text+p)
			}
		}
		all, last = append(all, longer...), longer
	}
	return all
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

func mark(name string) string { return "<" + name + ">" }

func markIssue(prefix, id string) string { return "<" + prefix + "," + id + ">" }

var user = regexp.MustCompile("`[^`]*`" + `|\B@([a-z0-9](?:-?[a-z0-9/]){0,38})`)

func markUsers(text string) string {
	return user.ReplaceAllStringFunc(text, func(found string) string {
		if found[0] == '`' || strings.Contains(found, "/") {
			return found
		}
		return mark(found[1:])
	})
}

var issue = regexp.MustCompile(`(#|gh-|#a)([a-z0-9]+)`)

func markIssues(text string) string { return issue.ReplaceAllString(text, "<$1,$2>") }

var digits = regexp.MustCompile(`(#)([0-9]+)`)

func markDigits(text string) string { return digits.ReplaceAllString(text, "<$1,$2>") }

var releaseAs = regexp.MustCompile(`(?i)^[^\n]*\n(?s:.*)release-as:[\s\v\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]*\w*@?[0-9]+\.[0-9]+\.[0-9a-z]+`)
