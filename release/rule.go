package release

import (
	"regexp"

	"github.com/semcut/semcut/commitparse"
)

// Decision is what one commit asks for, and why.
type Decision struct {
	Hash     string `json:"hash"`
	Header   string `json:"header"`
	Type     string `json:"type"`
	Scope    string `json:"scope"`
	Breaking bool   `json:"breaking"`
	Bump     Bump   `json:"bump"`
	Reason   string `json:"reason"`
}

// defaultTypes are the types that release by commit-analyzer 13's default rules. FEAT and FIX come
// from its rules for another preset; all its rule sets are in force at once (spec: commit-analyzer).
var defaultTypes = map[string]Bump{"feat": Minor, "fix": Patch, "perf": Patch, "FEAT": Minor, "FIX": Patch}

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
		return None, "no conventional commit"
	}
	return None, "type " + m.Type + " releases nothing"
}

// skipMark is semantic-release core's: such a commit doesn't decide, but stands in the notes.
var skipMark = regexp.MustCompile(`(?i)\[skip\s+release\]|\[release\s+skip\]`)

// analyze decides for every commit, newest first, and gives the highest bump. Commits of a pair that
// cancels itself out (a change and its revert) decide nothing.
func analyze(commits []commitparse.Commit) (Bump, []Decision) {
	highest := None
	decisions := make([]Decision, 0, len(commits))
	skipped := make([]bool, len(commits))
	for i, c := range commits {
		skipped[i] = skipMark.MatchString(c.Raw)
	}
	cancelled := cancelReverts(commits, skipped)
	for i, c := range commits {
		d := Decision{Hash: c.Hash, Header: c.Header, Type: c.Type, Scope: c.Scope, Breaking: c.Breaking}
		switch {
		case skipped[i]:
			d.Reason = "[skip release]"
		case cancelled[i] != "":
			d.Reason = cancelled[i]
		default:
			d.Bump, d.Reason = Decide(c.Message)
		}
		highest = max(highest, d.Bump)
		decisions = append(decisions, d)
	}
	return highest, decisions
}
