package signing

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/semcut/semcut/release"
)

// gpgKey is an OpenPGP key that gpg, or the program in its place, signs with.
type gpgKey struct {
	o       Options
	program string
	user    string // what gpg is to take for its -u
	name    string
}

// openpgpKey finds the program and the key that git would sign with.
func (o Options) openpgpKey(ctx context.Context) (Key, error) {
	k := &gpgKey{o: o, program: "gpg", user: o.Git("user.signingKey")}
	if program := o.Git("gpg.openpgp.program"); program != "" {
		k.program = program
	} else if program := o.Git("gpg.program"); program != "" {
		k.program = program
	}
	if k.user == "" {
		k.user = o.Committer
	}
	if k.user == "" {
		return nil, none(OpenPGP)
	}
	k.name = "openpgp key of " + k.user
	if _, err := o.lookPath(k.program); err != nil {
		return nil, release.Errorf(release.CodeConfig, "install GnuPG, name its program with git's gpg.program, or set "+KeyVariable, "looking for the program to sign with, %q: %w", k.program, err)
	}
	return k, k.find(ctx)
}

// find asks gpg whether it has the key, so that a missing one shows before anything is written. What stands in its place
// may understand nothing but to sign.
func (k *gpgKey) find(ctx context.Context) error {
	if !isProgram(k.program, "gpg", "gpg2") {
		return nil
	}
	out, _, err := k.o.run(ctx, k.program, []string{"--batch", "--with-colons", "--list-secret-keys", "--", k.user}, nil)
	if err != nil {
		return release.Errorf(release.CodeConfig, "name a key of \"gpg --list-secret-keys\" with git's user.signingKey, or set "+KeyVariable,
			"asking %q for the secret key of %q: %w", k.program, k.user, err)
	}
	for line := range strings.Lines(string(out)) {
		if fields := strings.Split(line, ":"); fields[0] == "sec" && len(fields) > 4 {
			k.name = "openpgp key " + fields[4]
			break
		}
	}
	return nil
}

func (k *gpgKey) Name() string { return k.name }

// Check can't try it: that may ask a person for a passphrase. That there are program and key, Find has seen.
func (k *gpgKey) Check(context.Context) error { return nil }

func (k *gpgKey) Sign(ctx context.Context, payload []byte) (string, error) {
	out, said, err := k.o.run(ctx, k.program, []string{"--status-fd=2", "-bsau", k.user}, payload)
	if err == nil && !bytes.Contains(append([]byte("\n"), said...), []byte("\n[GNUPG:] SIG_CREATED ")) {
		err = errors.New("it made no signature")
	}
	if err != nil {
		return "", release.Errorf(release.CodeAuth, "try it with \"gpg --detach-sign\"; where nobody can type, set "+KeyVariable+" and "+PassphraseVariable,
			"signing with %q for %q: %w", k.program, k.user, err)
	}
	return strings.ReplaceAll(string(out), "\r", ""), nil
}
