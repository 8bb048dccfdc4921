package starter

import (
	"fmt"
	"path"
	"strings"
)

const workflowDir = ".github/workflows"

// checkout is pinned: v6.0.2. It is the only action of somebody else's that the workflows use.
const checkout = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"

// action is semcut's own. It can't know its own hash beforehand.
const action = "semcut/semcut@v1"

const pinning = ` # to pin it: gh api repos/semcut/semcut/commits/v1 --jq .sha`

// actions proposes GitHub workflows: one that releases, one that checks messages, where none does that yet.
func (p *proposer) actions() {
	all := p.readWorkflows()
	if file := all.first(step.releases); file != "" {
		p.found("runs semcut", file)
	} else if p.mayRelease() {
		p.proposeRelease(all)
	}
	switch lints, commitlint := all.first(step.lints), all.first(step.runsCommitlint); {
	case lints != "":
		p.found("checks messages", lints)
	case commitlint != "":
		p.found("checks messages", commitlint+" (commitlint)")
		p.note(commitlint + " runs commitlint; \"uses: " + action + "\" with \"command: lint\" does the same by the same rules, without Node")
	case p.Settings.LintRefused == nil:
		p.create(p.free("commits.yml", "semcut-lint.yml"), lintWorkflow, "checks the messages of pull requests")
	}
}

// proposeRelease proposes a workflow that releases, or lets semcut take semantic-release's place in one.
func (p *proposer) proposeRelease(all steps) {
	others := all.where(step.runsSemanticRelease)
	if len(others) == 0 {
		if tool := all.otherTool(); tool != "" {
			p.note(tool + ": two tools must not both release, so no workflow that releases is proposed; take it out and run init again")
			return
		}
		if p.perPackage {
			return
		}
		file := p.free("release.yml", "semcut.yml")
		p.create(file, p.releaseWorkflow(), "releases whenever commits that ask for it reach "+strings.Join(p.Branches, ", "))
		return
	}
	for _, s := range others {
		text, why := s.swapped()
		switch {
		case p.Settings.Dialect == "":
			why = "semantic-release has no configuration here, and then publishes to npm, too"
		case len(others) > 1:
			why = "several steps run it"
		}
		if why == "" {
			p.Files = append(p.Files, File{Path: s.file, Old: new(s.text), New: text, Why: fmt.Sprintf("line %d: semcut instead of semantic-release", s.line)})
			continue
		}
		p.ByHand = append(p.ByHand, Snippet{
			Path: s.file, Text: "- uses: " + action + "\n",
			Why: fmt.Sprintf("the step in line %d runs semantic-release; put this in its place. It isn't done for you, since %s", s.line, why),
		})
	}
}

// free gives the first name that no workflow has.
func (p *proposer) free(names ...string) string {
	for i := 2; ; i++ {
		for _, name := range names {
			if file := path.Join(workflowDir, name); !p.there(file) {
				return file
			}
		}
		names = []string{fmt.Sprintf("semcut-%d.yml", i)}
	}
}

func (p *proposer) releaseWorkflow() string {
	return `# Releases with semcut, https://github.com/semcut/semcut, whenever commits that ask for it reach a release branch.
name: release
on:
  push:
    branches: [` + globs(p.Branches) + `]

permissions: {}

# One release of a branch at a time. A run that has begun is never cancelled; the one that waits releases what came meanwhile.
concurrency:
  group: release-${{ github.ref }}
  cancel-in-progress: false

jobs:
  release:
    runs-on: ubuntu-latest
    permissions:
      contents: write # commit, tag and release page
` + p.tellingRights() + `    steps:
      - uses: ` + checkout + `
        with:
          persist-credentials: false # semcut has the job's token from its own step; a shallow clone will do
      - id: semcut
        uses: ` + action + pinning + `
`
}

// tellingRights are for those that a release tells of it.
func (p *proposer) tellingRights() string {
	if p.Settings.Quiet {
		return ""
	}
	return `      issues: write # tells in the issues that a release closes, labels them, and opens one where a release failed
      pull-requests: write # tells in the pull requests that are in a release, and labels them
`
}

const lintWorkflow = `# Checks the messages of a pull request's commits with semcut, https://github.com/semcut/semcut.
name: commits
on:
  pull_request:

permissions: {}

concurrency:
  group: commits-${{ github.ref }}
  cancel-in-progress: true

jobs:
  lint:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: ` + checkout + `
        with:
          fetch-depth: 0 # all commits of the pull request
          persist-credentials: false
      - uses: ` + action + pinning + `
        with:
          command: lint
`

// globs writes branches as patterns of GitHub's that stand for just them.
func globs(branches []string) string {
	escape := strings.NewReplacer(`+`, `\+`, `!`, `\!`) // of what means something there, git allows only these
	var all []string
	for _, b := range branches {
		all = append(all, escape.Replace(b))
	}
	return list(all)
}
