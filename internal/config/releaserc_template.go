package config

import (
	"errors"
	"strings"

	"github.com/semcut/semcut/internal/lodash"
)

// releaseNames are semcut's own names for what templates of semantic-release mostly ask for.
var releaseNames = map[string]string{
	"nextRelease.version": "version", "nextRelease.gitTag": "tag", "nextRelease.name": "tag", "nextRelease.notes": "notes",
	"nextRelease.channel": "channel", "branch.name": "branch",
}

// releaseRoots are what a template of a release may begin with.
var releaseRoots = []string{"nextRelease", "lastRelease", "branch"}

// lodash reads a template of semantic-release's: text as it is kept, names that short knows by their short name.
func (t tree) lodash(short map[string]string, roots ...string) (string, error) {
	if t.root.kind == codeNode {
		return "", t.computed()
	}
	text, err := t.str()
	if err != nil {
		return "", err
	}
	if strings.Contains(text, "\x00") {
		return "", t.errorf("write it without control characters", "it holds a NUL")
	}
	kept, err := lodash.Keep(text, short, roots)
	if beyond, ok := errors.AsType[*lodash.BeyondError](err); ok {
		return "", t.errorf("docs/coming-from-semantic-release.md tells what templates can say", "%v", beyond)
	}
	return kept, err
}

// releaseTemplate reads a template of a release.
func (t tree) releaseTemplate(more ...string) (string, error) {
	return t.lodash(releaseNames, append(more, releaseRoots...)...)
}
