package githook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

var errOutside = errors.New("it is a link that leads out of the repository")

// Spot is where hooks are to be put.
type Spot struct {
	// Advice is set where nothing may be written: why, and what to write where.
	Advice *Advice
	// Note is what else a person has to do; "" mostly.
	Note string

	repo  Repo
	dir   string
	husky bool
	old   bool // husky before version 9
}

// Advice is what a person has to do instead of us.
type Advice struct {
	Why     string // one line
	Do      string // one line: what to do with the text
	Snippet string
	There   bool // it has been done already
}

// Find finds out who looks after the hooks of a repository. With plain, managers don't count that git itself knows nothing of.
func Find(r Repo, hooks []Hook, plain bool) Spot {
	s := Spot{repo: r, dir: r.hooksDir()}
	if why := r.foreign(); why != "" {
		s.Advice = &Advice{Why: why, Do: "write it into " + r.shown(filepath.Join(s.dir, hooks[0].Name)) + ", if the hooks there are yours:", Snippet: lines(hooks)}
		return s
	}
	if dir, old := huskyDir(r); dir != "" && (!plain || r.HooksPath != "") {
		s.dir, s.husky, s.old = dir, true, old
		if r.HooksPath == "" {
			s.Note = "husky isn't active in this clone yet: run npx husky"
		}
		if !r.holds(dir) {
			s.Advice = &Advice{Why: ".husky leads out of this repository", Do: "write it there, if the hooks there are yours:", Snippet: lines(hooks)}
		}
		return s
	}
	for _, m := range managers {
		if name, text := m.find(r.Root); name != "" && !plain {
			s.Advice = m.advice(name, hooks)
			s.Advice.There = strings.Contains(text, hooks[0].call) || m.ours != "" && strings.Contains(text, m.ours)
			return s
		}
	}
	return s
}

func lines(hooks []Hook) string {
	var b strings.Builder
	for _, h := range hooks {
		b.WriteString("# " + h.Name + "\n" + strings.TrimSuffix(h.line, lineMark) + "\n")
	}
	return b.String()
}

// manager is a tool that has its own file for what the hooks do.
type manager struct {
	name   string
	files  []string
	ours   string // stands in the file where semcut's published hook is used
	advice func(file string, hooks []Hook) *Advice
}

// managers are those whose files we don't write: they are somebody's YAML.
var managers = []manager{
	{"lefthook", lefthookFiles(), "", lefthookAdvice},
	{"pre-commit", []string{".pre-commit-config.yaml"}, "github.com/semcut/semcut", preCommitAdvice},
}

// find gives the manager's file in the work tree and what stands in it.
func (m manager) find(root string) (name, text string) {
	for _, name := range m.files {
		if data, err := os.ReadFile(filepath.Join(root, name)); err == nil {
			return name, string(data)
		}
	}
	return "", ""
}
