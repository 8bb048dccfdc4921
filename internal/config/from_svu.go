package config

import "strings"

var svuSpots = []spot{{file: ".svu.yml"}, {file: ".svu.yaml"}, {file: ".config/svu.yml"}, {file: ".config/svu.yaml"}}

// fromSvu translates a configuration of svu 3: only features, fixes and breaking changes move its versions.
func fromSvu(x *translator, trees []tree) error {
	const usual = "svu's default"
	x.set("initialVersion", "0.1.0", usual)
	x.rules(bumps{types: map[string]string{"perf": "none"}}, usual)
	always := func(x *translator, t tree) error {
		x.unset("rules")
		x.add("rules", origin(t), Pairs{{"bump", "patch"}}, Pairs{{"type", "feat"}, {"bump", "minor"}})
		return nil
	}
	prefix := "v"
	known := map[string]reader{
		"tag.prefix": func(x *translator, t tree) (err error) {
			if prefix, err = t.str(); err == nil {
				x.tagPrefix(prefix, origin(t))
			}
			return err
		},
		"tag.mode": func(x *translator, t tree) error {
			mode, err := t.oneOf("all", "current", "all-branches", "current-branch")
			if err == nil && strings.HasPrefix(mode, "all") {
				x.leave(t, "svu counts tags of all branches; for semcut those count that the branch contains",
					"nothing, unless a branch was to go on from another one's tag")
			}
			return err
		},
		"tag.pattern": unlessEmpty(func(x *translator, t tree) error {
			if text, err := t.str(); err != nil || text == prefix+"*" || text == "*" {
				return err
			}
			x.must(t, "which tags are releases is said by what stands before the version", "write tagFormat")
			return nil
		}),
		"tag.strip-prefix": unless(false, left("semcut next prints the bare version anyway", "nothing")),
		"always":           unless(false, always), "v0": when(true, "zeroVersion.breaking", "minor"),
		"prerelease":    unlessEmpty(branchesMakePrereleases),
		"metadata":      unlessEmpty(mustLook("semcut's versions have no build metadata", "put it where the build is made")),
		"log.directory": unlessEmpty(svuDirectories), "verbose": needless, "json": needless,
	}
	return x.each(flat(trees[0], "tag", "log"), known)
}

// flat brings the keys of some mappings up, with dots, as they can be written, too.
func flat(t tree, groups ...string) tree {
	var entries []entry
	for _, e := range t.root.entries {
		inner := false
		for _, g := range groups {
			inner = inner || e.key == g && e.value.kind == mapNode
		}
		if !inner {
			entries = append(entries, e)
			continue
		}
		for _, child := range e.value.entries {
			child.key = e.key + "." + child.key
			entries = append(entries, child)
		}
	}
	t.root.entries = entries
	return t
}

func svuDirectories(x *translator, t tree) error {
	for _, item := range t.entriesOrSelf() {
		dir, err := item.str()
		if err != nil {
			return err
		}
		if dir != "." && dir != "./" {
			x.must(item, "semcut asks all commits, whichever folder they change", "wait for packages")
		}
	}
	return nil
}
