package config

import (
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// fromGoSemanticRelease translates a configuration of go-semantic-release 2. Most of its settings are flags, which stand
// in a workflow.
func fromGoSemanticRelease(x *translator, trees []tree) error {
	const usual = "go-semantic-release's default"
	x.rules(bumps{types: map[string]string{"perf": "none"}}, usual)
	x.leave(trees[0], "flags such as --allow-initial-development-versions, --changelog, --update and --prerelease stand in the workflow",
		"see there: zeroVersion.breaking: minor with initialVersion: 0.1.0, changelog.file, versionFiles, branches")
	return x.each(trees[0], map[string]reader{
		"maintainedVersion": unlessEmpty(maintainedVersion),
		"plugins": nested(func() map[string]reader {
			return map[string]reader{
				"commit-analyzer":     goPlugin(map[string]string{"default": "", "commit-analyzer-cz": ""}, true),
				"ci-condition":        goPlugin(map[string]string{"default": "", "github": "", "gitlab": ""}, false),
				"provider":            goPlugin(map[string]string{"github": "", "git": "github: false"}, false),
				"changelog-generator": goPlugin(map[string]string{"default": "", "changelog-generator-default": ""}, false),
				"files-updater":       goPlugins(map[string]string{"npm": "package.json", "helm": "Chart.yaml"}),
				"hooks":               goPlugins(map[string]string{}),
			}
		}),
		"pluginResolver": needless,
	})
}

var maintained = lazyregexp.New(`^(\d+(?:\.\d+)?)(?:\.x)?(?:-([0-9A-Za-z.-]+))?$`)

// maintainedVersion reads the line of the branch that this file stands on: "1", "1.2", "2-beta".
func maintainedVersion(x *translator, t tree) error {
	if err := t.want(textNode, numberNode); err != nil {
		return err
	}
	m := maintained.FindStringSubmatch(t.root.text)
	do := "write branches, with {name: BRANCH, prerelease: ID} or {name: BRANCH, range: 1.x}, on every branch alike"
	if m != nil && m[2] != "" {
		do = "write branches: [main, {name: BRANCH, prerelease: " + m[2] + "}], on every branch alike"
	} else if m != nil {
		do = "write branches: [main, {name: BRANCH, range: " + m[1] + ".x}], on every branch alike; a branch called " + m[1] + ".x needs nothing"
	}
	x.must(t, "it is meant for the branch that it stands on, whose name isn't said here", do)
	return nil
}

// goPlugin reads {name, options} of a plugin; known are the names whose work semcut does, with a setting for some.
func goPlugin(known map[string]string, decides bool) reader {
	return func(x *translator, t tree) error {
		if err := t.want(mapNode); err != nil {
			return err
		}
		if name, ok := t.child("name"); ok {
			text, err := name.str()
			if err != nil {
				return err
			}
			base, _, _ := strings.Cut(text, "@")
			setting, ours := known[base]
			switch {
			case !ours:
				x.remark(name, "semcut runs no plugins, and doesn't know this one", "see docs/configuration.md for what does the same", decides)
			case setting == "github: false":
				x.set("github", false, origin(name))
			}
		}
		if options, ok := t.child("options"); ok && !options.empty() {
			x.remark(options, "options of plugins aren't read",
				"see docs/configuration.md for what does the same: rules, notes.sections, notes.layout", decides)
		}
		return x.each(t, map[string]reader{"name": needless, "options": needless})
	}
}

// goPlugins reads {names, options} of plugins; known are those that change a file.
func goPlugins(known map[string]string) reader {
	return func(x *translator, t tree) error {
		if err := t.want(mapNode); err != nil {
			return err
		}
		if names, ok := t.child("names"); ok {
			list, err := names.items()
			if err != nil {
				return err
			}
			for _, item := range list {
				text, err := item.str()
				if err != nil {
					return err
				}
				base, _, _ := strings.Cut(text, "@")
				file := known[base]
				switch {
				case file != "" && x.there(file):
					x.add("versionFiles", origin(item), file)
				case file == "":
					x.leave(item, "semcut runs no plugins, and doesn't know this one", "see versionFiles and hooks")
				}
			}
		}
		return x.each(t, map[string]reader{"names": needless, "options": unlessEmpty(left("options of plugins aren't read", "see versionFiles and hooks"))})
	}
}
