package signing

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// canary stands in every passphrase; no error may say it.
const canary = "canary-passphrase"

// git is git's configuration with a few keys, each followed by its value.
func git(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// wantError fails unless err is one clear line with a mend that tells no secret.
func wantError(t *testing.T, err error, words string) {
	t.Helper()
	e, ok := errors.AsType[*release.Error](err)
	switch {
	case !ok:
		t.Errorf("error %v has no code; want %q", err, words)
	case e.Hint == "":
		t.Errorf("error %q has no hint", err)
	case strings.ContainsAny(err.Error()+e.Hint, "\n\r\x00"):
		t.Errorf("error %q has several lines", err)
	case strings.Contains(err.Error()+e.Hint, canary):
		t.Errorf("error %q tells the secret", err)
	case !strings.Contains(err.Error(), words):
		t.Errorf("error %q lacks %q", err, words)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// newKey makes an ssh key in a folder of its own.
func newKey(t *testing.T, typ, passphrase string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "key")
	gittest.NewKeyOf(t, typ, file, passphrase)
	return file
}
