package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

// nativeSources are the places of semcut's own settings, the first that is there holds.
var nativeSources = []source{
	{file: ".semcut.yaml", dialect: "semcut", apply: applyNative},
	{file: ".semcut.yml", dialect: "semcut", apply: applyNative},
	{file: ".semcut.json", dialect: "semcut", apply: applyNative},
	{file: ".semcut.toml", dialect: "semcut", apply: applyNative},
	{file: ".config/semcut.yaml", dialect: "semcut", apply: applyNative},
	{file: "package.json", key: "semcut", dialect: "semcut", apply: applyNative},
	{file: "pyproject.toml", key: "tool.semcut", dialect: "semcut", apply: applyNative},
	{file: "pyproject.toml", key: "semcut", dialect: "semcut", apply: applyNative},
}

// setting is one key: its dotted path, what a value does to the Config, and which value the Config holds; get is nil where
// it holds none.
type setting struct {
	path string
	set  func(c *Config, t tree) error
	get  func(c *Config) any
}

// settings are all keys of the contract (docs/configuration.md), one row each. Those that this
// semcut can't honour yet are errors, never defaults.
var settings = []setting{
	{"preset", setPreset, getPreset},
	{"tagFormat", setTagFormat, getTagFormat},
	{"initialVersion", setInitialVersion, getInitialVersion},
	{"zeroVersion.breaking", setZeroBreaking, getZeroBreaking},
	{"zeroVersion.feature", setZeroFeature, getZeroFeature},
	{"branches", setBranches, getBranches},
	{"rules", setRules, getRules},
	{"maxBump", setMaxBump, getMaxBump},
	{"squash", setSquash, getSquash},
	{"corrections", setCorrections, getCorrections},
	{"deepen", setDeepen, getDeepen},
	{"notes.layout", setLayout, getLayout},
	{"notes.template", setTemplate, getTemplate},
	{"notes.sections", setSections, getSections},
	{"notes.ignore", setIgnore, getIgnore},
	{"notes.ignoreRevs", setIgnoreRevs, getIgnoreRevs},
	{"notes.issuePrefixes", setIssuePrefixes, getIssuePrefixes},
	{"notes.links", setLinks, getLinks},
	{"notes.people", setPeople, getPeople},
	{"changelog.file", setChangelogFile, getChangelogFile},
	{"changelog.title", setChangelogTitle, getChangelogTitle},
	{"changelog.prereleases", setPrereleases, getPrereleases},
	{"changelog.skipTags", setSkipTags, getSkipTags},
	{"changelog.ignoreTags", setIgnoreTags, getIgnoreTags},
	{"versionFiles", setVersionFiles, getVersionFiles},
	{"commit.message", setCommitMessage, getCommitMessage},
	{"commit.files", setCommitFiles, getCommitFiles},
	{"commit.author", setAuthor, getAuthor},
	{"commit.sign", setCommitSign, getCommitSign},
	{"tag.annotated", setAnnotated, getAnnotated},
	{"tag.message", setTagMessage, getTagMessage},
	{"tag.sign", setTagSign, getTagSign},
	{"tag.floating", setFloating, getFloating},
	{"github.url", setGitHubURL, getGitHubURL},
	{"github.api", setGitHubAPI, getGitHubAPI},
	{"github.assets", setAssets, getAssets},
	{"github.title", setGitHubTitle, getGitHubTitle},
	{"github.body", setGitHubBody, getGitHubBody},
	{"github.draft", setGitHubDraft, getGitHubDraft},
	{"github.discussion", setGitHubDiscussion, getGitHubDiscussion},
	{"github.comments", setGitHubComments, getGitHubComments},
	{"github.labels", setGitHubLabels, getGitHubLabels},
	{"github.failureIssue", setFailureIssue, getFailureIssue},
	{"github.addReleases", setAddReleases, getAddReleases},
	{"npm.dir", setNPMDir, getNPMDir},
	{"npm.registry", setNPMRegistry, getNPMRegistry},
	{"npm.tag", setNPMTag, getNPMTag},
	{"npm.access", setNPMAccess, getNPMAccess},
	{"npm.provenance", setNPMProvenance, getNPMProvenance},
	{"npm.client", setNPMClient, getNPMClient},
	{"npm.tarballDir", setNPMTarballDir, getNPMTarballDir},
	{"hooks.version", hookSetter(release.AtVersion), hookGetter(release.AtVersion)},
	{"hooks.notes", hookSetter(release.AtNotes), hookGetter(release.AtNotes)},
	{"hooks.verify", hookSetter(release.AtVerify), hookGetter(release.AtVerify)},
	{"hooks.prepare", hookSetter(release.AtPrepare), hookGetter(release.AtPrepare)},
	{"hooks.promote", hookSetter(release.AtPromote), hookGetter(release.AtPromote)},
	{"hooks.publish", hookSetter(release.AtPublish), hookGetter(release.AtPublish)},
	{"hooks.success", hookSetter(release.AtSuccess), hookGetter(release.AtSuccess)},
	{"hooks.fail", hookSetter(release.AtFail), hookGetter(release.AtFail)},
	{"lint", checkLint, nil},
	{"packages", notYet, nil},
	{"workspace", notYet, nil},
	{"pullRequest", notYet, nil},
	{"gitlab", notYet, nil},
	{"gitea", notYet, nil},
	{"api", notYet, nil},
}

