package starter

import (
	"io/fs"
	"strings"

	"github.com/semcut/semcut/release"
)

// Proposal is what to do, and what it was made from.
type Proposal struct {
	Found  []Fact    `json:"found"`
	Notes  []string  `json:"notes"`  // what a person should know or decide, one line each
	Files  []File    `json:"files"`  // to be written
	ByHand []Snippet `json:"byHand"` // to be written by a person, into a file that is somebody's
}

// Fact is one thing that was found.
type Fact struct {
	What string `json:"what"`
	Is   string `json:"is"`
}

// File is a file to write.
type File struct {
	Path string  `json:"path"`
	Old  *string `json:"old"` // what it holds; nil where it isn't there
	New  string  `json:"new"`
	Why  string  `json:"why"`
}

// Snippet is a text to put into a file by hand.
type Snippet struct {
	Path string `json:"path"`
	Text string `json:"text"`
	Why  string `json:"why"`
}

// Empty says that nothing is to be done.
func (p Proposal) Empty() bool { return len(p.Files) == 0 && len(p.ByHand) == 0 }

// proposer makes one proposal.
type proposer struct {
	Repository
	Options
	Proposal

	format     release.TagFormat
	last       *release.Release // the highest release that a tag names; nil where there is none
	perPackage bool             // tags come in several formats: packages have versions of their own
	workspace  workspace
}

// Propose looks at a repository and says what to do.
func Propose(r Repository, o Options) Proposal {
	p := &proposer{Repository: r, Options: o, Proposal: Proposal{Found: []Fact{}, Notes: []string{}, Files: []File{}, ByHand: []Snippet{}}}
	p.look()
	p.readTags()
	p.workspace = p.findWorkspace()
	p.configure()
	p.offerChangelog()
	p.automate()
	return p.Proposal
}

func (p *proposer) found(what string, is ...string) {
	if text := strings.Join(is, ", "); text != "" {
		p.Found = append(p.Found, Fact{what, text})
	}
}

func (p *proposer) note(text string) { p.Notes = append(p.Notes, text) }

func (p *proposer) create(path, text, why string) {
	p.Files = append(p.Files, File{Path: path, New: text, Why: why})
}

// there says whether something of that name is in the work tree, be it a link that leads nowhere.
func (p *proposer) there(path string) bool {
	_, err := fs.Lstat(p.Tree, path)
	return err == nil
}

// read reads a plain file of the work tree; what isn't there is empty.
func (p *proposer) read(path string) []byte {
	info, err := fs.Lstat(p.Tree, path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil
	}
	data, _ := fs.ReadFile(p.Tree, path) // one that can't be read says nothing
	return data
}

// maxFile bounds the files that are looked into.
const maxFile = 1 << 20
