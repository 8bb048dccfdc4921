package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// releasercSteps are semantic-release's steps, in their order.
var releasercSteps = []string{
	"verifyConditions", "analyzeCommits", "verifyRelease", "generateNotes", "prepare", "publish", "addChannel", "success", "fail",
}

// defaultPlugins are semantic-release's, where its configuration names none.
var defaultPlugins = []string{
	"@semantic-release/commit-analyzer", "@semantic-release/release-notes-generator",
	"@semantic-release/npm", "@semantic-release/github",
}

// plugin is an official plugin whose work a part of semcut does: the steps that it has, and what its options mean.
type plugin struct {
	name  string
	steps []string
	apply func(r *releaserc, uses []use) error
}

// use is one plugin in one step, with the options that it has there.
type use struct {
	*plugin
	step    string
	options tree // of the place where the plugin is named, if it has none
	order   int  // its place among the plugins of the step
	byList  bool // it stands in the default list, which nobody wrote
}

const generatorName = "@semantic-release/release-notes-generator"

// officialPlugins are all that there are, one row each.
func officialPlugins() []*plugin {
	return []*plugin{
		{"@semantic-release/commit-analyzer", []string{"analyzeCommits"}, (*releaserc).analyzer},
		{generatorName, []string{"generateNotes"}, (*releaserc).generator},
		{"@semantic-release/changelog", []string{"verifyConditions", "prepare"}, (*releaserc).changelog},
		{"@semantic-release/npm", []string{"verifyConditions", "prepare", "publish", "addChannel"}, (*releaserc).npm},
		{"@semantic-release/git", []string{"verifyConditions", "prepare"}, (*releaserc).git},
		{"@semantic-release/github", []string{"verifyConditions", "publish", "addChannel", "success", "fail"}, (*releaserc).github},
		{"@semantic-release/exec", releasercSteps, (*releaserc).exec},
		{"@semantic-release/gitlab", []string{"verifyConditions", "publish", "success", "fail"}, (*releaserc).gitlab},
	}
}

// plugins finds out which plugins do what in which step, and reads their options.
func (r *releaserc) plugins() error {
	uses, err := r.uses()
	if err != nil {
		return err
	}
	for _, u := range uses {
		if name := publisherOf[u.name]; name != "" && u.step == "publish" {
			r.publishing = append(r.publishing, publishing{name, u.order})
			r.Publishers = append(r.Publishers, name)
		}
	}
	for _, p := range officialPlugins() {
		mine := slices.DeleteFunc(slices.Clone(uses), func(u use) bool { return u.name != p.name })
		if len(mine) == 0 {
			continue
		}
		for _, u := range mine {
			r.named(u)
		}
		if err := r.pass(p.apply(r, mine)); err != nil {
			return err
		}
	}
	r.order()
	if !slices.ContainsFunc(uses, func(u use) bool { return u.plugin.name == generatorName }) {
		r.NoNotes = true
	}
	return r.unread()
}

// uses lists which plugins take part in which steps: those of "plugins", and what a step's own key says in their place.
func (r *releaserc) uses() (uses []use, err error) {
	listed, err := r.listed()
	if err != nil {
		return nil, err
	}
	for _, step := range releasercSteps {
		var mine []use
		for _, u := range listed {
			if slices.Contains(u.steps, step) {
				u.step = step
				mine = append(mine, u)
			}
		}
		if e, ok := r.tree.root.get(step); ok {
			if mine, err = r.stepKey(r.tree.at(e), step, mine); err != nil {
				if err := r.pass(err); err != nil {
					return nil, err
				}
			}
		}
		if step == "analyzeCommits" && len(mine) == 0 {
			mine = []use{{plugin: officialPlugins()[0], step: step, options: r.nothing(), byList: true}}
		}
		for i := range mine {
			mine[i].order = i
		}
		uses = append(uses, mine...)
	}
	return uses, nil
}

