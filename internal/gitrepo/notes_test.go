package gitrepo

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

const noteRef = "refs/notes/semantic-release-v1"

// noted makes a repository of n commits, each with a note, by git itself, and gives the commits.
func noted(t *testing.T, n int) (*gittest.Repo, []string) {
	t.Helper()
	r := gittest.New(t)
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "commit refs/heads/main\nmark :%d\ncommitter A <a@example.com> %d +0000\ndata 1\n%d\n", i+1, gittest.Epoch+i, i%10)
	}
	fmt.Fprintf(&s, "commit %s\nmark :%d\ncommitter A <a@example.com> %d +0000\ndata 0\n", noteRef, n+1, gittest.Epoch)
	for i := range n {
		text := fmt.Sprintf("note %d", i)
		fmt.Fprintf(&s, "N inline :%d\ndata %d\n%s\n", i+1, len(text), text)
	}
	return r, r.Import([]byte(s.String()))[:n]
}

// TestNotesAreGits: what git writes is read, few notes or so many that git cuts their names into folders; what we write
// git reads, and the other notes stay.
func TestNotesAreGits(t *testing.T) {
	for _, n := range []int{1, 2, 600} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r, commits := noted(t, n)
			if deep := strings.Contains(r.Git("ls-tree", noteRef), "tree"); deep != (n > 255) {
				t.Fatalf("%d notes make folders: %v", n, deep)
			}
			repo := open(t, r.Dir)
			for i, c := range commits {
				if got, err := repo.Note(t.Context(), noteRef, c); err != nil || string(got) != fmt.Sprintf("note %d", i) {
					t.Fatalf("the note of commit %d reads %q, %v", i, got, err)
				}
			}
			old := r.Git("rev-parse", noteRef)
			hash, err := repo.Worktree().WriteNote(t.Context(), release.NoteSpec{
				Base: old, Object: commits[0], Text: []byte("new\n"), By: commitparse.Signature{Name: "B", Email: "b@example.com", When: time.Unix(gittest.Epoch, 0)},
			})
			if err != nil {
				t.Fatal(err)
			}
			r.Git("update-ref", noteRef, hash)
			if got := r.Git("notes", "--ref", noteRef, "show", commits[0]); got != "new" {
				t.Errorf("git reads %q", got)
			}
			if got := strings.Count(r.Git("notes", "--ref", noteRef, "list"), "\n") + 1; got != n {
				t.Errorf("git lists %d notes, want %d", got, n)
			}
			if got := r.Git("rev-parse", hash+"^"); got != old {
				t.Errorf("the notes before it are %s, not %s", got, old)
			}
			r.Git("fsck", "--strict")
		})
	}
}

// TestTheFirstNote: git reads a note that stands alone; an object or a ref without a note has none.
func TestTheFirstNote(t *testing.T) {
	r := gittest.New(t)
	r.Commit("feat: a")
	repo, head := open(t, r.Dir), r.Git("rev-parse", "HEAD")
	hash, err := repo.Worktree().WriteNote(t.Context(), release.NoteSpec{Object: head, Text: []byte("new\n"), By: commitparse.Signature{Name: "B", Email: "b@example.com"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Git("update-ref", noteRef, hash)
	if got := r.Git("notes", "--ref", noteRef, "show", head); got != "new" {
		t.Errorf("git reads %q", got)
	}
	for _, about := range []string{strings.Repeat("a", 40), head[:2] + strings.Repeat("a", 38)} {
		if got, err := repo.Note(t.Context(), noteRef, about); got != nil || err != nil {
			t.Errorf("%.7s has the note %q, %v", about, got, err)
		}
	}
	if got, err := repo.Note(t.Context(), noteRef+".1", head); got != nil || err != nil {
		t.Errorf("a ref that isn't there holds the note %q, %v", got, err)
	}
}

// TestBrokenNotes: refs that hold no notes, and notes that nobody wrote, are errors that name the ref.
func TestBrokenNotes(t *testing.T) {
	r := gittest.New(t)
	r.Commit("feat: a")
	head := r.Git("rev-parse", "HEAD")
	huge := r.Input(strings.Repeat("x", maxNote+1), "hash-object", "-w", "--stdin")
	tree := r.Input("100644 blob "+huge+"\t"+head+"\n", "mktree")
	for _, c := range []struct{ holds, want string }{
		{r.Git("rev-parse", "HEAD^{tree}"), "reading the notes in " + noteRef + ": "},
		{r.Git("commit-tree", "-m", "notes", tree), "the note has 65537 bytes"},
	} {
		r.Git("update-ref", noteRef, c.holds)
		if got, err := open(t, r.Dir).Note(t.Context(), noteRef, head); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), noteRef) {
			t.Errorf("got %q, %v, want %q", got, err, c.want)
		}
	}
}

// TestNotesOfTheRemote: over each carrier the remote's notes are read, whatever this clone has, and the clone stays as it is;
// fetched, they can be written on.
func TestNotesOfTheRemote(t *testing.T) {
	for _, carrier := range carriers[2:] {
		t.Run(carrier.name, func(t *testing.T) {
			r := newRig(t)
			remote := r.to(carrier.url(t, r))
			head := r.remote.Git("rev-parse", "main")
			r.clone.Git("notes", "--ref", noteRef, "add", "-m", "mine", head)
			before := gittest.Snap(t, r.clone.Dir)
			noteOf := func() string {
				refs, err := remote.Refs(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				text, err := remote.Online(refs).Note(t.Context(), noteRef, head)
				if err != nil {
					t.Fatal(err)
				}
				return string(text)
			}
			if got := noteOf(); got != "" {
				t.Errorf("the remote has the note %q", got)
			}
			r.remote.Git("notes", "--ref", noteRef, "add", "-m", "theirs", head)
			if got := noteOf(); got != "theirs\n" {
				t.Errorf("the remote has the note %q", got)
			}
			before.Same(t, r.clone.Dir)
			hash := r.remote.Git("rev-parse", noteRef)
			if err := remote.Fetch(t.Context(), noteRef, hash); err != nil {
				t.Fatal(err)
			}
			if got := noteOf(); got != "theirs\n" {
				t.Errorf("fetched, the note is %q", got)
			}
			written, err := open(t, r.clone.Dir).Worktree().WriteNote(t.Context(), release.NoteSpec{Base: hash, Object: head, Text: []byte("ours\n"), By: commitparse.Signature{Name: "B", Email: "b@example.com"}})
			if err != nil {
				t.Fatal(err)
			}
			if err := r.to(carrier.url(t, r)).Push(t.Context(), []release.RefUpdate{{Name: noteRef, Old: hash, New: written}}); err != nil {
				t.Fatal(err)
			}
			if got := r.remote.Git("notes", "--ref", noteRef, "show", head); got != "ours" {
				t.Errorf("the remote's git reads %q", got)
			}
			r.remote.Git("fsck", "--strict")
		})
	}
}