// applyNative reads semcut's own keys.
func applyNative(c *Config, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	return applySettings(c, t, "")
}

// applySettings walks a mapping; prefix is its dotted path with the dot that follows.
func applySettings(c *Config, t tree, prefix string) error {
	for _, e := range t.root.entries {
		if e.key == "$schema" && prefix == "" {
			continue
		}
		child, path := t.at(e), prefix+e.key
		if err := c.pass(applySetting(c, t, child, e, path, prefix)); err != nil {
			return err
		}
	}
	return nil
}

func applySetting(c *Config, t, child tree, e entry, path, prefix string) error {
	if child.root.kind == nullNode && (isSetting(path) || isGroup(path)) {
		return nil // an empty key is the default
	}
	if i := slices.IndexFunc(settings, func(s setting) bool { return s.path == path }); i >= 0 {
		return settings[i].apply(c, child)
	}
	if !isGroup(path) {
		return t.unknown(e, knownBelow(prefix))
	}
	if child.root.kind == boolNode && (path == "github" || path == "changelog" || path == "npm") {
		return setGroup(c, child, path)
	}
	if err := child.want(mapNode); err != nil {
		return err
	}
	switch path {
	case "github":
		c.GitHub.Explicit = true
		c.wrote(child, path)
	case "npm":
		setNPM(c, true)
		c.wrote(child, path)
	}
	return applySettings(c, child, path+".")
}

// setGroup reads "github: false", "changelog: false" and "npm: true".
func setGroup(c *Config, t tree, path string) error {
	on, err := t.boolean()
	switch {
	case err != nil:
	case path == "github":
		c.GitHub.Off, c.GitHub.Explicit = !on, on
	case path == "npm":
		setNPM(c, on)
	case on:
		err = t.errorf("write changelog: {file: CHANGELOG.md}", "it must be a mapping, or false")
	default:
		c.Changelog.File = ""
		c.wrote(t, "changelog.file")
	}
	if err == nil {
		c.wrote(t, path)
	}
	return err
}

// apply lets a value decide the key.
func (s setting) apply(c *Config, t tree) error {
	err := s.set(c, t)
	if err == nil {
		c.wrote(t, s.path)
	}
	return err
}

func isSetting(path string) bool {
	return slices.ContainsFunc(settings, func(s setting) bool { return s.path == path })
}

func isGroup(path string) bool {
	return slices.ContainsFunc(settings, func(s setting) bool { return strings.HasPrefix(s.path, path+".") })
}

