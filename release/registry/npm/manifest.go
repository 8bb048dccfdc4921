package npm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// A manifest is what a package.json says. Its fields are those that decide what is packed and how it is published; raw
// has everything.
type manifest struct {
	raw           map[string]json.RawMessage
	Name, Version string
	Private       bool
	Main          string
	Browser       string // as npm puts it into a pattern
	Files         []string
	FilesSet      bool // "files" is there, even if it is empty
	Bin           map[string]string
	Scripts       map[string]string
	Bundled       []string // bundleDependencies
	Dependencies  map[string]string
	Optional      map[string]string
	Workspaces    []string
	Config        map[string]json.RawMessage // publishConfig
}

// readManifest reads the package.json of a folder below the package.
func readManifest(f *folder, dir string) (*manifest, error) {
	name := path.Join(dir, "package.json")
	data, err := f.text(name)
	if err != nil {
		return nil, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return nil, fmt.Errorf("reading %q: %w", f.at(name), err)
	}
	if err := m.binFolder(f, dir); err != nil {
		return nil, err
	}
	return m, nil
}

// parseManifest reads a package.json. Of what only describes the package wrong types are let pass, as npm does.
func parseManifest(data []byte) (*manifest, error) {
	m := &manifest{}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &m.raw); err != nil {
		return nil, fmt.Errorf("it is no JSON object: %w", err)
	}
	if m.raw == nil {
		return nil, fmt.Errorf("it is no JSON object")
	}
	for key, into := range map[string]*string{"name": &m.Name, "version": &m.Version, "main": &m.Main} {
		if raw := m.raw[key]; truthy(raw) && json.Unmarshal(raw, into) != nil {
			return nil, fmt.Errorf("%q is no text", key)
		}
	}
	m.Name = strings.TrimSpace(m.Name)
	m.Private = truthy(m.raw["private"])
	m.readBrowser()
	if err := m.readFiles(); err != nil {
		return nil, err
	}
	m.Scripts, m.Dependencies, m.Optional = texts(m.raw["scripts"]), texts(m.raw["dependencies"]), texts(m.raw["optionalDependencies"])
	m.readBundled()
	m.readWorkspaces()
	m.readBin()
	_ = json.Unmarshal(m.raw["publishConfig"], &m.Config) // of another type it says nothing
	return m, nil
}

// truthy says whether JavaScript takes a value for true.
func truthy(raw json.RawMessage) bool {
	return !slices.Contains([]string{"", "false", "null", "0", `""`}, string(raw))
}

func (m *manifest) readBrowser() {
	raw := m.raw["browser"]
	if json.Unmarshal(raw, &m.Browser) != nil && bytes.HasPrefix(raw, []byte("{")) {
		m.Browser = "[object Object]" // a set of characters, to npm
	}
}

func (m *manifest) readFiles() error {
	raw, there := m.raw["files"]
	if m.FilesSet = there && truthy(raw); m.FilesSet && json.Unmarshal(raw, &m.Files) != nil {
		return fmt.Errorf(`"files" is no list of texts`)
	}
	return nil
}

// texts reads an object's texts and leaves out what else it has.
func texts(raw json.RawMessage) map[string]string {
	var all map[string]any
	if json.Unmarshal(raw, &all) != nil {
		return nil
	}
	found := map[string]string{}
	for key, value := range all {
		if text, ok := value.(string); ok {
			found[key] = text
		}
	}
	return found
}

// readBundled reads bundleDependencies: a list, an object whose keys count, or true for all dependencies.
func (m *manifest) readBundled() {
	raw, there := m.raw["bundleDependencies"]
	if !there {
		raw = m.raw["bundledDependencies"]
	}
	var value any
	_ = json.Unmarshal(raw, &value) // nothing is nothing
	switch v := value.(type) {
	case bool:
		if v {
			m.Bundled = slices.Sorted(maps.Keys(m.Dependencies))
		}
	case []any:
		for _, name := range v {
			if text, ok := name.(string); ok && text != "" {
				m.Bundled = append(m.Bundled, text)
			}
		}
	case map[string]any:
		m.Bundled = slices.Sorted(maps.Keys(v))
	}
}

// readWorkspaces reads a list of globs, which may stand in an object.
func (m *manifest) readWorkspaces() {
	raw := m.raw["workspaces"]
	var object struct{ Packages []string }
	if json.Unmarshal(raw, &m.Workspaces) != nil && json.Unmarshal(raw, &object) == nil {
		m.Workspaces = object.Packages
	}
}

// readBin reads the commands: one path, a list of paths, or an object.
func (m *manifest) readBin() {
	var value any
	_ = json.Unmarshal(m.raw["bin"], &value) // nothing is nothing
	found := map[string]any{}
	switch v := value.(type) {
	case string:
		found[m.Name] = v
	case []any:
		for _, p := range v {
			if text, ok := p.(string); ok {
				found[path.Base(text)] = text
			}
		}
	case map[string]any:
		found = v
	}
	m.Bin = map[string]string{}
	for key, value := range found {
		text, ok := value.(string)
		name, target := path.Base(inside(key)), inside(text)
		if ok && target != "" && name != "." && name != "" {
			m.Bin[name] = target
		}
	}
}

// binFolder finds the commands where only directories.bin says where they are.
func (m *manifest) binFolder(f *folder, dir string) error {
	var dirs struct{ Bin string }
	if truthy(m.raw["bin"]) || json.Unmarshal(m.raw["directories"], &dirs) != nil || dirs.Bin == "" {
		return nil
	}
	below := path.Join(dir, inside(dirs.Bin))
	found, err := f.find(below)
	if err != nil {
		return err
	}
	for _, name := range found {
		m.Bin[path.Base(name)] = strings.TrimPrefix(strings.TrimPrefix(name, dir), "/")
	}
	return nil
}

// inside is a path as npm secures it: slashes only, and nothing above the package.
func inside(ref string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.NewReplacer(`\`, "/", ":", "/").Replace(ref)), "/")
}
