package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lodash"
	"github.com/semcut/semcut/release"
)

// fixture is one configuration as repositories have them, in a repository of its own.
type fixture struct {
	name, dir, wrong string // wrong is what the error has to look like, "" where there is none
}

// fixtures writes all of testdata/releaserc into repositories.
func fixtures(t *testing.T) (list []fixture) {
	t.Helper()
	files, err := filepath.Glob("testdata/releaserc/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d configurations, %v", len(files), err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f := fixture{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), dir: t.TempDir()}
		_, f.wrong, _ = strings.Cut(strings.TrimSpace(string(archive.Comment)), " error: ")
		for _, a := range archive.Files {
			name := filepath.Join(f.dir, filepath.FromSlash(a.Name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, a.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, f)
	}
	return list
}

// load reads the configuration of a fixture.
func (f fixture) load(t *testing.T) (*Config, error) {
	t.Helper()
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	return Load(Source{Root: root.FS()})
}

// TestConfigurations: each is read, or has one error with its place.
func TestConfigurations(t *testing.T) {
	for _, f := range fixtures(t) {
		c, err := f.load(t)
		switch {
		case f.wrong == "" && (err != nil || c.Dialect != "semantic-release" || c.Blocked != nil):
			t.Errorf("%s: %+v, %v", f.name, c, err)
		case f.wrong != "" && (err == nil || !regexp.MustCompile("^reading "+f.wrong).MatchString(err.Error())):
			t.Errorf("%s: got %v, want %s", f.name, err, f.wrong)
		}
	}
}

// TestConfigurationsAsTheRealLoader: semantic-release's own loader calls its plugins with what semcut makes of the same files.
func TestConfigurationsAsTheRealLoader(t *testing.T) {
	peer := os.Getenv("SEMCUT_SEMANTIC_RELEASE")
	if peer == "" {
		if os.Getenv("SEMCUT_INTEGRATION") != "" {
			t.Fatal("SEMCUT_SEMANTIC_RELEASE names no folder")
		}
		t.Skip("SEMCUT_SEMANTIC_RELEASE names no folder: .ci/run installs what belongs there")
	}
	list := slices.DeleteFunc(fixtures(t), func(f fixture) bool { return f.wrong != "" })
	args := []string{"../../.ci/configurations.mjs", peer}
	for _, f := range list {
		for _, git := range [][]string{{"init", "-q"}, {"-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x"}, {"remote", "add", "origin", "https://github.com/acme/widget.git"}} {
			if out, err := exec.Command("git", append([]string{"-C", f.dir}, git...)...).CombinedOutput(); err != nil {
				t.Fatalf("%v %s", err, out)
			}
		}
		if err := errors.Join(os.MkdirAll(filepath.Join(f.dir, "node_modules"), 0o755), os.Symlink(filepath.Join(peer, "node_modules/@semantic-release"), filepath.Join(f.dir, "node_modules/@semantic-release"))); err != nil {
			t.Fatal(err)
		}
		args = append(args, f.dir)
	}
	cmd := exec.Command(filepath.Join(peer, "node_modules/node/bin/node"), args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) != len(list) {
		t.Fatalf("%v, %d lines\n%s", err, len(lines), errs.String())
	}
	for i, f := range list {
		var real loaded
		if err := json.Unmarshal([]byte(lines[i]), &real); err != nil || real.Error != "" {
			t.Errorf("%s: %v %s", f.name, err, real.Error)
			continue
		}
		c, err := f.load(t)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if want, got := real.view(), viewOf(c); want != got {
			t.Errorf("%s:\n%s", f.name, udiff.Unified("semantic-release", "semcut", want, got))
		}
	}
}

// loaded is what the real loader says.
type loaded struct {
	Branches      []any
	TagFormat     string
	RepositoryURL string
	DryRun, NoCI  bool
	Calls         []struct {
		Step, Plugin string
		Config       map[string]any
	}
	Error string
}

// said writes values as JSON.
func said(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// view lists what is resolved, a line each.
func (l loaded) view() string {
	var b strings.Builder
	for _, branch := range l.Branches {
		if name, ok := branch.(string); ok {
			branch = map[string]any{"name": name}
		}
		fmt.Fprintln(&b, "branch", said(branch))
	}
	fmt.Fprintln(&b, "tag format", l.TagFormat)
	fmt.Fprintln(&b, "repository", strings.TrimPrefix(l.RepositoryURL, "git+"))
	fmt.Fprintln(&b, "dry run", l.DryRun, "outside CI", l.NoCI)
	for _, c := range l.Calls {
		if c.Plugin == "exec" {
			own, _ := c.Config[c.Step+"Cmd"].(string)
			if own == "" {
				own, _ = c.Config["cmd"].(string)
			}
			if own != "" {
				fmt.Fprintln(&b, c.Step, "exec", said(own), said(c.Config["shell"]), said(c.Config["execCwd"]))
			}
			continue
		}
		if usual := usualOptions[c.Step+" "+c.Plugin]; usual != nil {
			if v := options(c.Config, usual); v["successCommentCondition"] != false && v["failCommentCondition"] != false && v["failTitle"] != false && v["successComment"] != false {
				fmt.Fprintln(&b, c.Step, c.Plugin, said(v))
			} // else nobody is told
		}
	}
	return sorted(b.String())
}

// usualOptions are the options that count in a step, with what they are where nobody writes them (spec §3.1, §4.1, §5).
var usualOptions = map[string]map[string]any{
	"analyzeCommits commit-analyzer":        {"preset": "angular", "releaseRules": []any{}, "parserOpts": map[string]any{}},
	"generateNotes release-notes-generator": {"preset": "angular", "presetConfig": map[string]any{}, "parserOpts": map[string]any{}, "writerOpts": map[string]any{}, "linkCompare": nil, "linkReferences": nil, "host": "", "commit": "", "issue": ""},
	"prepare changelog":                     {"changelogFile": "CHANGELOG.md", "changelogTitle": ""},
	"prepare npm":                           {"pkgRoot": ""},
	"prepare git":                           {"assets": anyList(gitAssets), "message": "chore(release): 1.3.0 [skip ci]\n\n## 1.3.0\n\n* a b"},
	"publish npm":                           {"npmPublish": true, "tarballDir": "", "pkgRoot": ""},
	"publish github":                        {"assets": []any{}, "releaseNameTemplate": "v1.3.0", "releaseBodyTemplate": "## 1.3.0\n\n* a b", "draftRelease": false, "discussionCategoryName": "", "githubUrl": "", "githubApiPathPrefix": ""},
	"success github":                        {"successComment": "", "successCommentCondition": "", "releasedLabels": []any{"released"}, "addReleases": ""},
	"fail github":                           {"failTitle": "The automated release is failing 🚨", "labels": []any{"semantic-release"}, "assignees": []any{}, "failCommentCondition": ""},
}

func anyList(texts []string) []any {
	list := []any{}
	for _, text := range texts {
		list = append(list, text)
	}
	return list
}

// options gives the options that count, in one of the several ways in which each can be written.
func options(written, usual map[string]any) map[string]any {
	v := map[string]any{}
	for key, value := range usual {
		if w := written[key]; w != nil {
			value = w
		}
		_, isList := usual[key].([]any)
		switch _, given := value.([]any); {
		case isList && value == false:
			value = []any{}
		case isList && !given:
			value = []any{value}
		case usual[key] == "" && value == false && !strings.Contains(key, "Comment"):
			value = ""
		}
		if preset, ok := value.(map[string]any); ok {
			types, _ := preset["types"].([]any)
			for _, t := range types {
				maps.DeleteFunc(t.(map[string]any), func(key string, v any) bool { return key == "hidden" && v == false })
			}
		}
		if key == "preset" {
			value = strings.ToLower(fmt.Sprint(value))
		}
		v[key] = value
	}
	return v
}

// sorted brings the steps into an order; the lines of each keep theirs.
func sorted(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	step := func(line string) string { return strings.SplitN(line, " ", 2)[0] }
	slices.SortStableFunc(lines, func(a, b string) int { return strings.Compare(step(a), step(b)) })
	return strings.Join(lines, "\n") + "\n"
}

// sample is what the templates of the real loader were filled with.
var sample = map[string]any{
	"nextRelease": map[string]any{"version": "1.3.0", "gitTag": "v1.3.0", "gitHead": strings.Repeat("b", 40), "name": "v1.3.0", "channel": nil, "notes": "## 1.3.0\n\n* a b", "type": "minor"},
	"lastRelease": map[string]any{"version": "1.2.3", "gitTag": "v1.2.3", "gitHead": strings.Repeat("a", 40)},
	"branch":      lodash.Named{Name: "main", Members: map[string]any{"name": "main"}},
	"commits":     []any{map[string]any{"subject": "feat: a"}, map[string]any{"subject": "fix: b"}},
	"errors":      []any{map[string]any{"message": "m"}},
	"issue":       map[string]any{"number": 7.0, "pull_request": map[string]any{}},
	"name":        "pre/x",
}

// full fills a kept template with the sample.
func full(kept string) string {
	for short, long := range map[string]string{"version": "1.3.0", "tag": "v1.3.0", "notes": "## 1.3.0\n\n* a b", "channel": "", "branch": "main", "name": "pre/x"} {
		kept = strings.ReplaceAll(kept, "${"+short+"}", long)
	}
	var out strings.Builder
	for {
		before, expr, after, found := lodash.Cut(kept)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		v, err := lodash.Eval(expr, sample)
		if err != nil {
			return err.Error()
		}
		out.WriteString(lodash.Text(v))
		kept = after
	}
}

// viewOf lists what semcut resolved, in the words of semantic-release.
func viewOf(c *Config) string {
	var b strings.Builder
	for _, branch := range c.Branches {
		fmt.Fprintln(&b, "branch", said(branchView(branch)))
	}
	url := c.RepositoryURL
	if url == "" {
		url = "https://github.com/acme/widget.git"
	}
	fmt.Fprintf(&b, "tag format %s\nrepository %s\ndry run %v outside CI %v\n", c.TagFormat, url, c.DryRun, c.NoCI)
	fmt.Fprintln(&b, "analyzeCommits commit-analyzer", said(map[string]any{"preset": c.Format.Name, "releaseRules": rulesView(c.Rules.List), "parserOpts": parserView(c.Format.NoteKeywords)}))
	if !c.NoNotes {
		fmt.Fprintln(&b, "generateNotes release-notes-generator", said(notesView(c)))
	}
	prepareView(&b, c)
	publishView(&b, c)
	steps := map[release.Point]string{release.AtVersion: "analyzeCommits", release.AtNotes: "generateNotes", release.AtPromote: "addChannel", release.AtSuccess: "success", release.AtFail: "fail"}
	for point, step := range steps {
		for _, h := range c.Hooks[point] {
			fmt.Fprintln(&b, step, execView(h))
		}
	}
	for i, h := range c.Hooks[release.AtVerify] { // the fixtures have one command in each of the two steps
		fmt.Fprintln(&b, []string{"verifyConditions", "verifyRelease"}[i], execView(h))
	}
	return sorted(b.String())
}

func execView(h release.Hook) string {
	orNull := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	return "exec " + said(full(h.Line)) + " " + said(orNull(h.Shell)) + " " + said(orNull(h.Dir))
}

func branchView(b release.BranchSetting) map[string]any {
	v := map[string]any{"name": b.Name}
	if b.Channel != nil {
		v["channel"] = full(*b.Channel)
		if *b.Channel == "" {
			v["channel"] = false
		}
	}
	if b.Range != "" {
		v["range"] = b.Range
	}
	if b.Prerelease == "true" {
		v["prerelease"] = true
	} else if b.Prerelease != "" {
		v["prerelease"] = full(b.Prerelease)
	}
	return v
}

// parserView gives the keywords of notes, where they aren't the presets' own.
func parserView(keywords []string) map[string]any {
	if keywords == nil || slices.Equal(keywords, commitparse.Angular.NoteKeywords) || slices.Equal(keywords, commitparse.ConventionalCommits.NoteKeywords) {
		return map[string]any{}
	}
	return map[string]any{"noteKeywords": keywords}
}

func rulesView(rules []release.Rule) []any {
	list := []any{}
	for _, r := range rules {
		rule := map[string]any{"release": r.Bump.String()}
		if r.Bump == release.None {
			rule["release"] = false
		}
		if r.Breaking {
			rule["breaking"] = true
		}
		if r.Revert {
			rule["revert"] = true
		}
		for _, criterion := range r.Criteria {
			rule[criterion.Field] = criterion.Value.String()
		}
		list = append(list, rule)
	}
	return list
}

func notesView(c *Config) map[string]any {
	p, preset := c.Notes.Preset, map[string]any{}
	if p.Types != nil {
		types := []any{}
		for _, typ := range p.Types {
			entry := map[string]any{"type": typ.Type}
			if typ.Section != "" {
				entry["section"] = typ.Section
			}
			if typ.Hidden {
				entry["hidden"] = true
			}
			types = append(types, entry)
		}
		preset["types"] = types
	}
	if p.IssuePrefixes != nil {
		preset["issuePrefixes"] = p.IssuePrefixes
	}
	for key, text := range map[string]string{"issueUrlFormat": p.IssueURLFormat, "commitUrlFormat": p.CommitURLFormat} {
		if text != "" {
			preset[key] = text
		}
	}
	l, writer := c.Notes.Links, map[string]any{}
	if c.Notes.CommitsSort != nil {
		writer["commitsSort"] = c.Notes.CommitsSort
	}
	return map[string]any{
		"preset": c.Notes.Layout, "presetConfig": preset, "parserOpts": parserView(c.Notes.Parser.NoteKeywords), "writerOpts": writer, "linkCompare": c.Notes.LinkCompare, "linkReferences": c.Notes.LinkReferences,
		"host": l.Host, "commit": l.Commit, "issue": l.Issue,
	}
}

func prepareView(b *strings.Builder, c *Config) {
	for _, p := range c.Prepare {
		switch p.Kind {
		case release.PrepareChangelog:
			fmt.Fprintln(b, "prepare changelog", said(map[string]any{"changelogFile": c.Changelog.File, "changelogTitle": c.Changelog.Title}))
		case release.PrepareVersions:
			fmt.Fprintln(b, "prepare npm", said(map[string]any{"pkgRoot": c.NPM.Dir}))
		case release.PrepareHook:
			fmt.Fprintln(b, "prepare", execView(c.Hooks[release.AtPrepare][p.Hook]))
		case release.PrepareFiles:
			fmt.Fprintln(b, "prepare git", said(map[string]any{"assets": paths(c.CommitFiles), "message": full(c.CommitMessage)}))
		}
	}
}

func publishView(b *strings.Builder, c *Config) {
	after := func(name string) {
		for _, h := range c.Hooks[release.AtPublish] {
			if h.After == name {
				fmt.Fprintln(b, "publish", execView(h))
			}
		}
	}
	after("")
	for _, name := range c.Publishers {
		v := map[string]any{"npmPublish": c.NPM.Publish, "tarballDir": c.NPM.TarballDir, "pkgRoot": c.NPM.Dir}
		if name == "github" {
			v = githubView(c.GitHub)
		}
		fmt.Fprintln(b, "publish", name, said(v))
		after(name)
	}
	g := c.GitHub
	if g.Off {
		return
	}
	if !g.Comments.Off {
		labels := []any{}
		for _, l := range g.Labels {
			labels = append(labels, full(l))
		}
		if !g.LabelsSet {
			labels = []any{"released"}
		}
		fmt.Fprintln(b, "success github", said(map[string]any{"successComment": full(g.Comments.Text), "successCommentCondition": full(g.Comments.When), "releasedLabels": labels, "addReleases": g.AddReleases}))
	}
	if g.FailureIssue.On {
		f := g.FailureIssue
		fmt.Fprintln(b, "fail github", said(map[string]any{"failTitle": f.Title, "labels": f.Labels, "assignees": append([]string{}, f.Assignees...), "failCommentCondition": full(f.When)}))
	}
}

func githubView(g GitHub) map[string]any {
	assets := []any{}
	for _, a := range g.Assets {
		switch {
		case a.Name+a.Label != "":
			assets = append(assets, map[string]any{"path": a.Path, "name": full(a.Name), "label": full(a.Label)})
		case len(a.Not) > 0:
			assets = append(assets, []any{a.Path, "!" + a.Not[0]})
		default:
			assets = append(assets, a.Path)
		}
	}
	title, body := full(g.Title), full(g.Body)
	if g.Title == "" {
		title = "v1.3.0"
	}
	if g.Body == "" {
		body = "## 1.3.0\n\n* a b"
	}
	return map[string]any{
		"assets": assets, "releaseNameTemplate": title, "releaseBodyTemplate": body, "draftRelease": g.Draft, "discussionCategoryName": g.Discussion,
		"githubUrl": g.URL, "githubApiPathPrefix": strings.TrimPrefix(g.API, g.URL),
	}
}
