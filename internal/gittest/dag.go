package gittest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
)

const day = 24 * 3600

// Shape says how the commits of a DAG are made.
type Shape struct {
	Name string
	// Step is the most seconds from one commit to the next; 0 gives all the same time.
	Step int64
	// Wrong is by how many seconds a clock may be wrong, in both directions.
	Wrong int64
	// Extreme makes clocks that are wrong be wrong by all of it.
	Extreme bool
	// Drift makes the error go from too late to too early over the whole history, by less than a week from one
	// commit to the next.
	Drift bool
}

// Shapes are the kinds of clocks that histories are tried with. The steps are small against the errors, so that
// errors decide the order.
var Shapes = []Shape{
	{Name: "good clocks", Step: 3 * day},
	{Name: "equal clocks"},
	{Name: "crowded seconds", Step: 2},
	{Name: "an hour wrong", Step: 600, Wrong: 3600},
	{Name: "three days wrong", Step: day, Wrong: 3 * day},
	{Name: "ninety days wrong", Step: 10 * day, Wrong: 90 * day},
	{Name: "ninety days wrong or right", Step: 20 * day, Wrong: 90 * day, Extreme: true},
	{Name: "drifting by almost a week", Step: 3600, Wrong: 90 * day, Drift: true},
}

// Believable says whether git, too, answers right with such clocks.
func (s Shape) Believable() bool { return s.Wrong == 0 }

// Node is a commit of a DAG: parents are places in the DAG before it.
type Node struct {
	Parents []int
	When    int64
}

// DAG is a generated history. Parents come before their children.
type DAG struct {
	Shape Shape
	Nodes []Node
}

// Generate makes a history with merges, octopuses, criss-crosses and several roots.
func Generate(rng *rand.Rand, shape Shape) DAG {
	d := DAG{Shape: shape}
	size := 3 + rng.IntN(22)
	if shape.Drift {
		size += 26
	}
	roots, merges := 1+rng.IntN(3), rng.IntN(60)
	near := 1 + rng.IntN(size) // small: narrow histories; large: bushy ones
	when := int64(Epoch)
	for i := range size {
		n := Node{}
		if i > 0 && (i >= size/2 || rng.IntN(size) >= roots) {
			count := 1
			if rng.IntN(100) < merges {
				count = 2 + rng.IntN(3)*rng.IntN(2)
			}
			n.Parents = pick(rng, i, near, count)
		}
		if shape.Step > 0 {
			when += rng.Int64N(shape.Step + 1)
		}
		n.When = when + shape.mistake(rng, float64(i)/float64(size-1))
		d.Nodes = append(d.Nodes, n)
	}
	return d
}

// mistake is how wrong the clock of a commit is that stands at a part of its history.
func (s Shape) mistake(rng *rand.Rand, at float64) int64 {
	switch {
	case s.Drift:
		return int64((1 - 2*at) * float64(s.Wrong))
	case s.Wrong == 0:
		return 0
	case s.Extreme:
		return (rng.Int64N(3) - 1) * s.Wrong
	}
	return rng.Int64N(2*s.Wrong+1) - s.Wrong
}

// pick gives up to count different places among the near ones before i.
func pick(rng *rand.Rand, i, near, count int) []int {
	var picked []int
	for range count {
		p := max(0, i-1-rng.IntN(near))
		known := false
		for _, have := range picked {
			known = known || have == p
		}
		if !known {
			picked = append(picked, p)
		}
	}
	return picked
}

// Stream writes fast-import streams of DAGs.
type Stream struct {
	bytes.Buffer
	marks int
	dags  int
}

// Add writes a DAG and gives the mark of its first commit; the others follow it.
func (s *Stream) Add(d DAG) (first int) {
	first = s.marks + 1
	branch := fmt.Sprintf("refs/heads/d%d", s.dags)
	for i, n := range d.Nodes {
		if len(n.Parents) == 0 {
			fmt.Fprintf(s, "reset %s\n", branch)
		}
		s.marks++
		message := fmt.Sprintf("dag %d, commit %d\n", s.dags, i)
		fmt.Fprintf(s, "commit %s\nmark :%d\nauthor A <a@example.com> %d +0000\ncommitter C <c@example.com> %d +0100\ndata %d\n%s", branch, s.marks, n.When, n.When, len(message), message)
		for at, p := range n.Parents {
			word := "merge"
			if at == 0 {
				word = "from"
			}
			fmt.Fprintf(s, "%s :%d\n", word, first+p)
		}
		if len(n.Parents) == 0 {
			fmt.Fprint(s, "deleteall\n")
		}
		fmt.Fprint(s, "\n")
	}
	s.dags++
	return first
}

// Blob writes a blob and gives its mark.
func (s *Stream) Blob(text string) int {
	s.marks++
	fmt.Fprintf(s, "blob\nmark :%d\ndata %d\n%s\n", s.marks, len(text), text)
	return s.marks
}

// Tag writes an annotated tag of the object with the mark, and gives the tag's own mark.
func (s *Stream) Tag(name string, mark int) int {
	s.marks++
	fmt.Fprintf(s, "tag %s\nmark :%d\nfrom :%d\ntagger T <t@example.com> %d +0000\ndata 4\ntag\n\n", name, s.marks, mark, Epoch)
	return s.marks
}
