package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/internal/gittest"
)

// screenTest is a terminal of tmux's, in a repository with something to commit.
type screenTest struct {
	t      *testing.T
	repo   *gittest.Repo
	socket string
}

// newScreen makes a repository whose history knows the scopes lid, twice, and hinge.
func newScreen(t *testing.T) *screenTest {
	t.Helper()
	gittest.Counterpart(t, "tmux")
	s := &screenTest{t: t, repo: gittest.New(t)}
	s.repo.Git("config", "user.name", "Ada")
	s.repo.Git("config", "user.email", "ada@example.com")
	for _, scope := range []string{"hinge", "lid", "lid"} {
		s.repo.Git("commit", "-q", "--allow-empty", "-m", "feat("+scope+"): a part")
	}
	dir, err := os.MkdirTemp("", "screen") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	s.socket = filepath.Join(dir, "s")
	t.Cleanup(func() {
		_ = s.tmux("kill-server").Run() // it has ended with its last window, mostly
		_ = os.RemoveAll(dir)
	})
	return s
}

func (s *screenTest) tmux(args ...string) *exec.Cmd {
	cmd := exec.Command("tmux", append([]string{"-u", "-f", os.DevNull, "-S", s.socket}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm-256color", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_EDITOR=true",
		"GORACE=exitcode=0 log_path="+s.socket+".race") // what the prompt library does with its own goroutines would stand on the screen
	return cmd
}

// run begins a command line in a terminal of that width.
func (s *screenTest) run(width int, line string) {
	s.t.Helper()
	cmd := s.tmux("new-session", "-d", "-x", strconv.Itoa(width), "-y", "40", "-c", s.repo.Dir, line+`; echo "left with $?"; read stay`)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("tmux: %v: %s", err, out)
	}
}

// end closes the terminal, once what ran in it has ended with that status.
func (s *screenTest) end(status int) {
	s.t.Helper()
	s.sees("left with " + strconv.Itoa(status))
	s.keys("Enter")
	for range 100 {
		if s.tmux("list-sessions").Run() != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatal("the terminal doesn't close")
}

func (s *screenTest) screen() string {
	out, _ := s.tmux("capture-pane", "-p").Output() // what isn't there yet is seen later
	return strings.TrimRight(string(out), "\n ")
}

// sees waits until a text stands on the screen.
func (s *screenTest) sees(text string) string {
	s.t.Helper()
	for range 200 {
		if screen := s.screen(); strings.Contains(screen, text) {
			return screen
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatalf("%q doesn't come; the screen is\n%s", text, s.screen())
	return ""
}

// keys presses keys, named as tmux does.
func (s *screenTest) keys(names ...string) {
	s.t.Helper()
	if out, err := s.tmux(append([]string{"send-keys"}, names...)...).CombinedOutput(); err != nil {
		s.t.Fatalf("tmux: %v: %s", err, out)
	}
}

// types writes text, sees it on the screen, and ends the line.
func (s *screenTest) types(text, seen string) {
	s.t.Helper()
	s.keys("-l", text)
	s.sees(seen)
	s.keys("Enter")
}

func (s *screenTest) last() string {
	s.t.Helper()
	return strings.TrimSpace(s.repo.Git("log", "-1", "--format=%B"))
}

// answers goes through all questions, from the type on.
func (s *screenTest) answers() {
	s.t.Helper()
	s.sees("> feat")
	s.keys("Down", "Enter")
	s.sees("> none")
	s.keys("Down", "Enter")
	s.sees("10 of 100")
	s.keys("-l", "SIE")
	s.sees("13 of 100")
	s.keys("Enter")
	s.sees("sentence-case")
	s.keys("C-u")
	s.keys("-l", "Schließe sie 日本語.")
	s.sees("27 of 100")
	s.keys("Enter")
	s.sees("Why, and what else?")
	s.keys("-l", "one")
	s.keys("M-Enter")
	s.types("two 二", "two 二")
	s.sees("Yes     No")
	s.keys("y")
	s.sees("What breaks")
	s.types("it closes", "it closes")
	s.sees("Which issues")
	s.types("12", "> 12")
	s.sees("> commit it")
}

const answered = "fix(lid)!: schließe sie 日本語\n\none\ntwo 二\n\nBREAKING CHANGE: it closes\n\nCloses #12"

func TestCommitOnATerminal(t *testing.T) {
	for name, width := range map[string]int{"usual": 80, "narrow": 30} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			s.run(width, "semcut commit --allow-empty")
			s.answers()
			s.keys("Enter")
			s.end(0)
			if got := s.last(); got != answered {
				t.Errorf("committed %q, want %q", got, answered)
			}
		})
	}
}

// TestCommitAgain changes an answer after the preview: what was answered before stands there.
func TestCommitAgain(t *testing.T) {
	s := newScreen(t)
	s.run(80, "NO_COLOR=1 semcut commit --allow-empty")
	s.answers()
	s.keys("Down", "Enter")
	s.sees("> fix")
	s.keys("Enter")
	s.sees("> lid")
	s.keys("Enter")
	s.sees("> schließe sie 日本語")
	s.types(" still", "日本語 still")
	s.sees("Why, and what else?")
	s.keys("Enter")
	s.sees("Yes     No")
	s.keys("n")
	s.sees("Which issues")
	s.keys("Enter")
	s.sees("> commit it")
	s.keys("Enter")
	s.end(0)
	if got, want := s.last(), "fix(lid): schließe sie 日本語 still\n\none\ntwo 二\n\nCloses #12"; got != want {
		t.Errorf("committed %q, want %q", got, want)
	}
}

