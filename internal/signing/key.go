package signing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Kind is a kind of key and of signature, in the words of git's gpg.format.
type Kind string

// The kinds of keys.
const (
	OpenPGP Kind = "openpgp"
	SSH     Kind = "ssh"
)

// The environment variables that hold a key and what unlocks it. Both are secrets.
const (
	KeyVariable        = "SEMCUT_SIGNING_KEY"
	PassphraseVariable = "SEMCUT_SIGNING_PASSPHRASE"
)

// Key is a key that can sign.
type Key interface {
	release.Signer
	// Name says which key it is, "ssh key SHA256:…".
	Name() string
	// Check finds out whether it can sign, as far as that goes without asking a person.
	Check(ctx context.Context) error
}

// Options say where a key may come from.
type Options struct {
	Key, Passphrase string                   // those of the environment, "" for none
	Git             func(name string) string // git's configuration: the value of "user.signingKey", "" where it isn't set
	Foreign         bool                     // git's configuration lacks settings of a repository that git wouldn't trust
	Committer       string                   // "Name <email>": whose OpenPGP key it is where git's configuration names none
	Dir             string                   // where relative paths start
	Home            string                   // what ~ stands for
}

// Find finds the key: that of the environment, else the one that git would sign with. No kind means the
// kind of the environment's key, else gpg.format.
func Find(ctx context.Context, o Options, kind Kind) (Key, error) {
	if strings.TrimSpace(o.Key) != "" {
		return o.environmentKey(kind)
	}
	key, err := o.gitKey(ctx, kind)
	if e, ok := errors.AsType[*release.Error](err); ok && o.Foreign {
		e.Hint = "git wouldn't trust this repository, so its own settings of keys and programs don't count: see safe.directory in git-config(1)"
	}
	return key, err
}

// gitKey finds the key that git would sign with.
func (o Options) gitKey(ctx context.Context, kind Kind) (Key, error) {
	if kind == "" {
		var err error
		if kind, err = parseFormat(o.Git("gpg.format")); err != nil {
			return nil, err
		}
	}
	if kind == SSH {
		return o.sshKey(ctx)
	}
	return o.openpgpKey(ctx)
}

// parseFormat reads git's gpg.format.
func parseFormat(format string) (Kind, error) {
	switch format {
	case "", string(OpenPGP):
		return OpenPGP, nil
	case string(SSH):
		return SSH, nil
	case "x509":
		return "", release.Errorf(release.CodeNotYet, "set gpg.format to openpgp or ssh, or commit.sign and tag.sign to none", "reading git's gpg.format: %q is not supported yet", format)
	}
	return "", release.Errorf(release.CodeConfig, "set it to openpgp or ssh", "reading git's gpg.format: %q is not known", format)
}

// environmentKey reads the key that the environment holds.
func (o Options) environmentKey(kind Kind) (Key, error) {
	text := strings.ReplaceAll(o.Key, "\r\n", "\n")
	found, read := SSH, parseSSH
	if strings.Contains(text, "-----BEGIN PGP ") {
		found, read = OpenPGP, parseOpenPGP
	} else if !isPrivateSSH(text) {
		return nil, release.Errorf(release.CodeConfig, "set it to what \"gpg --armor --export-secret-keys KEY\" prints, or to the content of an ssh key's file",
			"reading the key of %s: it is neither an armored OpenPGP private key nor an OpenSSH private key", KeyVariable)
	}
	if kind != "" && kind != found {
		return nil, release.Errorf(release.CodeConfig, fmt.Sprintf("set commit.sign and tag.sign to %s, or to auto", found),
			"reading the key of %s: it is of the kind %q, and %q is to be used", KeyVariable, found, kind)
	}
	return read(text, o.Passphrase)
}

// none is the error where nobody names a key.
func none(kind Kind) error {
	return release.Errorf(release.CodeConfig, "set git's user.signingKey, or "+KeyVariable+"; \"sign: none\" leaves commit or tag unsigned",
		"looking for the %s key to sign with: neither %s nor git's user.signingKey is set", kind, KeyVariable)
}

// path completes a path of git's configuration.
func (o Options) path(name string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		return filepath.Join(o.Home, rest)
	}
	if !filepath.IsAbs(name) {
		return filepath.Join(o.Dir, name)
	}
	return name
}

// maxKey bounds the file of a key: one that is larger isn't one.
const maxKey = 1 << 20

// readFile reads a key's file.
func readFile(name string) (string, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return "", diskfile.Cause(err)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("it is no plain file")
	case info.Size() > maxKey:
		return "", fmt.Errorf("it is too large for a key")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", diskfile.Cause(err)
	}
	return string(data), nil
}

// probe is what a key signs to show that it can.
var probe = []byte("semcut\n")
