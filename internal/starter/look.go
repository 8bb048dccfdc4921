package starter

import (
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// sign is a file, or a pattern of files, by which something is known.
type sign struct{ file, name string }

// languages are known by these files; a name counts once.
var languages = []sign{
	{"go.mod", "Go"}, {"tsconfig.json", "TypeScript"}, {"package.json", "JavaScript"}, {"deno.json*", "Deno"}, {"Cargo.toml", "Rust"},
	{"pyproject.toml", "Python"}, {"setup.py", "Python"}, {"setup.cfg", "Python"}, {"pom.xml", "Java"}, {"build.gradle*", "Java"},
	{"*.csproj", ".NET"}, {"*.sln", ".NET"}, {"*.gemspec", "Ruby"}, {"Gemfile", "Ruby"}, {"composer.json", "PHP"}, {"mix.exs", "Elixir"},
	{"pubspec.yaml", "Dart"}, {"Chart.yaml", "Helm"}, {"cdk.json", "AWS CDK"},
}

// pipelines are the files of CI services.
var pipelines = []sign{
	{workflowDir + "/*.y*ml", "GitHub Actions"}, {gitlabFile, "GitLab CI"}, {circleFile, "CircleCI"}, {travisFile, "Travis CI"},
	{"Jenkinsfile", "Jenkins"}, {"azure-pipelines.yml", "Azure Pipelines"}, {"bitbucket-pipelines.yml", "Bitbucket Pipelines"}, {".drone.yml", "Drone"},
	{".woodpecker*", "Woodpecker"},
}

// releaseTools are other tools that make releases, whose files semcut doesn't read.
var releaseTools = []sign{
	{"release-please-config.json", "release-please"}, {".changeset/config.json", "changeset"}, {".release-it.*", "release-it"},
	{".versionrc*", "standard-version"}, {"cliff.toml", "git-cliff"}, {".cliff.toml", "git-cliff"}, {".bumpversion*", "bump-my-version"}, {"cog.toml", "cocogitto"},
	{".svu.y*ml", "svu"}, {".semrelrc", "go-semantic-release"},
}

// commitTools are other tools for messages.
var commitTools = []sign{{".czrc", "commitizen"}, {".cz.json", "commitizen"}, {".cz.toml", "commitizen"}, {".cz-config.js", "commitizen"}}

const goreleaserFiles = ".goreleaser.y*ml"

// look says what is here.
func (p *proposer) look() {
	names := p.names(languages)
	if slices.Contains(names, "TypeScript") {
		names = slices.DeleteFunc(names, func(n string) bool { return n == "JavaScript" })
	}
	p.found("language", names...)
	where := p.Remote
	if where == "" {
		where = "none yet"
	}
	p.found("remote", where)
	p.found("releases from", p.Branches...)
	p.found("CI", p.files(pipelines)...)
	p.lookAtSettings()
	p.lookAtTools()
	p.lookAtNPM()
	if p.Shallow {
		p.note("this clone is shallow, so that tags may be missing: run \"git fetch --tags --unshallow\" and init again")
	}
}

func (p *proposer) lookAtSettings() {
	s := p.Settings
	switch {
	case s.foreign():
		p.found("configuration", s.File+" (semantic-release)")
	default:
		p.found("configuration", s.File)
	}
	p.found("rules for messages", s.LintFile)
	switch {
	case s.foreign() && s.Refused != nil:
		p.note("no release can be made by " + s.File + " yet: " + s.Refused.Error() + ". So nothing is proposed that would release beside it")
	case s.foreign():
		p.note("semcut reads " + s.File + " as it is: it stays, and needs no second configuration beside it")
	}
	if s.LintRefused != nil {
		p.note("messages can't be checked here: " + s.LintRefused.Error())
	} else if s.LintFile != "" && s.LintFile != s.File {
		p.note("semcut reads " + s.LintFile + " as it is: it stays")
	}
}

func (p *proposer) lookAtTools() {
	for _, s := range slices.Concat(releaseTools, commitTools) {
		if files := p.glob(s.file); len(files) > 0 {
			p.found("also here", files[0]+" ("+s.name+")")
			p.note("semcut doesn't read " + files[0] + ": " + p.advice(s.name))
		}
	}
	if files := p.glob(goreleaserFiles); len(files) > 0 {
		p.found("also here", files[0]+" (GoReleaser)")
		p.note("a tag that the job's own token pushes starts no other workflow: run GoReleaser in a later step of the release job, " +
			"with \"if: steps.semcut.outputs.released == 'true'\"")
	}
}

// advice says what to do about another tool.
func (p *proposer) advice(tool string) string {
	if p.Config == nil && p.Settings.Dialect == "" && slices.Contains(p.Settings.Known, tool) {
		return "\"semcut init --from " + tool + "\" translates it"
	}
	return "take " + tool + " out where semcut does its work now"
}

// lookAtNPM says that nothing is published by accident.
func (p *proposer) lookAtNPM() {
	var manifest struct {
		Name, Version string
		Private       bool
	}
	err := json.Unmarshal(p.read("package.json"), &manifest)
	if err == nil && manifest.Name != "" && manifest.Version != "" && !manifest.Private && !p.Settings.foreign() {
		p.note("package.json isn't private: a release doesn't publish it to npm by itself")
	}
}

// names gives the names of those that are here.
func (p *proposer) names(signs []sign) []string {
	var names []string
	for _, s := range signs {
		if len(p.glob(s.file)) > 0 && !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

// files names those that are here, each with its file.
func (p *proposer) files(signs []sign) []string {
	var found []string
	for _, s := range signs {
		files := p.glob(s.file)
		if len(files) == 0 {
			continue
		}
		if dir := path.Dir(files[0]); len(files) > 1 {
			files = []string{dir}
		}
		found = append(found, s.name+" ("+files[0]+")")
	}
	return found
}

func (p *proposer) glob(pattern string) []string {
	if !strings.ContainsAny(pattern, "*?[") {
		if p.there(pattern) {
			return []string{pattern}
		}
		return nil
	}
	files, _ := fs.Glob(p.Tree, pattern) // the patterns are ours, or were judged
	return files
}
