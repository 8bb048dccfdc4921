package config

import (
	"fmt"
	"strings"

	"github.com/semcut/semcut/internal/lodash"
	"github.com/semcut/semcut/release"
)

// setBranches reads the list of branches, in the form that semcut and semantic-release share.
func setBranches(c *Config, t tree) error {
	if t.root.kind == textNode || t.root.kind == mapNode {
		t.root = node{kind: listNode, line: t.root.line, col: t.root.col, items: []node{t.root}}
	}
	if err := t.want(listNode); err != nil {
		return err
	}
	if len(t.root.items) == 0 {
		return t.errorf("name at least one branch", "it is empty")
	}
	c.Branches = nil
	for i := range t.root.items {
		b, err := t.item(i).branch()
		if err != nil {
			return err
		}
		for _, other := range c.Branches {
			if other.Name == b.Name {
				return t.item(i).errorf("name every branch once", "branch %q stands here twice", b.Name)
			}
		}
		b.Place = fmt.Sprintf("%s: key %q", place(t.file, t.item(i).root.line, t.item(i).root.col), t.item(i).path)
		c.Branches = append(c.Branches, b)
	}
	return nil
}

func (t tree) branch() (release.BranchSetting, error) {
	if t.root.kind == textNode {
		name, err := t.branchName()
		return release.BranchSetting{Name: name}, err
	}
	var b release.BranchSetting
	if err := t.want(textNode, mapNode); err != nil {
		return b, err
	}
	for _, e := range t.root.entries {
		if err := t.at(e).branchKey(&b, t, e); err != nil {
			return b, err
		}
	}
	if b.Name == "" {
		return b, t.errorf("write it like {name: beta, prerelease: true}", "a branch needs a name")
	}
	return b, nil
}

func (t tree) branchKey(b *release.BranchSetting, parent tree, e entry) (err error) {
	known := []string{"name", "channel", "prerelease", "range"}
	if t.root.kind == nullNode {
		return nil
	}
	switch e.key {
	case "name":
		b.Name, err = t.branchName()
	case "channel":
		channel := ""
		if t.root.kind != boolNode || t.root.text == "true" {
			channel, err = t.str()
		}
		b.Channel = &channel
	case "prerelease":
		if b.Prerelease, err = t.prerelease(); err != nil {
			return err
		}
	case "range":
		b.Range, err = t.str()
		if err == nil && !isTemplate(b.Range) && !release.ValidRange(b.Range) {
			err = t.errorf("write it like 1.x or 1.2.x", "%q is no range", b.Range)
		}
	default:
		err = parent.unknown(e, known)
	}
	return err
}

func (t tree) prerelease() (string, error) {
	if t.root.kind == boolNode {
		if t.root.text == "true" {
			return "true", nil
		}
		return "", nil
	}
	id, err := t.str()
	if err == nil && !isTemplate(id) {
		if _, ok := release.ParseVersion("1.0.0-" + id + ".1"); !ok {
			err = t.errorf("use letters, digits and hyphens", "%q can't stand in a version", id)
		}
	}
	return id, err
}

// isTemplate says whether a text is only known once the branch is.
func isTemplate(text string) bool { return strings.Contains(text, "${") || lodash.Kept(text) }

// branchName reads a name or a pattern.
func (t tree) branchName() (string, error) {
	name, err := t.str()
	if err != nil {
		return "", err
	}
	if _, err := release.ParseGlob(name); err != nil {
		return "", t.errorf("write the name of a branch, or a pattern like release/*", "%q is no branch: %v", name, err)
	}
	return name, nil
}
