package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// gitAssets are what @semantic-release/git commits without being told.
var gitAssets = []string{"CHANGELOG.md", "package.json", "package-lock.json", "npm-shrinkwrap.json"}

// git reads @semantic-release/git's options (spec §5.2).
func (r *releaserc) git(uses []use) error {
	if err := once(uses); err != nil {
		return err
	}
	u, prepares := inStep(uses, "prepare")
	if !prepares {
		u = uses[0]
	}
	var files []release.FileSpec
	for _, name := range gitAssets {
		files = append(files, release.FileSpec{Path: name, Optional: true, Place: u.options.origin()})
	}
	message := "chore(release): ${version} [skip ci]\n\n${notes}"
	err := r.each(u, []string{"assets", "message"}, func(o option) (err error) {
		if o.key == "assets" {
			files, err = o.gitAssets()
			return err
		}
		short := map[string]string{"branch": "branch"}
		for name, own := range releaseNames {
			short[name] = own
		}
		message, err = o.lodash(short, releaseRoots...)
		if err == nil && strings.TrimSpace(message) == "" {
			err = o.errorf("leave the option out for the default", "it is empty")
		}
		return err
	})
	if err == nil && prepares {
		r.CommitFiles, r.CommitMessage = files, message
		r.prepares(u, release.PrepareFiles, 0)
	}
	return err
}

// gitAssets reads a path, a pattern or a list of them, each of which may be a group that takes files out again.
func (t tree) gitAssets() ([]release.FileSpec, error) {
	if t.isFalse() {
		return []release.FileSpec{}, nil
	}
	files := []release.FileSpec{}
	for _, item := range t.entriesOrSelf() {
		group, err := item.gitAsset()
		if err != nil {
			return nil, err
		}
		files = append(files, group...)
	}
	return files, nil
}

// gitAsset reads one entry. As in micromatch the last pattern of a group that fits a file says whether it is meant. A
// pattern that only takes files out stands for nothing.
func (t tree) gitAsset() (group []release.FileSpec, err error) {
	at := t.origin()
	if e, ok := t.root.get("path"); ok && t.root.kind == mapNode {
		t = t.at(e)
	}
	names, err := t.nameList()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		pattern, negated := strings.CutPrefix(name, "!")
		if strings.HasPrefix(pattern, "(") {
			pattern, negated = name, false // !(a|b) is a pattern of its own
		}
		pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
		if strings.Contains(pattern, "${") || strings.HasPrefix(pattern, "/") || slices.Contains(strings.Split(pattern, "/"), "..") {
			return nil, t.errorf("write a path below the root of the repository, or a pattern like dist/**", "%q is no path inside the repository", pattern)
		}
		if _, err := release.ParseGlob(pattern); err != nil {
			return nil, t.errorf("write a path, or a pattern like dist/**", "%q is none: %v", pattern, err)
		}
		if !negated {
			group = append(group, release.FileSpec{Path: pattern, Dot: true, Optional: true, Place: at})
			continue
		}
		for i := range group {
			group[i].Not = append(group[i].Not, pattern)
		}
	}
	return group, nil
}
