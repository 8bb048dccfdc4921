package npm

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// A description is a manifest as a registry shows it: npm fills in what package.json only implies, and writes what has
// several spellings in one.
type description map[string]any

// describe makes the description of a package.
func describe(f *folder, m *manifest) (description, error) {
	d := description{}
	for key, raw := range m.raw {
		var value any
		if err := json.Unmarshal(raw, &value); err != nil {
			return nil, err
		}
		if !strings.HasPrefix(key, "_") {
			d[key] = value
		}
	}
	d["name"], d["version"] = m.Name, m.Version
	if len(m.Bin) > 0 {
		d["bin"] = m.Bin
	} else {
		delete(d, "bin")
	}
	d.bundles(m)
	for _, fill := range []func(*folder) error{d.scripts, d.authors, d.readme, d.manuals, d.types} {
		if err := fill(f); err != nil {
			return nil, err
		}
	}
	d.texts()
	d.repository()
	d.people()
	return d, nil
}

// bundles writes bundleDependencies as a list. What it names is a dependency.
func (d description) bundles(m *manifest) {
	_, one := d["bundleDependencies"]
	_, other := d["bundledDependencies"]
	delete(d, "bundledDependencies")
	delete(d, "bundleDependencies")
	if !one && !other {
		return
	}
	d["bundleDependencies"] = append([]string{}, m.Bundled...)
	for _, name := range m.Bundled {
		deps, _ := d["dependencies"].(map[string]any)
		if deps == nil {
			deps = map[string]any{}
			d["dependencies"] = deps
		}
		if deps[name] == nil {
			deps[name] = "*"
		}
	}
}

func (d description) text(key string) string {
	text, _ := d[key].(string)
	return text
}

// scripts tells of the scripts that Node's tools have without being told: a build for native code, a server.
func (d description) scripts(f *folder) error {
	scripts := map[string]any{}
	if said, ok := d["scripts"].(map[string]any); ok {
		for name, line := range said {
			if text, ok := line.(string); ok {
				scripts[name] = ownBin.Get().ReplaceAllString(text, "")
			}
		}
	}
	names, err := f.entries("")
	if err != nil {
		return err
	}
	native := slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, ".gyp") && !strings.HasPrefix(n, ".") })
	if native && scripts["install"] == nil && scripts["preinstall"] == nil && d["gypfile"] != false {
		scripts["install"], d["gypfile"] = "node-gyp rebuild", true
	}
	if scripts["start"] == nil && slices.Contains(names, "server.js") {
		scripts["start"] = "node server.js"
	}
	if _, said := d["scripts"]; said || len(scripts) > 0 {
		d["scripts"] = scripts
	}
	return nil
}

var ownBin = lazyregexp.New(`^(?:\.[/\\])?node_modules[/\\]\.bin[/\\]`)

// authors fills the contributors in from a file.
func (d description) authors(f *folder) error {
	if d["contributors"] != nil || !f.has("AUTHORS") {
		return nil
	}
	text, err := f.text("AUTHORS")
	if err != nil {
		return err
	}
	people := []any{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			people = append(people, line)
		}
	}
	d["contributors"] = people
	return nil
}

var (
	readmeName = lazyregexp.New(`(?i)^readme(?:\..*)?$`)
	markdown   = lazyregexp.New(`(?i)\.m?a?r?k?d?o?w?n?$`)
)

// noReadme stands in the place of a readme; registries know these words.
const noReadme = "ERROR: No README data found!"

// readme puts the readme in: Markdown rather than plain text.
func (d description) readme(f *folder) error {
	if d.text("readme") != "" {
		return nil
	}
	names, err := f.entries("")
	if err != nil {
		return err
	}
	found := ""
	for _, name := range names {
		if !readmeName.MatchString(name) || !f.has(name) {
			continue
		}
		if markdown.MatchString(name) {
			found = name
			break
		}
		if strings.HasSuffix(name, "README") {
			found = name
		}
	}
	d["readme"] = noReadme
	if found == "" {
		return nil
	}
	text, err := f.text(found)
	if err != nil {
		return err
	}
	if d["readmeFilename"] = found; len(text) > 0 {
		d["readme"] = strings.ToValidUTF8(string(text), "\uFFFD")
	}
	return nil
}

