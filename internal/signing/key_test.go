package signing

import (
	"errors"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// TestEnvironmentKey: it goes before git's configuration, and what is wrong with it is said without it.
func TestEnvironmentKey(t *testing.T) {
	plain, locked := read(t, newKey(t, "ed25519", "")), read(t, newKey(t, "ed25519", canary))
	oldStyle := "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00000000000000000000000000000000\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
	tests := []struct {
		name, key, passphrase string
		kind                  Kind
		want                  string // "" for a key
	}{
		{"plain", plain, "", "", ""},
		{"plain, with a passphrase for nothing", plain, canary, SSH, ""},
		{"with the line ends of Windows, and none at the end", strings.TrimSpace(strings.ReplaceAll(plain, "\n", "\r\n")), "", SSH, ""},
		{"locked", locked, canary, "", ""},
		{"locked, without a passphrase", locked, "", "", "reading the key of SEMCUT_SIGNING_KEY: it is locked with a passphrase"},
		{"locked, with a wrong one", locked, canary + "!", "", "unlocking the key of SEMCUT_SIGNING_KEY: the passphrase of SEMCUT_SIGNING_PASSPHRASE is wrong"},
		{"of the other kind", plain, "", OpenPGP, `it is of the kind "ssh", and "openpgp" is to be used`},
		{"cut off", plain[:len(plain)/2], "", "", "reading the key of SEMCUT_SIGNING_KEY: "},
		{"an empty block", "-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n", "", "", "reading the key of SEMCUT_SIGNING_KEY: "},
		{"an old, broken one", oldStyle, canary, "", "SEMCUT_SIGNING_KEY"},
		{"a public key", read(t, newKey(t, "ed25519", "")+".pub"), "", "", "it is neither an armored OpenPGP private key nor an OpenSSH private key"},
		{"a path", "/home/ada/.ssh/id_ed25519", "", "", "it is neither"},
		{"OpenPGP, empty", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n-----END PGP PRIVATE KEY BLOCK-----\n", "", "", "reading the key of SEMCUT_SIGNING_KEY: "},
		{"OpenPGP, cut off", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlIYEZ", "", "", "reading the key of SEMCUT_SIGNING_KEY: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			key, err := Find(t.Context(), Options{Key: tt.key, Passphrase: tt.passphrase, Git: git("gpg.format", "x509", "user.signingKey", "/gone")}, tt.kind)
			if tt.want != "" {
				wantError(t, err, tt.want)
				return
			}
			if err == nil {
				err = key.Check(t.Context())
			}
			if err != nil || !strings.HasPrefix(key.Name(), "ssh key SHA256:") {
				t.Errorf("got %v, %v", key, err)
			}
		})
	}
}

// TestEnvironmentOpenPGPKey has gpg make the keys.
func TestEnvironmentOpenPGPKey(t *testing.T) {
	gpg := gittest.NewGPG(t)
	gpg.NewKey("plain <plain@example.com>", "ed25519", "")
	gpg.NewKey("locked <locked@example.com>", "ed25519", canary)
	gpg.Run("--passphrase", "", "--quick-gen-key", "encrypts <encrypts@example.com>", "rsa2048", "cert", "never")
	gpg.Run("--passphrase", "", "--faked-system-time", "20200101T000000", "--quick-gen-key", "expired <expired@example.com>", "ed25519", "sign", "1d")
	// The primary key stays at home, a subkey goes to work.
	gpg.Run("--passphrase", "", "--quick-gen-key", "offline <offline@example.com>", "ed25519", "cert", "never")
	fingerprint := fieldOf(gpg.Run("--with-colons", "--list-secret-keys", "offline@example.com"), "fpr", 9)
	gpg.Run("--passphrase", "", "--quick-add-key", fingerprint, "ed25519", "sign", "never")
	tests := []struct{ name, key, passphrase, want string }{
		{"plain", gpg.Export("plain", ""), "", ""},
		{"locked", gpg.Export("locked", canary), canary, ""},
		{"the first of several that can sign", gpg.Run("--armor", "--export-secret-keys", "encrypts", "plain"), "", ""},
		{"subkeys only", gpg.Run("--passphrase", "", "--armor", "--export-secret-subkeys", "offline"), "", ""},
		{"locked, without a passphrase", gpg.Export("locked", canary), "", "reading the key of SEMCUT_SIGNING_KEY: it is locked with a passphrase"},
		{"locked, with a wrong one", gpg.Export("locked", canary), canary + "!", "the passphrase of SEMCUT_SIGNING_PASSPHRASE is wrong"},
		{"not for signatures", gpg.Export("encrypts", ""), "", "it holds no private key that may sign now"},
		{"expired", gpg.Export("expired", ""), "", "it holds no private key that may sign now"},
		{"public", gpg.Run("--armor", "--export", "plain"), "", "it holds no private key that may sign now"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			key, err := Find(t.Context(), Options{Key: tt.key, Passphrase: tt.passphrase, Git: git()}, OpenPGP)
			if tt.want != "" {
				wantError(t, err, tt.want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			signature, err := key.Sign(t.Context(), []byte("text\n"))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			gpg.Run("--verify", write(t, dir+"/sig", signature), write(t, dir+"/text", "text\n"))
		})
	}
}

// fieldOf gives a field of the first record of a kind in gpg's listing.
func fieldOf(listing, record string, field int) string {
	for line := range strings.Lines(listing) {
		if fields := strings.Split(line, ":"); fields[0] == record {
			return fields[field]
		}
	}
	return ""
}

// TestFormat: gpg.format decides where no kind is asked for.
func TestFormat(t *testing.T) {
	for format, want := range map[string]string{
		"x509": `reading git's gpg.format: "x509" is not supported yet`,
		"SSH":  `reading git's gpg.format: "SSH" is not known`,
		"ssh":  "looking for the ssh key to sign with: neither SEMCUT_SIGNING_KEY nor git's user.signingKey is set",
		"":     "looking for the openpgp key to sign with: neither SEMCUT_SIGNING_KEY nor git's user.signingKey is set",
	} {
		_, err := Find(t.Context(), Options{Git: git("gpg.format", format)}, "")
		wantError(t, err, want)
		_, err = Find(t.Context(), Options{Git: git("gpg.format", format), Foreign: true}, "")
		if e, ok := errors.AsType[*release.Error](err); !ok || !strings.Contains(e.Hint, "safe.directory") {
			t.Errorf("the hint of %v doesn't tell that settings were left out", err)
		}
	}
}

// FuzzEnvironmentKey: no text makes it panic.
func FuzzEnvironmentKey(f *testing.F) {
	for _, text := range []string{
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZWQyNTUxOQAAACA=\n-----END OPENSSH PRIVATE KEY-----\n",
		"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgEZ0LyGBYJKwYBBAHaRw8BAQdA\n-----END PGP PRIVATE KEY BLOCK-----\n",
		"-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n", "PRIVATE KEY-----", "-----BEGIN PGP ",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key, err := Options{Key: text}.environmentKey("")
		if (key == nil) == (err == nil) {
			t.Errorf("key %v, error %v", key, err)
		}
		if err == nil {
			_ = key.Check(t.Context()) // must not panic either
		}
	})
}

func TestSplitWords(t *testing.T) {
	for command, want := range map[string]string{
		"":                        "",
		"  ":                      "",
		"ssh-add  -L":             "ssh-add|-L",
		`"a b"'c d' e\ f "g\"h"`:  `a bc d|e f|g"h`,
		`'no \escape' ""`:         `no \escape|`,
		`"never closed`:           "never closed",
		"$(rm) `x` | y; z > file": "$(rm)|`x`|||y;|z|>|file",
	} {
		if got := strings.Join(splitWords(command), "|"); got != want {
			t.Errorf("%s: got %s, want %s", command, got, want)
		}
	}
}
