package config

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/lazyregexp"
)

var gitCliffSpots = []spot{
	{file: "cliff.toml"}, {file: ".cliff.toml"}, {file: ".config/cliff.toml"},
	{file: "Cargo.toml", key: "package.metadata.git-cliff"}, {file: "Cargo.toml", key: "workspace.metadata.git-cliff"},
	{file: "pyproject.toml", key: "tool.git-cliff"},
}

// gitCliff carries the reading of one configuration. Its changelog's filters also decide the version: both become rules.
type gitCliff struct {
	*translator
	parsers           []cliffParser
	parsed            bool // the configuration has parsers of its own
	unconventional    bool // messages that aren't conventional count, too
	onlyMatched       bool // commits that no parser takes count for nothing
	protect           bool // breaking changes are never skipped
	majorTypes, minor []string
}

// fromGitCliff translates a configuration of git-cliff 2.
func fromGitCliff(x *translator, trees []tree) error {
	x.tagsTell = true
	c := &gitCliff{translator: x}
	x.set("initialVersion", "0.1.0", "git-cliff's default")
	err := x.each(trees[0], map[string]reader{
		"changelog": nested(c.changelogKeys), "git": nested(c.gitKeys), "bump": nested(c.bumpKeys),
		"remote": left("owner and repository are those of git's remote, and a token comes from the environment", "nothing, if the remote is the same"),
	})
	if err != nil {
		return err
	}
	if !c.parsed {
		c.usualParsers()
	}
	c.decide()
	c.show()
	return nil
}

func (c *gitCliff) bumpKeys() map[string]reader {
	return map[string]reader{
		"features_always_bump_minor": when(false, "zeroVersion.feature", "patch"),
		"breaking_always_bump_major": when(false, "zeroVersion.breaking", "minor"),
		"initial_tag":                c.initialTag,
		"custom_major_increment_regex": func(x *translator, t tree) (err error) {
			c.majorTypes, err = c.typeWords(t)
			return err
		},
		"custom_minor_increment_regex": func(x *translator, t tree) (err error) {
			c.minor, err = c.typeWords(t)
			return err
		},
		"no_increment_regex": mustLook("which commits release nothing is said by rules", "write rules with bump: none"),
		"bump_type":          mustLook("the bump follows from the commits", "give it a release: semcut release --bump KIND"),
	}
}

// initialTag reads the first tag: its version, and what stands before it.
func (c *gitCliff) initialTag(x *translator, t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	at := strings.IndexAny(text, "0123456789")
	if at < 0 {
		x.must(t, "no version stands in it", "write initialVersion and tagFormat")
		return nil
	}
	x.tagPrefix(text[:at], origin(t))
	t.root.text = text[at:]
	return x.firstVersion(t)
}

var typeChoice = lazyregexp.New(`^\^?\(?(?:\?:)?([\w-]+(?:\|[\w-]+)*)\)?\$?$`)

// typeWords reads a regular expression over types that is a choice of words.
func (c *gitCliff) typeWords(t tree) ([]string, error) {
	text, err := t.str()
	if err != nil {
		return nil, err
	}
	m := typeChoice.FindStringSubmatch(text)
	if m == nil {
		c.must(t, "semcut's rules know types by name or pattern, and not by regular expressions", "write rules: [{type: NAME, bump: minor}]")
		return nil, nil
	}
	return strings.Split(m[1], "|"), nil
}

func (c *gitCliff) changelogKeys() map[string]reader {
	beyond := unlessEmpty(left("it is a template of Tera, and semcut's layouts are their own",
		"see notes.layout, or write a template of semcut's; docs/notes.md tells how"))
	return map[string]reader{
		"header": changelogTitle, "body": beyond, "footer": beyond, "output": unlessEmpty(changelogFile), "trim": needless, "render_always": needless,
		"postprocessors": unlessEmpty(left("notes aren't changed afterwards", "see notes.links and notes.template")),
	}
}

