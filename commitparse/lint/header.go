package lint

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse/internal/chars"
)

// headerParts are where the parts of a header stand: pairs of byte offsets, equal where there is nothing.
type headerParts struct{ typ, scope, subject [2]int }

// scan matches ^(\w*)(?:\((.*)\))?MARK(.*)$ for the first of the marks that fits; a scope runs to the last ")" that a mark
// follows.
func scan(line string, marks ...string) (headerParts, bool) {
	n := 0
	for n < len(line) && chars.IsWord(line[n]) {
		n++
	}
	if n == len(line) || lineEnd(line) < len(line) {
		return headerParts{}, false
	}
	h := headerParts{typ: [2]int{0, n}}
	rest := line[n:]
	if rest[0] != '(' {
		for _, mark := range marks {
			if strings.HasPrefix(rest, mark) {
				h.subject = [2]int{n + len(mark), len(line)}
				return h, true
			}
		}
		return headerParts{}, false
	}
	end, width := 0, 0
	for _, mark := range marks {
		if i := strings.LastIndex(rest, ")"+mark); i > end {
			end, width = i, 1+len(mark)
		}
	}
	if end == 0 {
		return headerParts{}, false
	}
	h.scope, h.subject = [2]int{n + 1, n + end}, [2]int{n + end + width, len(line)}
	return h, true
}

// marked says whether a header has a "!" before its colon.
func marked(header string) bool {
	_, ok := scan(header, "!: ")
	return ok
}

// parts reads a header as the parser says.
func (p *Parser) parts(line string) (headerParts, bool) {
	if p.BreakingPattern != nil {
		if h, ok := matched(p.BreakingPattern, p.Correspondence, line); ok {
			return h, true
		}
	}
	if p.HeaderPattern != nil {
		return matched(p.HeaderPattern, p.Correspondence, line)
	}
	found, ok := p.scan(line)
	groups := [...][2]int{found.typ, found.scope, found.subject}
	h := headerParts{}
	for i, name := range p.Correspondence {
		if ok && i < len(groups) {
			h.set(name, groups[i])
		}
	}
	return h, ok
}

// set notes where the part of that name stands; others are of no interest.
func (h *headerParts) set(name string, part [2]int) {
	switch name {
	case "type":
		h.typ = part
	case "scope":
		h.scope = part
	case "subject":
		h.subject = part
	}
}

// scan reads a header of the parser's form.
func (p *Parser) scan(line string) (headerParts, bool) {
	switch p.Header {
	case LooseHeader:
		return scan(line, "!: ", ": ")
	case MarkedHeader:
		if h, ok := scan(line, "!: "); ok {
			return h, true
		}
	}
	return scan(line, ": ")
}

// matched reads the parts that a pattern finds: by the names of its groups where it has any, else by their order.
func matched(pattern Pattern, names []string, line string) (h headerParts, ok bool) {
	at := pattern.FindStringSubmatchIndex(line)
	if at == nil {
		return h, false
	}
	groups := pattern.SubexpNames()
	named := strings.Join(groups, "") != ""
	for i, name := range names {
		group := i + 1
		if named {
			group = slices.Index(groups, name)
		}
		if group < 1 || 2*group+1 >= len(at) || at[2*group] < 0 {
			continue
		}
		h.set(name, [2]int{at[2*group], at[2*group+1]})
	}
	return h, true
}
