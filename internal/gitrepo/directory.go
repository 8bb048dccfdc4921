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

// sign reads a signature, and gives the number of who signed.
func (d *directory) sign(line []byte) (who int32, seconds int64, zone int32) {
	name, seconds, zone := splitSignature(line)
	who, known := d.numbers[string(name)]
	if !known {
		if d.numbers == nil {
			d.numbers = map[string]int32{}
		}
		who = int32(len(d.all))
		d.numbers[string(name)] = who
		d.all = append(d.all, readPerson(name))
	}
	return who, seconds, zone
}

// texts holds many texts in a few large pieces of memory.
type texts struct{ piece strings.Builder }

// textPiece is the size of a piece, in bytes.
const textPiece = 256 << 10

// keep keeps a text.
func (t *texts) keep(text []byte) string {
	if t.piece.Len()+len(text) > t.piece.Cap() {
		t.piece = strings.Builder{}
		t.piece.Grow(max(textPiece, len(text)))
	}
	from := t.piece.Len()
	t.piece.Write(text)
	return t.piece.String()[from:]
}
