package release

import (
	"context"
	"fmt"
	"slices"
)

// prepare gets everything ready that commit and tag are made of. Where files of the work tree go with the release, or
// the project's own commands make some, they have to see the new version: the plan's edits are written before the commit
// is made, and a note in this clone says so, with which FinishOpen takes them back after a crash.
func (m *maker) prepare(ctx context.Context) error {
	m.edits = slices.Clone(m.change.Edits)
	hooks := m.spec.work.Hooks
	if len(hooks[AtPrepare]) == 0 && len(m.spec.commit.Files) == 0 && len(m.spec.work.Assets) == 0 {
		return nil
	}
	if err := m.writeEdits(ctx); err != nil {
		return m.unprepare(ctx, err)
	}
	if _, err := hooks.run(ctx, m.Runner, AtPrepare, m.plan); err != nil {
		return m.unprepare(ctx, err)
	}
	if err := m.addFiles(ctx); err != nil {
		return m.unprepare(ctx, err)
	}
	if len(m.spec.work.Assets) == 0 {
		return nil
	}
	if m.Files == nil {
		return m.unprepare(ctx, Errorf(CodeAsset, "run it in a clone with a work tree", "looking for the assets of %q: this repository has no work tree", m.change.Next.Tag))
	}
	var err error
	if m.open.Assets, err = m.spec.work.gatherAssets(m.Files, m.change.Next); err != nil {
		return m.unprepare(ctx, err)
	}
	return nil
}

// writeEdits writes the plan's edits into the work tree, and before that the note that they are there.
func (m *maker) writeEdits(ctx context.Context) (err error) {
	if len(m.change.Edits) == 0 {
		return nil
	}
	m.open = m.draft()
	m.open.Prepared, err = m.Worktree.WriteCommit(ctx, CommitSpec{
		Base: m.head, Edits: m.change.Edits, Message: "semcut: a release is being prepared\n", Author: m.spec.commit.Author, Committer: m.spec.commit.Committer,
	})
	if err != nil {
		return err
	}
	note, err := m.writeDown(ctx)
	if err != nil {
		return err
	}
	staged, err := m.Worktree.Stage(ctx, m.change.Edits)
	if err != nil {
		return err
	}
	defer staged.Discard()
	if err := m.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: OpenPrefix + m.change.Next.Tag, New: note}}); err != nil {
		return err
	}
	m.noted, m.prepared = note, true
	if err := staged.Commit(); err != nil {
		return err
	}
	m.tellWritten()
	return nil
}

func (m *maker) tellWritten() {
	for _, e := range m.change.Edits {
		m.Log.Info("wrote " + e.Path)
	}
}

// addFiles puts the further files into the release commit, as they are in the work tree now. They go before what the
// plan would write: a command of the project's own had the last word.
func (m *maker) addFiles(ctx context.Context) error {
	for _, spec := range m.spec.commit.Files {
		pattern, err := m.change.Next.Fill(spec.Path)
		if err != nil {
			return fmt.Errorf("reading %s: %w", spec.Place, err)
		}
		more, found, err := m.Worktree.WorkEdits(ctx, m.head, pattern)
		switch {
		case err != nil:
			return fmt.Errorf("reading %s: %w", spec.Place, err)
		case !found && !IsPattern(pattern):
			return Errorf(CodeFile, "make the file before the release (hooks.prepare), or mend the path", "reading %s: there is no file %q to commit", spec.Place, pattern)
		case !found:
			m.Log.Warn(fmt.Sprintf("reading %s: the pattern %q fits no file", spec.Place, pattern))
		}
		for _, e := range more {
			m.edits = slices.DeleteFunc(m.edits, func(have Edit) bool { return have.Path == e.Path })
			m.edits = append(m.edits, e)
		}
	}
	return nil
}

// toStage are the edits that the work tree and the index don't have yet.
func (m *maker) toStage() []Edit {
	if !m.prepared {
		return m.edits
	}
	return slices.DeleteFunc(slices.Clone(m.edits), func(e Edit) bool { return !e.Here })
}

// unprepare takes back what was prepared, here and at the forge, since err ends the release before it was made.
func (m *maker) unprepare(ctx context.Context, err error) error {
	m.dropForgeBranch(ctx)
	if !m.prepared {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	back := m.Worktree.Restore(ctx, m.open.Prepared, m.head)
	if back == nil {
		back = m.forgetOpen(ctx, m.change.Next.Tag, "")
	}
	if back != nil {
		m.Log.Warn("taking back what was prepared in this clone: " + back.Error())
	}
	return err
}
