package config

import (
	"fmt"
	"slices"
)

// deprecation is a way to write a setting that its tool wants to be rid of.
type deprecation struct {
	dialect string // whose way it is
	plugin  string // "" for a key of the dialect itself
	key     string
	is      func(tree) bool // whether it is about a value
	instead string          // what to write
}

// deprecations are all that are known, one row each. They work as ever; "semcut config" and its check mention them.
var deprecations = []deprecation{
	{semanticRelease, "@semantic-release/github", "successComment", tree.isFalse, "successCommentCondition: false"},
	{semanticRelease, "@semantic-release/github", "failComment", tree.isFalse, "failCommentCondition: false"},
	{semanticRelease, "@semantic-release/github", "failTitle", tree.isFalse, "failCommentCondition: false"},
}

// notice mentions a value that is written in a way that its tool wants to be rid of.
func (c *Config) notice(dialect, plugin, key string, t tree) {
	for _, d := range deprecations {
		if d.dialect != dialect || d.plugin != plugin || d.key != key || !d.is(t) {
			continue
		}
		whose := dialect
		if plugin != "" {
			whose = plugin
		}
		note := fmt.Sprintf("%s: %s: %s is deprecated by %s; write %s", place(t.file, t.root.line, t.root.col), key, t.root.text, whose, d.instead)
		if !slices.Contains(c.Deprecated, note) {
			c.Deprecated = append(c.Deprecated, note)
		}
	}
}
