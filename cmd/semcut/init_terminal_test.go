package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestInitOnATerminal goes through the answers: all of it, some of it, nothing, and none.
func TestInitOnATerminal(t *testing.T) {
	for name, c := range map[string]struct {
		line              string
		answer            func(*screenTest)
		status            int
		changelog, script bool
	}{
		"all":      {"semcut init", func(s *screenTest) { s.keys("Enter") }, 0, true, true},
		"some":     {"semcut init", func(s *screenTest) { s.keys("Down", "Enter"); s.answersEach() }, 0, false, true},
		"nothing":  {"semcut init", func(s *screenTest) { s.keys("Up", "Enter") }, 0, false, false},
		"stopped":  {"semcut init", func(s *screenTest) { s.keys("C-c") }, 130, false, false},
		"by lines": {"semcut init --accessible", func(s *screenTest) { s.types("2", "2"); s.hearsEach() }, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			s.run(80, "env -u CI -u GITHUB_ACTIONS "+c.line) // CI is never asked
			s.sees("Write this?")
			c.answer(s)
			s.end(c.status)
			for file, want := range map[string]bool{"CHANGELOG.md": c.changelog, ".git/hooks/commit-msg": c.script} {
				if _, err := os.Stat(filepath.Join(s.repo.Dir, file)); (err == nil) != want {
					t.Errorf("%s: %v, want it there: %v", file, err, want)
				}
			}
		})
	}
}

// answersEach takes the hook, and not the changelog.
func (s *screenTest) answersEach() {
	s.t.Helper()
	s.sees("Write CHANGELOG.md?")
	s.keys("n")
	s.sees("Install the commit-msg hook?")
	s.keys("y")
}

func (s *screenTest) hearsEach() {
	s.t.Helper()
	s.sees("Write CHANGELOG.md?")
	s.types("n", "n")
	s.sees("Install the commit-msg hook?")
	s.types("y", "y")
}
