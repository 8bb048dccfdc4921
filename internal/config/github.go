package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// GitHub says how a release gets onto GitHub.
type GitHub struct {
	Off         bool
	Explicit    bool // written out, so that a remote that isn't GitHub is an error
	URL, API    string
	Assets      []release.AssetSpec
	Title, Body string // templates; "" is the default
	Draft       bool
	Discussion  string // the category; "" for none
	AddReleases string // "top", "bottom", "" for nowhere
	Comments    Comments
	Labels      []string // templates; nil is the default
	LabelsSet   bool

	FailureIssue FailureIssue
}

// Comments say which released pull requests and issues get a comment, and which.
type Comments struct {
	Off, Set      bool
	Text          string // template; "" is the default
	Pulls, Issues bool
	Unless        []string // labels of those that get none
	When          string   // template of a drop-in configuration: those for which it says false get none
}

// FailureIssue says which issue tells of releases that fail.
type FailureIssue struct {
	On        bool
	Title     string
	Labels    []string
	Assignees []string
	Text      string // template of a drop-in configuration; "" is the usual words
	When      string // such a template: a failure for which it says false has no issue
}

func setAssets(c *Config, t tree) error {
	if t.isFalse() {
		c.GitHub.Assets = nil
		return nil
	}
	if err := t.want(listNode); err != nil {
		return err
	}
	c.GitHub.Assets = nil
	for i := range t.root.items {
		a, err := c.asset(t.item(i))
		if err != nil {
			return err
		}
		c.GitHub.Assets = append(c.GitHub.Assets, a)
	}
	return nil
}

// asset reads a path, a folder, a pattern, or {path, name, label}.
func (c *Config) asset(t tree) (a release.AssetSpec, err error) {
	a.Place = t.origin()
	if err := t.want(textNode, mapNode); err != nil {
		return a, err
	}
	if t.root.kind == textNode {
		a.Path, err = c.workPath(t)
		return a, err
	}
	for _, e := range t.root.entries {
		if err := c.assetKey(&a, t, e); err != nil {
			return a, err
		}
	}
	if a.Path == "" {
		return a, t.errorf("write it like {path: dist/app, name: app-${version}}", "an asset needs a path")
	}
	return a, nil
}

func (c *Config) assetKey(a *release.AssetSpec, parent tree, e entry) (err error) {
	t := parent.at(e)
	switch e.key {
	case "path":
		a.Path, err = c.workPath(t)
	case "name":
		a.Name, err = c.envTemplate(t)
	case "label":
		a.Label, err = c.envTemplate(t)
	default:
		err = parent.unknown(e, []string{"path", "name", "label"})
	}
	return err
}

// workPath reads a path, a folder or a pattern of the work tree, which may hold what templates know.
func (c *Config) workPath(t tree) (string, error) {
	text, err := c.envTemplate(t)
	if err != nil {
		return "", err
	}
	path := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(text, "!"), "./"), "/")
	plain := strings.NewReplacer("${", "", "}", "").Replace(path)
	if !release.IsPattern(plain) && !release.ValidPath(plain) || strings.HasPrefix(path, "/") || slices.Contains(strings.Split(path, "/"), "..") {
		return "", t.errorf("write a path below the root of the repository, or a pattern like dist/*", "%q is no path inside the repository", text)
	}
	if !strings.Contains(path, "${") {
		if _, err := release.ParseGlob(path); err != nil {
			return "", t.errorf("write a path, or a pattern like dist/*", "%q is none: %v", text, err)
		}
	}
	if strings.HasPrefix(text, "!") {
		path = "!" + path
	}
	return path, nil
}

// envTemplate reads a template in which ${env.NAME} can stand, too.
func (c *Config) envTemplate(t tree) (string, error) {
	text, err := t.str()
	if err == nil {
		text, err = c.withEnv(t, text)
	}
	if err == nil && text != "" {
		if tried := release.CheckTemplate(text); tried != nil {
			err = t.wrap(tried)
		}
	}
	return text, err
}

// withEnv puts variables of the environment in the place of ${env.NAME}.
func (c *Config) withEnv(t tree, text string) (string, error) {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "${env.")
		name, rest, closed := strings.Cut(after, "}")
		if out.WriteString(before); !found || !closed {
			return out.String() + strings.TrimPrefix(text, before), nil
		}
		if secret.Name(name) {
			return "", t.errorf("take another variable", "${env.%s} looks like a credential, and this would publish it", name)
		}
		value := ""
		if c.env != nil {
			value = c.env(name)
		}
		if value == "" {
			return "", t.errorf("set it, or take it out", "the environment has no variable %q", name)
		}
		out.WriteString(value)
		text = rest
	}
}

