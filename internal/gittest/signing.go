package gittest

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Counterpart skips a test whose program isn't here, or fails it where SEMCUT_INTEGRATION is set.
func Counterpart(tb testing.TB, program string) {
	tb.Helper()
	_, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("SEMCUT_INTEGRATION") != "":
		tb.Fatalf("SEMCUT_INTEGRATION is set, but there is no %s: %v", program, err)
	default:
		tb.Skipf("no %s here: %v", program, err)
	}
}

// GPG is GnuPG with a home of its own.
type GPG struct {
	Home    string // for GNUPGHOME
	Program string // a script for gpg.program that needs no environment
	tb      testing.TB
}

// NewGPG makes a home without keys. Its agent ends with the test.
func NewGPG(tb testing.TB) *GPG {
	tb.Helper()
	Counterpart(tb, "gpg")
	g := &GPG{Home: shortDir(tb), tb: tb}
	g.Program = filepath.Join(g.Home, "gpg")
	Script(tb, g.Program, "GNUPGHOME='"+g.Home+"' exec gpg \"$@\"")
	tb.Cleanup(func() {
		if out, err := exec.Command("gpgconf", "--homedir", g.Home, "--kill", "all").CombinedOutput(); err != nil {
			tb.Errorf("gpgconf: %v: %s", err, out)
		}
	})
	return g
}

// Run runs gpg and gives what it prints.
func (g *GPG) Run(args ...string) string {
	g.tb.Helper()
	var said bytes.Buffer
	cmd := exec.Command("gpg", append([]string{"--batch", "--quiet", "--pinentry-mode", "loopback"}, args...)...)
	cmd.Env = append(os.Environ(), "GNUPGHOME="+g.Home)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		g.tb.Fatalf("gpg %s: %v: %s", strings.Join(args, " "), err, said.String())
	}
	return string(out)
}

// NewKey makes a key that signs, "ed25519" or "rsa2048" for example.
func (g *GPG) NewKey(user, algorithm, passphrase string) {
	g.tb.Helper()
	g.Run("--passphrase", passphrase, "--quick-gen-key", user, algorithm, "sign", "never")
}

// Export gives the private key, armored and still locked.
func (g *GPG) Export(user, passphrase string) string {
	g.tb.Helper()
	return g.Run("--passphrase", passphrase, "--armor", "--export-secret-keys", user)
}

// StartAgent starts an ssh agent without keys and gives its socket, for SSH_AUTH_SOCK. It ends with the test.
func StartAgent(tb testing.TB) (socket string) {
	tb.Helper()
	Counterpart(tb, "ssh-agent")
	socket = filepath.Join(shortDir(tb), "agent")
	cmd := exec.Command("ssh-agent", "-D", "-a", socket)
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
	for range 200 {
		if conn, err := net.Dial("unix", socket); err == nil {
			_ = conn.Close()
			return socket
		}
		time.Sleep(25 * time.Millisecond)
	}
	tb.Fatal("ssh-agent doesn't answer")
	return ""
}

// AddKey adds a key that isn't locked to an agent.
func AddKey(tb testing.TB, socket, file string) {
	tb.Helper()
	cmd := exec.Command("ssh-add", "-q", file)
	cmd.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("ssh-add: %v: %s", err, out)
	}
}

// AllowedSigners writes a file for gpg.ssh.allowedSignersFile that takes the keys of the .pub files.
func AllowedSigners(tb testing.TB, file string, public ...string) {
	tb.Helper()
	var b strings.Builder
	for _, name := range public {
		key, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		b.WriteString("* namespaces=\"git\" " + strings.TrimSpace(string(key)) + "\n")
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		tb.Fatal(err)
	}
}

// Script writes a program for the shell. A process of its own does it: where we wrote it ourselves, a program that another test
// starts meanwhile would hold the file open, and it could not be run.
func Script(tb testing.TB, file, text string) {
	tb.Helper()
	cmd := exec.Command("sh", "-c", `cat >"$1" && chmod 755 "$1"`, "sh", file)
	cmd.Stdin = strings.NewReader("#!/bin/sh\n" + text + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("writing the script %q: %v: %s", file, err, out)
	}
}

// shortDir makes a folder whose path leaves room for the name of a socket.
func shortDir(tb testing.TB) string {
	tb.Helper()
	dir, err := os.MkdirTemp("", "sc-")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
