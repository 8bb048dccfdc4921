package config

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lodash"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// fromSemanticRelease says a semantic-release configuration, which semcut reads as it is, in semcut's own keys. It goes by what
// that reader made of it, so that it knows every key that the reader does.
func fromSemanticRelease(root fs.FS) (*Translation, error) {
	c, key, err := loadReleaserc(root)
	if err != nil {
		return nil, err
	}
	x := &translator{root: root, tool: semanticRelease, settings: []Translated{}, left: []Remark{}}
	s := &semanticReleaseConfig{translator: x, c: c, from: c.File}
	for _, say := range []func(){s.reading, s.rules, s.notes, s.files, s.npm, s.page, s.hooks, s.rest} {
		say()
	}
	if c.Blocked != nil {
		x.must(tree{file: c.File}, "semcut can't do all of it yet: "+c.Blocked.Error(), hintOrNothing(c.Blocked))
	}
	if err := x.judge(); err != nil {
		return nil, err
	}
	x.sort()
	return &Translation{Tool: semanticRelease, Files: []string{c.File}, Places: []string{key}, Settings: x.settings, Left: x.left}, nil
}

// hintOrNothing gives an error's hint.
func hintOrNothing(err error) string {
	if e, ok := errors.AsType[*release.Error](err); ok {
		return e.Hint
	}
	return ""
}

// loadReleaserc reads the first of semantic-release's places.
func loadReleaserc(root fs.FS) (*Config, string, error) {
	for _, src := range releasercSources {
		c := Default()
		c.root = root
		found, err := src.load(c, root)
		if err != nil {
			return nil, "", err
		}
		if found {
			return c, src.name(), nil
		}
	}
	return nil, "", release.Errorf(release.CodeConfig, "run it where the file is", "looking for the configuration of %s: there is none", semanticRelease)
}

// semanticReleaseConfig carries one translation.
type semanticReleaseConfig struct {
	*translator
	c    *Config
	from string
}

func (s *semanticReleaseConfig) say(key string, value any) { s.set(key, value, s.from) }

// at is a place in the configuration, for remarks.
func (s *semanticReleaseConfig) at(path string) tree { return tree{file: s.from, path: path} }

// reading says how messages, tags and branches are read.
func (s *semanticReleaseConfig) reading() {
	if s.c.Format.Name != Default().Format.Name {
		s.say("preset", s.c.Format.Name)
	}
	if format := s.c.TagFormat.String(); format != Default().TagFormat.String() {
		s.say("tagFormat", format)
	}
	for _, b := range s.c.Branches {
		if lodash.Kept(b.Prerelease+b.Range) || b.Channel != nil && lodash.Kept(*b.Channel) {
			s.must(s.at("branches"), "the branch "+b.Name+" has a template that is more than semcut's own can say", "write it with ${name} or ${match.1}")
			continue
		}
		s.add("branches", s.from, branchValue(b))
	}
	if s.c.RepositoryURL != "" {
		s.leave(s.at("repositoryUrl"),
			"releases go to git's remote origin: "+secret.Hidden(s.c.RepositoryURL)+" is named there", "make it the remote")
	}
}

func branchValue(b release.BranchSetting) any {
	p := Pairs{{"name", b.Name}}
	if b.Channel != nil {
		p = append(p, Pair{"channel", *b.Channel})
		if *b.Channel == "" {
			p[1].Value = false
		}
	}
	if b.Prerelease == "true" {
		p = append(p, Pair{"prerelease", true})
	} else if b.Prerelease != "" {
		p = append(p, Pair{"prerelease", b.Prerelease})
	}
	if b.Range != "" {
		p = append(p, Pair{"range", b.Range})
	}
	if len(p) == 1 {
		return b.Name
	}
	return p
}

