package signing

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// silent is a socket that takes connections and says nothing.
func silent(t *testing.T) (socket string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "sc-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	l, err := net.Listen("unix", filepath.Join(dir, "agent"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

func program(t *testing.T, file, text string) string {
	t.Helper()
	gittest.Script(t, file, text)
	return file
}

// TestGPGProgram: it is run as git runs it, and believed only if it says that it signed.
func TestGPGProgram(t *testing.T) {
	dir := t.TempDir()
	script := func(name, text string) string { return program(t, filepath.Join(dir, name), text) }
	good := script("good", `printf '%s\n' "$*" >"$0.args"; cat >"$0.stdin"; printf 'sig\r\n'; echo '[GNUPG:] SIG_CREATED D 22' >&2`)
	key, err := Find(t.Context(), Options{Git: git("gpg.program", "./good", "user.signingKey", "-KEY"), Dir: dir}, OpenPGP)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Check(t.Context()); err != nil {
		t.Error(err)
	}
	signature, err := key.Sign(t.Context(), []byte("text\n"))
	if err != nil || signature != "sig\n" {
		t.Errorf("got %q, %v", signature, err)
	}
	if got := read(t, good+".args"); got != "--status-fd=2 -bsau -KEY\n" {
		t.Errorf("arguments %q", got)
	}
	if got := read(t, good+".stdin"); got != "text\n" {
		t.Errorf("payload %q", got)
	}
	for name, tt := range map[string]struct{ text, want string }{
		"fails":  {"echo 'gpg: signing failed: No pinentry' >&2; echo '[GNUPG:] FAILURE sign 1' >&2; exit 2", `fails" for "Ada <ada@example.com>": exit status 2: gpg: signing failed: No pinentry`},
		"silent": {"echo sig", "it made no signature"},
	} {
		key, err := Find(t.Context(), Options{Git: git("gpg.openpgp.program", script(name, tt.text)), Committer: "Ada <ada@example.com>"}, OpenPGP)
		if err != nil {
			t.Fatal(err)
		}
		_, err = key.Sign(t.Context(), []byte("text\n"))
		wantError(t, err, tt.want)
	}
	_, err = Find(t.Context(), Options{Git: git("gpg.program", "semcut-no-gpg"), Committer: "Ada <ada@example.com>"}, OpenPGP)
	wantError(t, err, `looking for the program to sign with, "semcut-no-gpg": executable file not found in $PATH`)
}

// TestMissingGPGKey shows before anything is signed.
func TestMissingGPGKey(t *testing.T) {
	gpg := gittest.NewGPG(t)
	_, err := Find(t.Context(), Options{Git: git("gpg.program", gpg.Program, "user.signingKey", "0123456789ABCDEF")}, OpenPGP)
	wantError(t, err, `for the secret key of "0123456789ABCDEF": exit status 2: gpg: error reading key: No secret key`)
}

// TestSSHProgram: one in the place of ssh-keygen is run as git runs it.
func TestSSHProgram(t *testing.T) {
	file := newKey(t, "ed25519", "")
	socket := gittest.StartAgent(t)
	gittest.AddKey(t, socket, file)
	t.Setenv("SSH_AUTH_SOCK", socket)
	dir := t.TempDir()
	signer := program(t, filepath.Join(dir, "op-ssh-sign"), "printf '%s\\n' \"$*\" >\"$0.args\"\nexec ssh-keygen \"$@\"")
	for _, name := range []string{file, "key::" + strings.TrimSpace(read(t, file+".pub"))} {
		key, err := Find(t.Context(), Options{Git: git("gpg.ssh.program", signer, "user.signingKey", name)}, SSH)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(key.Name(), "ssh key SHA256:") {
			t.Errorf("name %q", key.Name())
		}
		signature, err := key.Sign(t.Context(), []byte("text\n"))
		if err != nil {
			t.Fatal(err)
		}
		keyGenVerifies(t, signature, file+".pub")
		if args := read(t, signer+".args"); !strings.HasPrefix(args, "-Y sign -n git -f ") {
			t.Errorf("arguments %q", args)
		}
	}
	lazy := program(t, filepath.Join(dir, "lazy"), "")
	key, err := Find(t.Context(), Options{Git: git("gpg.ssh.program", lazy, "user.signingKey", file)}, SSH)
	if err != nil {
		t.Fatal(err)
	}
	_, err = key.Sign(t.Context(), []byte("text\n"))
	wantError(t, err, "no such file or directory")
	_, err = Find(t.Context(), Options{Git: git("gpg.ssh.program", "/gone/op-ssh-sign", "user.signingKey", file)}, SSH)
	wantError(t, err, "looking for the program to sign with")
}
