package gitrepo

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// directory holds each person of a history once: a few sign many commits.
type directory struct {
	numbers map[string]int32
	all     []commitparse.Signature
}

// signed is who signed, when.
type signed struct {
	who     int32 // in the directory
	zone    int32 // seconds east of Greenwich
	seconds int64
}

// sign notes a signature.
func (d *directory) sign(s signatureLine) signed {
	who, known := d.numbers[string(s.who)]
	if !known {
		if d.numbers == nil {
			d.numbers = map[string]int32{}
		}
		who = int32(len(d.all))
		d.numbers[string(s.who)] = who
		d.all = append(d.all, readPerson(s.who))
	}
	return signed{who, s.zone, s.seconds}
}

// tell gives a signature in full.
func (d *directory) tell(s signed) commitparse.Signature {
	who := d.all[s.who]
	who.When = zoned(s.seconds, s.zone)
	return who
}

// texts holds many texts in a few large pieces of memory.
type texts struct{ pieces []*strings.Builder }

// text is where one of them stands.
type text struct {
	piece      int32
	from, size int32
}

// textPiece is the size of a piece, in bytes.
const textPiece = 256 << 10

// keep keeps a text.
func (t *texts) keep(data []byte) text {
	last := len(t.pieces) - 1
	if last < 0 || t.pieces[last].Len()+len(data) > t.pieces[last].Cap() {
		piece := &strings.Builder{}
		piece.Grow(max(textPiece, len(data)))
		t.pieces = append(t.pieces, piece)
		last++
	}
	from := t.pieces[last].Len()
	t.pieces[last].Write(data)
	return text{int32(last), int32(from), int32(len(data))}
}

// get gives a text that was kept.
func (t *texts) get(at text) string { return t.pieces[at.piece].String()[at.from : at.from+at.size] }
