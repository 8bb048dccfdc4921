package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledAtAnyMomentIsFinished kills releases at moments that nobody picked, in the middle of writing a file or of
// talking to the remote, until each is through. What is there in the end is what an undisturbed run makes.
func TestKilledAtAnyMomentIsFinished(t *testing.T) {
	template := newWorld(t, t.TempDir())
	template.fill(t)
	undisturbed := template.copy(t)
	start := time.Now()
	undisturbed.semcut(t, today, "")
	took := time.Since(start)
	want := undisturbed.show(t, true)
	killed := 0
	for range 8 {
		s := template.copy(t)
		for range 4 {
			if s.kill(t, time.Duration(rand.Int64N(int64(took)))) {
				killed++
			}
		}
		// The far side of a killed push lives on for a moment; on a busy machine longer than a run waits for it.
		time.Sleep(200 * time.Millisecond)
		s.semcut(t, today, "a kill")
		if got := s.show(t, true); got != want {
			t.Errorf("killed %d times by now:\n%s\nwant\n%s", killed, got, want)
		}
	}
	if killed < 4 {
		t.Errorf("only %d runs were killed, of %v each", killed, took)
	}
}

// kill types "semcut release --yes" and kills it after a while; false where it was through before.
func (s *world) kill(t *testing.T, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "release", "--yes")
	cmd.Dir, cmd.Env = filepath.Join(s.dir, s.work), s.env(today, "0 never")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill() // it may be through
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode() != 0
}
