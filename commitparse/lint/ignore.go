package lint

import (
	"strconv"
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// ignoredByDefault says whether a message is one that git or a forge wrote, or one that is going to be squashed.
//
// commitlint looks for the first two kinds in every line, so that a body that quotes "Merge branch" frees its message from
// all rules; here the header alone decides.
func ignoredByDefault(text string) bool {
	text = trimEnd(text)
	line := text[:lineEnd(text)]
	return isMergeLine(firstTextLine(text)) ||
		hasAnyPrefix(line, "Revert ", "revert ", "Reapply ", "reapply ", "amend!", "fixup!", "squash!",
			"Merge remote-tracking branch", "Automatic merge") ||
		isMerged(line) || isVersion(text)
}

// firstTextLine gives the first line with something in it.
func firstTextLine(text string) string {
	text = strings.TrimLeft(text, "\r\n")
	return text[:lineEnd(text)]
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// isMergeLine knows git's own headers, and GitHub's and GitLab's.
func isMergeLine(line string) bool {
	if hasAnyPrefix(line, "Merge pull request", "Merge branch ", "Merge tag ") {
		return true
	}
	rest, ok := strings.CutPrefix(line, "Merge ")
	return ok && strings.Contains(rest, " into ")
}

// isMerged knows the headers of Bitbucket, Azure DevOps and of automatic merges.
func isMerged(line string) bool {
	if rest, ok := strings.CutPrefix(line, "Merged PR "); ok && strings.Contains(rest, ": ") {
		return true
	}
	if rest, ok := strings.CutPrefix(line, "Merged "); ok {
		return strings.Contains(rest, "in ") || strings.Contains(rest, "into ")
	}
	rest, ok := strings.CutPrefix(line, "Auto-merged ")
	return ok && strings.Contains(rest, " into ")
}

// isVersion says whether the first line is nothing but a semantic version, maybe behind "chore:" and with one mark in each
// kind of brackets that makes a CI skip it.
func isVersion(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	if len(line) > 2048 {
		return false
	}
	line = withoutChore(line)
	line = withoutSkip(line, '[', ']')
	line = chars.TrimSpace(withoutSkip(line, '(', ')'))
	return len(line) <= 256 && isSemver(line)
}

// withoutChore takes off ^chore(\([^)]+\))?:.
func withoutChore(line string) string {
	rest, ok := strings.CutPrefix(line, "chore")
	if !ok {
		return line
	}
	if scope, ok := strings.CutPrefix(rest, "("); ok {
		if end := strings.IndexByte(scope, ')'); end > 0 {
			rest = scope[end+1:]
		}
	}
	if rest, ok := strings.CutPrefix(rest, ":"); ok {
		return rest
	}
	return line
}

// withoutSkip takes out the first [skip ci], [ci-skip] and the like.
func withoutSkip(line string, left, right byte) string {
	for i := range len(line) {
		if line[i] != left {
			continue
		}
		if n := skipMark(line[i+1:], right); n > 0 {
			return line[:i] + line[i+1+n:]
		}
	}
	return line
}

// skipMark gives the length of (skip|ci)(-|\s)(ci|skip) and the closing bracket, 0 where that isn't there.
func skipMark(s string, right byte) int {
	first := skipWord(s)
	if first == 0 {
		return 0
	}
	between := 1
	if !strings.HasPrefix(s[first:], "-") {
		if between = oneSpace(s[first:]); between == 0 {
			return 0
		}
	}
	end := first + between
	second := skipWord(s[end:])
	if second == 0 || len(s) == end+second || s[end+second] != right {
		return 0
	}
	return end + second + 1
}

func skipWord(s string) int {
	for _, word := range []string{"skip", "ci"} {
		if chars.HasPrefixFold(s, word) {
			return len(word)
		}
	}
	return 0
}

// oneSpace gives the length of the white space character that s begins with.
func oneSpace(s string) int {
	for i := range s {
		if i > 0 {
			return min(i, chars.SpaceAt(s))
		}
	}
	return chars.SpaceAt(s)
}

// isSemver says whether a text is a strict semantic version with an optional v.
func isSemver(s string) bool {
	s = strings.TrimPrefix(s, "v")
	s, build, hasBuild := strings.Cut(s, "+")
	core, pre, hasPre := strings.Cut(s, "-")
	if hasBuild && !identifiers(build, false) || hasPre && !identifiers(pre, true) {
		return false
	}
	numbers := strings.Split(core, ".")
	if len(numbers) != 3 {
		return false
	}
	for _, n := range numbers {
		v, err := strconv.ParseUint(n, 10, 64)
		if err != nil || v > 1<<53-1 || strings.Trim(n, "0123456789") != "" || leadingZero(n) {
			return false
		}
	}
	return true
}

// identifiers judges what stands behind "-" or "+"; strict numbers have no leading zero.
func identifiers(s string, strict bool) bool {
	for id := range strings.SplitSeq(s, ".") {
		numeric := true
		for i := range len(id) {
			if !isDigit(id[i]) {
				numeric = false
			}
			if id[i] == '_' || id[i] != '-' && !chars.IsWord(id[i]) {
				return false
			}
		}
		if id == "" || strict && numeric && leadingZero(id) {
			return false
		}
	}
	return true
}

func leadingZero(n string) bool { return len(n) > 1 && n[0] == '0' }