// listed reads the list of plugins; without one it is semantic-release's own.
func (r *releaserc) listed() (uses []use, err error) {
	e, ok := r.tree.root.get("plugins")
	if !ok {
		for _, name := range defaultPlugins {
			uses = append(uses, use{plugin: findPlugin(name), options: r.nothing(), byList: true})
		}
		return uses, nil
	}
	list := r.tree.at(e)
	if err := list.want(listNode, textNode); err != nil {
		return nil, err
	}
	for _, item := range list.entriesOrSelf() {
		u, known, err := r.use(item)
		if err := r.pass(err); err != nil {
			return nil, err
		}
		if known {
			uses = append(uses, u)
		}
	}
	return uses, nil
}

// nothing are the options of a plugin that nobody wrote down.
func (r *releaserc) nothing() tree {
	t := r.tree
	t.root = node{kind: mapNode, line: t.root.line, col: t.root.col, file: t.root.file}
	return t
}

// stepKey reads a step's own key: plugins that take the place of the listed ones, or options for each of these.
func (r *releaserc) stepKey(t tree, step string, listed []use) (uses []use, err error) {
	if _, named := t.root.get("path"); t.root.kind == mapNode && !named {
		for _, u := range listed {
			u.options.root = over(u.options.root, t.root)
			uses = append(uses, u)
		}
		return uses, nil
	}
	for _, e := range t.entriesOrSelf() {
		if e.root.kind == nullNode || e.isFalse() {
			continue
		}
		u, known, err := r.use(e)
		switch {
		case err != nil:
			return nil, err
		case known && !slices.Contains(u.steps, step):
			return nil, e.errorf("its steps are "+strings.Join(u.steps, ", "), "plugin %q has no step %q", u.name, step)
		case known:
			u.step = step
			uses = append(uses, u)
		}
	}
	return uses, nil
}