func (c *gitCliff) gitKeys() map[string]reader {
	count := func(x *translator, t tree) error {
		c.unconventional = true
		return nil
	}
	onBody := left("notes have a look of their own", "see notes.layout and notes.template")
	paths := unlessEmpty(allCommitsCount)
	return map[string]reader{
		"conventional_commits": unless(true, count), "filter_unconventional": unless(true, count),
		"require_conventional":     unless(false, left("a release doesn't judge messages", "run semcut lint in a pull request and as a hook")),
		"fail_on_unmatched_commit": unless(false, left("a release doesn't judge messages", "run semcut lint in a pull request and as a hook")),
		"split_commits": unless(false,
			mustLook("each line of a message is a change there", "write squash: true, if bullets of squashed commits are meant")),
		"commit_preprocessors": unlessEmpty(c.preprocessors), "commit_parsers": c.readParsers,
		"protect_breaking_commits": flagInto(&c.protect), "filter_commits": flagInto(&c.onlyMatched),
		"link_parsers": unlessEmpty(left("semcut links issues, pull requests and people by the remote's host", "see notes.links and notes.issuePrefixes")),
		"tag_pattern":  c.tagPattern, "skip_tags": unlessEmpty(c.tagChoice("changelog.skipTags")),
		"ignore_tags":     unlessEmpty(c.tagChoice("changelog.ignoreTags")),
		"count_tags":      unlessEmpty(mustLook("which tags are releases is said by tagFormat", "see tagFormat and changelog.ignoreTags")),
		"use_branch_tags": needless, "topo_order": needless, "topo_order_commits": needless, "processing_order": left("semcut has one order", "nothing"),
		"sort_commits": onBody, "limit_commits": onBody, "limit_tags": onBody, "date_order": needless,
		"recurse_submodules": unless(false, left("commits of submodules aren't read", "nothing")),
		"include_paths":      paths, "exclude_paths": paths,
	}
}

func flagInto(to *bool) reader {
	return func(_ *translator, t tree) (err error) {
		*to, err = t.boolean()
		return err
	}
}

// sampleHeaders are headers whose types a preprocessor must leave alone.
var sampleHeaders = []string{"feat: add it", "fix(scope)!: mend it", "chore(deps): raise it", "Merge branch 'topic'", "no convention here"}

// preprocessors change messages before they are read: those that would change a type decide the version.
func (c *gitCliff) preprocessors(x *translator, t tree) error {
	list, err := t.items()
	if err != nil {
		return err
	}
	for _, item := range list {
		if err := item.want(mapNode); err != nil {
			return err
		}
		p, ok := item.child("pattern")
		if !ok {
			return item.errorf("give it a pattern", "a preprocessor needs a pattern")
		}
		text, err := p.str()
		if err != nil {
			return err
		}
		re, bad := regexp.Compile(text)
		if bad != nil || slices.ContainsFunc(sampleHeaders, re.MatchString) {
			x.must(item, "messages are read as they are, and this can change a type", "write corrections, or mend the messages")
			continue
		}
		x.leave(item, "messages are read as they are", "issues and pull requests are linked anyway; see notes.links")
	}
	return nil
}

var tagStart = lazyregexp.New(`^\^?\(?([A-Za-z@/_-]*)(?:\[0-9\]|\\d|\*|\.\*|\(\?P<)`)

// tagPattern reads which tags are releases, as far as that is what stands before the version.
func (c *gitCliff) tagPattern(x *translator, t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	m := tagStart.FindStringSubmatch(text)
	if m == nil {
		x.must(t, "which tags are releases is said by what stands before and after the version", "write tagFormat")
		return nil
	}
	if m[1] != "" || strings.HasPrefix(text, "^") {
		x.tagsTell = false
		x.tagPrefix(m[1], origin(t))
	}
	return nil
}

var tagWords = lazyregexp.New(`^\^?\(?[\w.\\*+-]+(?:\|[\w.\\*+-]+)*\)?\$?$`)

