package release

import (
	"context"
	"fmt"
)

// forgeBranches begins the names of the branches on which a forge makes release commits.
const forgeBranches = "semcut/"

// commitAtForge lets the forge make the release commit, which it signs, on a branch for this purpose. The commit comes
// into this clone and goes to its own branch in the same push as any other; the branch goes with that push.
func (m *maker) commitAtForge(ctx context.Context, spec CommitSpec) (string, error) {
	tag := m.change.Next.Tag
	doing := fmt.Sprintf("letting the forge make the commit of %q", tag)
	var forge Committer
	for _, pub := range m.Publishers {
		if c, can := pub.(Committer); can {
			forge = c
		}
	}
	if forge == nil {
		return "", Errorf(CodeConfig, "set commit.sign to auto, openpgp or ssh", "%s: commit.sign is api, and there is no forge here that makes commits", doing)
	}
	here := spec
	here.Signer = nil
	want, err := m.Worktree.WriteCommit(ctx, here)
	if err != nil {
		return "", err
	}
	branch := forgeBranches + tag
	if err := m.forgeBranch(ctx, "refs/heads/"+branch); err != nil {
		return "", err
	}
	hash, err := forge.CommitOnBranch(ctx, branch, spec)
	if err != nil {
		return "", err
	}
	m.atForge.Old = hash
	if err := m.Remote.Fetch(ctx, m.atForge.Name, hash); err != nil {
		return "", err
	}
	same, err := m.Worktree.SameTree(ctx, want, hash)
	if err == nil && !same {
		err = Errorf(CodeForge, "run again; if it stays so, set commit.sign to openpgp or ssh", "%s: its commit %s holds other files than this one", doing, short(hash))
	}
	return hash, err
}

// forgeBranch makes the branch for the commit. One that a killed run left goes first.
func (m *maker) forgeBranch(ctx context.Context, ref string) error {
	refs, err := m.Remote.Refs(ctx)
	if err != nil {
		return err
	}
	old := refs.Refs[ref]
	if old != "" && old != m.head {
		if err := m.Remote.Push(ctx, []RefUpdate{{Name: ref, Old: old}}); err != nil {
			return err
		}
		old = ""
	}
	if err := m.Remote.Push(ctx, []RefUpdate{{Name: ref, Old: old, New: m.head}}); err != nil {
		return err
	}
	m.atForge = RefUpdate{Name: ref, Old: m.head}
	return nil
}

// dropForgeBranch deletes the branch of a commit that wasn't needed, also where the run was interrupted.
func (m *maker) dropForgeBranch(ctx context.Context) {
	if m.atForge.Name == "" {
		return
	}
	ctx = context.WithoutCancel(ctx)
	refs, err := m.Remote.Refs(ctx)
	if err == nil && refs.Refs[m.atForge.Name] != "" {
		err = m.Remote.Push(ctx, []RefUpdate{{Name: m.atForge.Name, Old: refs.Refs[m.atForge.Name]}})
	}
	if err != nil {
		m.Log.Warn("deleting the branch of the release commit: " + err.Error())
	}
	m.atForge = RefUpdate{}
}

// leftAtForge deletes the branch of a commit that the forge made for a run which was stopped before its push.
func leftAtForge(remote *RemoteRefs, open OpenRelease) RefUpdate {
	ref := "refs/heads/" + forgeBranches + open.Tag
	if remote.Refs[ref] != open.Commit {
		return RefUpdate{}
	}
	return RefUpdate{Name: ref, Old: open.Commit}
}