func findPlugin(name string) *plugin {
	all := officialPlugins()
	if i := slices.IndexFunc(all, func(p *plugin) bool { return p.name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// use reads one entry of a list of plugins. One that semcut has no part for is an error, unless the user wants to do
// without it.
func (r *releaserc) use(t tree) (u use, known bool, err error) {
	name, options, err := t.plugin()
	if err != nil {
		return u, false, err
	}
	p := findPlugin(name)
	if p == nil && slices.Contains(r.ignored, name) {
		r.Warnings = append(r.Warnings, place(t.file, t.root.line, t.root.col)+": plugin \""+name+"\" is left out, as --ignore-plugin says")
		return u, false, nil
	}
	if p == nil {
		var names []string
		for _, p := range officialPlugins() {
			names = append(names, strings.TrimPrefix(p.name, "@semantic-release/"))
		}
		hint := "semcut runs no plugins; @semantic-release/{" + strings.Join(names, ",") + "} are built in; --ignore-plugin " + name + " does without it"
		if near := nearest(name, names); near != "" {
			hint = "did you mean \"@semantic-release/" + near + "\"?"
		}
		return u, false, t.errorf(hint, "plugin %q is not known", name)
	}
	u = use{plugin: p, options: t}
	u.options.root = node{kind: mapNode, line: t.root.line, col: t.root.col, file: t.root.file}
	if options != nil {
		u.options = *options
	}
	return u, true, nil
}

// plugin reads "name", ["name"], ["name", {…}] or {path: name, …}.
func (t tree) plugin() (name string, options *tree, err error) {
	switch t.root.kind {
	case textNode:
		return t.root.text, nil, nil
	case listNode:
		if n := len(t.root.items); n == 1 || n == 2 {
			if name, err = t.item(0).str(); err != nil || n == 1 || t.root.items[1].kind == nullNode {
				return name, nil, err
			}
			o := t.item(1)
			return name, &o, o.want(mapNode)
		}
	case mapNode:
		if e, ok := t.root.get("path"); ok {
			o := t
			o.root = t.root.without("path")
			name, err = t.at(e).str()
			return name, &o, err
		}
	case codeNode:
		return "", nil, t.computed()
	}
	return "", nil, t.errorf(`write it like ["@semantic-release/github", {}]`, "it is no plugin")
}

// option is one option of a plugin, with the place where it stands.
type option struct {
	tree
	key    string
	parent tree
	entry  entry
}

// each hands all options of a use to a reader: those of the top level that it knows, and its own, which it has to know.
func (r *releaserc) each(u use, known []string, read func(option) error) error {
	for _, e := range r.shared {
		if !slices.Contains(known, e.key) {
			continue
		}
		r.read[e.key] = true
		if _, own := u.options.root.get(e.key); own || e.value.kind == nullNode {
			continue
		}
		if err := r.option(u, option{r.tree.at(e), e.key, r.tree, e}, read); err != nil {
			return err
		}
	}
	for _, e := range u.options.root.entries {
		o := option{u.options.at(e), e.key, u.options, e}
		switch {
		case !slices.Contains(known, e.key):
			if o.root.kind == nullNode {
				continue
			}
			if err := r.pass(u.options.unknown(e, known)); err != nil {
				return err
			}
		case o.root.kind == nullNode || o.root.kind == undefinedNode:
		default:
			if err := r.option(u, o, read); err != nil {
				return err
			}
		}
	}
	return nil
}

// option hands one option to its reader, and notes what it decides.
func (r *releaserc) option(u use, o option, read func(option) error) error {
	if err := read(o); err != nil {
		return r.pass(err)
	}
	r.decided(u, o)
	r.notice(semanticRelease, u.name, o.key, o.tree)
	return nil
}

// once refuses a plugin that takes part in a step twice, where it makes no sense to do its work twice.
func once(uses []use) error {
	seen := map[string]bool{}
	for _, u := range uses {
		if seen[u.step] && u.step != "verifyConditions" {
			return u.options.errorf("name it once", "plugin %q takes part in the step %q twice", u.name, u.step)
		}
		seen[u.step] = true
	}
	return nil
}

// inStep gives the use in a step.
func inStep(uses []use, step string) (use, bool) {
	i := slices.IndexFunc(uses, func(u use) bool { return u.step == step })
	if i < 0 {
		return use{}, false
	}
	return uses[i], true
}

// unread refuses a key of the top level that no plugin in force reads: it was meant for something. Where something
// is wrong with plugins that is only sure of a misspelt one.
func (r *releaserc) unread() error {
	known := append([]string{"branches", "extends", "plugins", "repositoryUrl", "tagFormat", "dryRun", "ci", "debug"}, releasercSteps...)
	broken := r.any()
	for _, e := range r.shared {
		if r.read[e.key] || len(r.ignored) > 0 || broken && nearest(e.key, known) == "" {
			continue // it may be for the plugin that is left out, or that couldn't be read
		}
		if err := r.pass(r.tree.unknown(e, known)); err != nil {
			return err
		}
	}
	return nil
}

// publisherOf names the publishers that do plugins' work.
var publisherOf = map[string]string{"@semantic-release/github": "github", "@semantic-release/npm": "npm"}

// publishing is a publisher and its place in the step publish.
type publishing struct {
	name  string
	order int
}

// order sets in which order the release is prepared.
func (r *releaserc) order() {
	slices.SortStableFunc(r.prepared, func(a, b preparation) int { return cmp.Compare(a.order, b.order) })
	for _, p := range r.prepared {
		r.Prepare = append(r.Prepare, p.Preparation)
	}
}

// preparation is a part of the preparation and its place in the step.
type preparation struct {
	release.Preparation
	order int
}

func (r *releaserc) prepares(u use, kind string, hook int) {
	r.prepared = append(r.prepared, preparation{release.Preparation{Kind: kind, Hook: hook}, u.order})
}
