package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// runnerCommand is what the runner takes for a command: at the beginning of a line, or in brackets anywhere in it.
var runnerCommand = regexp.MustCompile(`^\s*::([a-z-]+)(?: [^\n]*?)?::|##\[([a-z-]+)[^\]]*\]`)

// obeyedByRunner gives the lines of a log that a runner would obey, outside of what is between stop-commands and its end.
func obeyedByRunner(log string) (lines []string) {
	until := ""
	for line := range strings.Lines(log) {
		switch stop, stops := strings.CutPrefix(strings.TrimSpace(line), "::stop-commands::"); {
		case until != "":
			if strings.TrimSpace(line) == "::"+until+"::" {
				until = ""
			}
		case stops:
			until = stop
		case runnerCommand.MatchString(line):
			lines = append(lines, line)
		}
	}
	return lines
}

// TestActionLog lets semcut print hostile messages, and obeys what a runner would. act is no judge of that: it obeys less.
func TestActionLog(t *testing.T) {
	i := newInstaller(t)
	program, err := buildSemcut()
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(i.temp, "semcut")
	if err := os.WriteFile(binary, program, 0o755); err != nil {
		t.Fatal(err)
	}
	repo := gittest.New(t)
	for _, text := range hostileTexts {
		repo.Commit(text)
	}
	repo.Commit("Foo ##[set-output name=version]9.9.9\n::add-mask::x")
	held := 0 // what would be obeyed, if the script let it through
	for _, line := range []string{
		"notes", "notes --json", "changelog", "next --json", "next --explain", "parse --from HEAD~9 --to HEAD",
		"release --dry-run --no-push", "release --dry-run --no-push --json", "lint --from HEAD~9 --to HEAD",
		"lint --from HEAD~9 --to HEAD --format json", "lint --from HEAD~9 --to HEAD --format=sarif", "lint --from HEAD~9 --to HEAD --format junit",
		"preview --base HEAD~20 --title '##[set-output name=version]9.9.9 ::add-mask::x'", "preview --base HEAD~20 --title x --json",
	} {
		command, args, _ := strings.Cut(line, " ")
		said, _ := i.run("run.sh", map[string]string{
			"INPUT_BINARY": binary, "INPUT_COMMAND": command, "INPUT_ARGS": args, "INPUT_DIRECTORY": repo.Dir,
		})
		if got := obeyedByRunner(said); len(got) > 0 || len(said) < 100 {
			t.Errorf("%s: the runner obeys %q of\n%s", line, got, said)
		}
		held += len(obeyedByRunner(strings.ReplaceAll(said, "::stop-commands::", "")))
	}
	if held < 8 {
		t.Errorf("only %d commands stand in all of it", held)
	}
}

// TestActionLogStatus keeps the exit status, and the commands that semcut itself gives to the runner.
func TestActionLogStatus(t *testing.T) {
	i := newInstaller(t)
	i.write("semcut", "#!/bin/sh\necho ::error::mine\nexit 4\n")
	binary := filepath.Join(i.temp, "semcut")
	for args, want := range map[string]int{"": 1, "--format github": 1, "--format json": 0} {
		said, ok := i.run("run.sh", map[string]string{"INPUT_BINARY": binary, "INPUT_COMMAND": "lint", "INPUT_ARGS": args})
		if got := obeyedByRunner(said); ok || len(got) != want {
			t.Errorf("lint %s: ok is %v, the runner obeys %q", args, ok, got)
		}
	}
}
