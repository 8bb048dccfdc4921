package config

import (
	"errors"
	"io/fs"
	"slices"

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
	for _, say := range []func(){s.reading, s.rules, s.notes, s.files, s.page, s.hooks} {
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

// reading says how messages, tags and branches are read.
func (s *semanticReleaseConfig) reading() {
	if s.c.Format.Name != Default().Format.Name {
		s.say("preset", s.c.Format.Name)
	}
	if format := s.c.TagFormat.String(); format != Default().TagFormat.String() {
		s.say("tagFormat", format)
	}
	for _, b := range s.c.Branches {
		s.add("branches", s.from, branchValue(b))
	}
	if s.c.RepositoryURL != "" {
		s.leave(tree{file: s.from, path: "repositoryUrl", root: node{}}, "releases go to git's remote origin: "+secret.Hidden(s.c.RepositoryURL)+" is named there", "make it the remote")
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
			s.must(tree{file: s.from, path: "releaseRules"}, "a rule that releases something comes after one that releases nothing, and takes its place there", "see the replay, and order the rules so that the last that fits decides")
			break
		}
		none = none || r.Bump == release.None
	}
	order := func(b release.Bump) int { return (int(b) + 3) % 4 } // patch, minor, major, none
	slices.SortStableFunc(list, func(a, b release.Rule) int { return order(a.Bump) - order(b.Bump) })
	for _, r := range list {
		if slices.ContainsFunc(r.Criteria, func(c release.Criterion) bool { return c.Field == "merge" }) {
			s.must(tree{file: s.from, path: "releaseRules"}, "semcut's rules can't ask for merge", "take that rule out: no preset tells of merges")
			continue
		}
		s.add("rules", s.from, ruleValue(r))
	}
	if len(list) > 0 {
		s.leave(tree{file: s.from, path: "releaseRules"}, "a breaking change stays one with semcut, also where a rule for its type says less", "say so: {breaking: true, type: TYPE, bump: KIND}")
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
		list := []any{}
		for _, prefix := range p {
			list = append(list, prefix)
		}
		s.say("notes.issuePrefixes", list)
	}
	for name, format := range map[string]string{"commit": s.c.Notes.Preset.CommitURLFormat, "compare": s.c.Notes.Preset.CompareURLFormat,
		"issue": s.c.Notes.Preset.IssueURLFormat, "user": s.c.Notes.Preset.UserURLFormat} {
		if format != "" {
			_ = link(name)(s.translator, tree{file: s.from, path: name + "UrlFormat", root: node{kind: textNode, text: format}}) // a text it is
		}
	}
	if l := s.c.Notes.Links; l.Host != "" || l.Commit != "" || l.Issue != "" || s.c.Notes.LinkCompare != nil || s.c.Notes.LinkReferences != nil {
		s.leave(tree{file: s.from, path: "release-notes-generator"}, "host, commit, issue, linkCompare and linkReferences have no keys of their own", "write notes.links")
	}
	if p := s.c.Notes.Preset; p.IgnoreCommits != "" {
		s.say("notes.ignore", []any{p.IgnoreCommits})
	}
	if p := s.c.Notes.Preset; len(p.Scope) > 0 {
		s.leave(tree{file: s.from, path: "presetConfig.scope"}, "notes aren't filtered by scope", "write notes.sections with scopes")
	}
	s.say("changelog.file", false)
	if file := s.c.Changelog.File; file != "" {
		s.say("changelog.file", file)
	}
	if title := s.c.Changelog.Title; title != "" && title != Default().Changelog.Title {
		s.say("changelog.title", title)
	}
}

// files says what is committed and tagged, and by whom.
func (s *semanticReleaseConfig) files() {
	for _, f := range s.c.CommitFiles {
		s.add("commit.files", s.from, f.Path)
	}
	if s.c.CommitMessage != Default().CommitMessage {
		s.say("commit.message", s.c.CommitMessage)
	}
	if s.c.Author != "" {
		s.say("commit.author", s.c.Author)
	}
	s.say("tag.annotated", s.c.TagAnnotated)
	for _, f := range s.c.VersionFiles {
		s.add("versionFiles", s.from, f.Path)
	}
}

// page says what is published on GitHub.
func (s *semanticReleaseConfig) page() {
	g := s.c.GitHub
	if g.Off {
		s.say("github", false)
		return
	}
	for key, text := range map[string]string{"title": g.Title, "body": g.Body, "discussion": g.Discussion, "addReleases": g.AddReleases, "url": g.URL, "api": g.API} {
		if text != "" {
			s.say("github."+key, text)
		}
	}
	if g.Draft {
		s.say("github.draft", true)
	}
	for _, a := range g.Assets {
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
		s.leave(tree{file: s.from, path: "github"}, "what its comments say isn't carried over", "write github.comments")
	}
	if g.LabelsSet {
		list := []any{}
		for _, l := range g.Labels {
			list = append(list, l)
		}
		s.say("github.labels", list)
	}
	if !g.FailureIssue.On {
		s.say("github.failureIssue", false)
	}
}

// hooks says the project's own commands.
func (s *semanticReleaseConfig) hooks() {
	for _, point := range release.Points {
		for _, h := range s.c.Hooks[point] {
			s.add("hooks."+string(point), s.from, h.Line)
		}
	}
}
