package release

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// Deps are the writing halves of the world. A dry run never makes them.
type Deps struct {
	Worktree   Worktree
	Remote     Remote // nil where nothing is pushed
	Publishers []Publisher
	Log        *slog.Logger
}

// Apply makes the world contain the plan. Everything is checked before anything is written; then come a promotion,
// files, commit and tag in this clone, one atomic push, and the publishers. A push that the remote
// refuses leaves this clone as it was. Whatever else stops it, FinishOpen carries on from there.
func (p *Plan) Apply(ctx context.Context, d Deps) ([]Receipt, error) {
	if err := p.check(ctx, d); err != nil {
		return nil, err
	}
	receipts, err := p.promote(ctx, d)
	if err != nil {
		return receipts, err
	}
	for i := range p.Changes {
		if p.Changes[i].Next == nil {
			continue
		}
		done, err := p.applyChange(ctx, d, &p.Changes[i])
		receipts = append(receipts, done...)
		if err != nil {
			return receipts, err
		}
	}
	return receipts, nil
}

// check asks every part of the world whether it would let the release happen.
func (p *Plan) check(ctx context.Context, d Deps) error {
	for _, pub := range d.Publishers {
		if err := pub.Check(ctx, p); err != nil {
			return err
		}
	}
	return p.CheckFiles(ctx, d.Worktree)
}

func (p *Plan) applyChange(ctx context.Context, d Deps, c *Change) ([]Receipt, error) {
	m := &maker{Deps: d, spec: p.spec, head: p.Head, change: c}
	for _, s := range p.Steps {
		if s.Kind == KindPublish {
			m.later = append(m.later, s.ID)
		}
	}
	if err := m.writeObjects(ctx); err != nil {
		return nil, err
	}
	if err := m.moveHere(ctx); err != nil {
		return nil, err
	}
	if !p.spec.push {
		return nil, nil
	}
	if err := m.push(ctx); err != nil {
		return nil, err
	}
	receipts, err := publish(ctx, d, *c.Next, m.openHash)
	c.Next.URL = firstURL(receipts)
	return receipts, err
}

// firstURL is where the release can be seen, "" where nobody says.
func firstURL(receipts []Receipt) string {
	for _, r := range receipts {
		if r.URL != "" {
			return r.URL
		}
	}
	return ""
}

// maker makes one release: objects first, which nobody sees, then the refs of this clone, then the push.
type maker struct {
	Deps
	spec     spec
	head     string
	change   *Change
	later    []string // ids of the steps after the push
	tagHash  string
	noteHash string // "" where the channel isn't written down
	noteHere string // the notes that this clone has of the tag already
	openHash string // "" where no open release is kept
}

func (m *maker) writeObjects(ctx context.Context) error {
	next := m.change.Next
	next.Commit = m.head
	if len(m.change.Edits) > 0 {
		message, err := next.Fill(m.spec.commit.Message)
		if err != nil {
			return err
		}
		next.Commit, err = m.Worktree.WriteCommit(ctx, CommitSpec{
			Base: m.head, Edits: m.change.Edits, Message: cleanMessage(message), Author: m.spec.commit.Author, Committer: m.spec.commit.Committer, Signer: m.spec.commit.Signer,
		})
		if err != nil {
			return err
		}
		m.Log.Info("committed", "commit", short(next.Commit))
	}
	if err := m.writeTag(ctx); err != nil {
		return err
	}
	if err := m.writeNote(ctx); err != nil {
		return err
	}
	return m.writeOpen(ctx)
}

func (m *maker) writeTag(ctx context.Context) (err error) {
	next := m.change.Next
	m.tagHash = next.Commit
	if !m.spec.tag.Annotated {
		return nil
	}
	message, err := next.Fill(m.spec.tag.Message)
	if err != nil {
		return err
	}
	m.tagHash, err = m.Worktree.WriteTag(ctx, TagSpec{
		Name: next.Tag, Commit: next.Commit, Annotated: true, Message: cleanMessage(message), Tagger: m.spec.commit.Committer, Signer: m.spec.tag.Signer,
	})
	return err
}

