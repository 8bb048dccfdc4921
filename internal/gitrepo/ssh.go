package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/transport"
	gitssh "github.com/go-git/go-git/v5/plumbing/transport/ssh"
	"github.com/kevinburke/ssh_config"
	sshagent "github.com/xanzy/ssh-agent"
	"golang.org/x/crypto/ssh"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// sshAuth offers the keys of the agent and of the key files, and always checks the host's key.
func (r *Remote) sshAuth(ep *transport.Endpoint) (transport.AuthMethod, error) {
	user := ep.User
	if user == "" {
		user = sshSetting(ep.Host, "User")
	}
	if user == "" {
		user = "git"
	}
	auth := &gitssh.PublicKeysCallback{User: user, Callback: func() ([]ssh.Signer, error) { return r.sshKeys(ep.Host) }}
	files := r.knownHosts(ep.Host)
	if len(files) == 0 {
		return nil, release.Errorf(release.CodeAuth, "add the host's key to ~/.ssh/known_hosts (ssh-keyscan)",
			"reading the known ssh hosts: there is no known_hosts file, so the key of %q can't be checked", ep.Host)
	}
	db, err := gitssh.NewKnownHostsDb(files...)
	if err != nil {
		return nil, release.Errorf(release.CodeAuth, "mend the file", "reading the known ssh hosts %q: %w", files, err)
	}
	auth.HostKeyCallback = db.HostKeyCallback()
	port := ep.Port
	if port == 0 {
		port = 22
	}
	auth.HostKeyAlgorithms = db.HostKeyAlgorithms(fmt.Sprintf("%s:%d", ep.Host, port))
	return auth, nil
}

func sshSetting(host, key string) string {
	value, err := ssh_config.GetStrict(host, key)
	if err != nil {
		return ""
	}
	return value
}

// sshOptions reads what semcut understands of GIT_SSH_COMMAND and core.sshCommand: -i FILE and
// -o UserKnownHostsFile=FILE. The setting of the repository's own configuration counts only where git would
// trust the repository.
func (r *Remote) sshOptions() (keyFile, knownHosts string) {
	command := r.options.Env("GIT_SSH_COMMAND")
	if command == "" {
		for _, e := range r.config {
			if e.section == "core" && e.key == "sshcommand" && (!e.local || r.repo.trusted(r.config)) {
				command = e.value
			}
		}
	}
	words := strings.Fields(command)
	for i, word := range words {
		word = strings.Trim(word, `'"`)
		next := ""
		if i+1 < len(words) {
			next = strings.Trim(words[i+1], `'"`)
		}
		if word == "-i" {
			keyFile = next
		}
		for _, option := range []string{next, strings.TrimPrefix(word, "-o")} {
			if file, ok := strings.CutPrefix(option, "UserKnownHostsFile="); ok && strings.HasPrefix(word, "-o") {
				knownHosts = file
			}
		}
	}
	return expandHome(r.options.Env, keyFile), expandHome(r.options.Env, knownHosts)
}

func expandHome(env func(string) string, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		return filepath.Join(env("HOME"), rest)
	}
	return path
}

// sshKeys gives the keys to offer: the one that is named, else the agent's and the usual files.
func (r *Remote) sshKeys(host string) ([]ssh.Signer, error) {
	named, _ := r.sshOptions()
	if named != "" {
		signer, err := readKey(named)
		if err != nil {
			return nil, err
		}
		return []ssh.Signer{signer}, nil
	}
	var signers []ssh.Signer
	if r.options.Env("SSH_AUTH_SOCK") != "" {
		if agent, _, err := sshagent.New(); err == nil {
			keys, err := agent.Signers()
			if err == nil {
				signers = keys
			}
		}
	}
	var unread error
	for _, file := range r.keyFiles(host) {
		signer, err := readKey(file)
		if err == nil {
			signers = append(signers, signer)
		} else if unread == nil && !errors.Is(err, fs.ErrNotExist) {
			unread = err
		}
	}
	if len(signers) == 0 && unread != nil {
		return nil, unread
	}
	if len(signers) == 0 {
		return nil, release.Errorf(release.CodeAuth, "add a key that may push to the ssh agent, or name its file with GIT_SSH_COMMAND=\"ssh -i FILE\"",
			"looking for an ssh key for %q: there is none, neither an agent's nor in ~/.ssh", host)
	}
	return signers, nil
}

func (r *Remote) keyFiles(host string) []string {
	files := []string{}
	if configured, err := ssh_config.GetAllStrict(host, "IdentityFile"); err == nil {
		for _, f := range configured {
			files = append(files, expandHome(r.options.Env, f))
		}
	}
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		files = append(files, filepath.Join(r.options.Env("HOME"), ".ssh", name))
	}
	return files
}

// readKey reads a private key. One that is locked with a passphrase belongs into the agent.
func readKey(file string) (ssh.Signer, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, release.Errorf(release.CodeAuth, "name the file of a private key with \"ssh -i FILE\"", "reading the ssh key %q: %w", file, diskfile.Cause(err))
	}
	signer, err := ssh.ParsePrivateKey(pem)
	if _, locked := errors.AsType[*ssh.PassphraseMissingError](err); locked {
		return nil, release.Errorf(release.CodeAuth, "add it to the agent: ssh-add "+file, "reading the ssh key %q: it is locked with a passphrase", file)
	}
	if err != nil {
		return nil, release.Errorf(release.CodeAuth, "name the file of a private key with \"ssh -i FILE\"", "reading the ssh key %q: %w", file, err)
	}
	return signer, nil
}

// knownHosts lists the files that know hosts' keys and are there.
func (r *Remote) knownHosts(host string) []string {
	_, named := r.sshOptions()
	files := []string{named}
	if named == "" {
		files = filepath.SplitList(r.options.Env("SSH_KNOWN_HOSTS"))
	}
	if len(files) == 0 {
		files = []string{expandHome(r.options.Env, "~/.ssh/known_hosts"), "/etc/ssh/ssh_known_hosts"}
	}
	there := []string{}
	for _, f := range files {
		if _, err := os.Stat(f); err == nil {
			there = append(there, f)
		}
	}
	return there
}
