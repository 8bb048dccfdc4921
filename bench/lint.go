package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"
)

// contender is one program that checks a message, or one that does nothing, to compare with.
type contender struct {
	name    string
	program string
	args    []string
	input   string // a file for standard input
}

// benchLint measures what a commit-msg hook costs in a repository of 10,000 files, beside commitlint, which npm installs there,
// a program that does nothing, and git's shortest answer. All run by turns.
func benchLint(runs int) error {
	dir, err := os.MkdirTemp("", "semcut-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	semcut, empty := filepath.Join(dir, "semcut"), filepath.Join(dir, "empty")
	if err := buildStatic(semcut, "./cmd/semcut"); err != nil {
		return err
	}
	source := filepath.Join(dir, "empty.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return err
	}
	if err := buildStatic(empty, source); err != nil {
		return err
	}
	repo := filepath.Join(dir, "repo")
	if err := lintedRepository(repo); err != nil {
		return err
	}
	const message = ".git/COMMIT_EDITMSG"
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tmedian\tto git\t")
	return race(w, repo, runs, []contender{
		{"git --version", "git", []string{"--version"}, ""},
		{"an empty Go program", empty, nil, ""},
		{"semcut lint FILE", semcut, []string{"lint", message}, ""},
		{"semcut lint -z, 10,000 messages", semcut, []string{"lint", "-z"}, "messages"},
		{"commitlint --edit FILE", "node_modules/.bin/commitlint", []string{"--edit", message}, ""},
		{"npx commitlint --edit FILE", "npx", []string{"--no-install", "commitlint", "--edit", message}, ""},
	})
}

// buildStatic builds a program as it is released.
func buildStatic(to, what string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", to, what)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", what, err, out)
	}
	return nil
}

// lintedRepository makes a repository with many files, a message that is about to be committed, commitlint and its usual
// configuration.
func lintedRepository(repo string) error {
	if _, err := output(".", "git", "init", "-q", "-b", "main", repo); err != nil {
		return err
	}
	files := map[string]string{
		"package.json":        `{"private": true, "commitlint": {"extends": ["@commitlint/config-conventional"]}}`,
		".gitignore":          "node_modules\n",
		".git/COMMIT_EDITMSG": "feat(lid): close with a click (#12)\n\nThe old lid had to be turned.\n\nCloses: #12\n# Please enter the commit message for your changes.\n",
		"messages":            strings.Repeat("feat(lid): close with a click (#12)\n\nThe old lid had to be turned.\n\nCloses: #12\n\x00", 10_000),
	}
	for i := range 10_000 {
		files[fmt.Sprintf("src/%02d/%04d.txt", i/200, i)] = fmt.Sprintln(i)
	}
	for name, text := range files {
		file := filepath.Join(repo, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	if _, err := output(repo, "git", "add", "src", "package.json", ".gitignore"); err != nil {
		return err
	}
	if _, err := output(repo, "git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "feat: files"); err != nil {
		return err
	}
	_, err := output(repo, "npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "@commitlint/cli@21.2.4", "@commitlint/config-conventional@21")
	return err
}

// race runs all by turns, and prints the median of each beside that of the first.
func race(w *tabwriter.Writer, dir string, runs int, all []contender) error {
	times := make([][]float64, len(all))
	for i := range runs + 1 {
		for k, c := range all {
			t, err := c.timed(dir)
			if err != nil {
				return err
			}
			if i > 0 { // the first is for the caches
				times[k] = append(times[k], t)
			}
		}
	}
	first := median(times[0])
	for k, c := range all {
		fmt.Fprintf(w, "%s\t%.1f ms\t%.1f\t\n", c.name, 1000*median(times[k]), median(times[k])/first)
	}
	return w.Flush()
}

func (c contender) timed(dir string) (float64, error) {
	cmd := exec.Command(c.program, c.args...)
	cmd.Dir = dir
	if c.input != "" {
		in, err := os.Open(filepath.Join(dir, c.input))
		if err != nil {
			return 0, err
		}
		defer in.Close()
		cmd.Stdin = in
	}
	start := time.Now()
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("running %s: %w", c.name, err)
	}
	return time.Since(start).Seconds(), err
}