// knownBelow lists the keys that can stand right below a path.
func knownBelow(prefix string) []string {
	var keys []string
	for _, s := range settings {
		rest, ok := strings.CutPrefix(s.path, prefix)
		key, _, _ := strings.Cut(rest, ".")
		if ok && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func notYet(_ *Config, t tree) error { return t.notYet() }

func setPreset(c *Config, t tree) error {
	if t.root.kind == mapNode {
		return t.notYet()
	}
	name, err := t.oneOf("conventionalcommits", "angular")
	if err == nil {
		c.Format, _ = commitparse.FormatByName(name)
	}
	return err
}

func setTagFormat(c *Config, t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	format, err := release.ParseTagFormat(text)
	if err != nil {
		return t.wrap(err)
	}
	c.TagFormat = format
	return nil
}

// wrap puts the place before an error that another room made of the value.
func (t tree) wrap(err error) error {
	hint := ""
	if e, ok := err.(*release.Error); ok {
		hint = e.Hint
	}
	return t.errorf(hint, "%v", err)
}

func setInitialVersion(c *Config, t tree) error {
	if err := t.want(textNode, numberNode); err != nil {
		return err
	}
	v, ok := release.ParseVersion(t.root.text)
	if !ok || v.Prerelease() != "" || v.Metadata() != "" {
		return t.errorf(`write it like initialVersion: "0.1.0"`, "%q is no version", t.root.text)
	}
	c.InitialVersion = t.root.text
	return nil
}

func setZeroBreaking(c *Config, t tree) error {
	return t.bumpOf(&c.Policy.ZeroBreaking, "major", "minor")
}

func setZeroFeature(c *Config, t tree) error {
	return t.bumpOf(&c.Policy.ZeroFeature, "minor", "patch")
}

func setMaxBump(c *Config, t tree) error {
	return t.bumpOf(&c.Policy.MaxBump, "major", "minor", "patch")
}

// bumpOf reads a bump that must be one of the names.
func (t tree) bumpOf(to *release.Bump, names ...string) error {
	name, err := t.oneOf(names...)
	if err == nil {
		*to, err = release.ParseBump(name)
	}
	return err
}

func setSquash(c *Config, t tree) (err error) {
	c.Policy.Squash, err = t.boolean()
	return err
}

func setCorrections(c *Config, t tree) (err error) {
	c.CorrectionsFile, err = t.repositoryPath(".semcut/corrections.yaml")
	return err
}

func setDeepen(c *Config, t tree) error {
	value, err := t.oneOf("auto", "never")
	c.Deepen = value == "auto"
	return err
}

func setChangelogFile(c *Config, t tree) error {
	if t.isFalse() {
		c.Changelog.File = ""
		return nil
	}
	file, err := t.str()
	if err != nil {
		return err
	}
	if file != release.AutoChangelog && !release.ValidPath(file) {
		return t.errorf("write a path below the root of the repository, like docs/CHANGELOG.md", "%q is no path inside the repository", file)
	}
	c.Changelog.File = file
	return nil
}

// setPrereleases says whether pre-releases have sections of their own in a whole changelog.
func setPrereleases(c *Config, t tree) error {
	value, err := t.oneOf("fold", "show")
	c.Changelog.Prereleases = value == "show"
	return err
}

func setSkipTags(c *Config, t tree) (err error) {
	c.Changelog.SkipTags, err = t.globs()
	return err
}

func setIgnoreTags(c *Config, t tree) (err error) {
	c.Changelog.IgnoreTags, err = t.globs()
	return err
}

// globs reads a list of patterns.
func (t tree) globs() ([]release.Glob, error) {
	texts, err := t.texts()
	if err != nil {
		return nil, err
	}
	var globs []release.Glob
	for i, text := range texts {
		g, err := release.ParseGlob(text)
		if err != nil {
			return nil, t.item(i).errorf("write a pattern like v0.*", "%q is none: %v", text, err)
		}
		globs = append(globs, g)
	}
	return globs, nil
}

func setChangelogTitle(c *Config, t tree) (err error) {
	c.Changelog.Title, err = t.str()
	return err
}

func setCommitMessage(c *Config, t tree) (err error) {
	c.CommitMessage, err = t.template()
	return err
}

func setTagMessage(c *Config, t tree) (err error) {
	c.TagMessage, err = t.template()
	return err
}

// template reads a text and tries it, so that an unknown name shows before a release needs it.
func (t tree) template() (string, error) {
	text, err := t.str()
	if err == nil && strings.TrimSpace(text) == "" {
		err = t.errorf("leave the key out for the default", "it is empty")
	}
	if err == nil {
		if tried := release.CheckTemplate(text); tried != nil {
			err = t.wrap(tried)
		}
	}
	return text, err
}

func setAuthor(c *Config, t tree) error {
	text, err := t.str()
	if err != nil || text == "" {
		return err
	}
	if _, _, ok := SplitAuthor(text); !ok {
		return t.errorf("write it like author: Ada Lovelace <ada@example.com>", "%q is no name with an e-mail address", text)
	}
	c.Author = text
	return nil
}

// SplitAuthor takes "Name <email>" apart.
func SplitAuthor(text string) (name, email string, ok bool) {
	name, rest, found := strings.Cut(text, "<")
	email, after, closed := strings.Cut(rest, ">")
	name, email = strings.TrimSpace(name), strings.TrimSpace(email)
	return name, email, found && closed && name != "" && email != "" && strings.TrimSpace(after) == "" && !strings.ContainsAny(text, "\n\x00")
}

func setAnnotated(c *Config, t tree) (err error) {
	c.TagAnnotated, err = t.boolean()
	return err
}

func setGitHubURL(c *Config, t tree) (err error) {
	c.GitHub.URL, err = t.url()
	return err
}

func setGitHubAPI(c *Config, t tree) (err error) {
	c.GitHub.API, err = t.url()
	return err
}

func (t tree) url() (string, error) {
	text, err := t.str()
	if err == nil && !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
		err = t.errorf("write it like https://github.example.com", "%q is no http or https URL", text)
	}
	return text, err
}

func setIssuePrefixes(c *Config, t tree) (err error) {
	c.Notes.Preset.IssuePrefixes, err = t.texts()
	if err == nil && slices.Contains(c.Notes.Preset.IssuePrefixes, "") {
		err = t.errorf(`write it like issuePrefixes: ["#"]`, "a prefix can't be empty")
	}
	return err
}

// texts reads a list of texts.
func (t tree) texts() ([]string, error) {
	if err := t.want(listNode); err != nil {
		return nil, err
	}
	texts := []string{}
	for i := range t.root.items {
		text, err := t.item(i).str()
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}
