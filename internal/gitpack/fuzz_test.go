package gitpack

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// FuzzDelta: a delta gives an error or what it says, of no more than the limit.
func FuzzDelta(f *testing.F) {
	f.Add([]byte("what it is made to"), []byte("\x12\x05\x91\x02\x04\x01!"))
	f.Add([]byte(""), []byte("\x00\x00"))
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		out, err := applyDelta(nil, base, delta, 1<<16)
		if err == nil && len(out) > 1<<16 || err != nil && err != errDelta && err != ErrTooLarge {
			t.Errorf("%d bytes, %v", len(out), err)
		}
	})
}

// FuzzPack: whatever stands in a pack and its index, reading its objects ends with data or a typed error.
func FuzzPack(f *testing.F) {
	dir := repository(f)
	git(f, dir, "repack", "-q", "-a", "-d", "-f")
	files, err := filepath.Glob(filepath.Join(dir, ".git", "objects", "pack", "*.pack"))
	if err != nil || len(files) != 1 {
		f.Fatal(files, err)
	}
	pack, err := os.ReadFile(files[0])
	index, more := os.ReadFile(files[0][:len(files[0])-len("pack")] + "idx")
	if err := errors.Join(err, more); err != nil {
		f.Fatal(err)
	}
	var names []ID
	for _, name := range bytes.Fields(git(f, dir, "rev-list", "--objects", "--all", "--no-object-names")) {
		id, _ := ParseID(string(name))
		names = append(names, id)
	}
	f.Add(uint32(100), byte(1), uint32(0), byte(0), uint32(0))
	f.Add(uint32(0), byte(0), uint32(1200), byte(8), uint32(0))
	f.Add(uint32(0), byte(0), uint32(0), byte(0), uint32(500))
	f.Fuzz(func(t *testing.T, packAt uint32, packBits byte, indexAt uint32, indexBits byte, cut uint32) {
		badPack, badIndex := bytes.Clone(pack), bytes.Clone(index)
		badPack[int(packAt)%len(badPack)] ^= packBits
		badIndex[int(indexAt)%len(badIndex)] ^= indexBits
		badPack = badPack[:len(badPack)-int(cut)%len(badPack)]
		folder := t.TempDir()
		write(t, filepath.Join(folder, "pack", "pack-1.pack"), badPack)
		write(t, filepath.Join(folder, "pack", "pack-1.idx"), badIndex)
		s, err := Open(folder)
		if err != nil {
			return
		}
		defer s.Close()
		for _, id := range names[:min(len(names), 60)] {
			_, data, err := s.Get(id, 1<<20)
			_, corrupt := errors.AsType[*CorruptError](err)
			if err != nil && !corrupt && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("%v", err)
			}
			if len(data) > 1<<20 {
				t.Errorf("%d bytes", len(data))
			}
		}
	})
}

// FuzzGraph: whatever stands in a commit-graph whose checksum fits, asking for parents ends, and gives no more than the file holds.
func FuzzGraph(f *testing.F) {
	dir := repository(f)
	git(f, dir, "commit-graph", "write", "--reachable")
	good, err := os.ReadFile(filepath.Join(dir, ".git", "objects", "info", "commit-graph"))
	if err != nil {
		f.Fatal(err)
	}
	var names []ID
	for _, name := range bytes.Fields(git(f, dir, "rev-list", "--all")) {
		id, _ := ParseID(string(name))
		names = append(names, id)
	}
	f.Add(good[:len(good)-20])
	f.Add(good[:100])
	f.Add([]byte("CGPH\x01\x01\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sum := sha1.Sum(data)
		folder := t.TempDir()
		write(t, filepath.Join(folder, "info", "commit-graph"), append(bytes.Clone(data), sum[:]...))
		s, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		g := s.Graph()
		if g == nil {
			return
		}
		for _, id := range names {
			g.Place(id)
		}
		for i := range min(g.Count(), 1000) {
			p, ok := g.At(uint32(i), nil)
			if !ok {
				continue
			}
			for _, parent := range p.Parents {
				if _, named := g.Name(parent); !named {
					t.Errorf("the parent at %d has no name", parent)
				}
			}
			if len(p.Parents) > len(data) || g.Dated() && slices.ContainsFunc(p.Parents, func(parent uint32) bool { return g.Corrected(parent) >= g.Corrected(uint32(i)) }) {
				t.Errorf("%d parents, or one with a later time", len(p.Parents))
			}
		}
	})
}

// FuzzIndex: whatever stands in an index that fits a pack by its checksum, looking for objects ends.
func FuzzIndex(f *testing.F) {
	dir := repository(f)
	git(f, dir, "repack", "-q", "-a", "-d", "-f")
	files, err := filepath.Glob(filepath.Join(dir, ".git", "objects", "pack", "*.idx"))
	if err != nil || len(files) != 1 {
		f.Fatal(files, err)
	}
	good, err := os.ReadFile(files[0])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:1200])
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "x.idx")
		write(t, name, data)
		x, err := openIndex(name)
		if _, corrupt := errors.AsType[*CorruptError](err); err != nil {
			if !corrupt && !errors.Is(err, ErrUnsupported) {
				t.Errorf("%v", err)
			}
			return
		}
		defer x.close()
		for b := range 256 {
			x.find(ID{byte(b), byte(b >> 1), byte(len(data))})
		}
	})
}
