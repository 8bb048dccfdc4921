package changelog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// conventionalTypes is the default list of conventional-changelog-conventionalcommits 9.3.1 (spec §4.3).
var conventionalTypes = []Type{
	{Type: "feat", Section: "Features"}, {Type: "feature", Section: "Features"}, {Type: "fix", Section: "Bug Fixes"},
	{Type: "perf", Section: "Performance Improvements"}, {Type: "revert", Section: "Reverts"},
	{Type: "docs", Section: "Documentation", Hidden: true}, {Type: "style", Section: "Styles", Hidden: true},
	{Type: "chore", Section: "Miscellaneous Chores", Hidden: true}, {Type: "refactor", Section: "Code Refactoring", Hidden: true},
	{Type: "test", Section: "Tests", Hidden: true}, {Type: "build", Section: "Build System", Hidden: true},
	{Type: "ci", Section: "Continuous Integration", Hidden: true},
}

// DefaultTypes are the types that notes know without a configuration, and where they stand.
func DefaultTypes() []Type { return slices.Clone(conventionalTypes) }

func (o *Options) types() []Type {
	if o.Preset.Types == nil {
		return conventionalTypes
	}
	return o.Preset.Types
}

// typeOf finds the entry of a message: the first with its type, in lower case, and its scope.
func (o *Options) typeOf(m *commitparse.Message) (Type, bool) {
	name := strings.ToLower(m.Type)
	if m.Revert != nil {
		name = "revert"
	}
	types := o.types()
	for i := range types {
		if t := &types[i]; t.Type == name && (t.Scope == "" || t.Scope == m.Scope) {
			return *t, true
		}
	}
	return Type{}, false
}

// conventionalEntry is the transform of conventional-changelog-conventionalcommits 9.3.1.
func conventionalEntry(o *Options, c commitparse.Commit) (exactEntry, string, bool) {
	if !o.inScope(c) {
		return exactEntry{}, "", false
	}
	typ, known := o.typeOf(&c.Message)
	if (!known || typ.Hidden) && len(c.Notes) == 0 && !namesRelease(c.Raw) {
		return exactEntry{}, "", false
	}
	title := typ.Section
	if !known {
		title = c.Type
	}
	e := exactEntry{Commit: c, Scope: c.Scope, Text: c.Header}
	if e.Scope == "*" || len(o.Preset.Scope) > 0 {
		e.Scope = "" // notes of chosen scopes don't name them
	}
	linked := map[string]bool{}
	if c.Description != "" {
		e.Text = c.Description
		if o.Links.repository() != "" {
			e.Text = linkIssues(e.Text, o.prefixes(), isLowerOrDigit, func(prefix, id string) string {
				linked[prefix+id] = true
				return fmt.Sprintf("[%s%s](%s)", prefix, id, o.issueURL(o.Links.Owner, o.Links.Repository, prefix, id))
			})
			e.Text = linkUsers(e.Text, func(name string) string {
				return fmt.Sprintf("[@%s](%s)", name, o.userURL(name))
			})
		}
	}
	for _, r := range c.References {
		if !linked[r.Prefix+r.Issue] {
			e.Closes = append(e.Closes, r)
		}
	}
	return e, title, true
}

// inScope is the preset's filter by scope; a commit may name many, with commas between.
func (o *Options) inScope(c commitparse.Commit) bool {
	switch {
	case len(o.Preset.Scope) == 0:
		return true
	case c.Scope == "":
		return !o.Preset.ScopeOnly
	}
	return slices.ContainsFunc(strings.Split(c.Scope, ","), func(s string) bool { return slices.Contains(o.Preset.Scope, s) })
}

// releasedVersion is what names a version behind "Release-As:", maybe with a package: widget@1.2.3.
var releasedVersion = lazyregexp.New(`^\w*@?[0-9]+\.[0-9]+\.[0-9a-zA-Z]`)

// namesRelease matches release-as:\s*\w*@?[0-9]+\.[0-9]+\.[0-9a-z]+ in any case in the message below its header; a
// commit with such a footer is shown whatever its type.
func namesRelease(text string) bool {
	const key = "release-as"
	_, body, _ := strings.Cut(text, "\n")
	for {
		before, after, found := strings.Cut(body, ":")
		if !found {
			return false
		}
		if n := len(before) - len(key); n >= 0 && strings.EqualFold(before[n:], key) &&
			releasedVersion.MatchString(strings.TrimLeftFunc(after, commitparse.IsSpace)) {
			return true
		}
		body = after
	}
}

