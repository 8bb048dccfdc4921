package signing

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"github.com/semcut/semcut/internal/gittest"
)

// keyGenVerifies asks ssh-keygen about a signature of "text\n".
func keyGenVerifies(t *testing.T, signature, public string) {
	t.Helper()
	dir := t.TempDir()
	allowed := filepath.Join(dir, "allowed")
	gittest.AllowedSigners(t, allowed, public)
	cmd := exec.Command("ssh-keygen", "-Y", "verify", "-n", "git", "-f", allowed, "-I", "ada@example.com", "-s", write(t, dir+"/sig", signature))
	cmd.Stdin = strings.NewReader("text\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("ssh-keygen: %v: %s", err, out)
	}
}

// TestSSHAlgorithms: RSA never signs with SHA-1.
func TestSSHAlgorithms(t *testing.T) {
	for typ, want := range map[string]string{"ed25519": ssh.KeyAlgoED25519, "ecdsa": ssh.KeyAlgoECDSA256, "rsa": ssh.KeyAlgoRSASHA512} {
		file := newKey(t, typ, "")
		key, err := Find(t.Context(), Options{Git: git("user.signingKey", file)}, SSH)
		if err != nil {
			t.Fatal(err)
		}
		text, err := key.Sign(t.Context(), []byte("text\n"))
		if err != nil {
			t.Fatal(err)
		}
		signature, err := sshsig.Unarmor([]byte(text))
		if err != nil || signature.Signature.Format != want || signature.HashAlgorithm != sshsig.HashSHA512 || signature.Namespace != "git" {
			t.Errorf("%s: %+v, %v", typ, signature, err)
		}
		keyGenVerifies(t, text, file+".pub")
	}
}

// TestSSHKeyFiles: what user.signingKey can name, with what the agent holds and the passphrase that is set.
func TestSSHKeyFiles(t *testing.T) {
	plain, locked, held, other := newKey(t, "ed25519", ""), newKey(t, "ed25519", canary), newKey(t, "rsa", ""), newKey(t, "ed25519", "")
	socket := gittest.StartAgent(t)
	gittest.AddKey(t, socket, held)
	dir := t.TempDir()
	file := func(name, text string) string { return write(t, filepath.Join(dir, name), text) }
	heldPublic := file("held.pub", read(t, held+".pub"))
	file("mixed", read(t, plain))
	file("mixed.pub", read(t, held+".pub"))
	hardware := file("hardware", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")
	file("hardware.pub", read(t, held+".pub"))

	tests := []struct{ name, key, passphrase, public, want string }{
		{"a private key", plain, "", plain, ""},
		{"its public half", plain + ".pub", "", plain, ""},
		{"a relative path", "plain", "", plain, ""},
		{"a path at home", "~/plain", "", plain, ""},
		{"locked, with the passphrase", locked, canary, locked, ""},
		{"its public half, with the passphrase", locked + ".pub", canary, locked, ""},
		{"a literal key that the agent holds", "key::" + read(t, held+".pub"), "", held, ""},
		{"a literal key as older git writes it", read(t, held+".pub"), "", held, ""},
		{"a public key that the agent holds", heldPublic, "", held, ""},
		{"a public key beside the private one of another", dir + "/mixed.pub", "", held, ""},
		{"a key that only the agent can use", hardware, "", held, ""},
		{"a literal key that the agent lacks", "key::" + read(t, other+".pub"), "", "", "asking the ssh agent for the ssh key SHA256:"},
		{"a literal key that is none", "key::nonsense", "", "", `reading the ssh key of git's user.signingKey "key::nonsense": it is no public key`},
		{"a public key that the agent lacks", file("other.pub", read(t, other+".pub")), "", "", "it is the public half only"},
		{"locked, without a passphrase", locked, "", "", "it is locked with a passphrase, and the ssh agent doesn't hold it"},
		{"locked, with a wrong one", locked, canary + "!", "", "the passphrase of SEMCUT_SIGNING_PASSPHRASE is wrong"},
		{"gone", dir + "/gone", "", "", `gone": no such file or directory`},
		{"a folder", dir, "", "", "it is no plain file"},
		{"no key", file("text", "hello"), "", "", "it is neither a private nor a public key"},
		{"a broken private key", file("broken", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"), "", "", "reading the ssh key"},
	}
	file("plain", read(t, plain))
	t.Setenv("SSH_AUTH_SOCK", socket)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := Options{Passphrase: tt.passphrase, Git: git("gpg.format", "ssh", "user.signingKey", tt.key, "gpg.ssh.program", "/usr/bin/ssh-keygen"), Dir: dir, Home: dir}
			key, err := Find(t.Context(), o, "")
			if tt.want != "" {
				wantError(t, err, tt.want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := key.Check(t.Context()); err != nil {
				t.Error(err)
			}
			signature, err := key.Sign(t.Context(), []byte("text\n"))
			if err != nil {
				t.Fatal(err)
			}
			keyGenVerifies(t, signature, tt.public+".pub")
		})
	}
	t.Run("no agent", func(t *testing.T) {
		for _, socket := range []string{"", dir + "/gone"} {
			t.Setenv("SSH_AUTH_SOCK", socket)
			_, err := Find(t.Context(), Options{Git: git("user.signingKey", "key::"+read(t, held+".pub"))}, SSH)
			wantError(t, err, "asking the ssh agent for the ssh key SHA256:")
			_, err = Find(t.Context(), Options{Git: git("user.signingKey", locked)}, SSH)
			wantError(t, err, "it is locked with a passphrase")
		}
	})
}

// TestDefaultKeyCommand: its first line is the key. The command is run without a shell.
func TestDefaultKeyCommand(t *testing.T) {
	held := newKey(t, "ecdsa", "")
	socket := gittest.StartAgent(t)
	gittest.AddKey(t, socket, held)
	t.Setenv("SSH_AUTH_SOCK", socket)
	find := func(command string) (Key, error) {
		return Find(t.Context(), Options{Git: git("gpg.ssh.defaultKeyCommand", command)}, SSH)
	}
	key, err := find("ssh-add -L")
	if err != nil {
		t.Fatal(err)
	}
	signature, err := key.Sign(t.Context(), []byte("text\n"))
	if err != nil {
		t.Fatal(err)
	}
	keyGenVerifies(t, signature, held+".pub")
	_, err = find("echo $(ssh-add -L)")
	wantError(t, err, "it printed none")
	_, err = find("semcut-no-such-program")
	wantError(t, err, "executable file not found")
}

// TestInterruptedAgent: an agent that doesn't answer, perhaps since it asks somebody who went away, doesn't hold us.
func TestInterruptedAgent(t *testing.T) {
	socket := silent(t)
	t.Setenv("SSH_AUTH_SOCK", socket)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := Find(ctx, Options{Git: git("user.signingKey", "key::"+read(t, newKey(t, "ed25519", "")+".pub"))}, SSH)
		done <- err
	}()
	cancel()
	if err := <-done; err == nil {
		t.Error("a key was found")
	}
}
