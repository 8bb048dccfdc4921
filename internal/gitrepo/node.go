package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// node is what walks need of a commit. Nodes are kept for the life of the Repo.
type node struct {
	hash    string
	parents []string
	when    int64 // committer time, seconds
	cut     bool  // its parents were not fetched
}

// farAway bounds the times that walks reckon with, so that no sum of them overflows.
const farAway = 1 << 60

var errOtherType = errors.New("it is no commit")

// node reads the parents and the time of a commit: the one seam through which walks read objects.
func (r *Repo) node(hash string) (*node, error) {
	n, _, err := r.nodeWithData(hash)
	return n, err
}

// nodeWithData gives the bytes of the commit, too, where they had to be read.
func (r *Repo) nodeWithData(hash string) (n *node, data []byte, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := r.nodes[hash]; n != nil {
		return n, nil, nil
	}
	if len(r.shallow) == 0 && len(r.replaced) == 0 && r.deep == nil { // a graph knows nothing of these
		if parents, when, ok := r.store.parents(plumbing.NewHash(hash)); ok {
			n = &node{hash: hash, parents: parents, when: when}
			r.nodes[hash] = n
			return n, nil, nil
		}
	}
	if data, err = r.commitObject(hash); err != nil {
		return nil, nil, err
	}
	h, err := parseHead(data)
	if err != nil {
		return nil, nil, unreadable("commit", hash, err)
	}
	n = &node{hash: hash, parents: h.parents, when: min(max(h.committer.When.Unix(), -farAway), farAway)}
	if r.shallow[hash] {
		n.cut, n.parents = len(n.parents) > 0, nil
	}
	r.nodes[hash] = n
	return n, data, nil
}

// maxMessage is the size of what can still be a commit message.
const maxMessage = 32 << 20

// commitObject reads the bytes of a commit; the head of one that is too large to be one.
func (r *Repo) commitObject(hash string) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = unreadable("object", hash, fmt.Errorf("the repository is broken: %v", p))
		}
	}()
	name := plumbing.NewHash(r.standIn(hash))
	for _, s := range []*objectStore{r.store, r.deep} {
		if s == nil {
			continue
		}
		if data, known, err := s.commit(name); known {
			if err != nil && err != errOtherType {
				err = unreadable("object", hash, err)
			}
			return data, err
		}
	}
	o, err := r.store.EncodedObject(plumbing.AnyObject, name)
	if errors.Is(err, plumbing.ErrObjectNotFound) && r.deep != nil {
		o, err = r.deep.EncodedObject(plumbing.AnyObject, name)
	}
	if err != nil {
		return nil, unreadable("object", hash, err)
	}
	if o.Type() != plumbing.CommitObject {
		return nil, errOtherType
	}
	in, err := o.Reader()
	if err != nil {
		return nil, unreadable("commit", hash, err)
	}
	defer in.Close()
	data, err = io.ReadAll(io.LimitReader(in, maxMessage+1<<16))
	if err != nil {
		return nil, unreadable("commit", hash, err)
	}
	return data, nil
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

// commitHead is what stands before a commit's message.
type commitHead struct {
	parents           []string
	author, committer commitparse.Signature
	encoding          string
	message           []byte
}

// parseHead takes a commit object apart.
func parseHead(data []byte) (commitHead, error) {
	var h commitHead
	seen := false
	for len(data) > 0 && data[0] != '\n' {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
		key, value, _ := strings.Cut(string(line), " ")
		switch key {
		case "parent":
			if !isHash(value) {
				return h, fmt.Errorf("its parent %.60q is no object name", value)
			}
			h.parents = append(h.parents, value)
		case "author":
			h.author = parseSignature(value)
		case "committer":
			h.committer, seen = parseSignature(value), true
		case "encoding":
			h.encoding = value
		}
	}
	if !seen {
		return h, errors.New("it names no committer")
	}
	if len(data) > 0 {
		h.message = data[1:]
	}
	return h, nil
}

// parseSignature reads "Name <email> seconds zone". What is broken reads as the start of 1970, as git does.
func parseSignature(text string) commitparse.Signature {
	var s commitparse.Signature
	end := strings.LastIndexByte(text, '>')
	if end < 0 {
		return commitparse.Signature{Name: text, When: time.Unix(0, 0).UTC()}
	}
	name, email, _ := strings.Cut(text[:end], "<")
	s.Name, s.Email = strings.ToValidUTF8(strings.TrimSpace(name), "\uFFFD"), strings.ToValidUTF8(email, "\uFFFD")
	fields := strings.Fields(text[end+1:])
	seconds, offset := int64(0), 0
	if len(fields) > 0 {
		seconds, _ = strconv.ParseInt(fields[0], 10, 64)
	}
	if len(fields) > 1 && len(fields[1]) == 5 {
		if zone, err := strconv.Atoi(fields[1][1:]); err == nil {
			offset = (zone/100*60 + zone%100) * 60
			if fields[1][0] == '-' {
				offset = -offset
			}
		}
	}
	s.When = time.Unix(seconds, 0).In(time.FixedZone("", offset))
	return s
}

// commit reads a commit whole.
func (r *Repo) commit(hash string) (commitparse.Commit, error) {
	data, err := r.commitObject(hash)
	if err != nil {
		return commitparse.Commit{}, err
	}
	return readCommit(hash, data)
}

// readCommit takes the bytes of a commit apart.
func readCommit(hash string, data []byte) (commitparse.Commit, error) {
	h, err := parseHead(data)
	if err != nil {
		return commitparse.Commit{}, unreadable("commit", hash, err)
	}
	if len(h.message) > maxMessage {
		return commitparse.Commit{}, release.Errorf(release.CodeMessage, "put a release tag at or after it, so that it is no longer in range",
			"reading the commit %q: its message is larger than 32 MiB", hash)
	}
	c := commitparse.Commit{Hash: hash, Author: h.author, Committer: h.committer, Parents: h.parents}
	c.Raw = decode(h.message, h.encoding)
	return c, nil
}

// decode turns a message into UTF-8. An encoding that nobody knows is taken for UTF-8, as git does.
func decode(message []byte, name string) string {
	if name != "" && !strings.EqualFold(name, "utf-8") && !strings.EqualFold(name, "utf8") {
		if enc := encodingByName(name); enc != nil {
			if text, err := enc.NewDecoder().Bytes(message); err == nil {
				return string(text)
			}
		}
	}
	return strings.ToValidUTF8(string(message), "\uFFFD")
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

// standIn gives the object to read in the place of another (refs/replace). A stand-in may have one of its own.
func (r *Repo) standIn(hash string) string {
	for range maxStandIns {
		other, ok := r.replaced[hash]
		if !ok {
			break
		}
		hash = other
	}
	return hash
}

// maxStandIns is how deep stand-ins may stand in for each other, as in git.
const maxStandIns = 5

// readReplaced reads refs/replace, which stands in for commits.
func (r *Repo) readReplaced() error {
	t, err := r.readRefs()
	if err != nil {
		return err
	}
	for name, hash := range t.hashes {
		if original, ok := strings.CutPrefix(name, "refs/replace/"); ok {
			if r.replaced == nil {
				r.replaced = map[string]string{}
			}
			r.replaced[original] = hash
		}
	}
	return nil
}