// manuals lists the manual pages, those of directories.man too.
func (d description) manuals(f *folder) error {
	pages := []string{}
	switch said := d["man"].(type) {
	case nil:
		dirs, _ := d["directories"].(map[string]any)
		dir, ok := dirs["man"].(string)
		if !ok {
			break
		}
		found, err := f.find(inside(dir))
		if err != nil {
			return err
		}
		for _, name := range found {
			if ending := path.Ext(name); len(ending) == 2 && strings.ContainsAny(ending, "0123456789") {
				pages = append(pages, inside(name))
			}
		}
	case string:
		pages = append(pages, inside(said))
	case []any:
		for _, page := range said {
			if text, ok := page.(string); ok {
				pages = append(pages, inside(text))
			}
		}
	}
	if delete(d, "man"); len(pages) > 0 {
		d["man"] = pages
	}
	return nil
}

// types names the declarations that lie beside the main file.
func (d description) types(f *folder) error {
	main := d.text("main")
	if main == "" {
		main = "index.js"
	}
	declared := strings.TrimSuffix(path.Clean(main), path.Ext(main)) + ".d.ts"
	_, types := d["types"]
	_, typings := d["typings"]
	if !types && !typings && f.has(inside(declared)) {
		d["types"] = "./" + declared
	}
	return nil
}

// texts mends what describes the package: description, files, keywords.
func (d description) texts() {
	if d.text("description") == "" {
		delete(d, "description")
		if readme := d.text("readme"); readme != noReadme {
			d["description"] = firstBlock(readme)
		}
	}
	switch words := d["keywords"].(type) {
	case string:
		d["keywords"] = lazySplit.Get().Split(words, -1)
	case []any:
		d["keywords"] = slices.DeleteFunc(words, func(word any) bool { text, ok := word.(string); return !ok || text == "" })
	default:
		delete(d, "keywords")
	}
	delete(d, "modules")
}

var lazySplit = lazyregexp.New(`,\s+`)

// firstBlock is the first paragraph of a readme that is no heading.
func firstBlock(text string) string {
	var block []string
	for line := range strings.Lines(strings.TrimSpace(text)) {
		line = strings.TrimSpace(line)
		switch {
		case len(block) == 0 && (line == "" || strings.HasPrefix(line, "#")):
		case line == "":
			return strings.Join(block, " ")
		default:
			block = append(block, line)
		}
	}
	return strings.Join(block, " ")
}

// people writes persons as objects: "Jane <jane@example.com> (https://example.com)".
func (d description) people() {
	if person, ok := d["author"]; ok && person != nil && person != "" {
		d["author"] = asPerson(person)
	}
	for _, key := range []string{"maintainers", "contributors"} {
		if list, ok := d[key].([]any); ok {
			for i := range list {
				list[i] = asPerson(list[i])
			}
		}
	}
}

var (
	personName  = lazyregexp.New(`^([^(<]+)`)
	personURL   = lazyregexp.New(`\(([^()]+)\)`)
	personEmail = lazyregexp.New(`<([^<>]+)>`)
)

func asPerson(value any) any {
	person := map[string]string{}
	switch v := value.(type) {
	case string:
		for key, re := range map[string]*lazyregexp.Regexp{"name": personName, "url": personURL, "email": personEmail} {
			if m := re.FindStringSubmatch(v); m != nil && strings.TrimSpace(m[1]) != "" {
				person[key] = strings.TrimSpace(m[1])
			}
		}
	case map[string]any:
		for key, names := range map[string][]string{"name": {"name"}, "url": {"url", "web"}, "email": {"email", "mail"}} {
			for _, name := range names {
				if text, ok := v[name].(string); ok && text != "" && person[key] == "" {
					person[key] = text
				}
			}
		}
	default:
		return value
	}
	return person
}
