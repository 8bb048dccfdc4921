package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Translation is what another tool's configuration says, in semcut's own keys.
type Translation struct {
	Tool     string       `json:"tool"`
	Files    []string     `json:"files"`    // what was read, the one that holds first
	Places   []string     `json:"places"`   // the same, with the key in it where only that is the tool's
	Settings []Translated `json:"settings"` // in the order in which a file has them
	Left     []Remark     `json:"left"`     // what isn't carried over
	// TagsTell says that the tool takes the look of its tags from those that are there: the configuration doesn't fix it.
	TagsTell bool `json:"-"`
}

// Translated is one setting of semcut's, and where in the other tool's files it comes from.
type Translated struct {
	Key   string   `json:"key"`   // dotted, as in docs/configuration.md
	Value any      `json:"value"` // a string, a bool, a []any or a Pairs
	From  []string `json:"from"`  // "cliff.toml:3:1: bump.initial_tag", or what the tool does without being told
}

// Remark is something of the other tool's configuration that isn't carried over.
type Remark struct {
	Place string `json:"place"` // "cliff.toml:3:1"
	Key   string `json:"key"`
	Why   string `json:"why"`
	Do    string `json:"do"` // what a person can do about it
	// Must says that it can change a version or a tag, so that somebody has to look before the translation is used.
	Must bool `json:"must"`
}

// Where names the place and the key.
func (r Remark) Where() string {
	if r.Key == "" {
		return r.Place
	}
	return r.Place + ": " + r.Key
}

// FollowTags sets the format of tags that are there, where the tool goes by them.
func (t *Translation) FollowTags(format, example string) {
	if !t.TagsTell {
		return
	}
	t.Settings = slices.DeleteFunc(t.Settings, func(s Translated) bool { return s.Key == "tagFormat" })
	if format != Default().TagFormat.String() {
		t.Settings = append(t.Settings, Translated{Key: "tagFormat", Value: format, From: []string{"as the tags that are here, like " + example}})
		sortSettings(t.Settings)
	}
}

// Blocking counts the remarks that somebody has to look at.
func (t Translation) Blocking() int {
	n := 0
	for _, r := range t.Left {
		if r.Must {
			n++
		}
	}
	return n
}

// Has says whether the translation sets a key.
func (t Translation) Has(key string) bool {
	return slices.ContainsFunc(t.Settings, func(s Translated) bool { return s.Key == key })
}

// dialect is one row of the table of tools whose configuration is translated.
type dialect struct {
	name  string
	spots []spot // where its settings can stand, in its own order
	read  func(*translator, []tree) error
	all   bool // all spots are read that are there, not only the first
}

// spot is a file, or a key in it, that can hold a tool's settings.
type spot struct {
	file     string
	key      string // dotted; "" for the whole file
	messages bool   // it is about messages only, and decides nothing of releases
}

// dialects are all tools whose configuration is translated.
func dialects() []dialect {
	return []dialect{
		{name: "release-please", spots: releasePleaseSpots, read: fromReleasePlease, all: true},
		{name: "git-cliff", spots: gitCliffSpots, read: fromGitCliff},
		{name: "svu", spots: svuSpots, read: fromSvu},
		{name: "go-semantic-release", spots: []spot{{file: ".semrelrc"}}, read: fromGoSemanticRelease},
		{name: "cocogitto", spots: []spot{{file: "cog.toml"}}, read: fromCocogitto},
		{name: "standard-version", spots: standardVersionSpots, read: fromStandardVersion},
		{name: "commit-and-tag-version", spots: commitAndTagSpots, read: fromStandardVersion},
		{name: "release-it", spots: releaseItSpots, read: fromReleaseIt},
		{name: "commitizen", spots: commitizenSpots, read: fromCommitizen, all: true},
	}
}

// Tools lists the tools that Translate knows.
func Tools() []string {
	var names []string
	for _, d := range dialects() {
		names = append(names, d.name)
	}
	return append(names, semanticRelease)
}

const semanticRelease = "semantic-release"

// FoundTool is a tool whose settings a repository has.
type FoundTool struct {
	Tool     string
	Where    string // the first of its places that holds something
	Messages bool   // it is about messages only
}

// FindTools looks for the tools that Translate knows; of two that read the same place the first counts.
func FindTools(root fs.FS) []FoundTool {
	var found []FoundTool
	seen := map[spot]bool{}
	for _, d := range dialects() {
		if s, ok := d.first(root); ok && !seen[s] {
			seen[s] = true
			found = append(found, FoundTool{d.name, s.source().name(), s.messages})
		}
	}
	if src, ok := otherSource(root); ok {
		found = append(found, FoundTool{semanticRelease, src.name(), false})
	}
	return found
}

// first gives the first place of the dialect that holds something.
func (d dialect) first(root fs.FS) (spot, bool) {
	i := slices.IndexFunc(d.spots, func(s spot) bool { return s.there(root) })
	if i < 0 {
		return spot{}, false
	}
	return d.spots[i], true
}

func (s spot) source() source { return source{file: s.file, key: s.key} }

// there says whether the place holds something; that of a program is judged by its being there.
func (s spot) there(root fs.FS) bool {
	if s.key != "" && isModule(s.file) {
		return false
	}
	return s.source().there(root)
}

