package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// reportLint measures what a commit-msg hook costs in a repository of 10,000 files, beside commitlint, a program that does
// nothing, and git's shortest answer.
func reportLint(to io.Writer, semcut, dir, peers string, runs int) error {
	empty, source := filepath.Join(dir, "empty"), filepath.Join(dir, "empty.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return err
	}
	if err := build(empty, source); err != nil {
		return err
	}
	repo := filepath.Join(cmp.Or(peers, dir), "linted") // below peers the modules are found that are installed there
	if err := lintedRepository(repo); err != nil {
		return err
	}
	const message = ".git/COMMIT_EDITMSG"
	one := func(name string, args ...string) contender {
		return contender{name, []program{{dir: repo, args: args}}}
	}
	all := []contender{
		one("an empty Go program", empty),
		one("git --version", "git", "--version"),
		one("semcut lint FILE", semcut, "lint", message),
		{"semcut lint -z, 10,000 messages", []program{{dir: repo, args: []string{semcut, "lint", "-z"}, input: filepath.Join(repo, "messages")}}},
		{"semcut lint -z, 40,000 messages", []program{{dir: repo, args: []string{semcut, "lint", "-z"}, input: filepath.Join(repo, "more")}}},
	}
	if peers != "" {
		node := filepath.Join(peers, "node_modules", "node", "bin", "node")
		all = append(all, one("commitlint --edit FILE", node, filepath.Join(peers, "node_modules", "@commitlint", "cli", "cli.js"), "--edit", message))
	}
	costs, err := race(all, runs)
	if err == nil {
		compare(to, "The commit-msg hook", all, costs)
	}
	return err
}

// lintedRepository makes a repository with many files, a message that is about to be committed, and commitlint's usual
// configuration.
func lintedRepository(repo string) error {
	if _, err := output(".", "git", "init", "-q", "-b", "main", repo); err != nil {
		return err
	}
	const message = "feat(lid): close with a click (#12)\n\nThe old lid had to be turned.\n\nCloses: #12\n"
	files := map[string]string{
		"package.json":        `{"private": true, "commitlint": {"extends": ["@commitlint/config-conventional"]}}`,
		".git/COMMIT_EDITMSG": message + "# Please enter the commit message for your changes.\n",
		"messages":            strings.Repeat(message+"\x00", 10_000),
		"more":                strings.Repeat(message+"\x00", 40_000),
	}
	for i := range 10_000 {
		files[fmt.Sprintf("src/%02d/%04d.txt", i/200, i)] = fmt.Sprintln(i)
	}
	for name, text := range files {
		file := filepath.Join(repo, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			return err
		}
	}
	if _, err := output(repo, "git", "add", "src", "package.json"); err != nil {
		return err
	}
	_, err := output(repo, "git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "feat: files")
	return err
}
