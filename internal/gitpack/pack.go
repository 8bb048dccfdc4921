package gitpack

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// pack is a pack with its index.
type pack struct {
	*file
	index *index
	bases [baseSlots]base
	bench *bench
}

// bench is what objects are made with, again and again.
type bench struct {
	inflater
	object, delta []byte
}

// base is an object that deltas were made to, kept since others are, too.
type base struct {
	offset int64 // 0 is no offset of an object
	kind   Kind
	data   []byte
}

const (
	baseSlots  = 1024
	maxKept    = 64 << 10 // of a base; larger ones are made again
	maxChain   = 10_000   // of deltas: git makes 50, and stops at 4095
	packHeader = 12
)

// openPack opens NAME.idx and NAME.pack.
func openPack(name string, b *bench) (*pack, error) {
	x, err := openIndex(name + ".idx")
	if err != nil {
		return nil, err
	}
	f, err := openFile(name + ".pack")
	if err != nil {
		x.close()
		return nil, err
	}
	p := &pack{file: f, index: x, bench: b}
	if err := p.judge(); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// judge says why the pack can't be the index's.
func (p *pack) judge() error {
	head, err := p.at(0, packHeader)
	if err != nil {
		return err
	}
	if string(head[:4]) != "PACK" {
		return p.corrupt("it doesn't begin like a pack")
	}
	if version := binary.BigEndian.Uint32(head[4:]); version != 2 && version != 3 {
		return fmt.Errorf("%s: version %d: %w", p.name, version, ErrUnsupported)
	}
	if count := binary.BigEndian.Uint32(head[8:]); count != p.index.count {
		return p.corrupt(fmt.Sprintf("it has %d objects, its index %d", count, p.index.count))
	}
	sum, err := p.at(p.size-20, 20)
	if err == nil && !bytes.Equal(sum, p.index.checksum) {
		err = p.corrupt("its checksum is not that of its index")
	}
	return err
}

func (p *pack) close() {
	p.file.close()
	p.index.close()
}

// entry is the beginning of an object in a pack.
type entry struct {
	kind Kind
	size int64 // of the object, or of the delta
	data int64 // where the compressed data begin
	base int64 // offset of what a delta is made to
}

func (e entry) isDelta() bool { return e.kind == offsetDelta || e.kind == nameDelta }

// entry reads the beginning of the object at an offset.
func (p *pack) entry(at int64) (e entry, err error) {
	if at < packHeader || at >= p.size-20 {
		return e, p.corrupt(fmt.Sprintf("an object is said to stand at %d", at))
	}
	head, err := p.upTo(at, 64)
	if err != nil {
		return e, err
	}
	e.kind, e.size = Kind(head[0]>>4&7), int64(head[0]&15)
	n := 1
	for shift := 4; head[n-1]&0x80 != 0; shift += 7 {
		if n == len(head) || shift > 55 {
			return e, p.corrupt("the size of an object has no end")
		}
		e.size |= int64(head[n]&0x7f) << shift
		n++
	}
	switch e.kind {
	case Commit, Tree, Blob, Tag:
	case offsetDelta:
		back, used := readBack(head[n:])
		if n += used; used == 0 || back <= 0 || back >= at {
			return e, p.corrupt("a delta is made to nothing")
		}
		e.base = at - back
	case nameDelta:
		if len(head) < n+20 {
			return e, p.corrupt("the name of a delta's base is cut off")
		}
		id, found := ID(head[n:n+20]), false
		if e.base, found = p.index.find(id); !found {
			return e, p.corrupt("the base " + id.String() + " of a delta is not in it")
		}
		n += 20
	default:
		return e, p.corrupt(fmt.Sprintf("an object is of the kind %d", e.kind))
	}
	e.data = at + int64(n)
	return e, nil
}

// readBack reads how far before a delta its base stands.
func readBack(data []byte) (back int64, n int) {
	for i, b := range data {
		if i > 8 {
			return 0, 0
		}
		if i > 0 {
			back++
		}
		back = back<<7 | int64(b&0x7f)
		if b&0x80 == 0 {
			return back, i + 1
		}
	}
	return 0, 0
}

// object reads the object at an offset. Where it is a delta, the chain of its bases is read first. The data are valid until
// the next object is read.
func (p *pack) object(at int64, limit int) (kind Kind, data []byte, err error) {
	var chain [64]entry
	deltas := chain[:0]
	for {
		if b := &p.bases[at%baseSlots]; b.offset == at && at != 0 && len(deltas) > 0 {
			kind, data = b.kind, b.data
			break
		}
		e, err := p.entry(at)
		if err != nil {
			return 0, nil, err
		}
		if e.size > int64(limit) {
			return 0, nil, ErrTooLarge
		}
		if e.isDelta() {
			if deltas = append(deltas, e); len(deltas) > maxChain {
				return 0, nil, p.corrupt("its deltas lead in a circle")
			}
			at = e.base
			continue
		}
		if len(deltas) == 0 {
			p.bench.object, err = p.inflate(p.bench.object, e)
			return e.kind, p.bench.object, err
		}
		kind = e.kind
		if data, err = p.inflate(nil, e); err != nil {
			return 0, nil, err
		}
		p.keep(at, kind, data)
		break
	}
	return p.applyAll(kind, data, deltas, limit)
}

// likelyHead is where most commits have named their committers, in bytes: those of one parent, and those of two.
const likelyHead = 272

// head reads the beginning of the object at an offset: of a commit that is no delta no more than up to its committer, where
// that is as short as in most.
func (p *pack) head(at int64, limit int) (kind Kind, data []byte, err error) {
	e, err := p.entry(at)
	if err != nil {
		return 0, nil, err
	}
	if e.isDelta() || e.size <= likelyHead {
		return p.object(at, limit)
	}
	head, err := p.inflateHead(p.bench.object, e, likelyHead)
	if err != nil {
		return 0, nil, err
	}
	if p.bench.object = head; e.kind == Commit && !namesCommitter(head) {
		return p.object(at, limit)
	}
	return e.kind, head, nil
}

// namesCommitter says whether the line of the committer is whole in the beginning of a commit.
func namesCommitter(head []byte) bool {
	at := bytes.Index(head, []byte("\ncommitter "))
	return at >= 0 && bytes.IndexByte(head[at+1:], '\n') >= 0
}

// applyAll makes the object of its base and the deltas, the last of which is the nearest to the base.
func (p *pack) applyAll(kind Kind, data []byte, deltas []entry, limit int) (_ Kind, _ []byte, err error) {
	for i := len(deltas) - 1; i >= 0; i-- {
		if p.bench.delta, err = p.inflate(p.bench.delta, deltas[i]); err != nil {
			return 0, nil, err
		}
		room := p.bench.object
		if i > 0 {
			room = nil // it is kept
		}
		if data, err = applyDelta(room, data, p.bench.delta, limit); err == errDelta {
			return 0, nil, p.corrupt("a delta doesn't fit its base")
		}
		if err != nil {
			return 0, nil, err
		}
		if i > 0 {
			p.keep(deltas[i-1].base, kind, data)
		}
	}
	p.bench.object = data
	return kind, data, nil
}

// keep keeps a base for the deltas that come.
func (p *pack) keep(at int64, kind Kind, data []byte) {
	if len(data) <= maxKept {
		p.bases[at%baseSlots] = base{at, kind, data}
	}
}

// kindOf gives the kind of the object at an offset: that of what its deltas are made to.
func (p *pack) kindOf(at int64) (Kind, error) {
	for range maxChain {
		e, err := p.entry(at)
		if err != nil {
			return 0, err
		}
		if !e.isDelta() {
			return e.kind, nil
		}
		at = e.base
	}
	return 0, p.corrupt("its deltas lead in a circle")
}

// sizeOf gives the kind and the size of the object at an offset without making it.
func (p *pack) sizeOf(at int64) (Kind, int64, error) {
	e, err := p.entry(at)
	if err != nil {
		return 0, 0, err
	}
	if !e.isDelta() {
		return e.kind, e.size, nil
	}
	head, err := p.inflateHead(nil, e, 32)
	if err != nil {
		return 0, 0, err
	}
	_, n := readSize(head)
	size, m := readSize(head[n:])
	if n == 0 || m == 0 {
		return 0, 0, p.corrupt("the sizes of a delta have no end")
	}
	kind, err := p.kindOf(e.base)
	return kind, size, err
}

// inflate reads the data of an object, or of a delta, into room, as far as there is enough.
func (p *pack) inflate(room []byte, e entry) ([]byte, error) {
	return p.compressed(e, int(e.size), func(in []byte) (out []byte, err error) {
		out, _, err = p.bench.inflate(room, in, int(e.size))
		return out, err
	})
}

// inflateHead reads the first n bytes of the data, into room, as far as there is enough.
func (p *pack) inflateHead(room []byte, e entry, n int) ([]byte, error) {
	return p.compressed(e, n, func(in []byte) ([]byte, error) { return p.bench.inflateSome(room, in, int(min(int64(n), e.size))) })
}

// compressed hands on the compressed data of an entry: all that follows where the file is mapped, else what is likely to do,
// and more where that was too little.
func (p *pack) compressed(e entry, size int, read func(in []byte) ([]byte, error)) ([]byte, error) {
	rest := p.size - 20 - e.data
	window := rest
	if p.data == nil {
		window = min(rest, int64(size)+int64(size)/1000+1024)
	}
	for {
		in, err := p.at(e.data, int(window))
		if err != nil {
			return nil, err
		}
		out, err := read(in)
		if err == errShort && window < rest {
			window = min(rest, window*2)
			continue
		}
		if err != nil {
			return nil, p.corrupt(fmt.Sprintf("the data at %d: %v", e.data, err))
		}
		return out, nil
	}
}