// TestCommitStopped presses Ctrl-C at a question: status 130, no commit, and nothing is left in .git.
func TestCommitStopped(t *testing.T) {
	for name, c := range map[string]struct {
		env string
		to  func(*screenTest)
	}{
		"first": {"", func(s *screenTest) { s.sees("> feat") }},
		"line": {"", func(s *screenTest) {
			s.sees("> feat")
			s.keys("Enter")
			s.sees("> none")
			s.keys("Enter")
			s.sees("6 of 100")
		}},
		"preview":    {"", (*screenTest).answers},
		"accessible": {"ACCESSIBLE=1 ", func(s *screenTest) { s.sees("between 1 and 11"); s.keys("1", "Enter"); s.sees("2. lid") }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			before := s.repo.Git("rev-parse", "HEAD")
			files, _ := filepath.Glob(filepath.Join(s.repo.Dir, ".git", "*"))
			s.run(80, c.env+"semcut commit --allow-empty")
			c.to(s)
			s.keys("C-c")
			s.sees("message: stopped")
			s.end(130)
			after, _ := filepath.Glob(filepath.Join(s.repo.Dir, ".git", "*"))
			if s.repo.Git("rev-parse", "HEAD") != before || len(after) != len(files) {
				t.Errorf("something was written: %v, was %v", after, files)
			}
		})
	}
}

// TestCommitRetried: a hook refuses, the text is offered to the next run.
func TestCommitRetried(t *testing.T) {
	s := newScreen(t)
	hook := filepath.Join(s.repo.Dir, ".git", "hooks", "pre-commit")
	if err := os.MkdirAll(filepath.Dir(hook), 0o755); err != nil {
		t.Fatal(err)
	}
	gittest.Script(t, hook, "echo the hook says no; exit 1")
	s.run(80, "semcut commit --allow-empty")
	s.answers()
	s.keys("Enter")
	s.sees("the hook says no")
	s.end(1)
	if err := os.Remove(hook); err != nil {
		t.Fatal(err)
	}
	s.run(80, "semcut commit --allow-empty")
	s.sees("Take it up again?")
	s.keys("Enter")
	s.sees("> commit it")
	s.keys("Enter")
	s.end(0)
	if got := s.last(); got != answered {
		t.Errorf("committed %q, want %q", got, answered)
	}
}

// TestCommitPrepared: git commit asks through the prepare-commit-msg hook.
func TestCommitPrepared(t *testing.T) {
	s := newScreen(t)
	s.run(80, "semcut hook install --prepare && git commit --allow-empty")
	s.sees("> feat")
	s.keys("Enter")
	s.sees("> none")
	s.keys("Enter")
	s.sees("6 of 100")
	s.types("prepare it", "> prepare it")
	s.sees("Why, and what else?")
	s.keys("Enter")
	s.sees("Yes     No")
	s.keys("n")
	s.sees("Which issues")
	s.keys("Enter")
	s.sees("> take it")
	s.keys("Enter")
	s.end(0)
	if got := s.last(); got != "feat: prepare it" {
		t.Errorf("committed %q", got)
	}
}

// TestCommitHeard goes the whole way by lines, without a screen being drawn over.
func TestCommitHeard(t *testing.T) {
	s := newScreen(t)
	s.run(80, "semcut commit --allow-empty --accessible")
	for _, c := range [][2]string{
		{"between 1 and 11", "1"}, {"between 1 and 4", "2"}, {"as if to order it", "hear it"}, {"ends it)", "one"}, {"…", "two"}, {"…  two", ""}, {"[y/N]", "n"}, {"Refs #12", ""}, {"What now?", "1"},
	} {
		s.sees(c[0])
		if c[1] != "" {
			s.keys("-l", c[1])
		}
		s.keys("Enter")
	}
	s.end(0)
	if got := s.last(); got != "feat(lid): hear it\n\none\ntwo" {
		t.Errorf("committed %q", got)
	}
}

// TestCommitAsksInTheProjectsWords: questions and answers are described as commitlint's configuration does for cz-commitlint.
func TestCommitAsksInTheProjectsWords(t *testing.T) {
	s := newScreen(t)
	s.repo.Write(".commitlintrc.json", `{"extends": ["@commitlint/config-conventional"], "rules": {"type-enum": [2, "always", ["feat", "lidwork"]], "scope-enum": [2, "always", ["hinge"]]},
		"prompt": {"questions": {
			"type": {"description": "Which kind?", "enum": {"lidwork": {"description": "work on lids", "emoji": "🫙"}}},
			"scope": {"enum": {"hinge": {"description": "what turns"}}},
			"subject": "no question at all"}}}`)
	s.run(80, "semcut commit --allow-empty")
	s.sees("Which kind?")
	s.sees("feat     a new feature")
	s.sees("lidwork  🫙 work on lids")
	s.keys("Down", "Enter")
	s.sees("hinge  what turns")
	s.keys("Enter")
	s.sees("What does it do?")
	s.keys("C-c")
	s.end(130)
}
