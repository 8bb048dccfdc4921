package config

import (
	"strings"

	"github.com/semcut/semcut/release"
)

// setRules reads semcut's own list: {type: docs, scope: readme, bump: patch}.
func setRules(c *Config, t tree) error {
	list, err := t.rules(nativeRule)
	c.Rules = release.Rules{List: list, Native: true}
	return err
}

// ruleDialect is how a rule is written: the key of its bump, and what can stand there.
type ruleDialect struct {
	bumpKey string
	bump    func(tree) (release.Bump, error)
	fields  []string // what it can ask for
}

var nativeRule = ruleDialect{"bump", tree.bump, []string{"type", "scope", "description", "header", "body", "footer", "message", "hash"}}

var analyzerRule = ruleDialect{"release", tree.releaseType, []string{"type", "scope", "subject", "header", "body", "footer", "message", "merge", "hash"}}

func (t tree) rules(d ruleDialect) ([]release.Rule, error) {
	if err := t.want(listNode); err != nil {
		return nil, err
	}
	list := []release.Rule{}
	for i := range t.root.items {
		rule, err := t.item(i).rule(d)
		if err != nil {
			return nil, err
		}
		list = append(list, rule)
	}
	return list, nil
}

func (t tree) rule(d ruleDialect) (r release.Rule, err error) {
	if err := t.want(mapNode); err != nil {
		return r, err
	}
	if _, ok := t.root.get(d.bumpKey); !ok {
		return r, t.errorf("say how far such a commit moves the version: "+d.bumpKey+": patch", "it has no key %q", d.bumpKey)
	}
	for _, e := range t.root.entries {
		child := t.at(e)
		switch e.key {
		case d.bumpKey:
			r.Bump, err = d.bump(child)
		case "breaking":
			r.Breaking, err = child.boolean()
		case "revert":
			r.Revert, err = child.boolean()
		default:
			var c release.Criterion
			c, err = child.criterion(t, e, d)
			r.Criteria = append(r.Criteria, c)
		}
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

func (t tree) criterion(parent tree, e entry, d ruleDialect) (c release.Criterion, err error) {
	c.Field = e.key
	known := false
	for _, f := range d.fields {
		known = known || f == e.key
	}
	switch {
	case !known && t.root.kind != nullNode && t.root.kind != textNode && d.bumpKey == "release":
		return c, t.notYet()
	case !known:
		return c, parent.unknown(e, append([]string{d.bumpKey, "breaking", "revert"}, d.fields...))
	case t.root.kind == nullNode:
		c.Absent = true
		return c, nil
	}
	text, err := t.str()
	if err != nil {
		return c, err
	}
	if c.Value, err = release.ParseGlob(text); err != nil {
		err = t.errorf("write a name, or a pattern like api/**", "%q is no pattern: %v", text, err)
	}
	return c, err
}

// bump reads semcut's word.
func (t tree) bump() (release.Bump, error) {
	name, err := t.oneOf("major", "minor", "patch", "none")
	if err != nil {
		return release.None, err
	}
	return release.ParseBump(name)
}

// releaseType reads commit-analyzer's word; false and null release nothing.
func (t tree) releaseType() (release.Bump, error) {
	if t.root.kind == nullNode || t.isFalse() {
		return release.None, nil
	}
	if t.root.kind == textNode && strings.HasPrefix(t.root.text, "pre") {
		return release.None, t.errorf("write major, minor, patch or false; pre-releases come from their branch", "semantic-release, too, refuses %q in the end", t.root.text)
	}
	name, err := t.oneOf("major", "minor", "patch")
	if err != nil {
		return release.None, err
	}
	return release.ParseBump(name)
}
