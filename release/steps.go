package release

import (
	"fmt"
	"strings"

	"github.com/semcut/semcut/internal/lodash"
)

// steps lists what Apply will do, for people and for the plan's JSON.
func (p *planner) steps(change *Change) {
	next := change.Next
	p.hookSteps(AtVerify)
	for _, e := range change.Edits {
		verb := "change"
		if e.Created {
			verb = "create"
		}
		where := ""
		if e.Loose {
			where = " in the work tree"
		}
		p.step("edit:"+e.Path, KindEdit, "%s %s%s", verb, e.Path, where)
	}
	p.hookSteps(AtPrepare)
	p.commitSteps(change)
	kind := "lightweight"
	if p.Tag.Annotated {
		kind = "annotated"
	}
	if p.Tag.Annotated && p.Tag.Signer != nil {
		kind = "annotated, signed"
	}
	p.step(KindTag, KindTag, "tag %s (%s)", next.Tag, kind)
	if !p.Push {
		return
	}
	what := fmt.Sprintf("branch %s and tag %s", p.Branch.Name, next.Tag)
	if p.notes(next) {
		what = fmt.Sprintf("branch %s, tag %s and the note on its channel", p.Branch.Name, next.Tag)
	}
	p.step(KindPush, KindPush, "push %s in one atomic push", what)
	p.laterSteps(change)
}

// step adds one step to the plan.
func (p *planner) step(id, kind, format string, args ...any) {
	p.plan.Steps = append(p.plan.Steps, Step{ID: id, Kind: kind, Summary: fmt.Sprintf(format, args...)})
}

func (p *planner) hookSteps(point Point) {
	for n, hook := range p.Hooks[point] {
		p.step(point.stepID(n), KindHook, "run the %s hook %.100q", point, lodash.Shown(hook.Line))
	}
}

func (p *planner) commitSteps(change *Change) {
	for _, f := range p.Commit.Files {
		p.step(KindFiles+":"+f.Path, KindFiles, "commit what %q stands for in the work tree, if it changed", f.Path)
	}
	if (len(change.Edits) == 0 || p.Loose) && len(p.Commit.Files) == 0 {
		return
	}
	message, _, _ := strings.Cut(p.Commit.Message, "\n")
	if filled, err := change.Next.Fill(message); err == nil {
		message = filled
	}
	how := ""
	switch {
	case p.Commit.ByForge && p.Push:
		how = ", made and signed by the forge"
	case p.Commit.Signer != nil:
		how = ", signed"
	}
	p.step(KindCommit, KindCommit, "commit %q%s", message, how)
}

// laterSteps are those that come after the push.
func (p *planner) laterSteps(change *Change) {
	next := change.Next
	p.hookSteps(AtPublish)
	with := ""
	if len(p.Assets) > 0 {
		with = ", with its assets"
	}
	for _, name := range p.Publish {
		if why := p.Abstain[name]; why != "" {
			p.step(KindPublish+":"+name, KindPublish, "publish nothing on %s: %s", name, why)
			continue
		}
		p.step(KindPublish+":"+name, KindPublish, "publish the release %s on %s%s", next.Tag, name, with)
	}
	for _, part := range p.Tag.Floating {
		if next.Version.Prerelease() == "" {
			name := p.TagFormat.Floating(next.Version, part)
			p.step(KindFloat+":"+name, KindFloat, "move the tag %s, where no later release of its line is out", name)
		}
	}
	for _, name := range p.Announce {
		if change.Last != nil || p.AnnounceFirst {
			p.step(KindAnnounce+":"+name, KindAnnounce, "tell the pull requests and issues of %s on %s", next.Tag, name)
		}
	}
	p.hookSteps(AtSuccess)
}
