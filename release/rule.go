package release

import (
	"fmt"
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// Rule says how far a commit moves the version if it has all that the rule asks for. A rule that asks for nothing
// fits every commit.
type Rule struct {
	Criteria []Criterion
	Breaking bool // the commit announces a breaking change
	Revert   bool // it takes another commit back
	Bump     Bump // None: it releases nothing
}

// Criterion is one field of a commit and what it must be. A commit without the field fits no pattern.
type Criterion struct {
	Field  string // a name from CriterionFields
	Value  Glob
	Absent bool // the commit must not have the field
}

// criterionFields are the fields of a commit that rules can ask for, by the names of conventional-commits-parser, with
// our own names beside them. The parts of a header that isn't of the format's shape are neither there nor absent.
var criterionFields = []struct {
	name string
	of   func(*commitparse.Commit) (value *string, asked bool)
}{
	{"type", func(c *commitparse.Commit) (*string, bool) { return present(c.Type), c.Conventional }},
	{"scope", func(c *commitparse.Commit) (*string, bool) { return present(c.Scope), c.Conventional }},
	{"description", func(c *commitparse.Commit) (*string, bool) { return present(c.Description), c.Conventional }},
	{"subject", func(c *commitparse.Commit) (*string, bool) { return present(c.Description), c.Conventional }},
	{"header", func(c *commitparse.Commit) (*string, bool) { return &c.Header, true }},
	{"body", func(c *commitparse.Commit) (*string, bool) { return there(c.ParserBody), true }},
	{"footer", func(c *commitparse.Commit) (*string, bool) { return there(c.ParserFooter), true }},
	{"message", func(c *commitparse.Commit) (*string, bool) { text := TrimMessage(c.Raw); return &text, true }},
	{"hash", func(c *commitparse.Commit) (*string, bool) { return &c.Hash, true }},
	{"merge", func(*commitparse.Commit) (*string, bool) { return nil, true }}, // no preset tells
}

// present gives nil for the empty text.
func present(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// there gives nil for a part that isn't there.
func there(p commitparse.Part) *string {
	if !p.There {
		return nil
	}
	return &p.Text
}

// CriterionFields lists the fields that a Criterion can name.
func CriterionFields() []string {
	names := make([]string, len(criterionFields))
	for i, f := range criterionFields {
		names[i] = f.name
	}
	return names
}

func (c Criterion) fits(commit *commitparse.Commit) bool {
	for _, f := range criterionFields {
		if f.name == c.Field {
			value, asked := f.of(commit)
			return asked && c.Absent == (value == nil) && (value == nil || c.Value.Match(*value))
		}
	}
	return false
}

// Fits says whether the commit has all that the rule asks for (spec §3.3).
func (r Rule) Fits(c *commitparse.Commit) bool {
	if r.Breaking && !c.Breaking || r.Revert && c.Revert == nil {
		return false
	}
	for _, criterion := range r.Criteria {
		if !criterion.fits(c) {
			return false
		}
	}
	return true
}

// String tells the rule in a few words, for the reason of a decision: "type docs, scope readme".
func (r Rule) String() string {
	var parts []string
	for _, c := range r.Criteria {
		if c.Absent {
			parts = append(parts, "no "+c.Field)
		} else {
			parts = append(parts, c.Field+" "+c.Value.String())
		}
	}
	if r.Breaking {
		parts = append(parts, "breaking")
	}
	if r.Revert {
		parts = append(parts, "revert")
	}
	if parts == nil {
		return "any commit"
	}
	return strings.Join(parts, ", ")
}

// Rules are the project's own rules. They go before the default ones: a commit that one of them fits is theirs alone.
type Rules struct {
	List []Rule
	// Native takes the list in semcut's meaning: the last rule that fits decides, and only one that says so, or one
	// that releases nothing, makes less of a breaking change. Otherwise it is read as commit-analyzer 13 does.
	Native bool
}

// Decide gives the bump that a commit asks for, with the reason in a few words.
func (r Rules) Decide(c *commitparse.Commit) (Bump, string) {
	choose := r.likeAnalyzer
	if r.Native {
		choose = r.lastFitting
	}
	rule, bump := choose(c)
	if rule == nil {
		return Decide(c.Message)
	}
	if bump != rule.Bump {
		return bump, fmt.Sprintf("breaking change, which the rule for %s doesn't mean", rule)
	}
	return bump, fmt.Sprintf("rule for %s", rule)
}

func (r Rules) lastFitting(c *commitparse.Commit) (last *Rule, bump Bump) {
	for i := range r.List {
		if r.List[i].Fits(c) {
			last = &r.List[i]
		}
	}
	if last == nil {
		return nil, None
	}
	if c.Breaking && !last.Breaking && last.Bump != None {
		return last, Major
	}
	return last, last.Bump
}

// likeAnalyzer goes over the rules in their order (spec §3.3): one that fits takes the place of the one before it if
// it moves further or releases nothing, or if that one releases nothing. Nothing comes after a major.
func (r Rules) likeAnalyzer(c *commitparse.Commit) (chosen *Rule, bump Bump) {
	for i := range r.List {
		rule := &r.List[i]
		if !rule.Fits(c) {
			continue
		}
		if chosen == nil || bump == None || rule.Bump == None || rule.Bump > bump {
			chosen, bump = rule, rule.Bump
		}
		if bump == Major {
			break
		}
	}
	return chosen, bump
}

// defaultTypes are the types that release by commit-analyzer 13's default rules. FEAT and FIX come
// from its rules for another preset; all its rule sets are in force at once (spec: commit-analyzer).
var defaultTypes = map[string]Bump{"feat": Minor, "fix": Patch, "perf": Patch, "FEAT": Minor, "FIX": Patch}

const notConventional = "no conventional commit"

// Decide gives the bump that one message asks for by the default rules, with the reason in a few words.
func Decide(m commitparse.Message) (Bump, string) {
	switch bump, ok := defaultTypes[m.Type]; {
	case m.Breaking:
		return Major, "breaking change"
	case ok && bump > Patch:
		return bump, "type " + m.Type
	case m.Revert != nil:
		return Patch, "revert"
	case ok:
		return bump, "type " + m.Type
	case !m.Conventional:
		return None, notConventional
	}
	return None, "type " + m.Type + " releases nothing"
}
