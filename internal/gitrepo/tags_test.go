package gitrepo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// tagsOfGit asks git for the tags that lead to a commit, peeled.
func tagsOfGit(repo *gittest.Repo) []release.Tag {
	var tags []release.Tag
	var ask strings.Builder
	for line := range strings.Lines(repo.Git("for-each-ref", "--format=%(refname:strip=2) %(objectname)", "refs/tags")) {
		name, object, _ := strings.Cut(strings.TrimSpace(line), " ")
		tags = append(tags, release.Tag{Name: name, Object: object})
		ask.WriteString(object + "^{}\n")
	}
	kept := []release.Tag{}
	answers := strings.Split(repo.Input(ask.String(), "cat-file", "--batch-check=%(objectname) %(objecttype)"), "\n")
	for i, tag := range tags {
		hash, kind, _ := strings.Cut(answers[i], " ")
		if kind == "commit" {
			tag.Commit = hash
			kept = append(kept, tag)
		}
	}
	slices.SortFunc(kept, func(a, b release.Tag) int { return strings.Compare(a.Name, b.Name) })
	return kept
}

func sameTags(t *testing.T, repo *gittest.Repo) {
	t.Helper()
	r := open(t, repo.Dir)
	got, err := r.Tags(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := tagsOfGit(repo)
	refs, err := r.TagRefs(t.Context())
	if all := strings.Fields(repo.Git("for-each-ref", "--format=%(refname:strip=2)", "refs/tags")); err != nil || len(refs) != len(all) {
		t.Errorf("%d tags with those that lead to no commit, want %d: %v", len(refs), len(all), err)
	}
	if len(got) > 0 {
		sameTagsInGraph(t, r, got[len(got)/2].Commit)
	}
	if len(got) != len(want) {
		t.Errorf("%d tags, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("tag %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// sameTagsInGraph: what a commit reaches has those of all tags that stand in it.
func sameTagsInGraph(t *testing.T, r *Repo, head string) {
	t.Helper()
	g, err := r.Graph(t.Context(), []string{head})
	if err != nil {
		t.Fatal(err)
	}
	got, err := g.Tags(t.Context())
	all, allErr := r.Tags(t.Context())
	want := slices.DeleteFunc(all, func(tag release.Tag) bool { return !g.Contains(tag.Commit) })
	if err != nil || allErr != nil || !slices.Equal(got, want) {
		t.Errorf("the graph of %s has the tags %v, %v, want %v, %v", head, got, err, want, allErr)
	}
}

// tagged makes histories with tags of every kind: light, annotated, nested, on trees and blobs, in folders.
func tagged(t *testing.T, rng *rand.Rand) *gittest.Repo {
	t.Helper()
	repo := gittest.New(t)
	var stream gittest.Stream
	refs := map[string]int{}
	for i := range 300 {
		d := gittest.Generate(rng, gittest.Shapes[0])
		mark := stream.Add(d) + rng.IntN(len(d.Nodes))
		if i%10 == 0 {
			mark = stream.Blob("blob")
		}
		name := fmt.Sprintf("v%d.%d.%d", rng.IntN(9), rng.IntN(9), i)
		if i%7 == 0 {
			name = fmt.Sprintf("part-%d/v1.0.%d-β.%d", rng.IntN(3), i, i)
		}
		for depth := range rng.IntN(4) { // tags of tags
			mark = stream.Tag(fmt.Sprintf("inner/%d.%d", i, depth), mark)
		}
		refs[name] = mark
	}
	hashes := repo.Import(stream.Bytes())
	var update strings.Builder
	for name, mark := range refs {
		fmt.Fprintf(&update, "update refs/tags/%s %s\n", name, hashes[mark-1])
	}
	repo.Input(update.String(), "update-ref", "--stdin")
	tree := repo.Git("mktree")
	repo.Git("update-ref", "refs/tags/tree", tree)
	repo.Git("tag", "-m", "tree", "tree-tag", tree)
	return repo
}

func TestTagsAreThoseOfGit(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 10))
	repo := tagged(t, rng)
	packed := filepath.Join(repo.Dir, ".git", "packed-refs")
	t.Run("loose", func(t *testing.T) { sameTags(t, repo) })
	t.Run("packed", func(t *testing.T) {
		repo.Git("pack-refs", "--all")
		sameTags(t, repo)
	})
	t.Run("packed, one changed since", func(t *testing.T) {
		repo.Git("tag", "-f", "-m", "moved", repo.Git("for-each-ref", "--count=1", "--format=%(refname:strip=2)", "refs/tags/v*"), "refs/heads/d2")
		sameTags(t, repo)
	})
	t.Run("packed, with a header that lies", func(t *testing.T) {
		repo.Git("pack-refs", "--all")
		dropLines(t, packed, "^")
		sameTags(t, repo)
		repo.Git("pack-refs", "--all")
	})
	t.Run("packed without what is peeled", func(t *testing.T) {
		repo.Git("pack-refs", "--all")
		dropLines(t, packed, "#^")
		sameTags(t, repo)
	})
	t.Run("symbolic", func(t *testing.T) {
		repo.Git("symbolic-ref", "refs/tags/latest", "refs/heads/d3")
		sameTags(t, repo)
	})
	t.Run("beside files that are no refs", func(t *testing.T) {
		for _, name := range []string{".DS_Store", "v1.lock", "a b"} {
			if err := os.WriteFile(filepath.Join(repo.Dir, ".git", "refs", "tags", name), []byte("no ref"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		sameTags(t, repo)
	})
}

// dropLines takes the lines out of a file that begin with one of some characters.
func dropLines(t *testing.T, file, with string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for line := range strings.Lines(string(data)) {
		if !strings.ContainsRune(with, rune(line[0])) {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(file, []byte(strings.Join(kept, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReplacedTagsLeadWhereGitSaysTheyDo(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("one")
	repo.Git("tag", "-m", "1", "v1")
	repo.Commit("two")
	repo.Git("tag", "-m", "2", "v2")
	repo.Git("pack-refs", "--all") // with what the tags stood on before
	repo.Git("replace", "v1", "v2")
	sameTags(t, repo)
	repo.Git("pack-refs", "--all")
	sameTags(t, repo)
}
