package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// overrides are the settings that the command line gives in the place of the configuration: the flags of semantic-release's
// own command line (spec §6.4).
type overrides struct {
	lists  map[string]*[]string // by key of the configuration
	texts  map[string]*string
	Debug  bool
	ignore []string
}

// listFlags are the flags that take lists: name, shorthand, key of the configuration, help.
var listFlags = []struct{ name, short, key, help string }{
	{"branches", "b", "branches", "release from these `BRANCHES`"},
	{"plugins", "p", "plugins", "use these `PLUGINS` of semantic-release, with the options of the top level"},
	{"extends", "e", "extends", "read these shareable configurations of semantic-release `FIRST`"},
	{"verify-conditions", "", "verifyConditions", ""}, {"analyze-commits", "", "analyzeCommits", ""}, {"verify-release", "", "verifyRelease", ""},
	{"generate-notes", "", "generateNotes", ""}, {"prepare", "", "prepare", ""}, {"publish", "", "publish", ""},
	{"success", "", "success", ""}, {"fail", "", "fail", ""},
}

var textFlags = []struct{ name, short, key, help string }{
	{"repository-url", "r", "repositoryUrl", "the repository's `URL`, whatever the configuration and the remote say"},
	{"tag-format", "t", "tagFormat", "the `FORMAT` of tags, such as v${version}"},
}

func (o *overrides) flags(cmd *cobra.Command) {
	o.lists, o.texts = map[string]*[]string{}, map[string]*string{}
	f := cmd.Flags()
	for _, l := range listFlags {
		help := l.help
		if help == "" {
			help = "use these `PLUGINS` of semantic-release in the step " + l.key + "; false for none"
		}
		o.lists[l.key] = f.StringArrayP(l.name, l.short, nil, help)
	}
	for _, t := range textFlags {
		o.texts[t.key] = f.StringP(t.name, t.short, "", t.help)
	}
	f.BoolVar(&o.Debug, "debug", false, "the same as --verbose")
	ignoreFlag(cmd, &o.ignore)
}

func ignoreFlag(cmd *cobra.Command, names *[]string) {
	cmd.Flags().StringArrayVar(names, "ignore-plugin", nil, "do without the plugin `NAME` of a semantic-release configuration")
}

// words takes the words that follow a list flag, as semantic-release does: -b main next. Of several such flags nobody
// knows which they belong to.
func (o *overrides) words(cmd *cobra.Command, args []string) error {
	given := ""
	for _, l := range listFlags {
		if changed(cmd, l.name) {
			if given != "" {
				return noArgs(cmd, args)
			}
			given = l.key
		}
	}
	if given == "" {
		return noArgs(cmd, args)
	}
	*o.lists[given] = append(*o.lists[given], args...)
	return nil
}

// into hands what was given to whatever reads the configuration.
func (o *overrides) into(a *app) {
	a.Overrides = map[string]any{}
	for key, values := range o.lists {
		if len(*values) > 0 {
			a.Overrides[key] = splitList(*values)
		}
	}
	for key, text := range o.texts {
		if *text != "" {
			a.Overrides[key] = *text
		}
	}
	a.IgnorePlugins = o.ignore
}

// splitList reads a list as semantic-release does: parted by commas, given several times, or the word false for none.
func splitList(values []string) []any {
	list := []any{}
	if len(values) == 1 && strings.TrimSpace(values[0]) == "false" {
		return list
	}
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			list = append(list, strings.TrimSpace(part))
		}
	}
	return list
}
