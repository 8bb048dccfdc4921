package gitrepo

import (
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func hashesOf(commits []commitparse.Commit) []string {
	hashes := []string{}
	for _, c := range commits {
		hashes = append(hashes, c.Hash)
	}
	return hashes
}

// span is one question about a history: what to reaches and from doesn't; from is -1 for nothing.
type question struct{ from, to int }

// revList asks git one question about each history that q has one for, all in one process: the histories share
// nothing, so each gets its own answer in its own order.
func revList(repo *gittest.Repo, dags []*dag, qs map[*dag]question) map[*dag][]string {
	var in strings.Builder
	home := map[string]*dag{}
	for _, d := range dags {
		q, asked := qs[d]
		if !asked {
			continue
		}
		if q.from >= 0 {
			in.WriteString("^" + d.hashes[q.from] + "\n")
		}
		in.WriteString(d.hashes[q.to] + "\n")
		for _, hash := range d.hashes {
			home[hash] = d
		}
	}
	answers := map[*dag][]string{}
	for line := range strings.Lines(repo.Input(in.String(), "rev-list", "--stdin")) {
		hash := strings.TrimSpace(line)
		answers[home[hash]] = append(answers[home[hash]], hash)
	}
	return answers
}

const manyDAGs, rounds = 3200, 3

// withGraph opens the repository anew, with a commit-graph of all commits.
func withGraph(t *testing.T, repo *gittest.Repo, dags []*dag) *Repo {
	t.Helper()
	return withGraphOf(t, repo, dags, 1)
}

// withGraphOf opens the repository with a commit-graph of that part of each history, the oldest commits first.
func withGraphOf(t *testing.T, repo *gittest.Repo, dags []*dag, part float64, more ...string) *Repo {
	t.Helper()
	var some strings.Builder
	for _, d := range dags {
		for _, hash := range d.hashes[:int(part*float64(len(d.hashes)))] {
			some.WriteString(hash + "\n")
		}
	}
	repo.Input(some.String(), append(more, "commit-graph", "write", "--stdin-commits")...)
	r := open(t, repo.Dir)
	if r.met().graph == nil && r.store.objects != nil {
		t.Fatal("the commit-graph isn't read")
	}
	return r
}

// withLies opens the repository with a commit-graph that says of all commits the same corrected time.
func withLies(t *testing.T, repo *gittest.Repo, dags []*dag) *Repo {
	t.Helper()
	withGraph(t, repo, dags)
	file := filepath.Join(repo.Dir, ".git", "objects", "info", "commit-graph")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const end, record, time = 0x7fffffff, 36, 32 // of a record the last four bytes are the time's
	chunks := map[string]uint64{}
	for row := data[8:]; row[0] != 0; row = row[12:] {
		chunks[string(row[:4])] = binary.BigEndian.Uint64(row[4:])
	}
	for i, delays := uint64(0), chunks["GDA2"]; i < uint64(binary.BigEndian.Uint32(data[chunks["OIDF"]+255*4:])); i++ {
		when := binary.BigEndian.Uint32(data[chunks["CDAT"]+i*record+time:])
		binary.BigEndian.PutUint32(data[delays+i*4:], end-when)
	}
	sum := sha1.Sum(data[:len(data)-sha1.Size])
	copy(data[len(data)-sha1.Size:], sum[:])
	if err := errors.Join(os.Chmod(file, 0o644), os.WriteFile(file, data, 0o644)); err != nil {
		t.Fatal(err)
	}
	r := open(t, repo.Dir)
	if r.met().graph.Dated() {
		t.Fatal("the corrected times are believed")
	}
	return r
}

func TestCommitsAreThoseOfRevListInItsOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 1))
	repo, dags := generate(t, rng, manyDAGs)
	r := open(t, repo.Dir)
	asked, byGit := 0, 0
	for round := range rounds {
		if round == 2 {
			r = withGraph(t, repo, dags)
		}
		qs := map[*dag]question{}
		for _, d := range dags {
			qs[d] = question{d.place(rng), d.place(rng)}
			if round == 0 {
				qs[d] = question{-1, len(d.Nodes) - 1}
			}
		}
		git := revList(repo, dags, qs)
		for _, d := range dags {
			q := qs[d]
			from, truth := "", d.between(q.to)
			if q.from >= 0 {
				from, truth = d.hashes[q.from], d.between(q.to, q.from)
			}
			if d.Shape.Believable() {
				byGit++
				if !slices.Equal(truth, append([]string{}, git[d]...)) {
					t.Fatalf("%v\n%d..%d: this test says %v, git %v", d, q.from, q.to, truth, git[d])
				}
			}
			commits, err := r.Commits(t.Context(), from, d.hashes[q.to])
			if err != nil {
				t.Fatal(err)
			}
			asked++
			if got := hashesOf(commits); !slices.Equal(got, truth) {
				t.Fatalf("%v\n%d..%d gives %v, want %v", d, q.from, q.to, got, truth)
			}
		}
	}
	t.Logf("%d ranges in %d histories, %d of them judged by git", asked, len(dags), byGit)
}

func TestAncestryIsThatOfGit(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 2))
	repo, dags := generate(t, rng, 800)
	r := open(t, repo.Dir)
	for i, d := range dags {
		for range 20 {
			old, young := d.place(rng), d.place(rng)
			got, err := r.IsAncestor(t.Context(), d.hashes[old], d.hashes[young])
			if err != nil {
				t.Fatal(err)
			}
			if want := d.reaches[young][old]; got != want {
				t.Fatalf("%v\n%d is an ancestor of %d: %v, want %v", d, old, young, got, want)
			}
		}
		if i < 24 { // that the brute force means what git means
			old, young := d.place(rng), d.place(rng)
			_, err := repo.Try("merge-base", "--is-ancestor", d.hashes[old], d.hashes[young])
			if (err == nil) != d.reaches[young][old] {
				t.Fatalf("%v\ngit says of %d and %d: %v", d, old, young, err)
			}
		}
	}
}