// rules says releaseRules. There the rule that moves furthest decides, in semcut the last: those that move further come later.
func (s *semanticReleaseConfig) rules() {
	list := slices.Clone(s.c.Rules.List)
	none := false
	for _, r := range list {
		if none && r.Bump > release.None {
			s.must(s.at("releaseRules"),
				"a rule that releases something comes after one that releases nothing, and takes its place there",
				"see the replay, and order the rules so that the last that fits decides")
			break
		}
		none = none || r.Bump == release.None
	}
	order := func(b release.Bump) int { return (int(b) + 3) % 4 } // patch, minor, major, none
	slices.SortStableFunc(list, func(a, b release.Rule) int { return order(a.Bump) - order(b.Bump) })
	for _, r := range list {
		if slices.ContainsFunc(r.Criteria, func(c release.Criterion) bool { return c.Field == "merge" }) {
			s.must(s.at("releaseRules"), "semcut's rules can't ask for merge", "take that rule out: no preset tells of merges")
			continue
		}
		s.add("rules", s.from, ruleValue(r))
	}
	if len(list) > 0 {
		s.leave(s.at("releaseRules"), "a breaking change stays one with semcut, also where a rule for its type says less",
			"say so: {breaking: true, type: TYPE, bump: KIND}")
	}
}

func ruleValue(r release.Rule) Pairs {
	var p Pairs
	for _, c := range r.Criteria {
		name := c.Field
		if name == "subject" {
			name = "description"
		}
		if c.Absent {
			p = append(p, Pair{name, nil})
		} else {
			p = append(p, Pair{name, c.Value.String()})
		}
	}
	if r.Breaking {
		p = append(p, Pair{"breaking", true})
	}
	if r.Revert {
		p = append(p, Pair{"revert", true})
	}
	return append(p, Pair{"bump", r.Bump.String()})
}

// notes says what notes and changelog look like.
func (s *semanticReleaseConfig) notes() {
	s.say("notes.layout", s.c.Notes.Layout)
	if types := s.c.Notes.Preset.Types; types != nil {
		s.notesSections(types, s.from)
	}
	if p := s.c.Notes.Preset.IssuePrefixes; len(p) > 0 {
		s.say("notes.issuePrefixes", textList(p))
	}
	for _, p := range linkFormats(s.c.Notes.Preset) {
		if name, format := p.Key, p.Value.(string); format != "" {
			_ = link(name)(s.translator, tree{file: s.from, path: name + "UrlFormat", root: node{kind: textNode, text: format}}) // a text it is
		}
	}
	if l := s.c.Notes.Links; l.Host != "" || l.Commit != "" || l.Issue != "" || s.c.Notes.LinkCompare != nil || s.c.Notes.LinkReferences != nil {
		s.leave(s.at("release-notes-generator"),
			"host, commit, issue, linkCompare and linkReferences have no keys of their own", "write notes.links")
	}
	if p := s.c.Notes.Preset; p.IgnoreCommits != "" {
		s.say("notes.ignore", []any{p.IgnoreCommits})
	}
	if p := s.c.Notes.Preset; len(p.Scope) > 0 {
		s.leave(s.at("presetConfig.scope"), "notes aren't filtered by scope", "write notes.sections with scopes")
	}
}

// committed says whether git's assets put a file into the release commit.
func (s *semanticReleaseConfig) committed(file string) bool {
	for _, f := range s.c.CommitFiles {
		g, err := release.ParseGlob(f.Path)
		if err == nil && (g.Match(file) || strings.HasPrefix(file, f.Path+"/")) {
			return true
		}
	}
	return false
}

