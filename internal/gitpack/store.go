package gitpack

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// ID is an object's name: its SHA-1.
type ID [20]byte

// ParseID reads a full name in hexadecimal digits.
func ParseID(name string) (id ID, ok bool) {
	return ReadID([]byte(name))
}

// ReadID reads the same from bytes.
func ReadID(name []byte) (id ID, ok bool) {
	if len(name) != 2*len(id) {
		return id, false
	}
	_, err := hex.Decode(id[:], name)
	return id, err == nil
}

func (id ID) String() string { return hex.EncodeToString(id[:]) }

// Append adds the name in hexadecimal digits to a text.
func (id ID) Append(text []byte) []byte { return hex.AppendEncode(text, id[:]) }

// Kind is an object's type, with git's numbers.
type Kind byte

// The kinds of objects. The deltas are seen inside of packs only.
const (
	Commit Kind = 1
	Tree   Kind = 2
	Blob   Kind = 3
	Tag    Kind = 4

	offsetDelta Kind = 6
	nameDelta   Kind = 7
)

var (
	// ErrNotFound says that the repository has no such object.
	ErrNotFound = errors.New("there is no such object")
	// ErrTooLarge says that an object is larger than was asked for.
	ErrTooLarge = errors.New("the object is too large")
	// ErrUnsupported says that the repository is of a form that is not read here.
	ErrUnsupported = errors.New("the form of the repository's objects is not known")
)

// CorruptError says that a file of the repository is damaged.
type CorruptError struct{ File, Why string }

func (e *CorruptError) Error() string { return fmt.Sprintf("%s is damaged: %s", e.File, e.Why) }

// Store is the objects of a repository. It may be used by several goroutines at once.
type Store struct {
	mu     sync.Mutex
	dirs   []string // objects folders: the repository's own, then those of alternates
	packs  []*pack
	known  map[string]bool // files of packs that are open
	bench  *bench
	reads  int      // of objects in packs
	graph  *Graph   // nil for none
	unseen []string // objects folders that may have a commit-graph
}

// Open opens the objects in a folder ".git/objects" and those of its alternates.
func Open(dir string) (*Store, error) {
	s := &Store{known: map[string]bool{}, bench: &bench{}}
	if err := s.addDir(dir, 0); err != nil {
		return nil, err
	}
	if _, err := s.look(); err != nil {
		s.Close()
		return nil, err
	}
	s.unseen = s.dirs
	return s, nil
}

// maxAlternates is how deep alternates may name alternates, as in git.
const maxAlternates = 5

func (s *Store) addDir(dir string, depth int) error {
	for _, have := range s.dirs {
		if have == dir {
			return nil
		}
	}
	s.dirs = append(s.dirs, dir)
	data, err := os.ReadFile(filepath.Join(dir, "info", "alternates"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '"' {
			return ErrUnsupported // a quoted path
		}
		if !filepath.IsAbs(line) {
			if depth > 0 {
				continue // only the repository's own may be relative
			}
			line = filepath.Join(dir, filepath.FromSlash(line))
		}
		if info, err := os.Stat(line); err != nil || !info.IsDir() || depth == maxAlternates {
			continue // git warns, and goes on
		}
		if err := s.addDir(filepath.Clean(line), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// look opens the packs that are there and not yet open, and says whether there were any.
func (s *Store) look() (found bool, err error) {
	for _, dir := range s.dirs {
		entries, err := os.ReadDir(filepath.Join(dir, "pack"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return found, err
		}
		for _, e := range entries {
			name, isIndex := strings.CutSuffix(e.Name(), ".idx")
			file := filepath.Join(dir, "pack", name)
			if !isIndex || s.known[file] {
				continue
			}
			if _, err := os.Stat(file + ".pack"); errors.Is(err, fs.ErrNotExist) {
				continue // it is just being written, or deleted
			}
			p, err := openPack(file, s.bench)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return found, err
			}
			s.known[file], s.packs, found = true, append(s.packs, p), true
		}
	}
	return found, nil
}

// Close lets go of all files.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.packs {
		p.close()
	}
	if s.graph != nil {
		for _, f := range s.graph.files {
			f.close()
		}
	}
	s.graph, s.unseen, s.packs, s.known = nil, nil, nil, map[string]bool{}
}

// Get reads an object of at most limit bytes. The data are the caller's.
func (s *Store) Get(id ID, limit int) (kind Kind, data []byte, err error) {
	err = s.View(id, limit, func(is Kind, of []byte) error {
		kind, data = is, bytes.Clone(of)
		return nil
	})
	return kind, data, err
}

// View reads an object of at most limit bytes, and shows it: the data are use's until it returns, and it must not ask the
// store for more.
func (s *Store) View(id ID, limit int, use func(kind Kind, data []byte) error) error {
	return s.view(id, limit, use, (*pack).object)
}

// ViewHead shows of a commit at least all lines up to that of its committer; of another object maybe less than all. What is not
// all of it has not been compared with its checksum.
func (s *Store) ViewHead(id ID, limit int, use func(kind Kind, data []byte) error) error {
	return s.view(id, limit, use, (*pack).head)
}

func (s *Store) view(id ID, limit int, use func(kind Kind, data []byte) error, read func(p *pack, at int64, limit int) (Kind, []byte, error)) error {
	return s.find(id, func(p *pack, at int64) error {
		kind, data, err := read(p, at, limit)
		if err != nil {
			return err
		}
		return use(kind, data)
	}, func(dir string) error {
		kind, data, err := readLoose(dir, id, limit)
		if err != nil {
			return err
		}
		return use(kind, data)
	})
}

// Size gives the kind and the size of an object, in bytes.
func (s *Store) Size(id ID) (kind Kind, size int64, err error) {
	err = s.find(id, func(p *pack, at int64) (err error) {
		kind, size, err = p.sizeOf(at)
		return err
	}, func(dir string) (err error) {
		kind, size, err = looseSize(dir, id)
		return err
	})
	return kind, size, err
}

// Kind gives the kind of an object. It decompresses nothing of a pack.
func (s *Store) Kind(id ID) (kind Kind, err error) {
	err = s.find(id, func(p *pack, at int64) (err error) {
		kind, err = p.kindOf(at)
		return err
	}, func(dir string) (err error) {
		kind, _, err = looseSize(dir, id)
		return err
	})
	return kind, err
}

// forgetEvery is after how many objects that were read the pages that they stand on are let go. Few of them are needed again, and
// a large history would fill the memory with what is in the system's own already.
const forgetEvery = 16_384

func (s *Store) forget() {
	if s.reads++; s.reads%forgetEvery != 0 {
		return
	}
	for _, p := range s.packs {
		if p.data != nil {
			forget(p.data)
		}
	}
}

// find finds an object: in a pack, as a loose file, and at last in a pack that came since.
func (s *Store) find(id ID, packed func(p *pack, at int64) error, loose func(dir string) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := 0
	for {
		for i := from; i < len(s.packs); i++ {
			if at, ok := s.packs[i].index.find(id); ok {
				s.forget()
				return packed(s.packs[i], at)
			}
		}
		for _, dir := range s.dirs {
			if err := loose(dir); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		from = len(s.packs)
		if more, err := s.look(); err != nil || !more {
			if err == nil {
				err = ErrNotFound
			}
			return err
		}
	}
}
