package signing

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"github.com/semcut/semcut/release"
)

// openpgpKey is an OpenPGP key that signs in this process.
type openpgpKey struct {
	entity *openpgp.Entity
	id     uint64 // of the key or subkey that signs
	name   string
}

func (k openpgpKey) Name() string { return k.name }

func (k openpgpKey) Sign(_ context.Context, payload []byte) (signature string, err error) {
	var b bytes.Buffer
	err = func() (err error) {
		defer recovered(&err)
		// SHA-512 is long enough for every key; SHA-256 isn't for the larger curves.
		return openpgp.ArmoredDetachSign(&b, k.entity, bytes.NewReader(payload), &packet.Config{DefaultHash: crypto.SHA512, SigningKeyId: k.id})
	}()
	if err != nil {
		return "", release.Errorf(release.CodeAuth, "try it with \"gpg --detach-sign\"", "signing with the %s: %w", k.name, err)
	}
	return b.String() + "\n", nil
}

func (k openpgpKey) Check(ctx context.Context) error {
	_, err := k.Sign(ctx, probe)
	return err
}

// parseOpenPGP reads the private key of the environment. Of several the first one that can sign is taken.
func parseOpenPGP(text, passphrase string) (Key, error) {
	fail := func(hint string, why error) error {
		return release.Errorf(release.CodeConfig, hint, "reading the key of %s: %w", KeyVariable, why)
	}
	const export = "set it to what \"gpg --armor --export-secret-keys KEY\" prints"
	entities, err := readKeyRing(text)
	if err != nil {
		return nil, fail(export, err)
	}
	for _, e := range entities {
		key, ok := signingKey(e, time.Now())
		if !ok {
			continue
		}
		if key.PrivateKey.Encrypted && passphrase == "" {
			return nil, fail("set "+PassphraseVariable, errors.New("it is locked with a passphrase"))
		}
		if unlock(key, passphrase) != nil {
			return nil, wrongPassphrase("the key of " + KeyVariable)
		}
		return openpgpKey{e, key.PublicKey.KeyId, "openpgp key " + key.PublicKey.KeyIdString()}, nil
	}
	return nil, fail(export+"; \"gpg --list-secret-keys\" tells what keys are for", errors.New("it holds no private key that may sign now"))
}

func readKeyRing(text string) (entities openpgp.EntityList, err error) {
	defer recovered(&err)
	return openpgp.ReadArmoredKeyRing(strings.NewReader(text))
}

// signingKey picks the key of an entity that signs: what is valid now, meant for it, and whose private half is here. The
// primary key's is often kept elsewhere.
func signingKey(e *openpgp.Entity, now time.Time) (key openpgp.Key, ok bool) {
	var malformed error
	defer func() { ok = ok && malformed == nil }()
	defer recovered(&malformed)
	ids := []uint64{0} // the library's own choice
	for _, sub := range e.Subkeys {
		ids = append(ids, sub.PublicKey.KeyId)
	}
	for _, id := range append(ids, e.PrimaryKey.KeyId) {
		key, ok = e.SigningKeyById(now, id)
		if ok && key.PrivateKey != nil && !key.PrivateKey.Dummy() {
			return key, true
		}
	}
	return key, false
}

func unlock(key openpgp.Key, passphrase string) (err error) {
	defer recovered(&err)
	if !key.PrivateKey.Encrypted {
		return nil
	}
	return key.PrivateKey.Decrypt([]byte(passphrase))
}
