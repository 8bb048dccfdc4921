package config

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// notesSections says which types stand in the notes, where the tool shows no others: standard types that it doesn't name
// are hidden.
func (x *translator) notesSections(types []changelog.Type, from string) {
	named := map[string]bool{}
	for _, t := range types {
		named[t.Type] = named[t.Type] || t.Scope == ""
		x.section(t, from)
	}
	for _, standard := range changelog.DefaultTypes() {
		if !standard.Hidden && !named[standard.Type] {
			x.section(changelog.Type{Type: standard.Type, Hidden: true}, from)
		}
	}
}

// section says where a type stands.
func (x *translator) section(t changelog.Type, from string) {
	if t.Type == "" {
		return
	}
	p := Pairs{{"type", t.Type}}
	if t.Scope != "" {
		p = append(p, Pair{"scope", t.Scope})
	}
	if t.Section != "" {
		p = append(p, Pair{"title", t.Section})
	}
	if t.Hidden {
		p = append(p, Pair{"hidden", true})
	} else if t.Section == "" {
		p = append(p, Pair{"title", t.Type})
	}
	x.add("notes.sections", from, p)
}

// presetTypes reads a list of types as conventional-changelog's presets have it.
func (x *translator) presetTypes(t tree) error {
	types, err := t.types()
	if err == nil {
		x.notesSections(types, origin(t))
	}
	return err
}

// urlNames are the names in the presets' templates of addresses, and ours.
var urlNames = strings.NewReplacer("{{host}}", "${host}", "{{owner}}", "${owner}", "{{repository}}", "${repository}", "{{hash}}", "${hash}",
	"{{previousTag}}", "${previousTag}", "{{currentTag}}", "${tag}", "{{id}}", "${id}", "{{prefix}}", "${prefix}", "{{user}}", "${user}")

// link reads a template of addresses.
func link(name string) reader {
	return func(x *translator, t tree) error {
		text, err := t.str()
		if err != nil {
			return err
		}
		ours := urlNames.Replace(text)
		if _, err := (tree{file: t.file, path: t.path, root: node{kind: textNode, text: ours}}).link(); err != nil || strings.Contains(ours, "{{") {
			x.leave(t, "it names something that semcut's addresses don't know", "write notes.links."+name)
			return nil
		}
		x.set("notes.links."+name, ours, origin(t))
		return nil
	}
}

// issuePrefixes reads what stands before an issue's number.
func issuePrefixes(x *translator, t tree) error {
	texts, err := t.texts()
	if err != nil {
		return err
	}
	values := []any{}
	for _, text := range texts {
		if text != "" {
			values = append(values, text)
		}
	}
	if len(values) > 0 && (len(values) != 1 || values[0] != "#") {
		x.set("notes.issuePrefixes", values, origin(t))
	}
	return nil
}

// changelogTitle reads what a changelog begins with; what a template engine would fill can't be.
func changelogTitle(x *translator, t tree) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	switch {
	case text == "" || text == "# Changelog":
	case strings.Contains(text, "{{") || strings.Contains(text, "{%"):
		x.leave(t, "it is a template, and semcut's title is plain text", "write changelog.title")
	default:
		x.set("changelog.title", text, origin(t))
	}
	return nil
}

// changelogFile reads the path of the changelog.
func changelogFile(x *translator, t tree) error {
	file, ok, err := x.path(t)
	if err == nil && ok {
		x.set("changelog.file", file, origin(t))
	}
	return err
}

// commandName is what a tool names in its commands and templates, and what semcut calls it.
type commandName struct{ theirs, ours string }

// commands reads commands that run at a point of the release. What they name is handed to semcut's hooks as variables; a command
// with a name that isn't among names is left out.
func (x *translator) commands(t tree, point string, names []commandName, more *lazyregexp.Regexp) error {
	for _, item := range t.entriesOrSelf() {
		line, err := item.str()
		if err != nil {
			return err
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		x.command(item, point, line, names, more)
	}
	return nil
}

func (x *translator) command(t tree, point, line string, names []commandName, more *lazyregexp.Regexp) {
	plain := line
	for _, n := range names {
		plain = strings.ReplaceAll(plain, n.theirs, "")
	}
	switch named := more.FindString(plain); {
	case pushes(line):
		x.leave(t, "semcut pushes branch and tag itself", "nothing")
	case named != "":
		x.leave(t, "semcut gives its hooks nothing like "+named, "write hooks."+point+" with the variables SEMCUT_*, docs/hooks.md lists them")
	case plain != line && inQuotes(line, names):
		x.leave(t, "a name stands within single quotes, where the shell puts in no variable", "write hooks."+point+" with double quotes")
	default:
		for _, n := range names {
			line = strings.ReplaceAll(line, n.theirs, "${"+n.ours+"}")
		}
		x.add("hooks."+point, origin(t), line)
	}
}

// pushes says whether a command is git push and no more.
func pushes(line string) bool {
	return strings.HasPrefix(strings.TrimSpace(line), "git push") && !strings.ContainsAny(line, ";|&<>`$(") && len(strings.Fields(line)) < 8
}

// inQuotes says whether one of the names stands within single quotes.
func inQuotes(line string, names []commandName) bool {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 && slices.ContainsFunc(names, func(n commandName) bool { return strings.Contains(part, n.theirs) }) {
			return true
		}
	}
	return false
}

// message turns a template of another tool into one of semcut's; ok is false where it names what semcut's don't know.
func message(text string, names []commandName, more *lazyregexp.Regexp) (ours string, ok bool) {
	for _, n := range names {
		text = strings.ReplaceAll(text, n.theirs, "\x00"+n.ours+"\x01")
	}
	if more.MatchString(text) || strings.Contains(text, "${") {
		return "", false
	}
	return strings.NewReplacer("\x00", "${", "\x01", "}").Replace(text), true
}

// template sets a key from a template of another tool.
func (x *translator) template(t tree, key string, names []commandName, more *lazyregexp.Regexp) error {
	text, err := t.str()
	if err != nil {
		return err
	}
	ours, ok := message(text, names, more)
	if !ok || strings.TrimSpace(ours) == "" {
		x.leave(t, "it names something that semcut's templates don't know", "write "+key+" with ${version}, ${tag}, ${notes}")
		return nil
	}
	x.set(key, ours, origin(t))
	return nil
}