// writeNote writes down the release's channel. What the remote has under the note's name is what somebody left of a tag
// that is gone; it stays in the note's history.
func (m *maker) writeNote(ctx context.Context) error {
	if !m.spec.note {
		return nil
	}
	next := m.change.Next
	ref := channelRef(next.Tag)
	here, err := m.Worktree.LocalRefs(ctx, ref)
	if err != nil {
		return err
	}
	m.noteHere = here[ref]
	m.noteHash, err = m.writeChannels(ctx, ref, NoteSpec{Base: m.spec.noted, Object: next.Commit, By: m.spec.commit.Committer}, []string{next.Channel})
	return err
}

// writeOpen notes what is under way. In a repository that lives nowhere else nobody could ever finish it, so there
// is none.
func (m *maker) writeOpen(ctx context.Context) error {
	if m.spec.repository == "" {
		return nil
	}
	next, last := m.change.Next, ""
	if m.change.Last != nil {
		last = m.change.Last.Tag
	}
	data, err := OpenRelease{
		Semcut: openShape, Repository: m.spec.repository, Tag: next.Tag, Version: next.Version.String(), Branch: next.Branch,
		LastTag: last, Bump: m.change.Bump, Base: m.spec.base, Head: m.head, Commit: next.Commit, TagObject: m.tagHash, Date: m.spec.date, Notes: next.Notes, Changelog: next.Changelog,
		Steps: m.later, Process: m.spec.process, Since: m.spec.date,
	}.encode()
	if err != nil {
		return fmt.Errorf("writing down the open release %q: %w", next.Tag, err)
	}
	m.openHash, err = m.Worktree.WriteOpen(ctx, data, m.spec.date)
	return err
}

// moveHere makes the release visible in this clone. The note of the open release comes first and the
// tag second: a clone with the note alone has begun nothing (FinishOpen drops it), one with the tag
// can be finished.
func (m *maker) moveHere(ctx context.Context) error {
	staged, err := m.Worktree.Stage(ctx, m.change.Edits)
	if err != nil {
		return err
	}
	defer staged.Discard()
	if err := m.Worktree.UpdateRefs(ctx, m.localUpdates()); err != nil {
		return err
	}
	if err := staged.Commit(); err != nil {
		return err
	}
	for _, e := range m.change.Edits {
		m.Log.Info("wrote " + e.Path)
	}
	m.Log.Info("tagged", "tag", m.change.Next.Tag, "commit", short(m.change.Next.Commit))
	return nil
}

func (m *maker) localUpdates() []RefUpdate {
	next := m.change.Next
	var updates []RefUpdate
	if m.openHash != "" {
		updates = append(updates, RefUpdate{Name: OpenPrefix + next.Tag, New: m.openHash})
	}
	if m.noteHash != "" {
		updates = append(updates, RefUpdate{Name: channelRef(next.Tag), Old: m.noteHere, New: m.noteHash})
	}
	updates = append(updates, RefUpdate{Name: "refs/tags/" + next.Tag, New: m.tagHash})
	if next.Commit != m.head {
		updates = append(updates, RefUpdate{Name: m.spec.localRef, Old: m.head, New: next.Commit})
	}
	return updates
}

// push moves branch, tag and open release at the remote. Where the remote says no, nothing of the
// release stands there, and this clone goes back to where it was.
func (m *maker) push(ctx context.Context) error {
	next := m.change.Next
	updates := pushed{
		branch: RefUpdate{Name: "refs/heads/" + next.Branch, Old: m.spec.base, New: next.Commit},
		tag:    RefUpdate{Name: "refs/tags/" + next.Tag, New: m.tagHash},
		note:   RefUpdate{Name: channelRef(next.Tag), Old: m.spec.noted, New: m.noteHash},
		open:   RefUpdate{Name: OpenPrefix + next.Tag, New: m.openHash},
	}.updates()
	noted, err := pushRelease(ctx, m.Deps, next.Tag, updates)
	if err == nil && !noted {
		err = m.dropOpen(ctx)
	}
	if err == nil {
		m.Log.Info("pushed", "branch", next.Branch, "tag", next.Tag)
		return nil
	}
	if nothingLanded(err) {
		if undo := m.undo(context.WithoutCancel(ctx)); undo != nil {
			m.Log.Warn("taking the release back in this clone: " + undo.Error())
		}
	}
	return err
}

