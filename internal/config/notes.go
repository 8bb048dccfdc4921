package config

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

func setLayout(c *Config, t tree) error {
	layout, err := t.oneOf(changelog.Layouts()...)
	if err == nil {
		c.Notes.Layout = layout
	}
	return err
}

func setTemplate(c *Config, t tree) (err error) {
	c.TemplateFile, err = t.repositoryPath("notes.tmpl")
	return err
}

func setPeople(c *Config, t tree) (err error) {
	c.PeopleFile, err = t.repositoryPath(defaultPeople)
	return err
}

func setIgnoreRevs(c *Config, t tree) (err error) {
	c.IgnoreRevsFile, err = t.repositoryPath(".git-blame-ignore-revs")
	return err
}

// repositoryPath reads a path below the root of the repository; like is an example of one.
func (t tree) repositoryPath(like string) (string, error) {
	file, err := t.str()
	if err == nil && !release.ValidPath(file) {
		err = t.errorf("write a path below the root of the repository, like "+like, "%q is no path inside the repository", file)
	}
	return file, err
}

// setSections reads which types stand below which headings; those that it doesn't name stay as they are.
func setSections(c *Config, t tree) error {
	if err := t.want(listNode); err != nil {
		return err
	}
	var types []changelog.Type
	for i := range t.root.items {
		typ, err := t.item(i).section()
		if err != nil {
			return err
		}
		types = append(types, typ)
	}
	for _, standard := range changelog.DefaultTypes() {
		if !slices.ContainsFunc(types, func(t changelog.Type) bool { return t.Type == standard.Type && t.Scope == "" }) {
			types = append(types, standard)
		}
	}
	c.Notes.Preset.Types = types
	return nil
}

// section reads {type: feat, title: Features}, and with hidden: true a type that stands nowhere.
func (t tree) section() (typ changelog.Type, err error) {
	if err := t.want(mapNode); err != nil {
		return typ, err
	}
	for _, e := range t.root.entries {
		value := t.at(e)
		switch e.key {
		case "type":
			typ.Type, err = value.str()
		case "scope":
			typ.Scope, err = value.str()
		case "title":
			typ.Section, err = value.str()
		case "hidden":
			typ.Hidden, err = value.boolean()
		default:
			err = t.unknown(e, []string{"type", "scope", "title", "hidden"})
		}
		if err != nil {
			return typ, err
		}
	}
	if typ.Type == "" {
		return typ, t.errorf("write it like {type: feat, title: Features}", "a section needs a type")
	}
	if typ.Section == "" {
		if !typ.Hidden {
			return typ, t.errorf("write it like {type: "+typ.Type+", title: Features}, or hidden: true", "a section needs a title")
		}
		typ.Section = typ.Type
	}
	return typ, nil
}

// setIgnore reads regular expressions; commits that one matches stay out of the notes.
func setIgnore(c *Config, t tree) error {
	texts, err := t.texts()
	if err != nil {
		return err
	}
	c.Notes.Ignore = nil
	for i := range texts {
		re, err := t.item(i).regularExpression()
		if err != nil {
			return err
		}
		c.Notes.Ignore = append(c.Notes.Ignore, re)
	}
	return nil
}

// regularExpression reads one in Go's syntax.
func (t tree) regularExpression() (*regexp.Regexp, error) {
	text, err := t.str()
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, t.errorf("write a regular expression as Go reads it (RE2)", "%q is none: %v", text, err)
	}
	return re, nil
}

// linkNames are what a URL template can name, and how the preset calls it.
var linkNames = map[string]string{
	"host": "host", "owner": "owner", "repository": "repository", "hash": "hash", "id": "id", "prefix": "prefix", "user": "user",
	"previousTag": "previousTag", "tag": "currentTag",
}

var linkName = lazyregexp.New(`\$\{([^}]*)\}`)

// setLinks reads the URL templates of the notes' links.
func setLinks(c *Config, t tree) error {
	if err := t.want(mapNode); err != nil {
		return err
	}
	p := &c.Notes.Preset
	to := map[string]*string{"commit": &p.CommitURLFormat, "compare": &p.CompareURLFormat, "issue": &p.IssueURLFormat, "user": &p.UserURLFormat}
	for _, e := range t.root.entries {
		format, known := to[e.key]
		if !known {
			return t.unknown(e, []string{"commit", "compare", "issue", "user"})
		}
		text, err := t.at(e).link()
		if err != nil {
			return err
		}
		*format = text
	}
	return nil
}

