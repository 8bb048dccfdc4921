package gitrepo

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Init makes a new repository in the folder dir, which it makes, too: bare or with a work tree, on the
// unborn branch, and with origin as its remote where one is given. It is what the demo plays in.
func Init(dir string, bare bool, branch, origin string) error {
	gitDir := dir
	if !bare {
		gitDir = filepath.Join(dir, ".git")
	}
	config := fmt.Sprintf("[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = %v\n", bare)
	if origin != "" {
		config += fmt.Sprintf("[remote \"origin\"]\n\turl = %s\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n", filepath.ToSlash(origin))
	}
	for _, sub := range []string{"objects", "refs/heads", "refs/tags"} {
		if err := os.MkdirAll(filepath.Join(gitDir, filepath.FromSlash(sub)), 0o755); err != nil {
			return initError(dir, err)
		}
	}
	for name, text := range map[string]string{"HEAD": "ref: refs/heads/" + branch + "\n", "config": config} {
		if err := os.WriteFile(filepath.Join(gitDir, name), []byte(text), 0o644); err != nil {
			return initError(dir, err)
		}
	}
	return nil
}

func initError(dir string, err error) error {
	return release.Errorf(release.CodeFile, "check the folder's rights", "making a repository in %q: %w", dir, diskfile.Cause(err))
}
