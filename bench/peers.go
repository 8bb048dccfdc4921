package main

import (
	"fmt"
	"io"
	"path/filepath"
)

// peerPackages are what npm installs: the tools that semcut replaces, and a Node that is new enough for them.
var peerPackages = []string{
	"node@22", "git-cliff@2.14.2", "semantic-release@25.0.9", "conventional-changelog-conventionalcommits@9.3.1",
	"@commitlint/cli@21.2.4", "@commitlint/config-conventional@21",
}

// reportPeers measures the other tools in a small history, beside semcut and git.
func reportPeers(to io.Writer, h history, semcut, dir string, runs int) error {
	install := append([]string{"npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", dir}, peerPackages...)
	if _, err := output(".", install...); err != nil {
		return err
	}
	tag, err := output(h.repo, "git", "describe", "--tags", "--abbrev=0")
	if err != nil {
		return err
	}
	work := filepath.Join(dir, "clone") // semantic-release wants a work tree, and a remote
	if _, err := output(".", "git", "clone", "-q", h.repo, work); err != nil {
		return err
	}
	bin := filepath.Join(dir, "node_modules", ".bin")
	node := filepath.Join(dir, "node_modules", "node", "bin", "node")
	release := filepath.Join(dir, "node_modules", "semantic-release", "bin", "semantic-release.js")
	one := func(name string, args ...string) contender {
		return contender{name, []program{{dir: work, args: args}}}
	}
	tables := []struct {
		title string
		all   []contender
	}{
		{"The next version", []contender{
			{"git describe, git log", []program{{dir: work, args: sinceTag(tag)[0]}, {dir: work, args: sinceTag(tag)[1]}}},
			one("semcut next", semcut, "next", "-q"),
			one("git-cliff --bumped-version --offline", filepath.Join(bin, "git-cliff"), "--bumped-version", "--offline"),
			one("semantic-release --dry-run", node, release, "--dry-run", "--no-ci", "--branches", "main", "--repository-url", "file://"+h.repo,
				"--plugins", "@semantic-release/commit-analyzer"),
		}},
		{"The whole changelog", []contender{
			{"git log", []program{{dir: work, args: everything("")[0]}}},
			one("semcut changelog", semcut, "changelog", "-q"),
			one("git-cliff --offline", filepath.Join(bin, "git-cliff"), "--offline"),
		}},
	}
	for _, t := range tables {
		costs, err := race(t.all, runs)
		if err != nil {
			return err
		}
		compare(to, t.title+" of "+h.name, t.all, costs)
	}
	return nil
}

// compare prints what each took, beside the first.
func compare(to io.Writer, title string, all []contender, costs []cost) {
	fmt.Fprintf(to, "| %s | CPU | wall | CPU ratio | memory |\n|---|--:|--:|--:|--:|\n", title)
	for i, c := range all {
		fmt.Fprintf(to, "| %s | %.1f ms | %.1f ms | %.1f | %d MiB |\n", c.name, milliseconds(costs[i].cpu), milliseconds(costs[i].wall),
			float64(costs[i].cpu)/float64(costs[0].cpu), costs[i].peak>>10)
	}
	fmt.Fprintln(to)
}
