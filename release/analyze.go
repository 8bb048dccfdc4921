package release

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
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

// skipMark is semantic-release core's: such a commit doesn't decide, but stands in the notes.
var skipMark = lazyregexp.New(`(?i)\[skip\s+release\]|\[release\s+skip\]`)

// analyze decides for every commit, newest first, and gives the highest bump. Commits of a pair that
// cancels itself out (a change and its revert) decide nothing.
func (o Options) analyze(commits []commitparse.Commit) (Bump, []Decision) {
	highest := None
	decisions := make([]Decision, 0, len(commits))
	skipped := skips(commits)
	cancel := cancelReverts
	if o.Policy.Own {
		cancel = cancelByHash
	}
	cancelled := cancel(commits, skipped)
	for i := range commits {
		c := &commits[i]
		d := Decision{Hash: c.Hash, Header: c.Header, Type: c.Type, Scope: c.Scope, Breaking: c.Breaking}
		switch {
		case skipped[i]:
			d.Reason = "[skip release]"
		case cancelled[i] != "":
			d.Reason = cancelled[i]
		default:
			d.Bump, d.Reason = o.decide(c)
		}
		highest = max(highest, d.Bump)
		decisions = append(decisions, d)
	}
	return highest, decisions
}

// skips says which commits are to decide nothing.
func skips(commits []commitparse.Commit) []bool {
	skipped := make([]bool, len(commits))
	for i := range commits {
		text := commits[i].Raw
		skipped[i] = strings.IndexByte(text, '[') >= 0 && skipMark.MatchString(text)
	}
	return skipped
}

// decide gives the bump of one commit.
func (o Options) decide(c *commitparse.Commit) (Bump, string) {
	if correct := o.correction(c.Hash); correct != nil && correct.Bump != nil {
		return *correct.Bump, "corrected"
	}
	bump, reason := o.Rules.Decide(c)
	if bump == None && o.Policy.Own && !c.Conventional && reason == notConventional && len(commitparse.TakesBack(c.Raw)) > 0 {
		return decideRevert(c, o.Format)
	}
	return bump, reason
}
