package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gitpack"
	"github.com/semcut/semcut/release"
)

// maxMessage is the size of what can still be a commit message.
const maxMessage = 32 << 20

var errOtherType = errors.New("it is no commit")

// otherType says of which object that is.
func otherType(id gitpack.ID) error {
	return release.Errorf(release.CodeRevision, "name a commit, or a branch or tag that leads to one", "reading the object %q: %w", id, errOtherType)
}

// viewCommit reads a commit, with its message if that is wanted, and shows it: what is shown is use's until it returns. Of one
// that is too large to be one it is the head.
func (r *Repo) viewCommit(id gitpack.ID, message bool, use func(h *commitHead) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = unreadable("object", id.String(), fmt.Errorf("the repository is broken: %v", p))
		}
	}()
	name, view := r.standInOf(id), r.reading.begin(id, use)
	for _, s := range []*objectStore{r.store, r.deep} {
		if s == nil {
			continue
		}
		known, err := s.viewCommit(name, message, view)
		switch {
		case !known:
			continue
		case err == errOtherType:
			return otherType(id)
		case err != nil:
			return unreadable("object", id.String(), err)
		}
		return nil
	}
	data, err := r.slowCommit(plumbing.Hash(name))
	if err == errOtherType {
		return otherType(id)
	}
	if err != nil {
		return unreadable("object", id.String(), err)
	}
	return view(gitpack.Commit, data)
}

// reading is the commit that is being read. It is one for all, since there are many, and each is over soon.
type reading struct {
	id   gitpack.ID
	head commitHead
	use  func(h *commitHead) error
	view func(kind gitpack.Kind, data []byte) error // shows it to use
}

func (r *reading) begin(id gitpack.ID, use func(h *commitHead) error) func(kind gitpack.Kind, data []byte) error {
	r.id, r.use = id, use
	if r.view == nil {
		r.view = func(kind gitpack.Kind, data []byte) error {
			if kind != gitpack.Commit {
				return errOtherType
			}
			if err := r.head.read(data); err != nil {
				return unreadable("commit", r.id.String(), err)
			}
			return r.use(&r.head)
		}
	}
	return r.view
}

// slowCommit reads a commit with go-git.
func (r *Repo) slowCommit(name plumbing.Hash) ([]byte, error) {
	o, err := r.store.EncodedObject(plumbing.AnyObject, name)
	if errors.Is(err, plumbing.ErrObjectNotFound) && r.deep != nil {
		o, err = r.deep.EncodedObject(plumbing.AnyObject, name)
	}
	if err != nil {
		return nil, err
	}
	if o.Type() != plumbing.CommitObject {
		return nil, errOtherType
	}
	in, err := o.Reader()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, maxMessage+1<<16))
}

// unreadable says why an object can't be read: this clone lacks it, or it is broken.
func unreadable(kind, name string, err error) error {
	if _, told := errors.AsType[*release.Error](err); told {
		return err
	}
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return release.Errorf(release.CodeRevision, "get it with \"git fetch --refetch\", or see \"git fsck\"", "reading the %s %q: this clone lacks it", kind, name)
	}
	return release.Errorf(release.CodeRepository, "see \"git fsck\"; clone the repository anew", "reading the %s %q: %w", kind, name, err)
}

// commitHead is a commit taken apart, in the bytes that it was read from.
type commitHead struct {
	parents   []gitpack.ID
	author    []byte
	committer signatureLine
	encoding  []byte
	message   []byte
}

// read takes a commit object apart.
func (h *commitHead) read(data []byte) error {
	*h = commitHead{parents: h.parents[:0]}
	var committer []byte
	for len(data) > 0 && data[0] != '\n' {
		line := data
		if end := bytes.IndexByte(data, '\n'); end >= 0 {
			line, data = data[:end], data[end+1:]
		} else {
			data = nil
		}
		key, value := line, []byte(nil)
		if end := bytes.IndexByte(line, ' '); end >= 0 {
			key, value = line[:end], line[end+1:]
		}
		switch string(key) {
		case "parent":
			id, ok := gitpack.ReadID(value)
			if !ok {
				return fmt.Errorf("its parent %.60q is no object name", value)
			}
			h.parents = append(h.parents, id)
		case "author":
			h.author = value
		case "committer":
			committer = line[len("committer"):] // not nil, even where it says nothing
		case "encoding":
			h.encoding = value
		}
	}
	if committer == nil {
		return errors.New("it names no committer")
	}
	if h.committer = splitSignature(bytes.TrimPrefix(committer, []byte(" "))); len(data) > 0 {
		h.message = data[1:]
	}
	return nil
}

