package release

import (
	"context"

	"github.com/semcut/semcut/commitparse"
)

// Tag is one tag of a repository, peeled.
type Tag struct {
	Name   string // "v1.2.3", without refs/tags/
	Object string // what the ref points at: the tag object of an annotated tag, else the commit
	Commit string // the commit behind it
}

// History is what planning reads of a repository. Everything in it is read-only,
// so that a dry run, which is handed nothing else, cannot write.
type History interface {
	Ancestry

	// Tags lists every tag that leads to a commit, in the order of their names.
	// Tags of trees and blobs are left out.
	Tags(ctx context.Context) ([]Tag, error)

	// TagRefs lists all tags, in the order of their names, without looking at what they stand on: Commit may be anything
	// until PeelTag has told.
	TagRefs(ctx context.Context) ([]Tag, error)

	// PeelTag gives the commit that one of TagRefs leads to, "" where it leads to none.
	PeelTag(t Tag) (commit string, err error)

	// Graph reads all that the heads reach, once.
	Graph(ctx context.Context, heads []string) (Graph, error)

	// Note gives the text of the git note that a ref ("refs/notes/…") holds for an object; nil where there is
	// none.
	Note(ctx context.Context, ref, object string) ([]byte, error)
}

// Ancestry answers who comes from whom.
type Ancestry interface {
	// Commits gives the commits that to reaches and from does not, as "git rev-list from..to"
	// gives them and in its order (newest first). An empty from stands for nothing: all that to
	// reaches. Only Hash, Author, Committer, Parents and Raw are filled: the caller parses. The list is the caller's.
	Commits(ctx context.Context, from, to string) ([]commitparse.Commit, error)

	// IsAncestor says whether descendant reaches ancestor; a commit reaches itself.
	IsAncestor(ctx context.Context, ancestor, descendant string) (bool, error)

	// Reached finds out once what head reaches, and answers for many commits. It reads no messages.
	Reached(ctx context.Context, head string) (func(commit string) bool, error)
}

// Graph is the part of a history that some commits, the heads, reach, in memory: what is asked of it again and again reads
// nothing more. It is asked of commits that it contains only.
type Graph interface {
	Ancestry

	// Glance gives what Commits does; the list is the caller's until it asks for the next one.
	Glance(ctx context.Context, from, to string) ([]commitparse.Commit, error)

	// Contains says whether the heads reach a commit.
	Contains(commit string) bool

	// Tags lists those of the history's tags whose commits it contains, in the order of their names.
	Tags(ctx context.Context) ([]Tag, error)

	// Partition assigns every commit that one of the tips reaches to the first tip that contains it, where tips are taken in
	// their order, but one that another one reaches before that. It hands on the part of each, as Commits would order it,
	// of tips on one commit only of the first. A part is each's until it returns.
	Partition(ctx context.Context, tips []string, each func(tip int, commits []commitparse.Commit) error) error
}
