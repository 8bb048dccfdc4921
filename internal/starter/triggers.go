package starter

import (
	"io/fs"
	"path"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Silent is a workflow that waits for what a release makes, and that GitHub doesn't start when the job's own token made it.
type Silent struct {
	File  string
	Waits string // "a pushed tag", "a published release"
	Push  bool   // it is a push that it waits for, which "[skip ci]" silences whoever pushes
}

// Silents finds the workflows of a tree that wait for tags or releases. What can't be read waits for nothing.
func Silents(tree fs.FS) (found []Silent) {
	entries, _ := fs.ReadDir(tree, workflowDir) // none, where there is no such folder
	for _, e := range entries {
		if ext := path.Ext(e.Name()); ext != ".yml" && ext != ".yaml" {
			continue
		}
		file := path.Join(workflowDir, e.Name())
		data, err := fs.ReadFile(tree, file)
		var doc yaml.Node
		if err != nil || len(data) > maxFile || yaml.Unmarshal(data, &doc) != nil || len(doc.Content) == 0 {
			continue
		}
		_, on := get(doc.Content[0], "on")
		if on == nil {
			continue
		}
		if _, push := get(on, "push"); push != nil {
			if tags, _ := get(push, "tags"); tags != nil {
				found = append(found, Silent{file, "a pushed tag", true})
				continue
			}
		}
		if waitsFor(on, "create") {
			found = append(found, Silent{file, "a new tag", true})
		} else if waitsFor(on, "release") {
			found = append(found, Silent{file, "a published release", false})
		}
	}
	return found
}

// waitsFor says whether an event stands under "on", in any of its forms.
func waitsFor(on *yaml.Node, event string) bool {
	if key, _ := get(on, event); key != nil {
		return true
	}
	return on.Value == event || on.Kind == yaml.SequenceNode && slices.ContainsFunc(on.Content, func(n *yaml.Node) bool { return n.Value == event })
}
