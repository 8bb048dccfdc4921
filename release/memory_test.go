package release_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// memory is a history without a repository: commits in the order in which they were made.
type memory struct {
	commits []commitparse.Commit
	tags    []release.Tag
	notes   map[string]string // by ref and object
}

var _ release.History = (*memory)(nil)

// commit adds a commit on the newest one, or on the given parents, and gives its hash.
func (m *memory) commit(message string, parents ...string) string {
	if len(parents) == 0 && len(m.commits) > 0 {
		parents = []string{m.head()}
	}
	n := len(m.commits) + 1
	c := commitparse.Commit{Hash: fmt.Sprintf("%07x%033d", n, 0), Parents: parents}
	c.Raw, c.Committer.When = message, time.Date(2026, 1, 1, 0, n, 0, 0, time.UTC)
	m.commits = append(m.commits, c)
	return c.Hash
}

func (m *memory) head() string { return m.commits[len(m.commits)-1].Hash }

// tag puts tags on the newest commit.
func (m *memory) tag(names ...string) {
	for _, name := range names {
		m.tags = append(m.tags, release.Tag{Name: name, Object: m.head(), Commit: m.head()})
	}
}

// fork adds a story (as in [story]) behind a tag and gives its newest commit.
func (m *memory) fork(from, text string) string {
	i := slices.IndexFunc(m.tags, func(t release.Tag) bool { return t.Name == from })
	parents := []string{m.tags[i].Commit}
	for part := range strings.SplitSeq(text, "; ") {
		if name, ok := strings.CutPrefix(part, "#"); ok {
			m.tag(name)
			continue
		}
		m.commit(part, parents...)
		parents = nil
	}
	return m.head()
}

func (m *memory) Tags(context.Context) ([]release.Tag, error) { return m.tags, nil }

// reach gives everything that a commit reaches.
func (m *memory) reach(hash string) map[string]bool {
	seen := map[string]bool{}
	queue := []string{hash}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		i := slices.IndexFunc(m.commits, func(c commitparse.Commit) bool { return c.Hash == next })
		if i >= 0 && !seen[next] {
			seen[next] = true
			queue = append(queue, m.commits[i].Parents...)
		}
	}
	return seen
}

func (m *memory) Commits(_ context.Context, from, to string) ([]commitparse.Commit, error) {
	wanted, unwanted := m.reach(to), m.reach(from)
	var found []commitparse.Commit
	for _, c := range slices.Backward(m.commits) {
		if wanted[c.Hash] && !unwanted[c.Hash] {
			found = append(found, c)
		}
	}
	return found, nil
}

func (m *memory) IsAncestor(_ context.Context, ancestor, descendant string) (bool, error) {
	reached := m.reach(descendant)
	if len(reached) == 0 {
		return false, release.Errorf(release.CodeRevision, "", "commit %q is not here", descendant)
	}
	return reached[ancestor], nil
}

func (m *memory) TagRefs(ctx context.Context) ([]release.Tag, error) { return m.Tags(ctx) }

func (m *memory) PeelTag(t release.Tag) (string, error) { return t.Commit, nil }

func (m *memory) Reached(_ context.Context, head string) (func(commit string) bool, error) {
	reached := m.reach(head)
	return func(commit string) bool { return reached[commit] }, nil
}

func (m *memory) Graph(_ context.Context, heads []string) (release.Graph, error) {
	return &memoryGraph{memory: m, heads: heads}, nil
}

type memoryGraph struct {
	*memory
	heads []string
}

func (g *memoryGraph) Glance(ctx context.Context, from, to string) ([]commitparse.Commit, error) {
	return g.Commits(ctx, from, to)
}

func (g *memoryGraph) Contains(commit string) bool {
	return slices.ContainsFunc(g.heads, func(head string) bool { return g.reach(head)[commit] })
}

func (g *memoryGraph) Tags(ctx context.Context) ([]release.Tag, error) {
	tags, err := g.memory.Tags(ctx)
	return slices.DeleteFunc(slices.Clone(tags), func(t release.Tag) bool { return !g.Contains(t.Commit) }), err
}

func (m *memoryGraph) Partition(_ context.Context, tips []string, each func(int, []commitparse.Commit) error) error {
	parts := make([][]commitparse.Commit, len(tips))
	for _, c := range slices.Backward(m.commits) {
		first := -1
		for i, tip := range tips {
			if m.reach(tip)[c.Hash] && (first < 0 || tip != tips[first] && m.reach(tips[first])[tip]) {
				first = i
			}
		}
		if first >= 0 {
			parts[first] = append(parts[first], c)
		}
	}
	for i, part := range parts {
		if err := each(i, part); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Note(_ context.Context, ref, object string) ([]byte, error) {
	if text, ok := m.notes[ref+" "+object]; ok {
		return []byte(text), nil
	}
	return nil, nil
}
