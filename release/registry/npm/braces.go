package npm

import (
	"strconv"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// maxBraces is how many patterns the braces of one may stand for. npm allows more; nobody writes them.
const maxBraces = 4096

// maxPattern is how long a pattern with braces may be; those in a longer one are only themselves.
const maxPattern = 4096

var (
	numbers = lazyregexp.New(`^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$`)
	letters = lazyregexp.New(`^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$`)
)

// expandBraces gives the patterns that one with braces stands for: a{b,c} is ab and ac, a{1..3} is a1, a2 and a3. Braces
// around anything else are themselves, and so are those behind a dollar sign or a backslash.
func expandBraces(pattern string) []string {
	if len(pattern) > maxPattern {
		return []string{pattern}
	}
	open, end := outerBraces(pattern, 0)
	if open < 0 {
		return []string{pattern}
	}
	before, body, after := pattern[:open], pattern[open+1:end], expandBraces(pattern[end+1:])
	var middles []string
	if parts := commaParts(body); len(parts) > 1 {
		for _, part := range parts {
			middles = append(middles, expandBraces(part)...)
		}
	} else if middles = sequence(body); middles == nil {
		for _, inner := range expandBraces(body) {
			middles = append(middles, "{"+inner+"}")
		}
	}
	var all []string
	for _, middle := range middles {
		for _, end := range after {
			if len(all) < maxBraces {
				all = append(all, before+middle+end)
			}
		}
	}
	return all
}

// outerBraces finds the first pair of braces that belong together, from an offset on; -1 where there is none.
func outerBraces(pattern string, from int) (open, end int) {
	depth, open := 0, -1
	for i := from; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case c == '{' && depth == 0 && (i > 0 && pattern[i-1] == '$' || i == 0 && strings.HasPrefix(pattern, "{}")):
			if close := strings.IndexByte(pattern[i:], '}'); close > 0 {
				i += close
			}
		case c == '{':
			if depth == 0 {
				open = i
			}
			depth++
		case c == '}' && depth > 0:
			if depth--; depth == 0 {
				return open, i
			}
		}
	}
	if open >= 0 {
		return outerBraces(pattern, open+1) // it is never closed, and so only itself
	}
	return -1, -1
}

// commaParts splits at the commas that are in no braces of their own.
func commaParts(body string) []string {
	var parts []string
	depth, start := 0, 0
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth = max(0, depth-1)
		case ',':
			if depth == 0 {
				parts, start = append(parts, body[start:i]), i+1
			}
		}
	}
	return append(parts, body[start:])
}

// sequence gives the members of 1..5 or a..e, with a step behind two more dots; nil where the text is none.
func sequence(body string) []string {
	from, to, step, width := 0, 0, "", 0
	isLetter := false
	if m := numbers.FindStringSubmatch(body); m != nil {
		from, _ = strconv.Atoi(m[1]) // one too long for a number is 0, and nobody's
		to, _ = strconv.Atoi(m[2])
		step = m[3]
		if padded(m[1]) || padded(m[2]) {
			width = max(len(m[1]), len(m[2]))
		}
	} else if m := letters.FindStringSubmatch(body); m != nil {
		from, to, step, isLetter = int(m[1][0]), int(m[2][0]), m[3], true
	} else {
		return nil
	}
	by, _ := strconv.Atoi(step) // "" is 0
	by = max(1, max(by, -by))
	if to < from {
		by = -by
	}
	all := []string{}
	for i := from; (by > 0 && i <= to || by < 0 && i >= to) && len(all) < maxBraces; i += by {
		member := strconv.Itoa(i)
		if isLetter {
			member = string(rune(i))
		} else if width > 0 {
			member = pad(i, width)
		}
		all = append(all, member)
	}
	return all
}

// padded says whether a number was written with zeros before it.
func padded(number string) bool {
	digits := strings.TrimPrefix(number, "-")
	return len(digits) > 1 && digits[0] == '0'
}

func pad(n, width int) string {
	digits, sign := strconv.Itoa(max(n, -n)), ""
	if n < 0 {
		sign = "-"
	}
	return sign + strings.Repeat("0", max(0, width-len(sign)-len(digits))) + digits
}