// files says what is committed and tagged, and by whom. What semantic-release only changes in the work tree of its job,
// semcut leaves alone: it would commit it.
func (s *semanticReleaseConfig) files() {
	file := s.c.Changelog.File
	switch {
	case file != "" && s.committed(file):
		s.say("changelog.file", file)
		s.say("changelog.title", s.c.Changelog.Title)
	case file != "":
		s.leave(s.at("@semantic-release/changelog"), file+" is written and thrown away with the job: git's assets don't name it", "write changelog.file if it is to be kept")
		fallthrough
	default:
		s.say("changelog.file", false)
	}
	versions := []any{}
	for _, f := range s.c.VersionFiles {
		switch there := s.c.root != nil && readable(s.c.root, f.Path); {
		case there && s.committed(f.Path):
			versions = append(versions, f.Path)
		case there:
			s.leave(s.at("@semantic-release/npm"), f.Path+" gets its version in the job only: git's assets don't name it", "add it to versionFiles if it is to be committed")
		}
	}
	if len(versions) > 0 || s.c.NPM.On {
		s.say("versionFiles", versions)
	}
	s.moreFiles()
	if s.c.CommitMessage != Default().CommitMessage {
		s.text("commit.message", s.c.CommitMessage)
	}
	if s.c.Author != "" {
		s.say("commit.author", s.c.Author)
	}
	s.say("tag.annotated", s.c.TagAnnotated)
}

// moreFiles says what is committed beside changelog and version files.
func (s *semanticReleaseConfig) moreFiles() {
	for _, f := range s.c.CommitFiles {
		if f.Path == s.c.Changelog.File || slices.ContainsFunc(s.c.VersionFiles, func(v release.VersionFile) bool { return v.Path == f.Path }) {
			continue
		}
		if s.c.root != nil && !release.IsPattern(f.Path) && !readable(s.c.root, f.Path) && slices.Contains(gitAssets, f.Path) {
			continue // the plugin's own list, of which the repository has not everything
		}
		s.add("commit.files", s.from, f.Path)
		if len(f.Not) > 0 {
			s.leave(s.at("@semantic-release/git"), "commit.files can't take files out again: !"+strings.Join(f.Not, ", !"), "write a narrower pattern")
		}
	}
}

func readable(root fs.FS, name string) bool {
	_, err := readPlain(root, name)
	return err == nil
}

// npm says what gets into the registry.
func (s *semanticReleaseConfig) npm() {
	n := s.c.NPM
	if !n.On || !n.Publish {
		return
	}
	s.say("npm.tag", n.Tag) // publishConfig.tag counts for nothing there
	if n.Dir != "" {
		s.say("npm.dir", n.Dir)
	}
	if n.TarballDir != "" {
		s.say("npm.tarballDir", n.TarballDir)
	}
}

// text says a template, if it is none that only semantic-release's dialect can say.
func (s *semanticReleaseConfig) text(key, kept string) {
	if lodash.Kept(kept) {
		s.leave(s.at(key), "its template is more than semcut's own can say: "+lodash.Shown(kept), "write "+key+" with ${version}, ${tag}, ${branch}, ${channel}, ${date} and ${notes}")
		return
	}
	s.say(key, kept)
}

// page says what is published on GitHub.
func (s *semanticReleaseConfig) page() {
	g := s.c.GitHub
	if g.Off {
		s.say("github", false)
		return
	}
	for _, p := range []Pair{{"url", g.URL}, {"api", g.API}, {"title", g.Title}, {"body", g.Body}, {"discussion", g.Discussion}, {"addReleases", g.AddReleases}} {
		if text, _ := p.Value.(string); text != "" {
			s.text("github."+p.Key, text)
		}
	}
	if g.Draft {
		s.say("github.draft", true)
	}
	for _, a := range g.Assets {
		if lodash.Kept(a.Name + a.Label) {
			s.leave(s.at("@semantic-release/github"), "the name or label of the asset "+a.Path+" is more than semcut's own templates can say", "write it with ${version} and the like")
			a.Name, a.Label = "", ""
		}
		p := Pairs{{"path", a.Path}}
		for _, more := range []Pair{{"name", a.Name}, {"label", a.Label}} {
			if more.Value != "" {
				p = append(p, more)
			}
		}
		s.add("github.assets", s.from, p)
	}
	if g.Comments.Off {
		s.say("github.comments", false)
	} else if g.Comments.Set {
		s.leave(s.at("github"), "what its comments say isn't carried over", "write github.comments")
	}
	if g.LabelsSet && !lodash.Kept(strings.Join(g.Labels, "")) {
		s.say("github.labels", textList(g.Labels))
	} else if g.LabelsSet {
		s.leave(s.at("releasedLabels"), "its templates are more than semcut's own can say", "write github.labels")
	}
	if !g.FailureIssue.On {
		s.say("github.failureIssue", false)
	}
}