// Translate reads the settings of a tool and says them in semcut's keys. What can't be said is a Remark; what can't be read
// is an error with its place.
func Translate(root fs.FS, tool string) (*Translation, error) {
	names := Tools()
	if tool == semanticRelease {
		return fromSemanticRelease(root)
	}
	i := slices.IndexFunc(dialects(), func(d dialect) bool { return d.name == tool })
	if i < 0 {
		hint := "known tools: " + strings.Join(names, ", ")
		if near := nearest(tool, names); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return nil, release.Errorf(release.CodeUsage, hint, "translating the configuration of %q: that tool isn't known", tool)
	}
	d := dialects()[i]
	x := &translator{root: root, tool: tool, settings: []Translated{}, left: []Remark{}}
	trees, err := x.load(d)
	if err == nil {
		err = d.read(x, trees)
	}
	if err == nil {
		err = x.judge()
	}
	if err != nil {
		return nil, x.blame(err)
	}
	x.sort()
	return &Translation{Tool: tool, Files: x.files, Places: x.places, Settings: x.settings, Left: x.left, TagsTell: x.tagsTell}, nil
}

// translator carries one translation.
type translator struct {
	root     fs.FS
	tool     string
	files    []string
	places   []string
	settings []Translated
	left     []Remark
	tagsTell bool
}

// load reads the places of a dialect that are there.
func (x *translator) load(d dialect) ([]tree, error) {
	var trees []tree
	for _, s := range d.spots {
		if !s.there(x.root) {
			continue
		}
		t, err := x.open(s)
		if err != nil {
			return nil, err
		}
		if t.root.kind == nullNode && s.key == "" && !d.all {
			t.root.kind = mapNode // an empty file: the tool's defaults
		}
		trees = append(trees, t)
		if !d.all {
			break
		}
	}
	if len(trees) == 0 {
		return nil, release.Errorf(release.CodeConfig, "run it where the file is: "+d.places(),
			"looking for the configuration of %s: there is none", d.name)
	}
	return trees, nil
}

// places names where a dialect's settings can stand.
func (d dialect) places() string {
	var names []string
	for _, s := range d.spots {
		names = append(names, s.source().name())
	}
	return strings.Join(names, ", ")
}

// open reads one place.
func (x *translator) open(s spot) (tree, error) {
	data, err := readPlain(x.root, s.file)
	if err != nil {
		return tree{}, release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading configuration %q: %w", s.file,
			diskfile.Cause(err))
	}
	t, err := parseFile(s.file, data)
	if err != nil {
		return tree{}, err
	}
	x.files, x.places = append(x.files, s.file), append(x.places, s.source().name())
	if s.key == "" {
		return t, x.plain(t)
	}
	t, _ = t.below(s.key) // it is there
	return t, x.plain(t)
}

// plain refuses a program that computes what it exports.
func (x *translator) plain(t tree) error {
	if t.root.kind == codeNode {
		return t.computed()
	}
	return nil
}

// blame gives errors about a value a hint that fits: the documentation of semcut's keys doesn't tell of another tool's.
func (x *translator) blame(err error) error {
	e, ok := errors.AsType[*release.Error](err)
	if ok && strings.HasPrefix(e.Hint, "see docs/") {
		hint := "mend it as " + x.tool + " wants it, or take it out; docs/coming-from-other-tools.md tells what is read"
		return &release.Error{Code: e.Code, Hint: hint, Err: e.Err}
	}
	return err
}

// set says one of semcut's settings; a key that was said already is said anew.
func (x *translator) set(key string, value any, from ...string) {
	i := slices.IndexFunc(x.settings, func(s Translated) bool { return s.Key == key })
	if i < 0 {
		x.settings = append(x.settings, Translated{Key: key, Value: value, From: from})
		return
	}
	x.settings[i] = Translated{Key: key, Value: value, From: from}
}

// add puts values at the end of a list.
func (x *translator) add(key, from string, values ...any) {
	i := slices.IndexFunc(x.settings, func(s Translated) bool { return s.Key == key })
	if i < 0 {
		x.settings = append(x.settings, Translated{Key: key, Value: []any{}})
		i = len(x.settings) - 1
	}
	s := &x.settings[i]
	list, _ := s.Value.([]any)
	s.Value = append(list, values...)
	if !slices.Contains(s.From, from) {
		s.From = append(s.From, from)
	}
}

// unset takes a setting back.
func (x *translator) unset(key string) {
	x.settings = slices.DeleteFunc(x.settings, func(s Translated) bool { return s.Key == key })
}

// leave notes what isn't carried over; must notes what somebody has to look at.
func (x *translator) leave(t tree, why, do string) { x.remark(t, why, do, false) }

func (x *translator) must(t tree, why, do string) { x.remark(t, why, do, true) }

func (x *translator) remark(t tree, why, do string, must bool) {
	x.left = append(x.left, Remark{Place: place(t.file, t.root.line, t.root.col), Key: t.path, Why: why, Do: do, Must: must})
}

// sort brings the settings into the order of the contract, and the remarks that matter most to the top.
func (x *translator) sort() {
	sortSettings(x.settings)
	slices.SortStableFunc(x.left, func(a, b Remark) int {
		switch {
		case a.Must == b.Must:
			return 0
		case a.Must:
			return -1
		}
		return 1
	})
}

// sortSettings brings settings into the order of the contract.
func sortSettings(list []Translated) {
	at := func(key string) int { return slices.IndexFunc(settings, func(s setting) bool { return s.path == key }) }
	slices.SortStableFunc(list, func(a, b Translated) int { return at(group(a.Key)) - at(group(b.Key)) })
}

// group is the key of the table that a setting belongs to: "github" stands for the first of its keys, "lint.rules" for "lint".
func group(key string) string {
	for at := key; at != ""; at = at[:max(0, strings.LastIndex(at, "."))] {
		if isSetting(at) {
			return at
		}
	}
	i := slices.IndexFunc(settings, func(s setting) bool { return strings.HasPrefix(s.path, key+".") })
	return settings[max(i, 0)].path
}
