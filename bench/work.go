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

// The promises are those that were made.
var works = []work{
	{name: "next", args: []string{"next", "-q"}, git: sinceTag,
		promise: map[string]float64{"semantic-release": 1.5, "goreleaser": 0.8, "renovate": 0.15, "git": 0.4}},
	{name: "next, with a commit-graph", graph: true, args: []string{"next", "-q"}, git: sinceTag, promise: map[string]float64{"git": 0.1}},
	{name: "changelog", args: []string{"changelog", "-q"}, git: everything, promise: map[string]float64{"goreleaser": 1.2, "renovate": 1.2, "git": 1.2}, memory: 2},
	{name: "replay", args: []string{"replay", "-q"}, git: everything, promise: map[string]float64{"goreleaser": 1.5, "renovate": 1.5, "git": 1.5}, memory: 2},
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
		costs, err := w.settle(h.name, []contender{ours, theirs}, runs)
		if err != nil {
			return broken, err
		}
		w.row(to, h.name, costs[0], costs[1])
		if w.breaks(h.name, costs[0], costs[1]) {
			broken++
		}
	}
	_, err = fmt.Fprintln(to)
	return broken, err
}

// settle measures, and where a promise seems to be broken up to five times more: what disturbs a run is over some time.
func (w work) settle(name string, contenders []contender, runs int) ([]cost, error) {
	costs, err := race(contenders, runs)
	for range 5 {
		if err != nil || !w.breaks(name, costs[0], costs[1]) {
			break
		}
		var again []cost
		if again, err = race(contenders, runs); err == nil {
			costs[0], costs[1] = costs[0].least(again[0]), costs[1].least(again[1])
		}
	}
	return costs, err
}

// breaks says whether a promise is broken.
func (w work) breaks(name string, ours, theirs cost) bool {
	promise := w.promise[name]
	return promise > 0 && share(ours.cpu, theirs.cpu) > promise || w.memory > 0 && tellable(theirs) && share(ours.peak, theirs.peak) > w.memory
}

// tellable says whether a program's memory is its own: less can't be told apart from what this one has itself.
func tellable(c cost) bool { return c.peak > floor()*2 }

func share[N ~int64](ours, theirs N) float64 { return float64(ours) / float64(theirs) }

// row prints the figures of a piece of work.
func (w work) row(to io.Writer, name string, ours, theirs cost) {
	promise, word := w.promise[name], "–"
	if promise > 0 {
		word = fmt.Sprintf("≤ %.2g", promise)
		switch ratio := share(ours.cpu, theirs.cpu); {
		case ratio > promise:
			word += " **broken**"
		case ratio > promise*caution:
			word += " (close)"
		}
	}
	memory := "–"
	if tellable(theirs) {
		memory = fmt.Sprintf("%.1f", share(ours.peak, theirs.peak))
		if w.memory > 0 {
			memory += fmt.Sprintf(" (≤ %.2g)", w.memory)
		}
	}
	fmt.Fprintf(to, "| %s | %.1f ms | %.1f ms | **%.2f** | %.2f | %s | %s |\n", w.name, milliseconds(ours.cpu), milliseconds(theirs.cpu),
		share(ours.cpu, theirs.cpu), share(ours.wall, theirs.wall), memory, word)
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