// hookVariables are what semcut tells hooks in the place of a template's expressions.
var hookVariables = map[string]string{
	"nextRelease.version": "SEMCUT_VERSION", "nextRelease.gitTag": "SEMCUT_TAG", "nextRelease.name": "SEMCUT_TAG", "nextRelease.type": "SEMCUT_BUMP",
	"nextRelease.channel": "SEMCUT_CHANNEL", "nextRelease.notes": "SEMCUT_NOTES", "nextRelease.gitHead": "SEMCUT_COMMIT", "branch.name": "SEMCUT_BRANCH",
	"lastRelease.version": "SEMCUT_PREVIOUS_VERSION", "lastRelease.gitTag": "SEMCUT_PREVIOUS_TAG",
}

// hooks says the project's own commands.
func (s *semanticReleaseConfig) hooks() {
	for _, point := range release.Points {
		for _, h := range s.c.Hooks[point] {
			key := "hooks." + string(point)
			line, ok := plainCommand(h)
			if !ok || h.Shell != "" || h.After != "" {
				s.must(s.at("@semantic-release/exec"), "the command can't be said without its template, its shell or its place: "+lodash.Shown(h.Line), "write "+key+" with $SEMCUT_VERSION and the like")
				continue
			}
			if h.Dir != "" && h.Dir != "." {
				line = "cd " + h.Dir + " && " + line
			}
			s.add(key, s.from, line)
		}
	}
}

// plainCommand says a command's template with variables; ok is false where they don't do, or where the shell would not see
// them.
func plainCommand(h release.Hook) (line string, ok bool) {
	for rest := h.Line; ; {
		before, expr, after, found := lodash.Cut(rest)
		line += before
		if !found {
			return line, true
		}
		name := hookVariables[strings.TrimSpace(expr)]
		if name == "" || strings.Contains(h.Line, "'") {
			return "", false
		}
		line, rest = line+"${"+name+"}", after
	}
}

// rest tells of what has no keys.
func (s *semanticReleaseConfig) rest() {
	c := s.c
	usual := []string{release.PrepareChangelog, release.PrepareVersions, release.PrepareHook, release.PreparePack, release.PrepareFiles}
	order := slices.DeleteFunc(slices.Clone(c.Prepare), func(p release.Preparation) bool { return p.Kind == release.PreparePack && c.NPM.TarballDir == "" })
	if !slices.IsSortedFunc(order, func(a, b release.Preparation) int { return slices.Index(usual, a.Kind) - slices.Index(usual, b.Kind) }) {
		s.leave(s.at("plugins"), "the order of its plugins: semcut writes changelog and version files, runs the prepare hooks, and commits", "see that the hooks don't need the old files")
	}
	if c.DryRun || c.NoCI {
		s.leave(s.at("dryRun"), "dryRun and ci are flags of semcut's", "give --dry-run or --no-ci")
	}
	if c.NoNotes {
		s.leave(s.at("generateNotes"), "its releases have no notes; semcut's always have", "write github.body if the page is to show something else")
	}
	if g := c.GitHub; g.Comments.When != "" || g.FailureIssue.When != "" || g.FailureIssue.Text != "" {
		s.leave(s.at("@semantic-release/github"), "its conditions, and the words of the failure issue", "write github.comments: {pulls, issues, unless}, or github.failureIssue")
	}
}