// pushRelease pushes a release. A server that refuses the note of the open release, which comes last, or the whole
// push, gets it without; noted says whether it has the note.
func pushRelease(ctx context.Context, d Deps, tag string, updates []RefUpdate) (noted bool, err error) {
	last := len(updates) - 1
	err = d.Remote.Push(ctx, updates)
	refused, ok := errors.AsType[*RefusedError](err)
	if !ok || updates[last].Name != OpenPrefix+tag || refused.Ref != "" && refused.Ref != OpenPrefix+tag {
		return err == nil, err
	}
	if again := d.Remote.Push(ctx, updates[:last]); again != nil {
		return false, err
	}
	d.Log.Warn("the remote refuses " + OpenPrefix + "*: an interrupted release will need --finish " + tag)
	return false, nil
}

// pushed is what a release moves at the remote.
type pushed struct{ branch, tag, note, open RefUpdate }

// updates lists what there is to move; the open release comes last.
func (p pushed) updates() []RefUpdate {
	return slices.DeleteFunc([]RefUpdate{p.branch, p.tag, p.note, p.open}, func(u RefUpdate) bool { return u.Old == u.New || u.New == "" })
}

func (m *maker) dropOpen(ctx context.Context) error {
	old := m.openHash
	m.openHash = ""
	return m.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: OpenPrefix + m.change.Next.Tag, Old: old}})
}

// undo takes back what moveHere did, in the opposite order.
func (m *maker) undo(ctx context.Context) error {
	var back []Edit
	for _, e := range m.change.Edits {
		b := Edit{Path: e.Path, Old: e.New, New: e.Old}
		back = append(back, b)
	}
	staged, err := m.Worktree.Stage(ctx, back)
	if err != nil {
		return err
	}
	defer staged.Discard()
	updates := m.localUpdates()
	for i, u := range updates {
		updates[i] = RefUpdate{Name: u.Name, Old: u.New, New: u.Old}
	}
	for i, j := 0, len(updates)-1; i < j; i, j = i+1, j-1 {
		updates[i], updates[j] = updates[j], updates[i]
	}
	if err := m.Worktree.UpdateRefs(ctx, updates); err != nil {
		return err
	}
	return staged.Commit()
}

// nothingLanded says whether a failed push is known to have moved nothing.
func nothingLanded(err error) bool {
	switch CodeOf(err) {
	case CodeMoved, CodeRefused, CodeAuth, CodeForbidden, CodeTagTaken:
		return true
	}
	return false
}

// publish makes every publisher contain the release, and then closes it.
func publish(ctx context.Context, d Deps, r Release, openHash string) ([]Receipt, error) {
	var receipts []Receipt
	for _, pub := range d.Publishers {
		receipt, err := pub.Publish(ctx, r, nil)
		if err != nil {
			handBack(ctx, d, r.Tag, openHash)
			return receipts, err
		}
		d.Log.Info(receipt.Done+" the release on "+pub.Name(), "url", receipt.URL)
		receipts = append(receipts, receipt)
	}
	return receipts, closeOpen(ctx, d, r.Tag, openHash)
}

// closeOpen is the last step: the open release goes, at the remote with a lease and then here.
func closeOpen(ctx context.Context, d Deps, tag, openHash string) error {
	if openHash == "" {
		return nil
	}
	ref := OpenPrefix + tag
	if err := d.Remote.Push(ctx, []RefUpdate{{Name: ref, Old: openHash}}); err != nil {
		return fmt.Errorf("closing the release %q: %w", tag, err)
	}
	local, err := d.Worktree.LocalRefs(ctx, ref)
	if err != nil || local[ref] == "" {
		return err
	}
	return d.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: ref, Old: local[ref]}})
}

// cleanMessage does what git's clean-up of whitespace does to a message: no blanks at line ends, no two
// empty lines in a row, none at the ends, one newline at the very end.
func cleanMessage(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line = strings.TrimRight(line, " \t\r\v\f")
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// CheckFiles says why the plan's edits could not be written; nil where they could.
func (p *Plan) CheckFiles(ctx context.Context, c Checkout) error {
	return c.CheckEdits(ctx, p.Head, p.edits())
}
