package gitrepo

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

// serveAgent serves an agent with one key on a socket.
func serveAgent(t *testing.T, keyFile string) (socket string) {
	t.Helper()
	pem, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.ParseRawPrivateKey(pem)
	if err != nil {
		t.Fatal(err)
	}
	ring := agent.NewKeyring()
	if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	socket = filepath.Join(t.TempDir(), "agent")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(ring, conn) }() // ends with the connection
		}
	}()
	return socket
}

func TestSSHKeysAndHosts(t *testing.T) {
	s, r := gittest.StartSSH(t), newRig(t)
	dir := t.TempDir()
	stranger, locked, otherHosts := filepath.Join(dir, "stranger"), filepath.Join(dir, "locked"), filepath.Join(dir, "hosts")
	gittest.NewKey(t, stranger, "")
	gittest.NewKey(t, locked, "passphrase")
	s.Knows(t, otherHosts, stranger)
	empty := filepath.Join(dir, "empty")
	overwrite(t, empty, nil)
	home := func(key string) string {
		home := t.TempDir()
		if err := os.MkdirAll(filepath.Join(home, ".ssh"), 0o700); err != nil {
			t.Fatal(err)
		}
		for from, to := range map[string]string{key: "id_ed25519", s.KnownHosts: "known_hosts"} {
			data, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			overwrite(t, filepath.Join(home, ".ssh", to), data)
		}
		return home
	}
	command := func(key, hosts string) string { return fmt.Sprintf("ssh -i %s -o UserKnownHostsFile=%s", key, hosts) }
	for _, c := range []struct {
		name  string
		set   func(*rig)
		code  release.Code
		words string
	}{
		{"key file by GIT_SSH_COMMAND", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(s.Key, s.KnownHosts) }, "", ""},
		{"key file by core.sshCommand", func(r *rig) { r.clone.Git("config", "core.sshCommand", command(s.Key, s.KnownHosts)) }, "", ""},
		{"options in one word", func(r *rig) {
			r.env["GIT_SSH_COMMAND"] = "ssh -oUserKnownHostsFile=" + s.KnownHosts + " -i '" + s.Key + "'"
		}, "", ""},
		{"agent", func(r *rig) {
			r.env["SSH_AUTH_SOCK"] = serveAgent(r.t, s.Key)
			r.t.Setenv("SSH_AUTH_SOCK", r.env["SSH_AUTH_SOCK"])
			r.env["SSH_KNOWN_HOSTS"] = s.KnownHosts
		}, "", ""},
		{"key and hosts at home", func(r *rig) { r.env["HOME"] = home(s.Key) }, "", ""},
		{"unknown host", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(s.Key, empty) }, release.CodeAuth, "not in known_hosts"},
		{"wrong host key", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(s.Key, otherHosts) }, release.CodeAuth, "not the one in known_hosts"},
		{"no known hosts at all", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(s.Key, empty+"-nope") }, release.CodeAuth, "known"},
		{"a key that may not log in", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(stranger, s.KnownHosts) }, release.CodeAuth, "none of the keys"},
		{"a locked key", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(locked, s.KnownHosts) }, release.CodeAuth, "passphrase"},
		{"a locked key at home", func(r *rig) { r.env["HOME"] = home(locked) }, release.CodeAuth, "passphrase"},
		{"a key file that isn't there", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(s.Key+"-nope", s.KnownHosts) }, release.CodeAuth, "reading the ssh key"},
		{"a key file that is none", func(r *rig) { r.env["GIT_SSH_COMMAND"] = command(s.Key+".pub", s.KnownHosts) }, release.CodeAuth, "reading the ssh key"},
		{"no key at all", func(r *rig) { r.env["HOME"], r.env["SSH_KNOWN_HOSTS"] = r.t.TempDir(), s.KnownHosts }, release.CodeAuth, "there is none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.t, r.env = t, map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1"}
			r.clone.Git("config", "core.sshCommand", "")
			c.set(r)
			_, err := r.to(s.URL(r.remote.Dir)).Refs(t.Context())
			if c.code != "" {
				wantError(t, err, c.code, c.words)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSSHToAMissingRepositorySaysSo(t *testing.T) {
	r := newRig(t)
	s := gittest.StartSSH(t)
	r.env["GIT_SSH_COMMAND"] = fmt.Sprintf("ssh -i %s -o UserKnownHostsFile=%s", s.Key, s.KnownHosts)
	_, err := r.to(s.URL(r.remote.Dir + "-nope")).Refs(t.Context())
	wantError(t, err, release.CodeRemote, "no such repository")
}
