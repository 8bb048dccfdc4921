package gitpack

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
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
