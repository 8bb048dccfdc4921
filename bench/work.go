package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// work is one thing that semcut and git are both asked for.
type work struct {
	name  string
	graph bool     // semcut has a commit-graph; git doesn't
	args  []string // of semcut
	git   func(tag string) [][]string
	// promise is the most of git's CPU time that semcut takes, by shape; a shape that isn't there has none.
	promise map[string]float64
	// memory is the most of git's peak memory, where that can be compared; 0 is no promise.
	memory float64
}

// sinceTag is what people, and svu, ask git for the next version: the last tag, then the messages since.
func sinceTag(tag string) [][]string {
	return [][]string{{"git", "describe", "--tags", "--abbrev=0"}, {"git", "log", "--format=%H%n%B", tag + "..HEAD"}}
}

// everything is what a whole changelog has to read.
func everything(string) [][]string { return [][]string{{"git", "log", "--format=%H%n%B"}} }

var works = []work{
	{name: "next", args: []string{"next", "-q"}, git: sinceTag,
		promise: map[string]float64{"semantic-release": 2.1, "goreleaser": 1.3, "renovate": 0.25, "git": 0.55}},
	{name: "next, with a commit-graph", graph: true, args: []string{"next", "-q"}, git: sinceTag, promise: map[string]float64{"git": 0.25}},
	{name: "changelog", args: []string{"changelog", "-q"}, git: everything, promise: map[string]float64{"goreleaser": 2.4, "renovate": 2.9, "git": 1.9}, memory: 2.2},
	{name: "replay", args: []string{"replay", "-q"}, git: everything, promise: map[string]float64{"goreleaser": 2.2, "renovate": 2.7, "git": 1.6}, memory: 2.1},
}

// caution is the part of a promise from which on somebody should look.
const caution = 0.85

// history is a repository with what is compared in it.
type history struct {
	name string // of its shape, or of where it is from
	repo string
	own  bool // it was made for this
}

// report measures everything in a history, and says how many promises were broken.
func (h history) report(to io.Writer, semcut string, runs int) (broken int, err error) {
	tag, err := output(h.repo, "git", "describe", "--tags", "--abbrev=0")
	if err != nil {
		return 0, err
	}
	if err := h.describe(to); err != nil {
		return 0, err
	}
	fmt.Fprint(to, "| work | semcut | git | CPU ratio | wall ratio | memory ratio | promise |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, w := range works {
		if w.graph && !h.own {
			continue // nothing is written into a repository of somebody else
		}
		ours := contender{name: "semcut " + w.name, programs: []program{{dir: h.repo, args: append([]string{semcut}, w.args...)}}}
		theirs := contender{name: "git"}
		for _, args := range w.git(tag) {
			if w.graph { // that is ours alone
				args = append([]string{"git", "-c", "core.commitGraph=false"}, args[1:]...)
			}
			theirs.programs = append(theirs.programs, program{dir: h.repo, args: args})
		}
		if h.own {
			if err := h.graph(w.graph); err != nil {
				return broken, err
			}
		}
		costs, err := race([]contender{ours, theirs}, runs)
		if err != nil {
			return broken, err
		}
		if w.row(to, h.name, costs[0], costs[1]) {
			broken++
		}
	}
	_, err = fmt.Fprintln(to)
	return broken, err
}

// row prints the figures of a piece of work, and says whether its promise is broken.
func (w work) row(to io.Writer, name string, ours, theirs cost) (broken bool) {
	ratio := float64(ours.cpu) / float64(theirs.cpu)
	promise, word := w.promise[name], "–"
	if promise > 0 {
		word = fmt.Sprintf("≤ %.2g", promise)
		switch {
		case ratio > promise:
			word, broken = word+" **broken**", true
		case ratio > promise*caution:
			word += " (close)"
		}
	}
	memory := "–"
	if theirs.peak > floor()*2 { // less can't be told apart from what this program has itself
		share := float64(ours.peak) / float64(theirs.peak)
		memory = fmt.Sprintf("%.1f", share)
		if w.memory > 0 && share > w.memory {
			memory, broken = memory+" **broken**", true
		}
	}
	fmt.Fprintf(to, "| %s | %.1f ms | %.1f ms | **%.2f** | %.2f | %s | %s |\n", w.name, milliseconds(ours.cpu), milliseconds(theirs.cpu),
		ratio, float64(ours.wall)/float64(theirs.wall), memory, word)
	return broken
}

// graph writes the commit-graph, or takes it away.
func (h history) graph(there bool) error {
	if there {
		_, err := output(h.repo, "git", "commit-graph", "write", "--reachable")
		return err
	}
	err := os.Remove(filepath.Join(h.repo, "objects", "info", "commit-graph"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// describe says what is measured.
func (h history) describe(to io.Writer) error {
	commits, err := output(h.repo, "git", "rev-list", "--count", "HEAD")
	if err != nil {
		return err
	}
	merges, err := output(h.repo, "git", "rev-list", "--count", "--merges", "HEAD")
	if err != nil {
		return err
	}
	tags, err := output(h.repo, "git", "tag")
	fmt.Fprintf(to, "### %s: %s commits, %s merges, %d tags\n\n", h.name, commits, merges, len(strings.Fields(tags)))
	return err
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }
