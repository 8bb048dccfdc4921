package gittest

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Snapshot is everything below a folder: kind, time, and content of each file.
type Snapshot map[string]string

// Snap looks at all that is below dir.
func Snap(tb testing.TB, dir string) Snapshot {
	tb.Helper()
	s := Snapshot{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		sum := ""
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sum = fmt.Sprintf("%x", sha256.Sum256(data))
		}
		s[path] = fmt.Sprintf("%v %v %s", info.Mode(), info.ModTime().UnixNano(), sum)
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// Same fails the test for each path that is not as it was.
func (s Snapshot) Same(tb testing.TB, dir string) {
	tb.Helper()
	now := Snap(tb, dir)
	for _, path := range slices.Sorted(maps.Keys(s)) {
		if now[path] != s[path] {
			tb.Errorf("%s changed: it was %q, it is %q", path, s[path], now[path])
		}
	}
	for path := range now {
		if _, old := s[path]; !old {
			tb.Errorf("%s is new", path)
		}
	}
}
