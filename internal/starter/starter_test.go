package starter_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/aymanbagabas/go-udiff"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/starter"
	"github.com/semcut/semcut/release"
)

var update = flag.Bool("u", false, "write what was seen into the shapes")

// shape is a repository as a file of testdata/shapes tells it: its head says what git knows, one word and its values a line;
// its files are the work tree's, and the last one is what is to be proposed.
type shape struct {
	starter.Repository
	options starter.Options
	archive *txtar.Archive
	want    string
}

func readShape(t *testing.T, file string) shape {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := shape{archive: archive}
	tree := fstest.MapFS{}
	for _, f := range archive.Files {
		if f.Name == "want" {
			s.want = string(f.Data)
			continue
		}
		tree[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	s.Tree, s.Head, s.Branches = tree, tree, []string{"main"}
	s.Settings.TagFormat, _ = release.ParseTagFormat("v${version}")
	s.Settings.Changelog, s.Settings.Title = release.AutoChangelog, "# Changelog"
	for line := range strings.Lines(string(archive.Comment)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		s.say(t, word, rest)
	}
	return s
}

func (s *shape) say(t *testing.T, word, rest string) {
	t.Helper()
	switch word {
	case "remote":
		s.Remote, s.GitHub = rest, strings.HasPrefix(rest, "github.com/")
	case "branches":
		s.Branches = strings.Fields(rest)
	case "tags":
		for _, name := range strings.Fields(rest) {
			s.Tags = append(s.Tags, release.Tag{Name: name})
		}
	case "semantic-release":
		s.Settings.Dialect, s.Settings.File, s.Settings.Changelog = "semantic-release", rest, ""
	case "refused":
		s.Settings.Refused = errors.New(rest)
	case "lint":
		s.Settings.LintFile = rest
	case "lint-refused":
		s.Settings.LintRefused = errors.New(rest)
	case "uncommitted":
		head := maps.Clone(s.Head.(fstest.MapFS))
		delete(head, rest)
		s.Head = head
	case "nothing-committed":
		s.Head = nil
	case "no-workflow":
		s.options.NoWorkflow = true
	case "shallow":
		s.Shallow = true
	case "", "#":
	default:
		t.Fatalf("unknown word %q", word)
	}
}

// told writes a proposal down. Of the workflows, which TestWorkflows holds, only the branches.
func told(p starter.Proposal) string {
	var b strings.Builder
	for _, f := range p.Found {
		fmt.Fprintf(&b, "%s: %s\n", f.What, f.Is)
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "- %s\n", n)
	}
	for _, f := range p.Files {
		fmt.Fprintf(&b, "\nwrite %s: %s\n", f.Path, f.Why)
		switch {
		case f.Old != nil:
			b.WriteString(udiff.Unified("old", "new", *f.Old, f.New))
		case strings.HasPrefix(f.Path, ".github/"):
			for line := range strings.Lines(f.New) {
				if strings.Contains(line, "branches:") {
					b.WriteString(line)
				}
			}
		default:
			b.WriteString(f.New)
		}
	}
	for _, h := range p.ByHand {
		fmt.Fprintf(&b, "\nby hand %s: %s\n%s", h.Path, h.Why, h.Text)
	}
	return b.String()
}

func TestShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/shapes/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no shapes: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			s := readShape(t, file)
			p := starter.Propose(s.Repository, s.options)
			got := told(p)
			if *update {
				s.update(t, file, got)
			} else if got != s.want {
				t.Errorf("%s", udiff.Unified("want", "got", s.want, got))
			}
			s.followed(t, p)
		})
	}
}

func (s *shape) update(t *testing.T, file, got string) {
	t.Helper()
	files := s.archive.Files
	if n := len(files); n == 0 || files[n-1].Name != "want" {
		files = append(files, txtar.File{Name: "want"})
	}
	files[len(files)-1].Data = []byte(got)
	s.archive.Files = files
	if err := os.WriteFile(file, txtar.Format(s.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// followed follows a proposal: what it wrote can be read, and then nothing is left to write.
func (s *shape) followed(t *testing.T, p starter.Proposal) {
	t.Helper()
	tree := maps.Clone(s.Tree.(fstest.MapFS))
	for _, h := range p.ByHand {
		if strings.HasPrefix(h.Path, ".") && !strings.HasPrefix(h.Text, "-") {
			parsed(t, h.Path, h.Text)
		}
	}
	for _, f := range p.Files {
		if doc := parsed(t, f.Path, f.New); f.Old == nil && strings.Contains(f.New, "\n  push:\n") {
			s.holdBranches(t, doc)
		}
		tree[f.Path] = &fstest.MapFile{Data: []byte(f.New), Mode: 0o644}
	}
	if s.Settings.Dialect == "" {
		c, err := config.Load(config.Source{Root: fs.FS(tree)})
		if err != nil {
			t.Fatalf("the configuration can't be read: %v", err)
		}
		s.Settings.Dialect, s.Settings.File = config.Dialect(tree)
		s.Settings.TagFormat = c.TagFormat
	}
	s.Tree = tree
	if again := starter.Propose(s.Repository, s.options); len(again.Files) > 0 {
		t.Errorf("a second time it proposes:\n%s", told(again))
	}
}

// holdBranches sees that GitHub's patterns stand for just the branches.
func (s *shape) holdBranches(t *testing.T, workflow map[string]any) {
	t.Helper()
	on, _ := workflow["on"].(map[string]any)
	push, _ := on["push"].(map[string]any)
	list, _ := push["branches"].([]any)
	if len(list) != len(s.Branches) {
		t.Errorf("branches %q became %q", s.Branches, list)
		return
	}
	for i, b := range list {
		if got := strings.ReplaceAll(fmt.Sprint(b), `\`, ""); got != s.Branches[i] {
			t.Errorf("branch %q became the pattern %q", s.Branches[i], b)
		}
	}
}

// parsed reads YAML strictly: keys that stand twice are errors, too.
func parsed(t *testing.T, name, text string) map[string]any {
	t.Helper()
	var doc map[string]any
	if !strings.HasSuffix(name, ".yml") && !strings.HasSuffix(name, ".yaml") {
		return nil
	}
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Errorf("%s is no YAML: %v\n%s", name, err, text)
	}
	return doc
}
