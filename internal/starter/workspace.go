package starter

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// workspace is a repository of several packages.
type workspace struct {
	file     string   // that says so; "" where it is none
	patterns []string // of the packages' folders
	except   []string // of folders that hold none of them all the same
	manifest string   // what each has: "package.json", "Cargo.toml"
}

// findWorkspace finds out whether there are several packages. One version for the whole is what semcut has for them.
func (p *proposer) findWorkspace() workspace {
	for _, find := range []func() workspace{p.npmWorkspace, p.pnpmWorkspace, p.lernaWorkspace, p.cargoWorkspace, p.goWorkspace} {
		w := find()
		if w.file == "" {
			continue
		}
		p.found("packages", fmt.Sprintf("several (%s)", w.file))
		p.note("this repository holds several packages: semcut gives all of them one version, one tag and one changelog; " +
			"a version for each is not supported yet")
		return w
	}
	return workspace{}
}

func (p *proposer) npmWorkspace() workspace {
	var manifest struct{ Workspaces json.RawMessage }
	_ = json.Unmarshal(p.read("package.json"), &manifest) // what is no JSON is no workspace
	var list []string
	if json.Unmarshal(manifest.Workspaces, &list) != nil {
		var long struct{ Packages []string }
		_ = json.Unmarshal(manifest.Workspaces, &long)
		list = long.Packages
	}
	return newWorkspace("package.json", "package.json", list)
}

func (p *proposer) pnpmWorkspace() workspace {
	var file struct{ Packages []string }
	_ = yaml.Unmarshal(p.read("pnpm-workspace.yaml"), &file)
	return newWorkspace("pnpm-workspace.yaml", "package.json", file.Packages)
}

func (p *proposer) lernaWorkspace() workspace {
	var file struct{ Packages []string }
	_ = json.Unmarshal(p.read("lerna.json"), &file)
	return newWorkspace("lerna.json", "package.json", file.Packages)
}

func (p *proposer) cargoWorkspace() workspace {
	var file struct{ Workspace struct{ Members []string } }
	_ = toml.Unmarshal(p.read("Cargo.toml"), &file)
	return newWorkspace("Cargo.toml", "Cargo.toml", file.Workspace.Members)
}

func (p *proposer) goWorkspace() workspace {
	if !p.there("go.work") {
		return workspace{}
	}
	return workspace{file: "go.work"}
}

func newWorkspace(file, manifest string, patterns []string) workspace {
	w := workspace{file: file, manifest: manifest}
	for _, pattern := range patterns {
		list := &w.patterns
		if rest, not := strings.CutPrefix(pattern, "!"); not {
			list, pattern = &w.except, rest
		}
		pattern = strings.Trim(strings.TrimPrefix(pattern, "./"), "/")
		if fs.ValidPath(pattern) && pattern != "." && doublestar.ValidatePattern(pattern) {
			*list = append(*list, pattern)
		}
	}
	if len(w.patterns) == 0 {
		return workspace{}
	}
	return w
}

// members gives the manifests of the packages that a pattern stands for.
func (p *proposer) members(pattern string) []string {
	return slices.DeleteFunc(p.manifests(pattern), func(name string) bool {
		return slices.ContainsFunc(p.workspace.except, func(not string) bool {
			ok, _ := doublestar.Match(not, path.Dir(name))
			return ok
		})
	})
}

// manifests gives all manifests in the folders that a pattern matches.
func (p *proposer) manifests(pattern string) []string {
	pattern = path.Join(pattern, p.workspace.manifest)
	if !strings.Contains(pattern, "**") && !strings.Contains(pattern, "{") {
		return p.glob(pattern)
	}
	var found []string
	top, _ := doublestar.SplitPattern(pattern)
	_ = fs.WalkDir(p.Tree, top, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // what can't be read holds no packages
		case d.IsDir() && slices.Contains([]string{"node_modules", "target", ".git"}, d.Name()):
			return fs.SkipDir
		}
		if ok, _ := doublestar.Match(pattern, name); ok && d.Type().IsRegular() {
			found = append(found, name)
		}
		return nil
	})
	return found
}
