package signing

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"github.com/semcut/semcut/release"
)

// namespace is what git's ssh signatures are for (gpg.format in git-config(1), PROTOCOL.sshsig).
const namespace = "git"

// sshKey is an ssh key that signs in this process.
type sshKey struct{ signer ssh.Signer }

func (k sshKey) Name() string { return sshName(k.signer.PublicKey()) }

func sshName(key ssh.PublicKey) string { return "ssh key " + ssh.FingerprintSHA256(key) }

func (k sshKey) Sign(_ context.Context, payload []byte) (string, error) {
	return sshSign(k.signer, payload)
}

func (k sshKey) Check(ctx context.Context) error {
	_, err := k.Sign(ctx, probe)
	return err
}

// sshSign makes an ssh signature as "ssh-keygen -Y sign" does; with an RSA key its algorithm is rsa-sha2-512.
func sshSign(signer ssh.Signer, payload []byte) (string, error) {
	signature, err := sshsig.Sign(bytes.NewReader(payload), signer, sshsig.HashSHA512, namespace)
	if err != nil {
		return "", release.Errorf(release.CodeAuth, "try it with \"ssh-keygen -Y sign -n git -f KEY FILE\"", "signing with the %s: %w", sshName(signer.PublicKey()), err)
	}
	return string(sshsig.Armor(signature)), nil
}

func isPrivateSSH(text string) bool { return strings.Contains(text, "PRIVATE KEY-----") }

// parseSSH reads the private key of the environment.
func parseSSH(text, passphrase string) (Key, error) {
	signer, err := parsePrivate(text, passphrase)
	if _, locked := errors.AsType[*ssh.PassphraseMissingError](err); locked {
		return nil, release.Errorf(release.CodeConfig, "set "+PassphraseVariable, "reading the key of %s: it is locked with a passphrase", KeyVariable)
	}
	if errors.Is(err, x509.IncorrectPasswordError) {
		return nil, wrongPassphrase("the key of " + KeyVariable)
	}
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "set it to the whole content of the key's file", "reading the key of %s: %w", KeyVariable, err)
	}
	return sshKey{signer}, nil
}

func wrongPassphrase(what string) error {
	return release.Errorf(release.CodeConfig, "set "+PassphraseVariable+" to the passphrase of this key", "unlocking %s: the passphrase of %s is wrong", what, PassphraseVariable)
}

// parsePrivate reads a private key, and unlocks it where it is locked and a passphrase is there.
func parsePrivate(text, passphrase string) (signer ssh.Signer, err error) {
	defer recovered(&err)
	signer, err = ssh.ParsePrivateKey([]byte(text))
	if _, locked := errors.AsType[*ssh.PassphraseMissingError](err); locked && passphrase != "" {
		return ssh.ParsePrivateKeyWithPassphrase([]byte(text), []byte(passphrase))
	}
	return signer, err
}

// recovered turns a panic of a library on a malformed key into an error.
func recovered(err *error) {
	if recover() != nil {
		*err = errors.New("it is malformed")
	}
}
