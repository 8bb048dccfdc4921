package config

import (
	"fmt"
	"maps"
	"slices"
)

// commandLine is what errors call the flags.
const commandLine = "the command line"

// flagNode makes the keys that the command line gives a part of the configuration.
func flagNode(flags map[string]any) node {
	n := node{}
	for _, key := range slices.Sorted(maps.Keys(flags)) {
		n.kind = mapNode
		n.entries = append(n.entries, entry{key: key, value: fromPlain(flags[key], commandLine)})
	}
	return n
}

// applyFlags lets the command line go before the file. In a semantic-release configuration that has happened already, as it
// goes through all that is extended; without any configuration, plugins make one.
func applyFlags(c *Config) error {
	if c.Dialect == semanticRelease || c.flags.kind == "" {
		return nil
	}
	own := map[string]func(*Config, tree) error{
		"branches": setBranches, "tagFormat": setTagFormat,
		"repositoryUrl": func(c *Config, t tree) (err error) { c.RepositoryURL, err = t.str(); return err },
	}
	t := tree{file: commandLine, root: c.flags}
	for _, e := range c.flags.entries {
		set, ok := own[e.key]
		switch {
		case ok:
			if err := c.pass(set(c, t.at(e))); err != nil {
				return err
			}
			c.wrote(t.at(e), e.key)
		case c.Dialect == "":
			c.Dialect = semanticRelease
			return applyReleaserc(c, t)
		default:
			return t.at(e).errorf("take it out, or give --config with a configuration of semantic-release's",
				"it is for semantic-release's configurations, and %s is in force", fmt.Sprintf("%q", c.File))
		}
	}
	return nil
}
