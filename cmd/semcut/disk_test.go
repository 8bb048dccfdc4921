package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// mayMount says whether a small disk can be made here. Where everything is to be tested it has to be.
var mayMount = sync.OnceValue(func() bool {
	if os.Getenv("SEMCUT_INTEGRATION") != "" {
		return true
	}
	dir, err := os.MkdirTemp("", "semcut-disk-")
	if err != nil {
		return false
	}
	defer os.RemoveAll(dir)
	unmount, err := mountDisk(dir, "64k")
	if err != nil {
		return false
	}
	unmount()
	return true
})

// mountDisk makes a small disk at dir and gives what takes it away.
func mountDisk(dir, size string) (unmount func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		return nil, &os.PathError{Op: "mount " + string(bytes.TrimSpace(out)), Path: dir, Err: err}
	}
	return func() { _ = exec.Command("umount", "-l", dir).Run() }, nil
}

// fillDisk leaves free bytes on the disk that dir is on.
func fillDisk(t *testing.T, dir string, free int) {
	t.Helper()
	file := filepath.Join(dir, "filler")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for page := make([]byte, 4096); ; size += len(page) {
		if _, err := f.Write(page); err != nil {
			break
		}
	}
	if err := f.Truncate(int64(max(0, size-free))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAFullDiskLeavesNothingBehind releases with ever more room on the disk. Each time it either succeeds, or says
// so in one line and leaves the clone as it was; with room again it succeeds.
func TestAFullDiskLeavesNothingBehind(t *testing.T) {
	if !mayMount() {
		t.Skip("needs to mount a small disk, which only root may")
	}
	template := newWorld(t, t.TempDir())
	template.fill(t)
	succeeded := template.copy(t)
	succeeded.semcut(t, today, "")
	want, failed := succeeded.show(t, true), 0
	for free := 0; ; free += 4096 {
		s := diskWorld(t, template)
		before := s.show(t, true)
		fillDisk(t, filepath.Join(s.dir, s.work, ".git"), free)
		out, status := s.output(t)
		if err := os.Remove(filepath.Join(s.dir, s.work, ".git", "filler")); err != nil {
			t.Fatal(err)
		}
		if status == 0 {
			break
		}
		failed++
		if lines := strings.Split(strings.TrimSpace(out), "\n"); status != 1 || !strings.Contains(out, "no space left on device\n  hint: ") || strings.Count(out, "semcut: ") != 1 {
			t.Errorf("with %d bytes free it ends with %d and says %q", free, status, lines)
		}
		if got := s.show(t, true); got != before {
			t.Errorf("with %d bytes free it leaves\n%s\nof\n%s\nafter %s", free, got, before, out)
		}
		s.semcut(t, today, "")
		if got := s.show(t, true); got != want {
			t.Errorf("with room again after %d bytes free:\n%s\nwant\n%s", free, got, want)
		}
	}
	if failed < 5 {
		t.Errorf("the disk was full only %d times", failed)
	}
}

// diskWorld copies the world so that its clone lies on a disk of its own.
func diskWorld(t *testing.T, template *world) *world {
	t.Helper()
	s := newWorld(t, t.TempDir())
	unmount, err := mountDisk(filepath.Join(s.dir, s.work), "400k")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(unmount)
	for _, dir := range []string{"origin.git", s.work} {
		if err := os.CopyFS(filepath.Join(s.dir, dir), os.DirFS(filepath.Join(template.dir, dir))); err != nil {
			t.Fatal(err)
		}
	}
	return s
}
