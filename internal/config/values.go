package config

import (
	"cmp"
	"strings"
	"time"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/release"
)

// The functions of this file and of values_github.go are the contrary of the setters: they give what a Config decided in the
// form in which .semcut.yaml says it. nil stands for what nothing is said of.

func getPreset(c *Config) any    { return c.Format.Name }
func getTagFormat(c *Config) any { return c.TagFormat.String() }

func getInitialVersion(c *Config) any { return cmp.Or(c.InitialVersion, "1.0.0") }

func getZeroBreaking(c *Config) any { return bumpValue(c.Policy.ZeroBreaking, release.Major) }
func getZeroFeature(c *Config) any  { return bumpValue(c.Policy.ZeroFeature, release.Minor) }
func getMaxBump(c *Config) any      { return bumpValue(c.Policy.MaxBump, release.Major) }

// bumpValue is a bump's name, or that of the usual one.
func bumpValue(b, usual release.Bump) string { return cmp.Or(b, usual).String() }

func getBranches(c *Config) any {
	list := []any{}
	for _, b := range c.Branches {
		list = append(list, branchValue(b))
	}
	return list
}

func getRules(c *Config) any {
	list := []any{}
	for _, r := range c.Rules.List {
		list = append(list, ruleValue(r))
	}
	return list
}

func getSquash(c *Config) any      { return c.Policy.Squash }
func getCorrections(c *Config) any { return text(c.CorrectionsFile) }

func getDeepen(c *Config) any {
	if c.Deepen {
		return "auto"
	}
	return "never"
}

func getLayout(c *Config) any     { return c.Notes.Layout }
func getTemplate(c *Config) any   { return text(c.TemplateFile) }
func getPeople(c *Config) any     { return text(c.PeopleFile) }
func getIgnoreRevs(c *Config) any { return text(c.IgnoreRevsFile) }

// text is a text of which "" says nothing.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func getSections(c *Config) any {
	types := c.Notes.Preset.Types
	if types == nil {
		types = changelog.DefaultTypes()
	}
	return valueList(types, sectionValue)
}

// sectionValue says where a type stands.
func sectionValue(t changelog.Type) Pairs {
	p := Pairs{{"type", t.Type}}
	if t.Scope != "" {
		p = append(p, Pair{"scope", t.Scope})
	}
	p = append(p, Pair{"title", t.Section})
	if t.Hidden {
		p = append(p, Pair{"hidden", true})
	}
	return p
}

func getIgnore(c *Config) any {
	list := []any{}
	if c.Notes.Preset.IgnoreCommits != "" { // of a semantic-release configuration
		list = append(list, c.Notes.Preset.IgnoreCommits)
	}
	for _, re := range c.Notes.Ignore {
		list = append(list, re.String())
	}
	return list
}

// valueList is a list as a value; value gives that of one item.
func valueList[T, V any](items []T, value func(T) V) []any {
	list := make([]any, len(items))
	for i, item := range items {
		list[i] = value(item)
	}
	return list
}

// textList is a list of texts as a value.
func textList(texts []string) []any { return valueList(texts, func(t string) string { return t }) }

func getIssuePrefixes(c *Config) any {
	if c.Notes.Preset.IssuePrefixes == nil {
		return []any{"#"}
	}
	return textList(c.Notes.Preset.IssuePrefixes)
}

// linkFormats are a preset's formats of addresses, as its tool writes them, by semcut's names.
func linkFormats(p changelog.PresetConfig) []Pair {
	return []Pair{{"commit", p.CommitURLFormat}, {"compare", p.CompareURLFormat}, {"issue", p.IssueURLFormat}, {"user", p.UserURLFormat}}
}

func getLinks(c *Config) any {
	var links Pairs
	for _, l := range linkFormats(c.Notes.Preset) {
		if format, _ := l.Value.(string); format != "" {
			links = append(links, Pair{l.Key, urlNames.Replace(format)})
		}
	}
	if links == nil {
		return nil
	}
	return links
}

func getChangelogFile(c *Config) any {
	if c.Changelog.File == "" {
		return false
	}
	return c.Changelog.File
}

func getChangelogTitle(c *Config) any { return c.Changelog.Title }
func getSkipTags(c *Config) any       { return globValues(c.Changelog.SkipTags) }
func getIgnoreTags(c *Config) any     { return globValues(c.Changelog.IgnoreTags) }

func getPrereleases(c *Config) any {
	if c.Changelog.Prereleases {
		return "show"
	}
	return "fold"
}

func globValues(globs []release.Glob) any { return valueList(globs, release.Glob.String) }

func getVersionFiles(c *Config) any { return valueList(c.VersionFiles, versionFileValue) }

// versionFileValue says a version file by its path, or by what else is known of it.
func versionFileValue(f release.VersionFile) any {
	p := Pairs{{"path", f.Path}}
	if f.Options.Key != "" {
		p = append(p, Pair{"key", f.Options.Key})
	}
	if f.Options.Marker {
		p = append(p, Pair{"marker", true})
	}
	if f.Options.Pattern != nil {
		p = append(p, Pair{"pattern", f.Options.Pattern.String()})
	}
	if f.Options.XPath != "" {
		p = append(p, Pair{"xpath", f.Options.XPath})
	}
	if len(p) == 1 {
		return f.Path
	}
	return p
}

func getCommitMessage(c *Config) any { return c.CommitMessage }
func getAuthor(c *Config) any        { return text(c.Author) }
func getCommitSign(c *Config) any    { return string(c.CommitSign) }
func getAnnotated(c *Config) any     { return c.TagAnnotated }
func getTagMessage(c *Config) any    { return c.TagMessage }
func getTagSign(c *Config) any       { return string(c.TagSign) }

func getCommitFiles(c *Config) any {
	list := []any{}
	for _, f := range c.CommitFiles {
		list = append(list, f.Path)
		for _, out := range f.Not {
			list = append(list, "!"+out)
		}
	}
	return list
}

func getFloating(c *Config) any { return valueList(c.Floating, release.Bump.String) }

func getNPM(c *Config) any           { return c.NPM.On && c.NPM.Publish }
func getNPMDir(c *Config) any        { return cmp.Or(c.NPM.Dir, ".") }
func getNPMRegistry(c *Config) any   { return text(c.NPM.Registry) }
func getNPMTag(c *Config) any        { return text(c.NPM.Tag) }
func getNPMAccess(c *Config) any     { return text(c.NPM.Access) }
func getNPMProvenance(c *Config) any { return c.NPM.Provenance }
func getNPMClient(c *Config) any     { return cmp.Or(c.NPM.Client, "auto") }
func getNPMTarballDir(c *Config) any { return text(c.NPM.TarballDir) }

// hookGetter gives the hooks of a point: one that is nothing but a command as that.
func hookGetter(point release.Point) func(*Config) any {
	return func(c *Config) any {
		list := valueList(c.Hooks[point], hookValue)
		switch len(list) {
		case 0:
			return nil
		case 1:
			return list[0]
		}
		return list
	}
}

func hookValue(h release.Hook) any {
	if h.Limit == hookLimit {
		return h.Line
	}
	return Pairs{{"run", h.Line}, {"timeout", shortly(h.Limit)}}
}

// shortly is a length of time without the zeroes at its end: 5m, not 5m0s.
func shortly(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
