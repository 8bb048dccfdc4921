package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
)

// shape is the form of a history that is made up: as much of everything as was counted in a project that many know.
type shape struct {
	name      string
	commits   int // that HEAD reaches
	merges    int // how many of them merge a topic
	tags      int
	branches  int  // refs beside them
	annotated bool // tags
	message   int  // bytes of a message, about
	fresh     int  // commits since the last release
	old       int  // how many commits ago the oldest topic began that was merged since the last release
	days      int  // from the first commit to the last
	open      int  // how many commits a topic is open for, at most
}

// shapes are small and large, narrow and bushy, of few releases and of many.
var shapes = []shape{
	{name: "semantic-release", open: 15, days: 4050, commits: 2_200, merges: 110, tags: 456, branches: 10, message: 110, fresh: 2},
	{name: "goreleaser", open: 20, days: 3285, commits: 8_000, merges: 364, tags: 600, branches: 20, annotated: true, message: 1_000, fresh: 76},
	{name: "renovate", days: 3250, commits: 26_800, tags: 12_130, branches: 4_000, message: 150, fresh: 1},
	{name: "git", open: 150, days: 7400, commits: 82_000, merges: 21_200, tags: 1_000, branches: 20, annotated: true, message: 480, fresh: 618, old: 17_000},
}

// inventor writes a history as a git fast-import stream.
type inventor struct {
	shape
	*bufio.Writer
	rng      *rand.Rand
	mark     int
	tagged   int
	topics   []topic
	trunk    []int // the commits of the branch itself
	opened   bool  // the old topic was begun
	released bool  // the last release was made
}

// topic is a side branch that is to be merged.
type topic struct {
	tip int
	due int // how many commits the history has by then
}

const (
	began = 1_100_000_000
	day   = 24 * 3600
)

// now is when the next commit is made.
func (v *inventor) now() int { return began + v.days*day/v.commits*v.mark }

// invent writes the history.
func (s shape) invent(to io.Writer) error {
	v := &inventor{shape: s, Writer: bufio.NewWriter(to), rng: rand.New(rand.NewPCG(7, uint64(s.commits)))}
	for v.mark < s.commits {
		v.grow()
		switch before := s.commits - s.fresh; {
		case v.mark < before && v.tagged*before < v.mark*s.tags:
			v.tag()
		case v.mark >= before && !v.released:
			v.released = true
			v.tag()
		}
	}
	for i := range s.branches {
		fmt.Fprintf(v, "reset refs/heads/topic/%d\nfrom :%d\n\n", i, 1+v.rng.IntN(v.mark))
	}
	fmt.Fprintln(v, "done")
	return v.Flush()
}

// grow adds a topic, its merge, or a commit of the branch itself.
func (v *inventor) grow() {
	left := v.commits - v.mark
	for i, t := range v.topics {
		if t.due <= v.mark || left <= len(v.topics)+1 {
			v.topics = append(v.topics[:i], v.topics[i+1:]...)
			v.trunk = append(v.trunk, v.commit(fmt.Sprintf("Merge branch 'topic-%d'", v.mark), v.last(), t.tip))
			return
		}
	}
	// A topic and its merge are as many commits as there are for each merge.
	each := v.commits
	if v.merges > 0 {
		each = v.commits / v.merges
	}
	old := v.old > 0 && !v.opened && v.mark >= v.commits-v.old
	if v.merges == 0 || len(v.trunk) < 3 || left < each+2 || !old && v.rng.IntN(max(1, each-3)) > 0 {
		v.trunk = append(v.trunk, v.commit(v.words(), v.last(), 0))
		return
	}
	tip := v.trunk[max(0, len(v.trunk)-1-v.rng.IntN(40))]
	for range 1 + v.rng.IntN(5) {
		tip = v.commit(v.words(), tip, 0)
	}
	due := v.mark + 1 + v.rng.IntN(v.open)
	if old {
		v.opened = true
		due = v.commits - v.fresh/2
	}
	v.topics = append(v.topics, topic{tip, due})
}

func (v *inventor) last() int {
	if len(v.trunk) == 0 {
		return 0
	}
	return v.trunk[len(v.trunk)-1]
}

// commit writes one that changes a file.
func (v *inventor) commit(message string, parent, merged int) (mark int) {
	v.mark++
	who := fmt.Sprintf("Ada Lovelace <ada@example.com> %d +0000", v.now())
	fmt.Fprintf(v, "commit refs/heads/main\nmark :%d\nauthor %s\ncommitter %s\ndata %d\n%s\n", v.mark, who, who, len(message), message)
	if parent > 0 {
		fmt.Fprintf(v, "from :%d\n", parent)
	}
	if merged > 0 {
		fmt.Fprintf(v, "merge :%d\n", merged)
	}
	text := strings.Repeat(v.words()+"\n", 3)
	fmt.Fprintf(v, "M 644 inline src/%d/%d.txt\ndata %d\n%s\n", v.rng.IntN(30), v.rng.IntN(30), len(text), text)
	return v.mark
}

// tag puts the next version on the last commit of the branch.
func (v *inventor) tag() {
	v.tagged++
	name := fmt.Sprintf("v%d.%d.%d", 1+v.tagged/400, v.tagged%400/20, v.tagged%20)
	if v.annotated {
		fmt.Fprintf(v, "tag %s\nfrom :%d\ntagger Ada Lovelace <ada@example.com> %d +0000\ndata %d\n%s\n", name, v.last(), v.now(), len(name), name)
		return
	}
	fmt.Fprintf(v, "reset refs/tags/%s\nfrom :%d\n\n", name, v.last())
}

var (
	types      = []string{"feat", "fix", "fix", "chore(deps)", "chore", "docs", "test", "refactor(core)", "build", "feat(cli)", "fix(api)"}
	vocabulary = strings.Fields(`the a of to and in is for that when with from this not be as are it on by was before after where which an object
		index buffer commit branch remote ref update parse option config value default error message path file name test case function
		caller memory leak free return check read write output input stream line patch merge rebase fetch push clone server client token
		version release package module dependency upgrade remove rename introduce support handle avoid ensure allow prevent simplify`)
)

// words writes a message.
func (v *inventor) words() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s:", types[v.rng.IntN(len(types))])
	size := v.message/2 + v.rng.IntN(v.message)
	for line := out.Len(); out.Len() < size || line < 30; {
		word := vocabulary[v.rng.IntN(len(vocabulary))]
		if line+len(word) > 68 {
			out.WriteString([]string{"\n\n", "\n"}[min(1, strings.Count(out.String(), "\n"))])
			line = 0
		} else {
			out.WriteByte(' ')
		}
		out.WriteString(word)
		line += len(word) + 1
	}
	if v.rng.IntN(3) == 0 {
		fmt.Fprintf(&out, " (#%d)", v.mark)
	}
	if v.rng.IntN(8) == 0 {
		fmt.Fprintf(&out, "\n\nCloses #%d\nSigned-off-by: Ada Lovelace <ada@example.com>", v.mark)
	}
	return out.String()
}
