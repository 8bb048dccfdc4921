//go:build unix

package process

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestRun(t *testing.T) {
	for _, tt := range []struct{ line, out, wrong string }{
		{`cat; printf %s "$A"; echo err >&2`, "input" + `b $(c) "d"`, ""},
		{"exit 3", "", "it ended with exit status 3"},
		{"kill -9 $$", "", "it was ended by a signal: killed"},
		{"no-such-program-here", "", "it ended with exit status 127"},
		{"sleep 30 & echo on", "on\n", ""},
	} {
		var out, errs strings.Builder
		err := Run(t.Context(), Command{Line: tt.line, Dir: t.TempDir(), Env: []string{"PATH=" + os.Getenv("PATH"), `A=b $(c) "d"`}, Input: []byte("input"), Out: &out, Err: &errs, Cancel: 100 * time.Millisecond})
		if got := out.String(); got != tt.out || (err == nil) != (tt.wrong == "") || err != nil && err.Error() != tt.wrong {
			t.Errorf("%s: %q, %v; want %q, %q", tt.line, got, err, tt.out, tt.wrong)
		}
	}
}

// TestRunEndsAll: at the time limit, and when the run is cancelled, nothing that the command started lives on.
func TestRunEndsAll(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	line := "(trap '' TERM; sh -c 'echo $$ > " + file + "; exec sleep 60') & wait"
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var out strings.Builder
	err := Run(ctx, Command{Line: line, Env: os.Environ(), Out: &out, Err: &out, Limit: 500 * time.Millisecond, Cancel: 300 * time.Millisecond})
	if !errors.Is(err, ErrTimeLimit) {
		t.Fatalf("it says %v", err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if !Alive(pid) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d lives on", pid)
}
