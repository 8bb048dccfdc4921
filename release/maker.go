package release

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maker makes one release: objects first, which nobody sees, then the refs of this clone, then the push.
type maker struct {
	Deps
	spec     spec
	head     string
	plan     *Plan
	change   *Change
	later    []string    // ids of the steps after the push
	edits    []Edit      // those of the plan and those of further files
	open     OpenRelease // what openHash holds
	noted    string      // what this clone's note of the open release holds so far, "" where there is none
	prepared bool        // the plan's edits stand in the work tree already, or some of them
	atForge  RefUpdate   // the branch on which the forge made the commit, which goes with the push
	tagHash  string
	noteHash string // "" where the channel isn't written down
	noteHere string // the notes that this clone has of the tag already
	openHash string // "" where no open release is kept
}

func (m *maker) writeObjects(ctx context.Context) (err error) {
	next := m.change.Next
	next.Commit = m.head
	if len(m.edits) > 0 {
		if next.Commit, err = m.commit(ctx); err != nil {
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

// commit writes the release commit, or lets the forge make it.
func (m *maker) commit(ctx context.Context) (string, error) {
	message, err := m.change.Next.Fill(m.spec.commit.Message)
	if err != nil {
		return "", err
	}
	spec := CommitSpec{
		Base: m.head, Edits: m.edits, Message: m.spec.work.hide(cleanMessage(message)), Author: m.spec.commit.Author, Committer: m.spec.commit.Committer, Signer: m.spec.commit.Signer,
	}
	if m.spec.commit.ByForge && m.spec.push {
		return m.commitAtForge(ctx, spec)
	}
	return m.Worktree.WriteCommit(ctx, spec)
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
		Name: next.Tag, Commit: next.Commit, Annotated: true, Message: m.spec.work.hide(cleanMessage(message)), Tagger: m.spec.commit.Committer, Signer: m.spec.tag.Signer,
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
	prepared, before := m.open.Prepared, m.open.Before // while there is no tag, the next run takes that back
	m.open = m.draft()
	m.open.Commit, m.open.TagObject, m.open.Prepared, m.open.Before = m.change.Next.Commit, m.tagHash, prepared, before
	var err error
	m.openHash, err = m.writeDown(ctx)
	return err
}

// draft is the open release as far as it is known before there is a commit.
func (m *maker) draft() OpenRelease {
	next, last := m.change.Next, ""
	if m.change.Last != nil {
		last = m.change.Last.Tag
	}
	return OpenRelease{
		Semcut: openShape, Repository: m.spec.repository, Tag: next.Tag, Version: next.Version.String(), Branch: next.Branch,
		LastTag: last, Bump: m.change.Bump, Base: m.spec.base, Head: m.head, Date: m.spec.date, Notes: next.Notes, Changelog: next.Changelog,
		Steps: m.later, Promised: true, Assets: m.open.Assets, Process: m.spec.process, Since: m.spec.date,
	}
}

func (m *maker) writeDown(ctx context.Context) (hash string, err error) {
	data, err := m.open.encode()
	if err != nil {
		return "", fmt.Errorf("writing down the open release %q: %w", m.open.Tag, err)
	}
	return m.Worktree.WriteOpen(ctx, data, m.spec.date)
}

// moveHere makes the release visible in this clone. The note of the open release comes first and the
// tag second: a clone with the note alone has begun nothing (FinishOpen drops it), one with the tag
// can be finished.
func (m *maker) moveHere(ctx context.Context) error {
	staged, err := m.Worktree.Stage(ctx, m.toStage())
	if err != nil {
		return err
	}
	defer staged.Discard()
	if err := m.Worktree.UpdateRefs(ctx, m.localUpdates()); err != nil {
		return err
	}
	m.prepared = false // from here on it goes forward only
	if err := staged.Commit(); err != nil {
		return err
	}
	if m.noted == "" {
		m.tellWritten(m.change.Edits)
	}
	m.Log.Info("tagged", "tag", m.change.Next.Tag, "commit", short(m.change.Next.Commit))
	return nil
}

func (m *maker) localUpdates() []RefUpdate {
	next := m.change.Next
	var updates []RefUpdate
	if m.openHash != "" {
		updates = append(updates, RefUpdate{Name: OpenPrefix + next.Tag, Old: m.noted, New: m.openHash})
	}
	if m.noteHash != "" {
		updates = append(updates, RefUpdate{Name: channelRef(next.Tag), Old: m.noteHere, New: m.noteHash})
	}
	updates = append(updates, RefUpdate{Name: "refs/tags/" + next.Tag, New: m.tagHash})
	if next.Commit != m.head {
		updates = append(updates, RefUpdate{Name: m.spec.localRef, Old: m.head, New: next.Commit})
	}
	if m.openHash == "" && m.noted != "" { // a repository that lives nowhere else keeps no note
		updates = append(updates, RefUpdate{Name: OpenPrefix + next.Tag, Old: m.noted})
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
		forge:  m.atForge,
		open:   RefUpdate{Name: OpenPrefix + next.Tag, New: m.openHash},
	}.updates()
	noted, err := pushRelease(ctx, m.Deps, next.Tag, updates)
	if err == nil {
		m.Log.Info("pushed", "branch", next.Branch, "tag", next.Tag)
		return m.leaveToRemote(ctx, noted)
	}
	if nothingLanded(err) {
		if undo := m.undo(context.WithoutCancel(ctx)); undo != nil {
			m.Log.Warn("taking the release back in this clone: " + undo.Error())
		}
		m.dropForgeBranch(ctx)
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
type pushed struct{ branch, tag, note, forge, open RefUpdate }

// updates lists what there is to move; the open release comes last.
func (p pushed) updates() []RefUpdate {
	moves := slices.DeleteFunc([]RefUpdate{p.branch, p.tag, p.note, p.open}, func(u RefUpdate) bool { return u.Old == u.New || u.New == "" })
	if p.forge.Name != "" {
		moves = append([]RefUpdate{p.forge}, moves...)
	}
	return moves
}

// leaveToRemote drops this clone's note of the open release: from now on the remote's counts, or there is none.
func (m *maker) leaveToRemote(ctx context.Context, noted bool) error {
	here := m.openHash
	if !noted {
		m.openHash = ""
	}
	if here == "" {
		return nil
	}
	return m.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: OpenPrefix + m.change.Next.Tag, Old: here}})
}

// undo takes back what moveHere did, in the opposite order.
func (m *maker) undo(ctx context.Context) error {
	var back []Edit
	for _, e := range m.edits {
		back = append(back, Edit{Path: e.Path, Old: e.New, New: e.Old, Here: e.Here, Before: e.Before, Back: e.Here})
	}
	staged, err := m.Worktree.Stage(ctx, back)
	if err != nil {
		return err
	}
	defer staged.Discard()
	updates := m.localUpdates()
	for i, u := range updates {
		updates[i] = RefUpdate{Name: u.Name, Old: u.New, New: u.Old}
		if strings.HasPrefix(u.Name, OpenPrefix) {
			updates[i].New = "" // what was prepared is taken back, too
		}
	}
	slices.Reverse(updates)
	if err := m.Worktree.UpdateRefs(ctx, updates); err != nil {
		return err
	}
	if err := staged.Commit(); err != nil || m.open.Before == "" {
		return err
	}
	return m.Worktree.Restore(ctx, m.open.Prepared, m.open.Before, true)
}

// nothingLanded says whether a failed push is known to have moved nothing.
func nothingLanded(err error) bool {
	switch CodeOf(err) {
	case CodeMoved, CodeRefused, CodeAuth, CodeForbidden, CodeTagTaken:
		return true
	}
	return false
}
