package gitrepo

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// TestAForeignRepositoryDoesntSayThroughWhomWeTalk: with its own proxy and certificate it could read every token. It is
// foreign where the work tree is, and where only the .git folder in it is.
func TestAForeignRepositoryDoesntSayThroughWhomWeTalk(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder to somebody else")
	}
	for _, tt := range []struct {
		name, foreign, safe string
		want                string
	}{
		{"our own", "", "", "http://evil.example:1"},
		{"all of it foreign", ".", "", ""},
		{"only .git foreign", ".git", "", ""},
		{"foreign, but called safe", ".", "*", "http://evil.example:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := gittest.New(t)
			r.Git("config", "http.proxy", "http://evil.example:1")
			r.Git("config", "http.sslCAInfo", "/nonexistent") // would be an error if it was looked at
			if tt.want != "" {
				r.Git("config", "--unset", "http.sslCAInfo")
			}
			if tt.foreign != "" {
				give(t, filepath.Join(r.Dir, tt.foreign))
			}
			env := map[string]string{"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.DevNull}
			if tt.safe != "" {
				env["GIT_CONFIG_COUNT"], env["GIT_CONFIG_KEY_0"], env["GIT_CONFIG_VALUE_0"] = "1", "safe.directory", tt.safe
			}
			transport, err := open(t, r.Dir).Transport(func(name string) string { return env[name] }, func(string) {}, "https://api.github.com")
			if err != nil {
				t.Fatal(err)
			}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.github.com/", nil)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if u, err := transport.Proxy(req); err != nil {
				t.Fatal(err)
			} else if u != nil {
				got = u.String()
			}
			if got != tt.want {
				t.Errorf("the proxy is %q, want %q", got, tt.want)
			}
		})
	}
}

// give makes everything below dir somebody else's.
func give(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, 1000, 1000)
	})
	if err != nil {
		t.Fatal(err)
	}
}