func TestAncestryAcrossHistoriesIsNone(t *testing.T) {
	rng := rand.New(rand.NewPCG(seed(t), 3))
	repo, dags := generate(t, rng, 16)
	r := open(t, repo.Dir)
	for i, d := range dags {
		other := dags[(i+1)%len(dags)]
		got, err := r.IsAncestor(t.Context(), other.hashes[0], d.hashes[len(d.hashes)-1])
		if err != nil || got {
			t.Errorf("a commit of another history is an ancestor: %v, %v", got, err)
		}
	}
}

// A shallow clone either gives the answer of the whole repository, or says that it can't. Boundaries are put
// anywhere, not only where git clone --depth would.
func TestShallowAnswersAreRightOrRefused(t *testing.T) {
	rightOrRefused(t, 4, func(r *Repo, d *dag, from, to int) (starts []int, got, want string, err error) {
		commits, err := r.Commits(t.Context(), d.hashes[from], d.hashes[to])
		return []int{from, to}, fmt.Sprint(hashesOf(commits)), fmt.Sprint(d.between(to, from)), err
	})
}

func TestShallowAncestryIsRightOrRefused(t *testing.T) {
	rightOrRefused(t, 5, func(r *Repo, d *dag, old, young int) (starts []int, got, want string, err error) {
		in, err := r.IsAncestor(t.Context(), d.hashes[old], d.hashes[young])
		return []int{young}, fmt.Sprint(in), fmt.Sprint(d.reaches[young][old]), err
	})
}

// rightOrRefused asks about two places of cut histories. starts are the commits that the answer needs the history of.
func rightOrRefused(t *testing.T, stream uint64, ask func(r *Repo, d *dag, a, b int) (starts []int, got, want string, err error)) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed(t), stream))
	repo, dags := generate(t, rng, 1200)
	r := open(t, repo.Dir)
	given, refused := 0, 0
	for _, d := range dags {
		r.cutAt(d, rng)
		for range 6 {
			a, b := d.place(rng), d.place(rng)
			starts, got, want, err := ask(r, d, a, b)
			if err != nil {
				wantError(t, err, release.CodeShallow, "")
				if !d.meetsBoundary(r.shallow, starts...) {
					t.Fatalf("%v\nshallow at %v: %d and %d are refused, but nothing of it is hidden", d, r.shallow, a, b)
				}
				refused++
				continue
			}
			given++
			if got != want {
				t.Fatalf("%v\nshallow at %v: %d and %d give %s, want %s", d, r.shallow, a, b, got, want)
			}
		}
	}
	t.Logf("%d answers given, %d refused", given, refused)
	if given < 300 || refused < 300 {
		t.Errorf("%d answers given, %d refused: this shows little", given, refused)
	}
}

// cutAt makes r the shallow clone that ends at some commits of the history.
func (r *Repo) cutAt(d *dag, rng *rand.Rand) {
	r.nodes, r.shallow = nil, map[string]bool{}
	for range 1 + rng.IntN(4) {
		r.shallow[d.hashes[d.place(rng)]] = true
	}
}

// meetsBoundary says whether one of the commits reaches one whose parents were not fetched.
func (d *dag) meetsBoundary(shallow map[string]bool, commits ...int) bool {
	for _, c := range commits {
		for j, yes := range d.reaches[c] {
			if yes && shallow[d.hashes[j]] && len(d.Nodes[j].Parents) > 0 {
				return true
			}
		}
	}
	return false
}

// Stand-ins may lead in a circle; the answer is git's all the same.
func TestStandInsInACircle(t *testing.T) {
	repo := gittest.New(t)
	for i := range 5 {
		repo.Commit(fmt.Sprintf("feat: %d", i))
	}
	repo.Git("replace", "-f", "HEAD~4", "HEAD~1")
	for from := range 4 {
		old, young := repo.Git("rev-parse", fmt.Sprintf("HEAD~%d", from+1)), repo.Git("rev-parse", "HEAD")
		sameRange(t, repo, open(t, repo.Dir), old, young)
	}
}

// Times at the ends of what a number holds make no difference to what is reached.
func TestImpossibleTimesLoseNoCommit(t *testing.T) {
	repo := gittest.New(t)
	tree := repo.Git("mktree")
	commit := func(message, when string, parents ...string) string {
		text := "tree " + tree + "\n"
		for _, p := range parents {
			text += "parent " + p + "\n"
		}
		return repo.Input(text+"author A <a> 1 +0000\ncommitter C <c> "+when+"\n\n"+message+"\n", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
	}
	first, last := "-9223372036854775808 +0000", "9223372036854775807 +0000"
	for _, times := range [][4]string{
		{first, first, first, first}, {last, last, last, last}, {first, last, first, last}, {last, first, last, first},
		{first, "100 +0000", "200 +0000", "300 +0000"}, {"99999999999999999999 +9999", "", "soon", "5"},
	} {
		root := commit("root", times[0])
		side := commit("upper side", times[1], commit("side", times[1], root))
		from, to := commit("from", times[2], side), commit("to", times[3], root)
		commits, err := open(t, repo.Dir).Commits(t.Context(), from, to)
		if err != nil || !slices.Equal(hashesOf(commits), []string{to}) {
			t.Errorf("%v: %v, %v, want %s alone", times, hashesOf(commits), err, to)
		}
	}
}
