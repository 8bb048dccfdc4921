package changelog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// contextShape is the version of the Context's shape.
const contextShape = 1

// Context is the contract of "notes --json" and "--from-json" (docs/notes.md): releases, newest first, and where they are
// from.
type Context struct {
	Semcut     int        `json:"semcut"` // the version of this shape
	Repository Repository `json:"repository"`
	Releases   []Notes    `json:"releases"`
}

// Repository is where releases are from; empty where nobody knows.
type Repository struct {
	Host  string `json:"host"` // https://github.com
	Owner string `json:"owner"`
	Name  string `json:"name"`
	URL   string `json:"url"`
}

// NewContext puts releases together with where they are from.
func NewContext(o Options, releases []Notes) Context {
	return Context{contextShape, Repository{o.Links.Host, o.Links.Owner, o.Links.Repository, o.Links.repository()}, releases}
}

// ReadContext reads what NewContext made, and people may have edited. An unknown field is an error: it is a typo.
func ReadContext(data []byte) (Context, error) {
	var c Context
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&c); err != nil {
		return c, contextError(data, in.InputOffset(), err)
	}
	if in.More() {
		return c, contextError(data, in.InputOffset(), errors.New("more follows behind the document"))
	}
	if c.Semcut != contextShape {
		return c, fmt.Errorf("its \"semcut\" is %d, this semcut knows %d", c.Semcut, contextShape)
	}
	for _, n := range c.Releases {
		if err := n.judge(); err != nil {
			return c, err
		}
	}
	return c, nil
}

var anyHash = lazyregexp.New(`^[0-9A-Fa-f]*$`)

// judge refuses what would go into a page as something else than text.
func (n Notes) judge() error {
	if n.Version == "" {
		return errors.New("a release has no version")
	}
	if _, err := time.Parse(time.DateOnly, n.Date); err != nil {
		return fmt.Errorf("the date %.40q of %q is none; write it like 2026-03-14", n.Date, n.Version)
	}
	for _, g := range n.Groups {
		for _, e := range g.Entries {
			if !anyHash.MatchString(e.Hash) {
				return fmt.Errorf("the hash %.60q of %q is none", e.Hash, n.Version)
			}
			for _, who := range e.Authors {
				if who.Login != "" && asLogin(who.Login) == "" {
					return fmt.Errorf("the login %.60q of %q can't be one", who.Login, n.Version)
				}
			}
		}
	}
	for _, c := range n.Contributors {
		if c.Login != "" && asLogin(c.Login) == "" {
			return fmt.Errorf("the login %.60q of %q can't be one", c.Login, n.Version)
		}
	}
	return nil
}

// contextError says where in the document something is wrong. Of an unknown field the decoder tells only the name.
func contextError(data []byte, offset int64, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		offset, err = int64(len(bytes.TrimSpace(data))), errors.New("the document ends too early")
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		offset = max(0, int64(bytes.Index(data, []byte(name))))
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = wrong.Offset
		err = fmt.Errorf("%s can't be %s", cmp.Or(wrong.Field, "the document"), wrong.Value)
	}
	before := data[:max(0, min(int(offset), len(data)))]
	return fmt.Errorf("line %d: %s", bytes.Count(before, []byte("\n"))+1, strings.TrimPrefix(err.Error(), "json: "))
}

// commits gives notes as commits again, for the layouts that read messages.
func (n Notes) commits() []commitparse.Commit {
	var commits []commitparse.Commit
	for _, g := range n.Groups {
		for _, e := range g.Entries {
			c := commitparse.Commit{Hash: e.Hash}
			c.Raw = e.message()
			commits = append(commits, c)
		}
	}
	return commits
}

// message writes an entry as a commit message.
func (e Entry) message() string {
	var b strings.Builder
	b.WriteString(e.Type)
	if e.Scope != "" {
		fmt.Fprintf(&b, "(%s)", e.Scope)
	}
	if e.Type != "" {
		b.WriteString(": ")
	}
	b.WriteString(e.Text)
	if e.PullRequest != nil {
		fmt.Fprintf(&b, " (%s)", e.PullRequest.Name)
	}
	for _, i := range e.Issues {
		word := "Refs"
		if i.Closes {
			word = "Closes"
		}
		fmt.Fprintf(&b, "\n\n%s %s", word, i.Name)
	}
	for _, text := range e.Breaking {
		fmt.Fprintf(&b, "\n\nBREAKING CHANGE: %s", text)
	}
	return b.String()
}
