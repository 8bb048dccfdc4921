package gitpack

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

func deflated(data []byte, level int) []byte {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

// TestInflate: random streams of all levels give what went in, and how long they are.
func TestInflate(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		data := sampleText(random, random.IntN(3000))
		level := random.IntN(12) - 2
		stream := deflated(data, level)
		out, used, err := new(inflater).inflate(nil, append(bytes.Clone(stream), "and more"...), len(data))
		if err != nil || !bytes.Equal(out, data) || used != len(stream) {
			t.Fatalf("level %d, %d bytes: %v, %d of %d used", level, len(data), err, used, len(stream))
		}
		some := random.IntN(len(data) + 1)
		if head, err := new(inflater).inflateSome(nil, stream, some); err != nil || !bytes.Equal(head, data[:some]) {
			t.Fatalf("the first %d: %v", some, err)
		}
	}
	large := bytes.Repeat([]byte("all the same "), 100_000)
	if out, _, err := new(inflater).inflate(nil, deflated(large, flate.BestCompression), len(large)); err != nil || !bytes.Equal(out, large) {
		t.Fatal(err)
	}
}

// sampleText is text of few words, of many, or noise.
func sampleText(random *rand.Rand, n int) []byte {
	data := make([]byte, 0, n)
	kind := random.IntN(3)
	for len(data) < n {
		switch kind {
		case 0:
			data = append(data, byte(random.IntN(256)))
		case 1:
			data = append(data, "etaoin shrdlu\n"[random.IntN(14)])
		default:
			data = append(data, fmt.Sprintf("tree %x\nauthor A <a@b>\n\n", random.IntN(1<<20))...)
		}
	}
	return data[:n]
}

// TestInflateDamaged: whatever is cut off or flipped is an error, as it is for the standard library.
func TestInflateDamaged(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	data := sampleText(random, 2000)
	stream := deflated(data, 6)
	for i := range stream {
		if _, _, err := new(inflater).inflate(nil, stream[:i], len(data)); err == nil {
			t.Fatalf("cut off at %d: no error", i)
		}
	}
	for range 20_000 {
		bad := bytes.Clone(stream)
		bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
		same(t, bad, len(data))
	}
	if _, _, err := new(inflater).inflate(nil, stream, len(data)-1); err != errTooLong {
		t.Errorf("one byte too many: %v", err)
	}
	if _, _, err := new(inflater).inflate(nil, stream, len(data)+1); err != errShort {
		t.Errorf("one byte too few: %v", err)
	}
}

// same compares with the standard library.
func same(t *testing.T, stream []byte, size int) {
	t.Helper()
	got, _, err := new(inflater).inflate(nil, stream, size)
	var want []byte
	z, wrong := zlib.NewReader(bytes.NewReader(stream))
	if wrong == nil {
		want, wrong = io.ReadAll(io.LimitReader(z, int64(size)+1))
	}
	if wrong == nil && len(want) != size {
		wrong = io.ErrUnexpectedEOF
	}
	if (err == nil) != (wrong == nil) || err == nil && !bytes.Equal(got, want) {
		t.Fatalf("%x of %d bytes: %v, the standard library says %v", stream, size, err, wrong)
	}
}

func FuzzInflate(f *testing.F) {
	random := rand.New(rand.NewPCG(5, 6))
	for level := -2; level < 10; level++ {
		f.Add(deflated(sampleText(random, 300), level), uint16(300))
	}
	f.Add([]byte("\x78\x9c\x03\x00\x00\x00\x00\x01"), uint16(0))
	f.Fuzz(func(t *testing.T, stream []byte, size uint16) {
		same(t, stream, int(size))
		same(t, append(bytes.Clone(stream), make([]byte, 16)...), int(size)) // in a pack others follow: less is read with care
	})
}

// sampleCommits are commits that differ in all that commits differ in: of one and the same, a processor learns each turn.
func sampleCommits(n int) (streams [][]byte, sizes []int) {
	random := rand.New(rand.NewPCG(7, 8))
	words := strings.Fields("add the parser fix of a release note when tags are missing (#123) update dependency to v1.2.3 signed-off-by reads what git writes and says more than its header does in two lines")
	name := func() string { return fmt.Sprintf("%016x%016x%08x", random.Uint64(), random.Uint64(), random.Uint32()) }
	for range n {
		who := fmt.Sprintf("Ada %d <ada%d@example.com> %d +0%d00", random.IntN(99), random.IntN(99), 1_600_000_000+random.IntN(1e8), random.IntN(9))
		text := "feat(parser):"
		for range 8 + random.IntN(30) {
			text += " " + words[random.IntN(len(words))]
		}
		data := fmt.Sprintf("tree %s\nparent %s\nauthor %s\ncommitter %s\n\n%s\n", name(), name(), who, who, text)
		streams, sizes = append(streams, append(deflated([]byte(data), 6), make([]byte, 64)...)), append(sizes, len(data)) // in a pack others follow
	}
	return streams, sizes
}

func BenchmarkInflate(b *testing.B) {
	streams, sizes := sampleCommits(4096)
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		z, room := new(inflater), make([]byte, 4096)
		for i := 0; b.Loop(); i++ {
			if _, _, err := z.inflate(room, streams[i%len(streams)], sizes[i%len(streams)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("the standard library", func(b *testing.B) {
		b.ReportAllocs()
		z, err := zlib.NewReader(bytes.NewReader(streams[0]))
		if err != nil {
			b.Fatal(err)
		}
		out := make([]byte, 4096)
		for i := 0; b.Loop(); i++ {
			if err := z.(zlib.Resetter).Reset(bytes.NewReader(streams[i%len(streams)]), nil); err != nil {
				b.Fatal(err)
			}
			if _, err := io.ReadFull(z, out[:sizes[i%len(streams)]]); err != nil {
				b.Fatal(err)
			}
		}
	})
}
