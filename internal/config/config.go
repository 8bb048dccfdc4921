package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Config is everything that configuration decides, defaults filled in.
type Config struct {
	File    string // the file that was read, "" where there is none
	Dialect string // "semcut", "semantic-release", "" without a file
	// Warnings are what a person should know of the files, one line each.
	Warnings []string
	// Deprecated mentions what is written in a way that its tool wants to be rid of, one line each.
	Deprecated []string
	// Unread says that another tool's configuration is here, which semcut translates but doesn't read; "" where there is none.
	Unread string
	// Blocked is why "release" can't obey this configuration yet, although reading commands can.
	Blocked error

	Format          commitparse.Format
	Rules           release.Rules
	Policy          release.Policy
	Corrections     []release.Correction
	TagFormat       release.TagFormat
	InitialVersion  string // "" means 1.0.0
	Branches        []release.BranchSetting
	CorrectionsFile string // where those of single commits stand, if anywhere
	RepositoryURL   string // "" means the remote's
	Deepen          bool   // what a shallow clone lacks may be read from the remote

	Notes     changelog.Options
	Changelog release.ChangelogOptions
	// Files that the notes' settings name, "" for none, and the commits that one of them keeps out of the notes.
	TemplateFile, PeopleFile, IgnoreRevsFile string
	IgnoreRevs                               []string

	VersionFiles  []release.VersionFile
	CommitMessage string
	Author        string // "Name <email>"; "" means git's own settings
	TagAnnotated  bool
	TagMessage    string
	CommitFiles   []release.FileSpec
	Floating      []release.Bump

	Hooks               release.Hooks
	CommitSign, TagSign Sign
	tagSign             tree // where TagSign was written, if anywhere

	GitHub GitHub
	NPM    NPM
	// Publishers are those of a drop-in configuration in their order; nil is the usual one.
	Publishers []string
	// Loose and Prepare say how a drop-in configuration wants its files written (release.Options).
	Loose   bool
	Prepare []release.Preparation
	NoNotes bool // a release has no notes but those of hooks
	DryRun  bool // the configuration asks for a dry run
	NoCI    bool // it asks to release outside CI without being asked

	env     func(string) string // for ${env.NAME}
	root    fs.FS               // of the repository; nil where there is none
	flags   node                // keys of semantic-release that the command line gives; no kind where it gives none
	ignored []string            // plugins to do without

	versionFilesSet bool // the configuration says which files name the version

	*problems                   // nil where the first error ends the reading
	origins   map[string]Origin // of the keys that somebody wrote, by their dotted paths
}

// Default is what holds without any file (decisions of the project, docs/configuration.md).
func Default() *Config {
	format, _ := release.ParseTagFormat("v${version}")
	return &Config{
		Format:          commitparse.ConventionalCommits,
		TagFormat:       format,
		Policy:          release.Policy{Own: true},
		Branches:        release.DefaultBranches(),
		CorrectionsFile: defaultCorrections,
		PeopleFile:      defaultPeople,
		Deepen:          true,
		Notes:           changelog.Options{Layout: "semcut"},
		Changelog:       release.ChangelogOptions{File: release.AutoChangelog, Title: "# Changelog"},
		CommitMessage:   "chore(release): ${version} [skip ci]\n\n${notes}",
		TagAnnotated:    true,
		TagMessage:      "${tag}",
		Hooks:           release.Hooks{},
		GitHub:          GitHub{Comments: Comments{Pulls: true, Issues: true}, FailureIssue: FailureIssue{On: true}},
		CommitSign:      SignAuto,
		TagSign:         SignAuto,
	}
}

// Source is where configuration is looked for.
type Source struct {
	Root fs.FS               // the root of the repository; nil where there is none
	File string              // a file that the user named, "" for the usual places
	Env  func(string) string // the environment; nil for none
	// Flags are keys of semantic-release's configuration that the command line gives, as JSON values.
	Flags map[string]any
	// Ignore names plugins of a semantic-release configuration to do without.
	Ignore []string
}

// source is one place where a dialect's settings can stand.
type source struct {
	file    string
	key     string // of package.json and the like, "" for the whole file
	dialect string
	apply   func(c *Config, t tree) error
}

