package starter

import (
	"fmt"
	"testing"
	"testing/fstest"
)

func TestSilents(t *testing.T) {
	for text, want := range map[string]string{
		"on: {push: {tags: ['v*']}}":                          "[{.github/workflows/a.yml a pushed tag true}]",
		"on:\n  push:\n    branches: [main]\n    tags: ['*']": "[{.github/workflows/a.yml a pushed tag true}]",
		"on: release":        "[{.github/workflows/a.yml a published release false}]",
		"on: [push, create]": "[{.github/workflows/a.yml a new tag true}]",
		"on: {release: {types: [published]}, push: {branches: [main]}}": "[{.github/workflows/a.yml a published release false}]",
		"on: push":                       "[]",
		"on: {push: {branches: [main]}}": "[]",
		"on: {workflow_dispatch: }":      "[]",
		"jobs: {}":                       "[]",
		"on: {push: [":                   "[]",
		"":                               "[]",
	} {
		tree := fstest.MapFS{".github/workflows/a.yml": {Data: []byte(text)}, ".github/workflows/b.txt": {Data: []byte("on: release")}}
		if got := fmt.Sprint(Silents(tree)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := Silents(fstest.MapFS{}); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
