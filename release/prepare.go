package release

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
)

// prepare gets everything ready that commit and tag are made of. Where files of the work tree go with the release, or
// the project's own commands make some, they have to see the new version: the plan's edits are written before the commit
// is made, and a note in this clone says so, with which FinishOpen takes them back after a crash.
func (m *maker) prepare(ctx context.Context) error {
	if !m.spec.loose {
		m.edits = slices.Clone(m.change.Edits)
	}
	if len(m.spec.work.Hooks[AtPrepare]) == 0 && len(m.spec.commit.Files) == 0 && len(m.spec.work.Assets) == 0 && !m.spec.loose && len(m.packers()) == 0 {
		return nil
	}
	for _, next := range m.preparations() {
		if err := next(ctx); err != nil {
			return m.unprepare(ctx, err)
		}
	}
	if len(m.spec.work.Assets) == 0 {
		return nil
	}
	if m.Files == nil {
		return m.unprepare(ctx, Errorf(CodeAsset, "run it in a clone with a work tree", "looking for the assets of %q: this repository has no work tree", m.change.Next.Tag))
	}
	var err error
	if m.open.Assets, err = m.spec.work.gatherAssets(m.Files, m.change.Next, m.Log); err != nil {
		return m.unprepare(ctx, err)
	}
	return nil
}

// preparations are the parts of the preparation, in their order.
func (m *maker) preparations() []func(context.Context) error {
	var list []func(context.Context) error
	for _, p := range m.spec.order() {
		switch p.Kind {
		case PrepareChangelog, PrepareVersions:
			list = append(list, func(ctx context.Context) error { return m.writeEdits(ctx, p.Kind) })
		case PrepareHook:
			list = append(list, func(ctx context.Context) error {
				_, err := runHook(ctx, m.Runner, AtPrepare, m.spec.work.Hooks[AtPrepare][p.Hook], m.plan, nil)
				return err
			})
		case PrepareFiles:
			list = append(list, m.addFiles)
		case PreparePack:
			list = append(list, m.pack)
		}
	}
	return list
}

// packers are the publishers that are to leave what they publish in the work tree.
func (m *maker) packers() (packers []Packer) {
	for _, p := range m.Publishers {
		if packer, can := p.(Packer); can && packer.Packs() {
			packers = append(packers, packer)
		}
	}
	return packers
}

// pack leaves what is published in the work tree.
func (m *maker) pack(ctx context.Context) error {
	for _, p := range m.packers() {
		file, err := p.Pack(ctx, m.change.Next.Version.String())
		if err != nil {
			return err
		}
		m.Log.Info("packed " + file)
	}
	return nil
}

// order is the order of the preparation.
func (s spec) order() []Preparation {
	if s.prepare != nil {
		return s.prepare
	}
	order := []Preparation{{Kind: PrepareChangelog}, {Kind: PrepareVersions}}
	for n := range s.work.Hooks[AtPrepare] {
		order = append(order, Preparation{Kind: PrepareHook, Hook: n})
	}
	return append(order, Preparation{Kind: PreparePack}, Preparation{Kind: PrepareFiles})
}

// writeEdits writes the plan's edits of one kind into the work tree, and before the first of them the note that they are
// there.
func (m *maker) writeEdits(ctx context.Context, kind string) (err error) {
	edits, changed, err := m.editsOf(ctx, kind)
	if err != nil || len(edits) == 0 {
		return err
	}
	if m.noted == "" || changed {
		if err := m.noteEdits(ctx); err != nil {
			return err
		}
	}
	staged, err := m.Worktree.Stage(ctx, edits)
	if err != nil {
		return err
	}
	defer staged.Discard()
	m.prepared = true
	if err := staged.Commit(); err != nil {
		return err
	}
	m.tellWritten(edits)
	return nil
}

// editsOf gives the plan's edits of one kind. Those of loose files begin with what the work tree has by now, since a command
// that came before may have changed them; changed says that they are others than were planned.
func (m *maker) editsOf(ctx context.Context, kind string) (edits []Edit, changed bool, err error) {
	others := func(e Edit) bool { return (e.Path == m.change.Next.Changelog) != (kind == PrepareChangelog) }
	planned := slices.DeleteFunc(slices.Clone(m.change.Edits), others)
	if !m.spec.loose || m.Files == nil {
		return planned, false, nil
	}
	all, err := m.spec.replan(m.Files, m.change)
	if err != nil {
		return nil, false, err
	}
	edits = slices.DeleteFunc(all, others)
	if slices.EqualFunc(planned, edits, func(a, b Edit) bool {
		return a.Path == b.Path && bytes.Equal(a.Old, b.Old) && bytes.Equal(a.New, b.New)
	}) {
		return planned, false, nil
	}
	if err := m.Worktree.CheckEdits(ctx, m.head, edits); err != nil {
		return nil, false, err
	}
	m.change.Edits = append(slices.DeleteFunc(m.change.Edits, func(e Edit) bool { return !others(e) }), edits...)
	return edits, true, nil
}

// noteEdits notes in this clone what is about to be written into the work tree.
func (m *maker) noteEdits(ctx context.Context) (err error) {
	m.open = m.draft()
	commit := func(edits []Edit) (string, error) {
		return m.Worktree.WriteCommit(ctx, CommitSpec{
			Base: m.head, Edits: edits, Message: "semcut: a release is being prepared\n", Author: m.spec.commit.Author, Committer: m.spec.commit.Committer,
		})
	}
	if m.open.Prepared, err = commit(m.change.Edits); err != nil {
		return err
	}
	if m.spec.loose {
		before := make([]Edit, len(m.change.Edits))
		for i, e := range m.change.Edits {
			before[i] = Edit{Path: e.Path, New: e.Old}
		}
		if m.open.Before, err = commit(before); err != nil {
			return err
		}
	}
	note, err := m.writeDown(ctx)
	if err != nil {
		return err
	}
	if err := m.Worktree.UpdateRefs(ctx, []RefUpdate{{Name: OpenPrefix + m.change.Next.Tag, Old: m.noted, New: note}}); err != nil {
		return err
	}
	m.noted, m.prepared = note, true
	return nil
}

func (m *maker) tellWritten(edits []Edit) {
	for _, e := range edits {
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
		spec.Path = pattern
		more, found, err := m.Worktree.WorkEdits(ctx, m.head, spec)
		switch {
		case err != nil:
			return fmt.Errorf("reading %s: %w", spec.Place, err)
		case found || spec.Optional:
		case !IsPattern(pattern):
			return Errorf(CodeFile, "make the file before the release (hooks.prepare), or mend the path", "reading %s: there is no file %q to commit", spec.Place, pattern)
		default:
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
	back := m.Worktree.Restore(ctx, m.open.Prepared, cmp.Or(m.open.Before, m.head), m.spec.loose)
	if back == nil {
		back = m.forgetOpen(ctx, m.change.Next.Tag, "")
	}
	if back != nil {
		m.Log.Warn("taking back what was prepared in this clone: " + back.Error())
	}
	return err
}
