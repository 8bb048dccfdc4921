package gitpack

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// repository makes a repository with objects of all kinds, and gives its folder.
func repository(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main")
	random := rand.New(rand.NewPCG(7, 8))
	text := sampleText(random, 60_000)
	for i := range 40 {
		copy(text[random.IntN(50_000):], fmt.Sprintf("a change %d", i))
		write(t, filepath.Join(dir, "large.txt"), text)
		write(t, filepath.Join(dir, fmt.Sprintf("folder%d", i%7), "small.txt"), fmt.Appendf(nil, "%d\n", i))
		git(t, dir, "add", ".")
		git(t, dir, "commit", "-q", "-m", fmt.Sprintf("feat: change %d\n\n%s", i, strings.Repeat("more words ", i)))
		if i%5 == 0 {
			git(t, dir, "tag", "-a", "-m", "a tag", fmt.Sprintf("v1.%d.0", i))
		}
	}
	write(t, filepath.Join(dir, "empty"), nil)
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-q", "-m", "chore: an empty file")
	return dir
}

func write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, data, 0o644)); err != nil {
		t.Fatal(err)
	}
}

func git(t testing.TB, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=a@b")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return out
}

// compare reads every object as git does.
func compare(t *testing.T, dir string) {
	t.Helper()
	s, err := Open(filepath.Join(dir, ".git", "objects"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	kinds := map[string]Kind{"commit": Commit, "tree": Tree, "blob": Blob, "tag": Tag}
	n := 0
	for rest := git(t, dir, "cat-file", "--batch-all-objects", "--batch", "--unordered"); len(rest) > 0; n++ {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		fields := strings.Fields(string(line))
		size, err := strconv.Atoi(fields[2])
		if err != nil {
			t.Fatal(err)
		}
		want := after[:size]
		rest = after[size+1:]
		id, ok := ParseID(fields[0])
		kind, data, err := s.Get(id, 1<<20)
		if !ok || err != nil || kind != kinds[fields[1]] || !bytes.Equal(data, want) {
			t.Fatalf("%s %s: %v, kind %d, %d bytes of %d", fields[1], fields[0], err, kind, len(data), size)
		}
		err = s.ViewHead(id, 1<<20, func(is Kind, data []byte) error {
			if is != kind || !bytes.HasPrefix(want, data) || kind == Commit && !namesCommitter(data) {
				t.Errorf("the head of %s %s is %d bytes of kind %d", fields[1], fields[0], len(data), is)
			}
			return nil
		})
		if err != nil {
			t.Fatalf("the head of %s: %v", fields[0], err)
		}
		if kind, got, err := s.Size(id); err != nil || kind != kinds[fields[1]] || got != int64(size) {
			t.Fatalf("the size of %s: %v, kind %d, %d of %d", fields[0], err, kind, got, size)
		}
		if kind, err := s.Kind(id); err != nil || kind != kinds[fields[1]] {
			t.Fatalf("the kind of %s: %v, %d", fields[0], err, kind)
		}
		if _, _, err := s.Get(id, size-1); size > 0 && !errors.Is(err, ErrTooLarge) {
			t.Fatalf("%s with too low a limit: %v", fields[0], err)
		}
	}
	if n < 100 {
		t.Errorf("only %d objects", n)
	}
	if _, _, err := s.Get(ID{1}, 100); !errors.Is(err, ErrNotFound) {
		t.Errorf("of what isn't there: %v", err)
	}
}

// TestAllForms: loose objects, packs of both kinds of deltas, with a deep chain, several packs, and alternates.
func TestAllForms(t *testing.T) {
	dir := repository(t)
	compare(t, dir)
	git(t, dir, "repack", "-q", "-a", "-d", "-f", "--depth=4000", "--window=50")
	compare(t, dir)
	git(t, dir, "-c", "repack.usedeltabaseoffset=false", "repack", "-q", "-a", "-d", "-f")
	compare(t, dir)
	write(t, filepath.Join(dir, "later"), []byte("later\n"))
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-q", "-m", "fix: later")
	git(t, dir, "repack", "-q")
	write(t, filepath.Join(dir, "later"), []byte("later still\n"))
	git(t, dir, "commit", "-q", "-a", "-m", "fix: loose")
	compare(t, dir)
	git(t, dir, "-c", "pack.indexVersion=1", "repack", "-q", "-a", "-d")
	if _, err := Open(filepath.Join(dir, ".git", "objects")); !errors.Is(err, ErrUnsupported) {
		t.Errorf("an index of version 1: %v", err)
	}
	git(t, dir, "repack", "-q", "-a", "-d", "-f")
	shared := filepath.Join(t.TempDir(), "shared")
	git(t, dir, "clone", "-q", "--shared", dir, shared)
	write(t, filepath.Join(shared, "own"), []byte("own\n"))
	git(t, shared, "add", ".")
	git(t, shared, "commit", "-q", "-m", "fix: own")
	compare(t, shared)
}

// TestNewPacks: what comes while the repository is open is found.
func TestNewPacks(t *testing.T) {
	dir := repository(t)
	s, err := Open(filepath.Join(dir, ".git", "objects"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	write(t, filepath.Join(dir, "later"), []byte("later\n"))
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-q", "-m", "fix: later")
	git(t, dir, "repack", "-q", "-a", "-d")
	id, _ := ParseID(strings.TrimSpace(string(git(t, dir, "rev-parse", "HEAD"))))
	if kind, _, err := s.Get(id, 1000); err != nil || kind != Commit {
		t.Errorf("kind %d, %v", kind, err)
	}
}

// TestDamaged: a flipped bit, a part that is missing: a typed error or the right answer, soon, and never a panic.
func TestDamaged(t *testing.T) {
	dir := repository(t)
	git(t, dir, "repack", "-q", "-a", "-d", "-f")
	objects := filepath.Join(dir, ".git", "objects")
	names := strings.Fields(string(git(t, dir, "rev-list", "--objects", "--all", "--no-object-names")))
	want := map[string][]byte{}
	whole, err := Open(objects)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		id, _ := ParseID(name)
		if _, want[name], err = whole.Get(id, 1<<20); err != nil {
			t.Fatal(err)
		}
	}
	whole.Close()
	random := rand.New(rand.NewPCG(9, 10))
	for _, ending := range []string{"*.idx", "*.pack"} {
		files, err := filepath.Glob(filepath.Join(objects, "pack", ending))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		good, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		for i := range 120 {
			bad := bytes.Clone(good)
			if i%3 == 0 {
				bad = bad[:random.IntN(len(bad))]
			} else {
				bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
			}
			replace(t, files[0], bad)
			start := time.Now()
			readDamaged(t, objects, names, want)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("it takes %v", took)
			}
		}
		replace(t, files[0], good)
	}
}

// replace puts another file in a file's place: one that is mapped stays as it is.
func replace(t *testing.T, name string, data []byte) {
	t.Helper()
	write(t, name+".new", data)
	if err := errors.Join(os.Remove(name), os.Rename(name+".new", name)); err != nil {
		t.Fatal(err)
	}
}

func readDamaged(t *testing.T, objects string, names []string, want map[string][]byte) {
	t.Helper()
	typed := func(err error) bool {
		_, corrupt := errors.AsType[*CorruptError](err)
		return corrupt || errors.Is(err, ErrUnsupported) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrTooLarge)
	}
	s, err := Open(objects)
	if err != nil {
		if !typed(err) {
			t.Errorf("opening: %v", err)
		}
		return
	}
	defer s.Close()
	for _, name := range names {
		id, _ := ParseID(name)
		_, data, err := s.Get(id, 1<<20)
		if err != nil && !typed(err) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && len(data) == 0 && len(want[name]) != 0 {
			t.Errorf("%s is empty", name)
		}
	}
}
