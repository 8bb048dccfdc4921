package gitpack

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// made is an entry of a pack that is made by hand: its name, and all of its bytes.
type made struct {
	id   ID
	data []byte
}

// head writes the beginning of an entry.
func head(kind Kind, size uint64) []byte {
	b := byte(kind)<<4 | byte(size&15)
	var out []byte
	for size >>= 4; size > 0; size >>= 7 {
		out = append(out, b|0x80)
		b = byte(size & 0x7f)
	}
	return append(out, b)
}

// makePack writes a pack with its index into a folder of objects.
func makePack(t *testing.T, dir string, entries []made) {
	t.Helper()
	slices.SortFunc(entries, func(a, b made) int { return bytes.Compare(a.id[:], b.id[:]) })
	pack := binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), uint32(len(entries)))
	index := []byte("\xfftOc\x00\x00\x00\x02")
	var fan [256]uint32
	var offsets []byte
	for _, e := range entries {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(pack)))
		pack = append(pack, e.data...)
		for b := int(e.id[0]); b < 256; b++ {
			fan[b]++
		}
	}
	sum := sha1.Sum(pack)
	pack = append(pack, sum[:]...)
	for _, n := range fan {
		index = binary.BigEndian.AppendUint32(index, n)
	}
	for _, e := range entries {
		index = append(index, e.id[:]...)
	}
	index = append(append(append(index, make([]byte, 4*len(entries))...), offsets...), sum[:]...)
	all := sha1.Sum(index)
	write(t, filepath.Join(dir, "pack", "pack-1.pack"), pack)
	write(t, filepath.Join(dir, "pack", "pack-1.idx"), append(index, all[:]...))
}

// TestHostilePacks: deltas in a circle, sizes that nobody has memory for, and streams that grow without an end are errors, at once,
// and cost no memory.
func TestHostilePacks(t *testing.T) {
	id := func(b byte) (id ID) {
		id[0], id[19] = b, b
		return id
	}
	const huge = 1 << 50
	delta := deflated([]byte("\x05\x05\x90\x05"), 6) // copies five bytes of five
	circle := func(name, base byte) made {
		of := id(base)
		return made{id(name), slices.Concat(head(nameDelta, 4), of[:], delta)}
	}
	for name, entries := range map[string][]made{
		"a delta of itself":      {circle(1, 1)},
		"two deltas in a circle": {circle(1, 2), circle(2, 1)},
		"a delta of nothing":     {circle(1, 9)},
		"a huge commit":          {{id(1), append(head(Commit, huge), deflated([]byte("tree"), 6)...)}},
		"a huge delta":           {{id(1), slices.Concat(head(nameDelta, huge), make([]byte, 20), delta)}},
		"a delta of a huge result": {
			{id(1), slices.Concat(head(nameDelta, 12), func() []byte { b := id(2); return b[:] }(), deflated([]byte("\x05\xff\xff\xff\xff\xff\xff\x7f\x90\x05\x90\x05"), 6))},
			{id(2), append(head(Blob, 5), deflated([]byte("hello"), 6)...)},
		},
		"more than it says":  {{id(1), append(head(Commit, 10), deflated(make([]byte, 50<<20), 9)...)}},
		"less than it says":  {{id(1), append(head(Commit, 1<<19), deflated([]byte("short"), 6)...)}},
		"no such kind":       {{id(1), append(head(5, 5), deflated([]byte("hello"), 6)...)}},
		"a size without end": {{id(1), bytes.Repeat([]byte{0xff}, 70)}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			makePack(t, dir, entries)
			s, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			for _, read := range []func() error{
				func() error { _, _, err := s.Get(id(1), 1<<20); return err },
				func() error { return s.ViewHead(id(1), 1<<20, func(Kind, []byte) error { return nil }) },
				func() error { _, err := s.Kind(id(1)); return err },
				func() error { _, _, err := s.Size(id(1)); return err },
			} {
				err := read()
				_, corrupt := errors.AsType[*CorruptError](err)
				if err != nil && !corrupt && !errors.Is(err, ErrTooLarge) {
					t.Errorf("an error without a type: %v", err)
				}
			}
			if _, _, err := s.Get(id(1), 1<<20); err == nil {
				t.Error("it is read without an error")
			}
			runtime.ReadMemStats(&after)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 200<<20 {
				t.Errorf("it took %d MiB", grown>>20)
			}
		})
	}
}

// TestDamagedLoose: a loose object that is cut off, flipped, or grows without an end is a typed error.
func TestDamagedLoose(t *testing.T) {
	dir := t.TempDir()
	id := ID{0xab, 1}
	good := deflated(fmt.Appendf(nil, "commit 12\x00hello commit"), 6)
	bomb := deflated(append([]byte("commit 9\x00"), make([]byte, 100<<20)...), 9)
	files := map[string][]byte{"a bomb": bomb, "empty": nil, "no object": deflated([]byte("nothing"), 6), "a negative size": deflated([]byte("commit -1\x00x"), 6)}
	for i := range good {
		files[fmt.Sprintf("cut off at %d", i)] = good[:i]
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			files[fmt.Sprintf("bit %d of %d", bit, i)] = bad
		}
	}
	for name, data := range files {
		file := looseFile(dir, id)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, data, 0o644)); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		_, got, err := s.Get(id, 1<<20)
		_, corrupt := errors.AsType[*CorruptError](err)
		if err != nil && !corrupt && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && string(got) != "hello commit" {
			t.Errorf("%s gives %q", name, got)
		}
		s.Close()
	}
}
