package signing

import (
	"context"
	"crypto/x509"
	"errors"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/semcut/semcut/release"
)

// sshKey finds the ssh key that git would sign with: user.signingKey is the file of a key, or a public key itself
// behind "key::".
func (o Options) sshKey(ctx context.Context) (Key, error) {
	name := o.Git("user.signingKey")
	if name == "" {
		var err error
		if name, err = o.defaultKey(ctx); err != nil {
			return nil, err
		}
	}
	if name == "" {
		return nil, none(SSH)
	}
	if program := o.Git("gpg.ssh.program"); program != "" && !isProgram(program, "ssh-keygen") {
		return o.sshProgram(program, name)
	}
	if text, literal := literalKey(name); literal {
		key, err := parsePublic(text)
		if err != nil {
			return nil, release.Errorf(release.CodeConfig, "write it like key::ssh-ed25519 AAAA…", "reading the ssh key of git's user.signingKey %q: %w", name, err)
		}
		found := agentKey{key}
		return found, found.Check(ctx)
	}
	return o.sshFile(ctx, o.path(name))
}

// literalKey tells a key from the path of its file, as git does.
func literalKey(name string) (text string, literal bool) {
	if text, ok := strings.CutPrefix(name, "key::"); ok {
		return text, true
	}
	return name, strings.HasPrefix(name, "ssh-")
}

// parsePublic reads a public key as it stands in a .pub file.
func parsePublic(text string) (key ssh.PublicKey, err error) {
	defer recovered(&err)
	key, _, _, _, err = ssh.ParseAuthorizedKey([]byte(text))
	if err != nil {
		return nil, errors.New("it is no public key")
	}
	return key, nil
}

// defaultKey asks the command that git's configuration names for the key, "" where it names none. The
// first line that it prints counts.
func (o Options) defaultKey(ctx context.Context) (string, error) {
	command := o.Git("gpg.ssh.defaultKeyCommand")
	words := splitWords(command)
	if len(words) == 0 {
		return "", nil
	}
	out, _, err := o.run(ctx, words[0], words[1:], nil)
	if err != nil {
		return "", release.Errorf(release.CodeConfig, "run it in a terminal, or set git's user.signingKey", "asking git's gpg.ssh.defaultKeyCommand %q for the key: %w", command, err)
	}
	line, _, _ := strings.Cut(string(out), "\n")
	text, _ := literalKey(strings.TrimSpace(line))
	if _, err := parsePublic(text); err != nil {
		return "", release.Errorf(release.CodeConfig, "it must print a line like key::ssh-ed25519 AAAA…", "asking git's gpg.ssh.defaultKeyCommand %q for the key: it printed none", command)
	}
	return "key::" + text, nil
}

// sshFile reads a private key, or the one that belongs to a public key.
func (o Options) sshFile(ctx context.Context, file string) (Key, error) {
	text, err := readFile(file)
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "set git's user.signingKey to the file of an ssh key, or set "+KeyVariable, "reading the ssh key %q: %w", file, err)
	}
	if isPrivateSSH(text) {
		var public ssh.PublicKey
		if beside, err := readFile(file + ".pub"); err == nil {
			public, _ = parsePublic(beside) // one that can't be read tells nothing
		}
		return o.privateFile(ctx, file, text, public)
	}
	public, err := parsePublic(text)
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "set git's user.signingKey to the file of an ssh key", "reading the ssh key %q: it is neither a private nor a public key", file)
	}
	private := strings.TrimSuffix(file, ".pub")
	if text, err := readFile(private); private != file && err == nil && isPrivateSSH(text) {
		return o.privateFile(ctx, private, text, public)
	}
	key := agentKey{public}
	if err := key.Check(ctx); err != nil {
		return nil, release.Errorf(release.CodeConfig, "add the key to the agent, or put the private key's file beside it", "reading the ssh key %q: it is the public half only, and the private one isn't at hand: %w", file, err)
	}
	return key, nil
}

// privateFile unlocks a private key. Where that needs somebody else, and where the key is of a kind that only hardware
// can use, the agent may hold it.
func (o Options) privateFile(ctx context.Context, file, text string, public ssh.PublicKey) (Key, error) {
	signer, err := parsePrivate(text, o.Passphrase)
	if err == nil && (public == nil || sameKey(signer.PublicKey(), public)) {
		return sshKey{signer}, nil
	}
	if err == nil {
		err = errors.New("its .pub file is that of another key")
	}
	if errors.Is(err, x509.IncorrectPasswordError) {
		return nil, wrongPassphrase("the ssh key \"" + file + "\"")
	}
	missing, locked := errors.AsType[*ssh.PassphraseMissingError](err)
	if locked && missing.PublicKey != nil {
		public = missing.PublicKey
	}
	if public != nil && (agentKey{public}).Check(ctx) == nil {
		return agentKey{public}, nil
	}
	if locked {
		return nil, release.Errorf(release.CodeConfig, "add it to the agent with \"ssh-add "+file+"\", or set "+PassphraseVariable,
			"reading the ssh key %q: it is locked with a passphrase, and the ssh agent doesn't hold it", file)
	}
	return nil, release.Errorf(release.CodeConfig, "add it to the ssh agent, or set git's user.signingKey to the file of another key", "reading the ssh key %q: %w", file, err)
}

// isProgram says whether a program's path is that of the name.
func isProgram(path string, names ...string) bool {
	base := strings.TrimSuffix(strings.ToLower(filepath.Base(path)), ".exe")
	for _, name := range names {
		if base == name {
			return true
		}
	}
	return false
}