func (t tree) link() (string, error) {
	text, err := t.url()
	if strings.HasPrefix(t.root.text, "${host}/") {
		text, err = t.root.text, nil
	}
	if err != nil {
		return "", err
	}
	for _, m := range linkName.FindAllStringSubmatch(text, -1) {
		if linkNames[m[1]] == "" {
			return "", t.errorf("known are ${host}, ${owner}, ${repository}, ${hash}, ${id}, ${prefix}, ${user}, ${tag} and ${previousTag}", "%q is not known here", m[0])
		}
	}
	return linkName.ReplaceAllStringFunc(text, func(name string) string {
		return "{{" + linkNames[strings.TrimSuffix(strings.TrimPrefix(name, "${"), "}")] + "}}"
	}), nil
}

// defaultPeople is where addresses and logins stand, if anywhere.
const defaultPeople = ".semcut/people.yaml"

// loadNotes reads the files that the notes' settings name, and .mailmap.
func loadNotes(c *Config, root fs.FS) error {
	c.Notes.People = changelog.NewPeople("", nil)
	if root == nil {
		return nil
	}
	if err := c.loadTemplate(root); err != nil {
		return err
	}
	if err := c.loadIgnoreRevs(root); err != nil {
		return err
	}
	logins, err := c.loadPeople(root)
	if err != nil {
		return err
	}
	mailmap, err := readPlain(root, ".mailmap")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Warnings = append(c.Warnings, "reading .mailmap: "+diskfile.Cause(err).Error())
	}
	c.Notes.People = changelog.NewPeople(string(mailmap), logins)
	return nil
}

func (c *Config) loadTemplate(root fs.FS) error {
	if c.TemplateFile == "" {
		if c.Notes.Layout == "template" {
			return release.Errorf(release.CodeConfig, "name its file: notes: {layout: template, template: notes.tmpl}", "reading %s: key \"notes.layout\": there is no notes.template", c.File)
		}
		return nil
	}
	data, err := readPlain(root, c.TemplateFile)
	if err != nil {
		return release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading the template %q: %w", c.TemplateFile, diskfile.Cause(err))
	}
	c.Notes.Template, c.Notes.TemplateFile = string(data), c.TemplateFile
	if err := changelog.CheckTemplate(c.TemplateFile, c.Notes.Template); err != nil {
		return release.Errorf(release.CodeConfig, "mend it; docs/notes.md tells what it can use", "reading the template %w", err)
	}
	return nil
}

// loadIgnoreRevs reads the commits that stay out of notes: a hash a line, as git blame's own file.
func (c *Config) loadIgnoreRevs(root fs.FS) error {
	if c.IgnoreRevsFile == "" {
		return nil
	}
	data, err := readPlain(root, c.IgnoreRevsFile)
	if err != nil {
		return release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading the commits to ignore in %q: %w", c.IgnoreRevsFile, diskfile.Cause(err))
	}
	for i, line := range strings.Split(string(data), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !hashKey.MatchString(line) {
			return wrongAt(release.CodeConfig, "write a commit's hash a line, and comments behind #", c.IgnoreRevsFile, i+1, 1, "%.60q is no hash", line)
		}
		c.IgnoreRevs = append(c.IgnoreRevs, strings.ToLower(line))
	}
	return nil
}

// loadPeople reads the committed map of addresses to logins.
func (c *Config) loadPeople(root fs.FS) (map[string]string, error) {
	if c.PeopleFile == "" {
		return nil, nil
	}
	data, err := readPlain(root, c.PeopleFile)
	if errors.Is(err, fs.ErrNotExist) && c.PeopleFile == defaultPeople {
		return nil, nil
	}
	if err != nil {
		return nil, release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading the people %q: %w", c.PeopleFile, diskfile.Cause(err))
	}
	t, err := parse(c.PeopleFile, data)
	if err != nil || t.root.kind == nullNode {
		return nil, err
	}
	if err := t.want(mapNode); err != nil {
		return nil, err
	}
	logins := map[string]string{}
	for _, e := range t.root.entries {
		login, err := t.at(e).str()
		if err != nil {
			return nil, err
		}
		if !strings.Contains(e.key, "@") {
			return nil, t.at(e).errorf("write it like ada@example.com: ada", "%q is no e-mail address", e.key)
		}
		logins[e.key] = strings.TrimPrefix(login, "@")
	}
	return logins, nil
}
