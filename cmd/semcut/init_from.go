package main

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/starter"
	"github.com/semcut/semcut/release"
)

// autoTool is the value of --from without a name: the tool that is found.
const autoTool = "auto"

// fromFlags are those of "init --from".
func (o *initOptions) fromFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.From, "from", "",
		"translate the configuration of another `TOOL`, and prove it on past releases; without a name, of the one that is found")
	f.Lookup("from").NoOptDefVal = autoTool
	f.BoolVar(&o.All, "all", false, "with --from: show every past release, not the last fifty")
	f.BoolVar(&o.RunOld, "run-old", false,
		"with --from: ask the old tool for its next version, in a scratch clone; this runs what the repository installs and configures")
}

// initArgs allows the tool's name as an argument of its own: --from TOOL and --from=TOOL are the same.
func (o *initOptions) initArgs(cmd *cobra.Command, args []string) error {
	if o.From == autoTool && len(args) > 0 {
		o.From, args = args[0], args[1:]
	}
	if err := noArgs(cmd, args); err != nil {
		return err
	}
	if o.From == "" && (o.All || o.RunOld) {
		return release.Errorf(release.CodeUsage, "give --from, too", "reading the command line: --all and --run-old belong to --from")
	}
	return nil
}

// moved is the translation of another tool's configuration with its proof.
type moved struct {
	*config.Translation
	Text   string    `json:"text"`   // of the file
	Replay []pastRow `json:"replay"` // newest first
	Sum    proofSum  `json:"sum"`
	Next   nextRow   `json:"next"`
	Remove []string  `json:"remove"` // what may go once a person agrees

	sum    replaySum
	format string // of tags
}

// translate puts another tool's configuration, in semcut's keys, in the place of what is in force.
func (p *project) translate(ctx context.Context, a *app, o initOptions, tree fs.FS) (*moved, error) {
	if dialect, where := config.Dialect(tree); dialect == "semcut" {
		return nil, release.Errorf(release.CodeConfig, "move it away to have it written anew; \"semcut replay\" proves the one that is there",
			"translating a configuration: %s is there already, and is never overwritten", where)
	}
	tool, err := pickTool(tree, o.From)
	if err != nil {
		return nil, err
	}
	m := &moved{Replay: []pastRow{}}
	if m.Translation, err = config.Translate(tree, tool); err != nil {
		return nil, err
	}
	if err := p.followTags(ctx, m.Translation); err != nil {
		return nil, err
	}
	if m.Text, err = m.YAML(); err != nil {
		return nil, err
	}
	before := p.cfg
	if p.cfg, err = config.LoadText(config.Source{Root: tree, Env: a.Env}, m.Text); err != nil {
		return nil, err
	}
	m.Remove = leftovers(tree, m.Translation)
	if p.head.Commit == "" {
		return m, nil
	}
	p.rev = p.head.Commit
	if tool != "semantic-release" {
		before = nil
	}
	if err := p.prove(ctx, a, m, before); err != nil {
		return nil, err
	}
	if o.RunOld {
		done := a.progress("asking " + tool)
		m.Next.ask(ctx, p, tool, m.Files)
		done()
	}
	return m, nil
}

// pickTool finds the tool that is meant.
func pickTool(tree fs.FS, name string) (string, error) {
	if name != autoTool {
		return name, nil
	}
	found := config.FindTools(tree)
	if slices.ContainsFunc(found, func(f config.FoundTool) bool { return !f.Messages }) {
		found = slices.DeleteFunc(found, func(f config.FoundTool) bool { return f.Messages })
	}
	if len(found) == 1 {
		return found[0].Tool, nil
	}
	if len(found) == 0 {
		return "", release.Errorf(release.CodeConfig, "known tools: "+strings.Join(config.Tools(), ", "),
			"looking for another tool's configuration: there is none")
	}
	var names []string
	for _, f := range found {
		names = append(names, fmt.Sprintf("%s (%s)", f.Tool, f.Where))
	}
	return "", release.Errorf(release.CodeUsage, "name one: semcut init --from "+found[0].Tool,
		"looking for another tool's configuration: there are several: %s", strings.Join(names, ", "))
}

// followTags finds the format of the tags that are here, for a tool that goes by them: that of the highest version, which
// stands for all if they are of one kind.
func (p *project) followTags(ctx context.Context, t *config.Translation) error {
	tags, err := p.repo.Tags(ctx)
	if err != nil {
		return err
	}
	formats := map[string]string{}
	for _, tag := range tags {
		if format, _, ok := release.FormatOf(tag.Name); ok {
			formats[format] = tag.Name
		}
	}
	for format, example := range formats {
		if len(formats) == 1 {
			t.FollowTags(format, example)
		}
	}
	return nil
}

// toolWords are by what lines of other files show that they run a tool.
var toolWords = map[string][]string{
	"release-please": {"release-please"}, "git-cliff": {"git-cliff", "git cliff"}, "svu": {"svu "},
	"go-semantic-release": {"go-semantic-release", "semantic-release"},
	"cocogitto":           {"cocogitto", "cog bump", "cog check"}, "standard-version": {"standard-version"},
	"commit-and-tag-version": {"commit-and-tag-version"},
	"release-it":             {"release-it"}, "commitizen": {"commitizen", "cz bump", "cz-"}, "semantic-release": {"semantic-release"},
}

// toolFiles are files in which a tool is run.
var toolFiles = []string{".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitlab-ci.yml", ".circleci/config.yml", ".travis.yml",
	"package.json", "Makefile", ".pre-commit-config.yaml"}

// leftovers lists what may go when a person agrees with the translation: the tool's files and the lines that run it.
func leftovers(tree fs.FS, t *config.Translation) []string {
	found := slices.Clone(t.Places)
	for _, pattern := range toolFiles {
		names, _ := fs.Glob(tree, pattern) // the patterns are ours
		for _, name := range names {
			data, err := fs.ReadFile(tree, name)
			if err != nil || slices.Contains(t.Files, name) {
				continue
			}
			for i, line := range strings.Split(string(data), "\n") {
				if slices.ContainsFunc(toolWords[t.Tool], func(w string) bool { return strings.Contains(line, w) }) {
					found = append(found, fmt.Sprintf("%s:%d: %s", name, i+1, shorten(oneLine(strings.TrimSpace(line)), 60)))
				}
			}
		}
	}
	return found
}

// options puts the translation in the place of the configuration that the starter would make up.
func (m *moved) options(o starter.Options) starter.Options {
	o.Config = &starter.Text{Text: m.Text, Why: "the settings of " + strings.Join(m.Places, " and ") + ", in semcut's keys"}
	return o
}
