package gittest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const sshd = "/usr/sbin/sshd"

// SSH is a running sshd of one's own.
type SSH struct {
	Port       int
	Key        string // the file of a private key that may log in; Key.pub is beside it
	KnownHosts string // a file that knows the server's key
	user       string
}

// StartSSH starts sshd on a free port, for the user who runs the test.
func StartSSH(tb testing.TB) *SSH {
	tb.Helper()
	if _, err := os.Stat(sshd); err != nil {
		if os.Getenv("SEMCUT_INTEGRATION") != "" {
			tb.Fatalf("SEMCUT_INTEGRATION is set, but there is no sshd: %v", err)
		}
		tb.Skipf("no sshd here: %v", err)
	}
	me, err := user.Current()
	if err != nil {
		tb.Fatal(err)
	}
	dir := tb.TempDir()
	s := &SSH{Port: freePort(tb), Key: filepath.Join(dir, "client"), KnownHosts: filepath.Join(dir, "known_hosts"), user: me.Username}
	host := filepath.Join(dir, "host")
	NewKey(tb, host, "")
	NewKey(tb, s.Key, "")
	s.Knows(tb, s.KnownHosts, host)
	config := fmt.Sprintf("ListenAddress 127.0.0.1:%d\nHostKey %s\nPidFile %s/pid\nAuthorizedKeysFile %s.pub\nStrictModes no\nUsePAM no\n"+
		"PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n", s.Port, host, dir, s.Key)
	file := filepath.Join(dir, "sshd_config")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		tb.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil { // sshd wants it, and containers lack it
			tb.Fatal(err)
		}
	}
	s.start(tb, file)
	return s
}

func (s *SSH) start(tb testing.TB, config string) {
	tb.Helper()
	var said bytes.Buffer
	cmd := exec.Command(sshd, "-D", "-e", "-f", config)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
	for range 200 {
		if conn, err := net.Dial("tcp", s.Address()); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	tb.Fatalf("sshd doesn't answer: %s", said.String())
}

// Address is where the server listens.
func (s *SSH) Address() string { return fmt.Sprintf("127.0.0.1:%d", s.Port) }

// URL is that of a repository on this machine.
func (s *SSH) URL(dir string) string { return fmt.Sprintf("ssh://%s@%s%s", s.user, s.Address(), dir) }

// Knows writes a file that says the server's key is that of the file key.
func (s *SSH) Knows(tb testing.TB, file, key string) {
	tb.Helper()
	public, err := os.ReadFile(key + ".pub")
	if err != nil {
		tb.Fatal(err)
	}
	line := fmt.Sprintf("[127.0.0.1]:%d %s\n", s.Port, strings.TrimSpace(string(public)))
	if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
		tb.Fatal(err)
	}
}

// NewKey makes a key pair in file and file.pub.
func NewKey(tb testing.TB, file, passphrase string) {
	tb.Helper()
	NewKeyOf(tb, "ed25519", file, passphrase)
}

// NewKeyOf makes a key pair of a type that ssh-keygen knows.
func NewKeyOf(tb testing.TB, typ, file, passphrase string) {
	tb.Helper()
	Counterpart(tb, "ssh-keygen")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", typ, "-N", passphrase, "-f", file).CombinedOutput(); err != nil {
		tb.Fatalf("ssh-keygen: %v: %s", err, out)
	}
}

func freePort(tb testing.TB) int {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
