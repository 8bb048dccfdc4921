package gitrepo

import (
	"io/fs"
	"os"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// TestReadFiles: of a commit that a shallow clone lacks, history first and files later.
func TestReadFiles(t *testing.T) {
	for _, filter := range []string{"true", "false"} {
		t.Run(filter, func(t *testing.T) {
			origin := gittest.New(t)
			origin.Git("config", "uploadpack.allowFilter", filter)
			origin.Git("config", "uploadpack.allowReachableSHA1InWant", "true")
			origin.Write("a/b.txt", "old")
			origin.Git("add", ".")
			origin.Commit("feat: old")
			base := origin.Git("rev-parse", "HEAD")
			origin.Write("a/b.txt", "new")
			origin.Git("add", ".")
			origin.Commit("feat: new")
			dir := t.TempDir() + "/clone"
			origin.Git("clone", "-q", "--depth", "1", "file://"+origin.Dir, dir)
			r := open(t, dir)
			remote, err := r.Remote(RemoteOptions{Name: "origin", Env: os.Getenv})
			if err != nil {
				t.Fatal(err)
			}
			refs, err := remote.Refs(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			done, err := remote.Deepen(t.Context(), refs, []string{"main"}, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			if err := remote.ReadFiles(t.Context(), base); err != nil {
				t.Fatal(err)
			}
			files, err := r.Files(t.Context(), base)
			if err != nil {
				t.Fatal(err)
			}
			if data, err := fs.ReadFile(files, "a/b.txt"); err != nil || string(data) != "old" {
				t.Errorf("%q, %v", data, err)
			}
		})
	}
}
