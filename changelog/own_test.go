package changelog

import (
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
)

// ownLayouts are those that are written from Notes.
var ownLayouts = []string{"semcut", "keepachangelog", "github", "template"}

// ownStories are histories of people, newest first: author, then message.
var ownStories = []struct {
	name    string
	options Options
	commits [][2]string
}{
	{"own", release("1.3.0", pot), [][2]string{
		{"Ann Lee <12+ann@users.noreply.github.com>", "feat(lid): a handle (#12)\n\nIt is made of wood.\n\nRefs #6, closes #7, refs #8\nCo-authored-by: Bob Roe <bob@example.com>"},
		{"Bob Roe <bob@example.com>", "fix: boil over, as #9 tells"},
		{"Cy Young <cy@example.com>", "perf(stove)!: burn hotter (#14)\n\nBREAKING CHANGE: pots without a lid boil over.\n\nPut a lid on:\n\n- the old ones fit\n- so do new ones\n\nReviewed-by: Ann Lee <ann@example.com>"},
		{"renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>", "chore(deps): a newer stove (#13)"},
		{"Ann Lee <ann@example.com>", "docs: how to boil"},
	}},
	{"own-first", with(release("1.0.0", pot), func(o *Options) { o.PreviousTag = "" }), [][2]string{{"Ann Lee <ann@example.com>", "feat: a pot"}}},
	{"own-hostile", release("1.3.1", pot), [][2]string{
		{"<script> <x@example.com>", "fix(<b>): ![x](http://evil.example/x.png) <script>alert(1)</script> @everyone `code @ann #1` | a\n\nBREAKING CHANGE: # no heading\n\n<!-- no comment"},
		{"Eve <eve@example.com>", "feat(api): a fence\n\nBREAKING CHANGE: ```\n<img src=http://evil.example/i.png> [click](http://evil.example) @octocat\n## 2.1.0 (2020-01-01)"},
		{"Eve <eve@example.com>", "feat(list)!: a list\n\nBREAKING CHANGE: - one\n- two\n\n::error::pwned"},
		{"Eve \u202e <eve@example.com>", "feat: \u202eevil\x1b[31m *stars* and _lines_ in snake_case_names [link](http://evil.example) #5 and ABC-6"},
	}},
	{"own-nowhere", with(release("1.3.0", Links{}), func(o *Options) { o.Format = commitparse.Angular }), [][2]string{
		{"Ann Lee <ann@example.com>", "feat(lid): a handle (#12)\n\nCloses #7"}, {"Ann Lee <ann@example.com>", "revert: \"fix: a\"\n\nThis reverts commit 1234567."}, {"Bob <b@example.com>", "feat!: not angular's"},
	}},
	{"own-gitlab", release("1.3.0", LinksFor("https://gitlab.example.com/ann/pots/pot.git")), [][2]string{
		{"Ann Lee <1-ann@users.noreply.gitlab.com>", "fix: a lid\n\nCloses #7\n\nSee merge request ann/pots/pot!12"},
	}},
	{"own-nothing", release("1.3.0", pot), [][2]string{{"Ann Lee <ann@example.com>", "docs: how to boil"}}},
}

const ownTemplate = `# {{.Version}} of {{.Date}}
{{range .Groups}}
{{upper .Title}}
{{range .Entries}}- {{inline .Text}}{{with .Scope}} [{{.}}]{{end}} {{link (short .Hash) .URL}}{{range .Authors}} {{person .}}{{end}}{{range .Breaking}}
  {{indent 2 (paragraphs .)}}{{end}}
{{end}}{{end}}
{{.Statistics.Commits}} commits by {{len .Contributors}} people
`

func TestOwnNotes(t *testing.T) {
	for _, s := range ownStories {
		for _, layout := range ownLayouts {
			t.Run(s.name+"."+layout, func(t *testing.T) {
				o := s.options
				o.Layout, o.Template, o.TemplateFile, o.Known = layout, ownTemplate, "notes.tmpl", map[string]bool{"bob@example.com": true}
				got := write(t, peoplesHistory(s.commits), o)
				compareGolden(t, s.name+"."+layout, got)
				if n, o := Describe(peoplesHistory(s.commits), o), o; layout == "semcut" {
					again, err := RenderNotes(n, o)
					if err != nil || again != got {
						t.Errorf("described and then written it is %q, %v", again, err)
					}
				}
			})
		}
	}
}

// peoplesHistory makes commits an hour apart of authors and messages.
func peoplesHistory(commits [][2]string) []commitparse.Commit {
	texts := make([]string, len(commits))
	for i, c := range commits {
		texts[i] = c[1]
	}
	made := history(texts)
	for i, c := range commits {
		name, email, _ := strings.Cut(strings.TrimSuffix(c[0], ">"), " <")
		when := time.Date(2026, 11, 20, 12-i, 0, 0, 0, time.UTC)
		made[i].Author = commitparse.Signature{Name: name, Email: email, When: when}
		made[i].Committer = made[i].Author
	}
	return made
}
