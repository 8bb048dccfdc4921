package changelog

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
)

// TestWriterForgets: what a writer wrote before changes nothing of what it writes and describes next.
func TestWriterForgets(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for _, name := range Layouts() {
		o := Options{Layout: name, Links: pot, Template: "{{range .Groups}}{{.Title}}{{range .Entries}} {{.Text}} {{.Breaking}}{{end}}\n{{end}}", TemplateFile: "notes.tmpl"}
		w := NewWriter(o)
		for range 300 {
			r, commits := sampleRelease(random)
			o.Release = r
			if random.IntN(4) == 0 {
				if got, want := asJSON(t, w.Describe(r, commits)), asJSON(t, Describe(commits, o)); got != want {
					t.Fatalf("%s describes\n%s\nalone\n%s", name, got, want)
				}
			}
			got, err := w.Render(r, slices.Clone(commits))
			if want := write(t, commits, o); err != nil || got != want {
				t.Fatalf("%s gives %q, %v, alone %q", name, got, err, want)
			}
		}
	}
}

// TestDescribedStays: notes that were told are the caller's, whatever the writer does next.
func TestDescribedStays(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	w := NewWriter(Options{Layout: "semcut", Links: pot})
	for range 300 {
		r, commits := sampleRelease(random)
		told := w.Describe(r, commits)
		before := asJSON(t, told)
		r, commits = sampleRelease(random)
		if _, err := w.Render(r, commits); err != nil {
			t.Fatal(err)
		}
		if after := asJSON(t, told); after != before {
			t.Fatalf("it was\n%s\nand is\n%s", before, after)
		}
	}
}

func asJSON(t *testing.T, n Notes) string {
	t.Helper()
	data, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// sampleRelease makes a release of up to six commits of all that notes tell apart.
func sampleRelease(random *rand.Rand) (Release, []commitparse.Commit) {
	headers := []string{"feat: a", "fix(b): c (#12)", "perf!: d", "chore: e", "docs(*): f", "Merge branch 'g'", "feat(ä): h `i` @j", "revert: k", "fix: l, closes #7"}
	bodies := []string{"", "\n\nBREAKING CHANGE: m", "\n\nfixes #3, refs #4", "\n\nThis reverts commit aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.", "\n\nCo-authored-by: Ann <ann@example.com>"}
	var messages []string
	for range random.IntN(7) {
		messages = append(messages, headers[random.IntN(len(headers))]+bodies[random.IntN(len(bodies))])
	}
	version := fmt.Sprintf("1.%d.0", random.IntN(50))
	r := Release{Version: version, Tag: "v" + version, Date: time.Unix(1_700_000_000+random.Int64N(1e7), 0)}
	if random.IntN(2) == 0 {
		r.PreviousTag = "v1.0.0"
	}
	return r, history(messages)
}

// TestWritePieces: a changelog comes in pieces of whole lines, which together are what Join gives.
func TestWritePieces(t *testing.T) {
	var sections []Section
	for i := range 500 {
		sections = append(sections, Section{Markdown: fmt.Sprintf("## 1.%d.0\n\n%s\n\n[1.%d.0]: https://a.example/%d\n", i, strings.Repeat("* an entry\n", i%90), i, i)})
	}
	sections[7].Markdown = "## 1.7.0\n" + strings.Repeat("* large\n", 20_000)
	out := &pieces{}
	if err := Write(out, "# Changelog", sections); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(out.written, ""), Join("# Changelog", sections); got != want || !strings.HasSuffix(got, "[1.498.0]: https://a.example/498\n[1.499.0]: https://a.example/499\n") {
		t.Errorf("it ends %q, want %q", got[len(got)-100:], want[len(want)-100:])
	}
	if len(out.written) < 3 {
		t.Errorf("it came in %d pieces", len(out.written))
	}
	for _, piece := range out.written {
		if !strings.HasSuffix(piece, "\n") {
			t.Errorf("a piece ends %q", piece[max(0, len(piece)-40):])
		}
	}
	out = &pieces{full: 1}
	if err := Write(out, "", sections); err == nil || len(out.written) != 1 {
		t.Errorf("after %d pieces: %v", len(out.written), err)
	}
}

// pieces keeps what is written; there is room for full of them, 0 for all.
type pieces struct {
	written []string
	full    int
}

func (p *pieces) Write(text []byte) (int, error) {
	if p.full > 0 && len(p.written) == p.full {
		return 0, fmt.Errorf("there is no room")
	}
	p.written = append(p.written, string(text))
	return len(text), nil
}