// Load reads the configuration of a repository: the first semcut source, else the first of
// semantic-release, else the defaults; environment variables go before a file.
func Load(s Source) (*Config, error) {
	c := Default()
	if err := c.load(s); err != nil {
		return nil, err
	}
	return c, nil
}

// load finds and reads the file, and adds what stands elsewhere.
func (c *Config) load(s Source) (err error) {
	c.env, c.root, c.ignored = s.Env, s.Root, s.Ignore
	c.flags = flagNode(s.Flags)
	if s.File != "" {
		err = loadNamed(c, s.File)
	} else if s.Root != nil {
		err = loadUsual(c, s.Root)
	}
	if err != nil {
		return err
	}
	return c.complete(s)
}

// complete adds what stands elsewhere than in the file: command line and environment go before it, and it names other files.
func (c *Config) complete(s Source) error {
	for _, step := range []func() error{
		func() error { return applyFlags(c) },
		func() error { return applyEnv(c, s.Env) },
		func() error { return judgeTagSign(c) },
		func() error { c.addNPMFiles(); return loadCorrections(c, s.Root) },
		func() error { c.Notes.Format = c.Format; return loadNotes(c, s.Root) },
	} {
		if err := c.pass(step()); err != nil {
			return err
		}
	}
	return nil
}

// loadNamed reads the file that --config names.
func loadNamed(c *Config, file string) error {
	data, err := readBounded(file)
	if err != nil {
		return release.Errorf(release.CodeConfig, "check the path after --config", "reading configuration %q: %w", file, diskfile.Cause(err))
	}
	if keys := keyed(filepath.Base(file)); len(keys) > 0 {
		return readKeyed(c, file, keys, data)
	}
	src := source{file: filepath.Base(file), dialect: "semcut", apply: applyNative}
	for _, known := range releasercSources {
		if src.file == filepath.Base(known.file) {
			src = known
		}
	}
	src.file = file
	_, err = src.read(c, data)
	return err
}

// readBounded reads a file that a person named: it may be a pipe, but not without end.
func readBounded(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// loadUsual looks through the usual places. The first semcut file is in force; a semantic-release
// file beside it is only named.
func loadUsual(c *Config, root fs.FS) error {
	for _, src := range nativeSources {
		found, err := src.load(c, root)
		if err != nil {
			return err
		}
		if found {
			warnOther(c, root)
			return nil
		}
	}
	for _, src := range releasercSources {
		found, err := src.load(c, root)
		if err != nil || found {
			return err
		}
	}
	c.Unread = unread(root)
	return nil
}

// unread tells of another tool's configuration, where semcut has none.
func unread(root fs.FS) string {
	for _, d := range dialects() {
		if s, ok := d.first(root); ok && !s.messages {
			return s.source().name() + " is not read; \"semcut init --from " + d.name + "\" translates it"
		}
	}
	return ""
}

func warnOther(c *Config, root fs.FS) {
	if src, ok := otherSource(root); ok {
		c.Warnings = append(c.Warnings, "using "+c.File+"; "+src.name()+" is not read")
	}
}

// load reads the source from the repository; found is false where it isn't there or says nothing.
func (src source) load(c *Config, root fs.FS) (found bool, err error) {
	data, err := readPlain(root, src.file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading configuration %q: %w", src.file, diskfile.Cause(err))
	}
	return src.read(c, data)
}

// readPlain reads a plain file. A link that leads nowhere is not a file that isn't there.
func readPlain(root fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := fs.Lstat(root, name); err == nil {
			return nil, errors.New("it is a link that leads nowhere")
		}
		return nil, fs.ErrNotExist
	}
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no plain file")
	case info.Size() > maxFile:
		return nil, errors.New("it is too large for a configuration")
	}
	return fs.ReadFile(root, name)
}

func (src source) read(c *Config, data []byte) (found bool, err error) {
	t, err := parseFile(src.file, data)
	if err != nil {
		return false, err
	}
	if src.key != "" {
		if t, found = t.below(src.key); !found {
			return false, nil
		}
	}
	if t.root.kind == nullNode {
		return false, nil
	}
	c.File, c.Dialect = src.file, src.dialect
	return true, src.apply(c, t)
}