// sortBySection orders groups as the types stand in the configuration; titles that no type has come first.
func sortBySection(o *Options, groups []exactGroup) {
	var order []string
	for _, t := range o.types() {
		if t.Section != "" {
			order = append(order, t.Section)
		}
	}
	slices.SortStableFunc(groups, func(a, b exactGroup) int { return slices.Index(order, a.Title) - slices.Index(order, b.Title) })
}

// renderConventional writes what the templates of conventional-changelog-conventionalcommits 9.3.1 write.
func renderConventional(o *Options, n exactNotes) string {
	var b strings.Builder
	writeHeading(&b, "##", n)
	if len(n.Breaking) > 0 {
		b.WriteString("\n### ⚠ BREAKING CHANGES\n\n")
		writeBreaking(&b, n.Breaking)
	}
	for _, g := range n.Groups {
		b.WriteString("\n")
		if g.Title != "" {
			fmt.Fprintf(&b, "### %s\n\n", g.Title)
		}
		for _, e := range g.Entries {
			conventionalLine(&b, o, e)
		}
	}
	return b.String()
}

func conventionalLine(b *strings.Builder, o *Options, e exactEntry) {
	writeEntryHead(b, e)
	linked := o.linksReferences()
	if short := e.Commit.Hash[:min(7, len(e.Commit.Hash))]; linked {
		fmt.Fprintf(b, "([%s](%s))", short, o.commitURL(e.Commit.Hash))
	} else {
		b.WriteString(short)
	}
	if len(e.Closes) > 0 {
		b.WriteString(", closes")
	}
	for _, r := range e.Closes {
		name := referenceName(r) + r.Prefix + r.Issue
		if !linked {
			b.WriteString(" " + name)
			continue
		}
		owner, repository := r.Owner, r.Repository
		if owner == "" {
			owner = o.Links.Owner
		}
		if repository == "" {
			repository = o.Links.Repository
		}
		fmt.Fprintf(b, " [%s](%s)", name, o.issueURL(owner, repository, r.Prefix, r.Issue))
	}
	b.WriteString("\n")
}

// The URL formats of the preset, with {{…}} for what is filled in.
const (
	commitFormat  = "{{host}}/{{owner}}/{{repository}}/commit/{{hash}}"
	compareFormat = "{{host}}/{{owner}}/{{repository}}/compare/{{previousTag}}...{{currentTag}}"
	issueFormat   = "{{host}}/{{owner}}/{{repository}}/issues/{{id}}"
	userFormat    = "{{host}}/{{user}}"
)

// fill replaces {{name}} in a URL format.
func (o *Options) fill(format, standard string, pairs ...string) string {
	if format == "" {
		format = standard
	}
	all := []string{"{{host}}", o.Links.Host}
	for i := 0; i+1 < len(pairs); i += 2 {
		all = append(all, "{{"+pairs[i]+"}}", pairs[i+1])
	}
	return strings.NewReplacer(append(all, "{{owner}}", o.Links.Owner, "{{repository}}", o.Links.Repository)...).Replace(format)
}

func (o *Options) commitURL(hash string) string {
	return o.fill(o.Preset.CommitURLFormat, commitFormat, "hash", hash)
}

func (o *Options) issueURL(owner, repository, prefix, id string) string {
	return o.fill(o.Preset.IssueURLFormat, issueFormat, "owner", owner, "repository", repository, "prefix", prefix, "id", id)
}

func (o *Options) userURL(name string) string {
	return o.fill(o.Preset.UserURLFormat, userFormat, "user", name)
}

// compareURL is the heading's link.
func compareURL(o *Options) string {
	if o.Layout == "conventionalcommits" {
		return o.fill(o.Preset.CompareURLFormat, compareFormat, "previousTag", o.PreviousTag, "currentTag", o.Tag)
	}
	return joinURL(o.Links.repository(), "compare", o.PreviousTag+"..."+o.Tag)
}
