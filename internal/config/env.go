package config

import (
	"strings"
	"unicode"
)

// applyEnv lets the environment go before the file: SEMCUT_TAG_FORMAT is the key tagFormat,
// SEMCUT_CHANGELOG_FILE the key changelog.file. Lists and mappings can't be given so. The command line goes before it.
func applyEnv(c *Config, env func(string) string) error {
	if env == nil {
		return nil
	}
	for _, s := range append(groupSettings, settings...) {
		name := envName(s.path)
		value := env(name)
		if value == "" || c.origins[s.path].Kind == FromCommandLine {
			continue
		}
		kind := textNode
		if value == "true" || value == "false" {
			kind = boolNode
		}
		if err := c.pass(s.apply(c, tree{file: environment, path: name, root: node{kind: kind, text: value}})); err != nil {
			return err
		}
	}
	return nil
}

// groupSettings are the mappings that can be switched off as a whole.
var groupSettings = []setting{
	{"github", func(c *Config, t tree) error { return setGroup(c, t, "github") }, func(c *Config) any { return !c.GitHub.Off }},
	{"changelog", func(c *Config, t tree) error { return setGroup(c, t, "changelog") }, nil},
	{"npm", func(c *Config, t tree) error { return setGroup(c, t, "npm") }, getNPM},
}

// envName turns a key's path into the name of its variable.
func envName(path string) string {
	var b strings.Builder
	b.WriteString("SEMCUT_")
	for _, r := range path {
		switch {
		case r == '.':
			b.WriteByte('_')
		case unicode.IsUpper(r):
			b.WriteByte('_')
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}
