package config

import (
	"regexp"
	"slices"

	"github.com/semcut/semcut/release"
)

// setVersionFiles reads the files that name the version: paths, patterns, or {path, key, marker, pattern, xpath}.
func setVersionFiles(c *Config, t tree) error {
	c.versionFilesSet = true
	if t.isFalse() {
		c.VersionFiles = nil
		return nil
	}
	if err := t.want(listNode); err != nil {
		return err
	}
	c.VersionFiles = nil
	for i := range t.root.items {
		f, err := t.item(i).versionFile()
		if err != nil {
			return err
		}
		f.Place = t.item(i).origin()
		c.VersionFiles = append(c.VersionFiles, f)
	}
	return nil
}

func (t tree) versionFile() (f release.VersionFile, err error) {
	if t.root.kind == textNode {
		f.Path, err = t.filePattern()
		return f, err
	}
	if err := t.want(textNode, mapNode); err != nil {
		return f, err
	}
	for _, e := range t.root.entries {
		if err := t.at(e).versionFileKey(&f, t, e); err != nil {
			return f, err
		}
	}
	if f.Path == "" {
		return f, t.errorf("write it like {path: charts/app/Chart.yaml, key: appVersion}", "a version file needs a path")
	}
	ways := []bool{f.Options.Key != "", f.Options.Marker, f.Options.Pattern != nil, f.Options.XPath != ""}
	if first := slices.Index(ways, true); first >= 0 && slices.Contains(ways[first+1:], true) {
		return f, t.errorf("take all but one of key, marker, pattern and xpath out; two entries may name the same file", "it says in several ways where the version stands")
	}
	return f, nil
}

func (t tree) versionFileKey(f *release.VersionFile, parent tree, e entry) (err error) {
	switch e.key {
	case "path":
		f.Path, err = t.filePattern()
	case "key":
		f.Options.Key, err = t.str()
	case "marker":
		f.Options.Marker, err = t.boolean()
	case "xpath":
		f.Options.XPath, err = t.str()
	case "pattern":
		f.Options.Pattern, err = t.versionPattern()
	default:
		err = parent.unknown(e, []string{"path", "key", "marker", "pattern", "xpath"})
	}
	return err
}

// versionPattern reads a regular expression whose group "version" is the version.
func (t tree) versionPattern() (*regexp.Regexp, error) {
	re, err := t.regularExpression()
	if err != nil {
		return nil, err
	}
	if re.SubexpIndex("version") < 0 {
		return nil, t.errorf(`name it like 'release (?P<version>\S+)'`, "%q has no group named version", re)
	}
	return re, nil
}

// filePattern reads a path below the root of the repository, or a pattern of such paths.
func (t tree) filePattern() (string, error) {
	text, err := t.str()
	if err != nil {
		return "", err
	}
	if !release.IsPattern(text) {
		return t.repositoryPath("package.json")
	}
	if _, err := release.ParseGlob(text); err != nil {
		return "", t.errorf("write a path, or a pattern like charts/*/Chart.yaml", "%q is none: %v", text, err)
	}
	return text, nil
}
