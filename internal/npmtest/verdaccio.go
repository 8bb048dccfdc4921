// Package npmtest starts a real npm registry for tests: verdaccio, on a port and with a storage of its own, that asks no
// other registry.
package npmtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Variable names a folder in which the npm package verdaccio is installed: .ci/run does that.
const Variable = "SEMCUT_VERDACCIO"

// Registry is a running verdaccio.
type Registry struct {
	URL   string // without a slash at its end
	Token string // of a user who may publish
}

const settings = `storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: 100 } }
packages:
  '@*/*': { access: $all, publish: $authenticated, unpublish: $authenticated }
  '**':   { access: $all, publish: $authenticated, unpublish: $authenticated }
web: { enable: false }
log: { type: stdout, format: pretty, level: http }
`

// Start starts a registry that ends with the test. Where none is installed the test is skipped, or fails with
// SEMCUT_INTEGRATION.
func Start(t *testing.T) Registry {
	t.Helper()
	installed := os.Getenv(Variable)
	if installed == "" {
		if os.Getenv("SEMCUT_INTEGRATION") != "" {
			t.Fatalf("%s names no folder with verdaccio", Variable)
		}
		t.Skipf("%s names no folder with verdaccio", Variable)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	var said bytes.Buffer
	cmd := exec.Command(filepath.Join(installed, "node_modules", ".bin", "verdaccio"), "-c", filepath.Join(dir, "config.yaml"), "-l", address)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
		if t.Failed() {
			t.Logf("verdaccio said:\n%s", said.String())
		}
	})
	r := Registry{URL: "http://" + address}
	if err := r.await(ended); err != nil {
		t.Fatal(err)
	}
	token, err := r.addUser()
	if err != nil {
		t.Fatal(err)
	}
	r.Token = token
	return r
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // it was only for the number
	return l.Addr().String()
}

// await waits until the registry answers.
func (r Registry) await(ended <-chan error) error {
	for range 300 {
		if resp, err := http.Get(r.URL + "/-/ping"); err == nil {
			_ = resp.Body.Close() // nothing was read
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-ended:
			return fmt.Errorf("verdaccio ended: %w", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
	return errors.New("verdaccio doesn't answer")
}

// addUser makes the user, and gives its token.
func (r Registry) addUser() (string, error) {
	req, err := http.NewRequest(http.MethodPut, r.URL+"/-/user/org.couchdb.user:bot", bytes.NewReader([]byte(`{"name":"bot","password":"s3cret-pw"}`)))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	var answer struct{ Token string }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.Token == "" {
		return "", fmt.Errorf("verdaccio gives no token: %s, %v", resp.Status, err)
	}
	return answer.Token, nil
}
