package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// githubOptions are @semantic-release/github's, each with the step that it is for; "" is all (spec §5.5).
var githubOptions = map[string]string{
	"githubUrl": "", "githubApiUrl": "", "githubApiPathPrefix": "", "proxy": "",
	"assets": "publish", "draftRelease": "publish", "releaseNameTemplate": "publish", "releaseBodyTemplate": "publish", "discussionCategoryName": "publish",
	"successComment": "success", "successCommentCondition": "success", "releasedLabels": "success", "addReleases": "success",
	"failTitle": "fail", "failComment": "fail", "failCommentCondition": "fail", "labels": "fail", "assignees": "fail",
}

// github reads @semantic-release/github's options. What it does in which step decides what semcut does there.
func (r *releaserc) github(uses []use) error {
	if err := once(uses); err != nil {
		return err
	}
	_, publishes := inStep(uses, "publish")
	telling, succeeds := inStep(uses, "success")
	_, fails := inStep(uses, "fail")
	if !publishes && succeeds {
		return telling.options.errorf("name it in the step publish, too, or take it out of success", "plugin %q tells people of releases that it doesn't publish, which semcut can't do", telling.name)
	}
	g := &r.GitHub
	g.Off, g.Explicit = !publishes, publishes && !uses[0].byList
	g.Comments = Comments{Off: !succeeds, Pulls: true, Issues: true}
	g.LabelsSet, g.Labels = !succeeds, nil
	if !succeeds {
		g.Labels = []string{}
	}
	g.FailureIssue = FailureIssue{On: fails, Title: "The automated release is failing 🚨", Labels: []string{"semantic-release"}}
	known := slices.Sorted(maps.Keys(githubOptions))
	prefix := ""
	for _, u := range uses {
		err := r.each(u, known, func(o option) error {
			if step := githubOptions[o.key]; step != "" && step != u.step {
				return nil
			}
			if o.key == "githubApiPathPrefix" {
				text, err := o.str()
				prefix = text
				return err
			}
			return r.githubOption(o)
		})
		if err != nil {
			return err
		}
	}
	if g.Comments.Off { // who isn't told gets no label either
		g.LabelsSet, g.Labels = true, []string{}
	}
	if prefix != "" && g.API == "" && g.URL != "" {
		g.API = strings.TrimRight(g.URL, "/") + "/" + strings.Trim(prefix, "/")
	}
	return nil
}

func (r *releaserc) githubOption(o option) (err error) {
	g := &r.GitHub
	off := o.isFalse()
	switch o.key {
	case "githubUrl":
		g.URL, err = o.url()
	case "githubApiUrl":
		g.API, err = o.url()
	case "proxy":
		err = o.errorf("set HTTPS_PROXY and NO_PROXY in the environment, which semcut obeys, and take it out", "semcut takes no proxy from the configuration")
	case "assets":
		g.Assets, err = o.githubAssets()
	case "draftRelease":
		g.Draft, err = o.boolean()
	case "releaseNameTemplate":
		g.Title, err = o.releaseTemplate()
	case "releaseBodyTemplate":
		g.Body, err = o.releaseTemplate()
	case "discussionCategoryName":
		if !off {
			g.Discussion, err = o.str()
		}
	case "addReleases":
		err = setAddReleases(r.Config, o.tree)
	default:
		err = r.githubNotice(o, off)
	}
	return err
}

// githubNotice reads what people are told.
func (r *releaserc) githubNotice(o option, off bool) (err error) {
	g := &r.GitHub
	switch o.key {
	case "successComment":
		g.Comments.Off, g.Comments.Set = off, true
		if !off {
			g.Comments.Text, err = o.releaseTemplate("issue")
		}
	case "successCommentCondition":
		if g.Comments.Off = g.Comments.Off || off; !off {
			g.Comments.When, err = o.releaseTemplate("issue")
		}
	case "releasedLabels":
		g.LabelsSet, g.Labels = true, []string{}
		if !off {
			g.Labels, err = o.templates()
		}
	case "failTitle":
		if g.FailureIssue.On = g.FailureIssue.On && !off; !off {
			g.FailureIssue.Title, err = o.str()
		}
	case "failComment":
		if g.FailureIssue.On = g.FailureIssue.On && !off; !off {
			g.FailureIssue.Text, err = o.lodash(nil, "branch", "errors")
		}
	case "failCommentCondition":
		if g.FailureIssue.On = g.FailureIssue.On && !off; !off {
			g.FailureIssue.When, err = o.lodash(nil, "branch", "errors")
		}
	case "labels":
		if g.FailureIssue.Labels = []string{}; !off {
			g.FailureIssue.Labels, err = o.nameList()
		}
	case "assignees":
		if !off {
			g.FailureIssue.Assignees, err = o.nameList()
		}
	}
	return err
}

// templates reads a template or a list of them.
func (t tree) templates() ([]string, error) {
	texts := []string{}
	for _, item := range t.entriesOrSelf() {
		text, err := item.releaseTemplate()
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// githubAssets reads a path, a pattern, {path, name, label}, or a list of these and of groups that take files out again.
func (t tree) githubAssets() ([]release.AssetSpec, error) {
	if t.isFalse() {
		return nil, nil
	}
	var assets []release.AssetSpec
	for _, item := range t.entriesOrSelf() {
		more, err := item.githubAsset()
		if err != nil {
			return nil, err
		}
		assets = append(assets, more...)
	}
	return assets, nil
}

func (t tree) githubAsset() ([]release.AssetSpec, error) {
	a := release.AssetSpec{FileSpec: release.FileSpec{Optional: true, Place: t.origin()}}
	paths := t
	if t.root.kind == mapNode {
		for _, e := range t.root.entries {
			var err error
			switch o := t.at(e); e.key {
			case "path":
				paths = o
			case "name":
				a.Name, err = o.releaseTemplate()
			case "label":
				a.Label, err = o.releaseTemplate()
			default:
				err = t.unknown(e, []string{"path", "name", "label"})
			}
			if err != nil {
				return nil, err
			}
		}
		if _, named := t.root.get("path"); !named {
			return nil, t.errorf("write it like {path: dist/app.js, label: App}", "an asset needs a path")
		}
	}
	names, err := paths.nameList()
	if err != nil {
		return nil, err
	}
	in := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return strings.HasPrefix(name, "!") })
	var out []string
	for _, name := range names {
		if negated, ok := strings.CutPrefix(name, "!"); ok && len(in) > 0 {
			out = append(out, strings.TrimPrefix(negated, "./"))
		}
	}
	var assets []release.AssetSpec
	for _, name := range in {
		a.Path, a.Not, a.Dot = strings.TrimSuffix(strings.TrimPrefix(name, "./"), "/"), out, true
		if strings.Contains(a.Path, "${") || strings.HasPrefix(a.Path, "/") || slices.Contains(strings.Split(a.Path, "/"), "..") {
			return nil, paths.errorf("write a path below the root of the repository, or a pattern like dist/*", "%q is no path inside the repository", name)
		}
		for _, pattern := range append([]string{a.Path}, out...) {
			if _, err := release.ParseGlob(pattern); err != nil {
				return nil, paths.errorf("write a path, or a pattern like dist/*", "%q is none: %v", pattern, err)
			}
		}
		assets = append(assets, a)
	}
	return assets, nil
}