// tooLarge refuses a message that can't be one.
func (h *commitHead) tooLarge(id gitpack.ID) error {
	if len(h.message) <= maxMessage {
		return nil
	}
	return release.Errorf(release.CodeMessage, "put a release tag at or after it, so that it is no longer in range",
		"reading the commit %q: its message is larger than 32 MiB", id)
}

// text gives the message in UTF-8. An encoding that nobody knows is taken for UTF-8, as git does.
func (h *commitHead) text() []byte {
	if name := string(h.encoding); name != "" && !strings.EqualFold(name, "utf-8") && !strings.EqualFold(name, "utf8") {
		if enc := encodingByName(name); enc != nil {
			if text, err := enc.NewDecoder().Bytes(h.message); err == nil {
				return text
			}
		}
	}
	if utf8.Valid(h.message) {
		return h.message
	}
	return bytes.ToValidUTF8(h.message, []byte("\uFFFD"))
}

// signatureLine is a line "Name <email> seconds zone" taken apart.
type signatureLine struct {
	line    []byte
	who     []byte // "Name <email"
	seconds int64
	zone    int32 // seconds east of Greenwich
}

// splitSignature takes one apart. What is broken reads as the start of 1970, as git does.
func splitSignature(line []byte) signatureLine {
	end := bytes.LastIndexByte(line, '>')
	if end < 0 {
		return signatureLine{line: line, who: line}
	}
	s := signatureLine{line: line, who: line[:end]}
	first, rest := nextField(line[end+1:])
	if len(first) > 0 {
		s.seconds, _ = parseInt(first)
	}
	if second, _ := nextField(rest); len(second) == 5 {
		if digits, err := parseInt(second[1:]); err == nil {
			s.zone = int32((digits/100*60 + digits%100) * 60) // of at most four digits
			if second[0] == '-' {
				s.zone = -s.zone
			}
		}
	}
	return s
}

// parseInt is strconv's, but for small numbers faster.
func parseInt(text []byte) (n int64, err error) {
	if len(text) > 18 {
		return strconv.ParseInt(string(text), 10, 64)
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return strconv.ParseInt(string(text), 10, 64)
		}
		n = n*10 + int64(c-'0')
	}
	return n, nil
}

// nextField takes the first of the words of a text off it.
func nextField(text []byte) (field, rest []byte) {
	start := 0
	for start < len(text) && isBlank(text[start]) {
		start++
	}
	end := start
	for end < len(text) && !isBlank(text[end]) {
		end++
	}
	return text[start:end], text[end:]
}

func isBlank(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }

// readPerson reads the part of a signature that says who. A line without an end of the address is a name.
func readPerson(who []byte) commitparse.Signature {
	name, email, found := strings.Cut(string(who), "<")
	if !found {
		return commitparse.Signature{Name: strings.ToValidUTF8(strings.TrimSpace(name), "\uFFFD")}
	}
	return commitparse.Signature{Name: strings.ToValidUTF8(strings.TrimSpace(name), "\uFFFD"), Email: strings.ToValidUTF8(email, "\uFFFD")}
}

// zoned gives a moment in a zone, in seconds east of Greenwich.
func zoned(seconds int64, zone int32) time.Time {
	return time.Unix(seconds, 0).In(time.FixedZone("", int(zone)))
}

func (s signatureLine) read() commitparse.Signature {
	who := readPerson(s.who)
	who.When = zoned(s.seconds, s.zone)
	return who
}

// commit makes of a head a commit of that name, which outlives it.
func (h *commitHead) commit(id gitpack.ID) (commitparse.Commit, error) {
	if err := h.tooLarge(id); err != nil {
		return commitparse.Commit{}, err
	}
	c := commitparse.Commit{Hash: id.String(), Author: splitSignature(h.author).read(), Committer: h.committer.read()}
	for _, p := range h.parents {
		c.Parents = append(c.Parents, p.String())
	}
	c.Raw = string(h.text())
	return c, nil
}

// commit reads a commit whole.
func (r *Repo) commit(hash string) (c commitparse.Commit, err error) {
	r.walking.Lock()
	defer r.walking.Unlock()
	id, err := idOf(hash)
	if err != nil {
		return c, err
	}
	err = r.viewCommit(id, true, func(h *commitHead) (err error) {
		c, err = h.commit(id)
		return err
	})
	return c, err
}

// encodingByName knows the encodings of the web by all of their names, and the code pages of DOS; nil is one that is unknown.
func encodingByName(name string) encoding.Encoding {
	if enc, err := htmlindex.Get(name); err == nil {
		return enc
	}
	number := strings.TrimLeft(strings.ToLower(name), "ibmcp-_")
	for _, enc := range charmap.All {
		if page, ok := enc.(*charmap.Charmap); ok && page.String() == "IBM Code Page "+number {
			return enc
		}
	}
	return nil
}
