package gitrepo

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func TestMain(m *testing.M) {
	restore, err := gittest.Isolate()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	restore()
	os.Exit(status)
}

func open(t *testing.T, dir string) *Repo {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantError fails unless err is one clear line for the user with the code, a mend, and the words.
func wantError(t *testing.T, err error, code release.Code, words string) {
	t.Helper()
	e, ok := errors.AsType[*release.Error](err)
	switch {
	case err == nil:
		t.Errorf("no error; want one with code %q", code)
	case !ok:
		t.Errorf("error %q has no code; want %q", err, code)
	case e.Code != code:
		t.Errorf("error %q has code %q; want %q", err, e.Code, code)
	case e.Hint == "":
		t.Errorf("error %q has no hint", err)
	case strings.ContainsAny(err.Error(), "\n\r\x00"):
		t.Errorf("error %q has several lines", err)
	case !strings.Contains(err.Error(), words):
		t.Errorf("error %q lacks %q", err, words)
	}
}

func hashesByName(names map[string]string) map[string]plumbing.Hash {
	hashes := map[string]plumbing.Hash{}
	for name, hash := range names {
		hashes[name] = plumbing.NewHash(hash)
	}
	return hashes
}
