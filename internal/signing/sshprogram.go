package signing

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// sshProgramKey is an ssh key that a program in the place of ssh-keygen signs with.
type sshProgramKey struct {
	o       Options
	program string
	key     string // a file, or a public key
	literal bool
}

func (o Options) sshProgram(program, name string) (Key, error) {
	k := sshProgramKey{o: o, program: program}
	if k.key, k.literal = literalKey(name); !k.literal {
		k.key = o.path(name)
	}
	if _, err := o.lookPath(program); err != nil {
		return nil, release.Errorf(release.CodeConfig, "install it, or set git's gpg.ssh.program to ssh-keygen", "looking for the program to sign with, %q: %w", program, err)
	}
	return k, nil
}

func (k sshProgramKey) Name() string {
	texts := []string{k.key}
	if !k.literal { // it may be the program's own affair where the key is
		named, _ := readFile(k.key)
		beside, _ := readFile(k.key + ".pub")
		texts = []string{named, beside}
	}
	for _, text := range texts {
		if public, err := parsePublic(text); err == nil {
			return sshName(public)
		}
	}
	return "ssh key " + k.key
}

// Check can't try it: that may ask a person for consent. That there is the program, Find has seen.
func (k sshProgramKey) Check(context.Context) error { return nil }

// Sign hands payload and key over in files, as git does; the program leaves the signature beside the payload.
func (k sshProgramKey) Sign(ctx context.Context, payload []byte) (string, error) {
	signature, err := k.sign(ctx, payload)
	if err != nil {
		return "", release.Errorf(release.CodeAuth, "see that the program may use the key, or set git's gpg.ssh.program to ssh-keygen", "signing with %q and the %s: %w", k.program, k.Name(), diskfile.Cause(err))
	}
	return strings.ReplaceAll(signature, "\r", ""), nil
}

func (k sshProgramKey) sign(ctx context.Context, payload []byte) (string, error) {
	dir, err := os.MkdirTemp("", "semcut-sign-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	buffer, key := filepath.Join(dir, "buffer"), k.key
	if err := os.WriteFile(buffer, payload, 0o600); err != nil {
		return "", err
	}
	args := []string{"-Y", "sign", "-n", namespace, "-f"}
	if k.literal {
		key = filepath.Join(dir, "key")
		if err := os.WriteFile(key, []byte(k.key+"\n"), 0o600); err != nil {
			return "", err
		}
		args = append(args, key, "-U")
	} else {
		args = append(args, key)
	}
	if _, _, err := k.o.run(ctx, k.program, append(args, buffer), nil); err != nil {
		return "", err
	}
	return readFile(buffer + ".sig")
}