func setGitHubTitle(c *Config, t tree) (err error) {
	c.GitHub.Title, err = t.template()
	return err
}

func setGitHubBody(c *Config, t tree) (err error) {
	c.GitHub.Body, err = t.template()
	return err
}

func setGitHubDraft(c *Config, t tree) (err error) {
	c.GitHub.Draft, err = t.boolean()
	return err
}

func setGitHubDiscussion(c *Config, t tree) (err error) {
	c.GitHub.Discussion, err = t.str()
	return err
}

func setAddReleases(c *Config, t tree) (err error) {
	if t.isFalse() {
		c.GitHub.AddReleases = ""
		return nil
	}
	c.GitHub.AddReleases, err = t.oneOf("top", "bottom")
	return err
}

// setGitHubComments reads true, false, a template, or {text, pulls, issues, unless}.
func setGitHubComments(c *Config, t tree) (err error) {
	o := &c.GitHub.Comments
	*o = Comments{Set: true, Pulls: true, Issues: true}
	switch t.root.kind {
	case boolNode:
		o.Off = t.root.text == "false"
		return nil
	case textNode:
		o.Text, err = t.template()
		return err
	}
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		if err := t.at(e).commentKey(o, t, e); err != nil {
			return err
		}
	}
	return nil
}

func (t tree) commentKey(o *Comments, parent tree, e entry) (err error) {
	switch e.key {
	case "text":
		o.Text, err = t.template()
	case "pulls":
		o.Pulls, err = t.boolean()
	case "issues":
		o.Issues, err = t.boolean()
	case "unless":
		o.Unless, err = t.texts()
	default:
		err = parent.unknown(e, []string{"text", "pulls", "issues", "unless"})
	}
	return err
}

func setGitHubLabels(c *Config, t tree) (err error) {
	c.GitHub.LabelsSet = true
	if t.isFalse() {
		c.GitHub.Labels = []string{}
		return nil
	}
	if c.GitHub.Labels, err = t.texts(); err != nil {
		return err
	}
	for i := range t.root.items {
		if _, err := t.item(i).template(); err != nil {
			return err
		}
	}
	return nil
}

// setFailureIssue reads true, false, or {title, labels, assignees}.
func setFailureIssue(c *Config, t tree) error {
	o := &c.GitHub.FailureIssue
	*o = FailureIssue{On: true}
	if t.root.kind == boolNode {
		o.On = t.root.text == "true"
		return nil
	}
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		if err := t.at(e).failureKey(o, t, e); err != nil {
			return err
		}
	}
	return nil
}

func (t tree) failureKey(o *FailureIssue, parent tree, e entry) (err error) {
	switch e.key {
	case "title":
		o.Title, err = t.str()
	case "labels":
		o.Labels, err = t.texts()
	case "assignees":
		o.Assignees, err = t.texts()
	default:
		err = parent.unknown(e, []string{"title", "labels", "assignees"})
	}
	return err
}

func setCommitFiles(c *Config, t tree) error {
	c.CommitFiles = nil
	if t.isFalse() {
		return nil
	}
	if err := t.want(listNode); err != nil {
		return err
	}
	for i := range t.root.items {
		item := t.item(i)
		if err := item.want(textNode); err != nil {
			return err
		}
		path, err := c.workPath(item)
		if err != nil {
			return err
		}
		if strings.HasPrefix(path, "!") {
			return item.errorf("write a narrower pattern", "%q takes files out, and nothing was put in by it", path)
		}
		c.CommitFiles = append(c.CommitFiles, release.FileSpec{Path: path, Place: item.origin()})
	}
	return nil
}

func setFloating(c *Config, t tree) error {
	c.Floating = nil
	if t.isFalse() {
		return nil
	}
	if err := t.want(listNode); err != nil {
		return err
	}
	for i := range t.root.items {
		name, err := t.item(i).oneOf("major", "minor")
		if err != nil {
			return err
		}
		part, err := release.ParseBump(name)
		if err != nil {
			return err
		}
		c.Floating = append(c.Floating, part)
	}
	return nil
}