// tagChoice reads a regular expression over tags that is a choice of plain texts.
func (c *gitCliff) tagChoice(key string) reader {
	return func(x *translator, t tree) error {
		text, err := t.str()
		if err != nil {
			return err
		}
		if !tagWords.MatchString(text) {
			x.must(t, "semcut knows tags by patterns such as v0.*, and not by regular expressions", "write "+key)
			return nil
		}
		begin, end := "*", "*"
		if strings.HasPrefix(text, "^") {
			begin = ""
		}
		if strings.HasSuffix(text, "$") {
			end = ""
		}
		for word := range strings.SplitSeq(strings.Trim(text, "^$()"), "|") {
			word = strings.NewReplacer(`\.`, ".", ".*", "*", ".+", "*", `\`, "").Replace(word)
			x.add(key, origin(t), strings.ReplaceAll(begin+word+end, "**", "*"))
		}
		return nil
	}
}

// decide says the rules: any commit makes a patch, a feature a minor version; what is skipped makes nothing, unless a parser
// before it takes the commit.
func (c *gitCliff) decide() {
	from := "git-cliff's default"
	b := bumps{all: "patch", types: c.special()}
	if c.onlyMatched {
		b = bumps{all: "none"}
	}
	if c.unconventional {
		c.add("rules", from, Pairs{{"bump", b.all}})
		b.all = ""
	}
	c.rules(b, from)
	for i, p := range slices.Backward(c.parsers) {
		switch {
		case p.skip:
			c.add("rules", p.from, append(p.criteria(), Pair{"bump", "none"}))
			if c.protect {
				c.add("rules", p.from, append(p.criteria(), Pair{"breaking", true}, Pair{"bump", "major"}))
			}
		case c.onlyMatched || c.skippedLater(i):
			c.restore(p)
		}
	}
}

// special are the types that make more than a patch.
func (c *gitCliff) special() map[string]string {
	types := map[string]string{"feat": "minor"}
	for _, t := range c.minor {
		types[t] = "minor"
	}
	for _, t := range c.majorTypes {
		types[t] = "major"
	}
	return types
}

// skippedLater says whether a parser behind the one at i skips commits that this one may take.
func (c *gitCliff) skippedLater(i int) bool {
	return slices.ContainsFunc(c.parsers[i+1:], func(p cliffParser) bool { return p.skip && p.meets(c.parsers[i]) })
}

// restore says again what the commits of a parser make: it comes before one that skips them.
func (c *gitCliff) restore(p cliffParser) {
	c.add("rules", p.from, append(p.criteria(), Pair{"bump", "patch"}))
	types := c.special()
	for _, t := range slices.Sorted(maps.Keys(types)) {
		only := p
		only.types, only.any = []string{t}, false
		if only.meets(p) {
			c.add("rules", p.from, append(only.criteria(), Pair{"bump", types[t]}))
		}
	}
	c.add("rules", p.from, append(p.criteria(), Pair{"breaking", true}, Pair{"bump", "major"}))
}

// scoped is 1 for a parser that asks for a scope.
func scoped(p cliffParser) int {
	if p.scope != "" {
		return 1
	}
	return 0
}

// show says where types stand in the notes, and what stands nowhere.
func (c *gitCliff) show() {
	sorted := slices.Clone(c.parsers)
	slices.SortStableFunc(sorted, func(a, b cliffParser) int {
		return cmp.Or(scoped(b)-scoped(a), strings.Compare(a.order, b.order)) // the first section that fits holds
	})
	seen := map[string]bool{}
	for _, p := range sorted {
		if p.text != "" || p.open || len(p.types) == 0 {
			if p.skip && p.ignore != "" {
				c.add("notes.ignore", p.from, p.ignore)
			}
			continue
		}
		for _, typ := range p.typeNames() {
			if key := typ + "(" + p.scope; !seen[key] {
				seen[key] = true
				c.section(changelog.Type{Type: typ, Scope: p.scope, Section: p.title, Hidden: p.skip}, p.from)
			}
		}
	}
}
