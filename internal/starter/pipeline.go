package starter

import "strings"

// automate proposes what releases and checks by itself: on the CI service that this repository uses.
func (p *proposer) automate() {
	switch circle, travis := p.there(circleFile), p.there(travisFile); {
	case p.NoWorkflow:
	case p.Remote == "":
		p.note("there is no remote yet, so no workflow is proposed: run \"git remote add origin URL\" and init again")
	case !p.there(workflowDir) && circle:
		p.byHand(circleFile, circleJob(p.Branches), "a job that releases; GITHUB_TOKEN stands in the project's environment variables")
	case !p.there(workflowDir) && travis:
		p.byHand(travisFile, travisJob(p.Branches), "a job that releases; GITHUB_TOKEN stands in the repository's settings")
	case !p.GitHub && p.there(gitlabFile):
		p.byHand(gitlabFile, p.gitlabJobs(), "semcut in this pipeline")
	case !p.GitHub && strings.Contains(host(p.Remote), "gitlab"):
		if p.mayRelease() {
			p.create(gitlabFile, p.gitlabJobs(), "semcut in the pipeline")
		}
	case p.GitHub || p.there(workflowDir):
		p.actions()
	default:
		p.note("no workflow is proposed for " + host(p.Remote) + ": let its CI run \"semcut release\" for each push to " + strings.Join(p.Branches, ", "))
	}
}

func host(remote string) string {
	name, _, _ := strings.Cut(remote, "/")
	return name
}

// byHand says what to write into a file that is somebody's, unless semcut is there already.
func (p *proposer) byHand(path, text, why string) {
	switch {
	case strings.Contains(string(p.read(path)), "semcut"):
		p.found("runs semcut", path)
	case p.mayRelease():
		p.ByHand = append(p.ByHand, Snippet{Path: path, Text: text, Why: why})
	}
}

// mayRelease says that a workflow which releases would do what the repository's settings say.
func (p *proposer) mayRelease() bool { return p.Settings.Refused == nil }

// run is how a service runs semcut that has no step of its own for it. Go is all that it needs.
const run = "go run github.com/semcut/semcut/cmd/semcut@latest"

const (
	gitlabFile = ".gitlab-ci.yml"
	circleFile = ".circleci/config.yml"
	travisFile = ".travis.yml"
)

func (p *proposer) gitlabJobs() string {
	if p.Settings.LintRefused != nil {
		return gitlabRelease
	}
	return gitlabRelease + gitlabLint
}

// gitlabRelease pushes with the job's own token, which a project has to allow.
const gitlabRelease = `# The job's token has to be allowed to push: Settings > CI/CD > Job token permissions > Allow Git push requests to the repository.
semcut-release:
  image: golang:1.26
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  resource_group: release # one release at a time
  script:
    - ` + run + ` release
`

const gitlabLint = `
semcut-lint:
  image: golang:1.26
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0" # the messages of all commits
  script:
    - ` + run + ` lint --from "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
`

func circleJob(branches []string) string {
	return `jobs:
  semcut-release:
    docker:
      - image: cimg/go:1.26
    steps:
      - checkout
      - run: ` + run + ` release
workflows:
  semcut:
    jobs:
      - semcut-release:
          filters:
            branches:
              only: [` + list(branches) + `]
`
}

func travisJob(branches []string) string {
	var are []string
	for _, b := range branches {
		are = append(are, "branch = "+b)
	}
	return `jobs:
  include:
    - stage: release
      if: ` + quoted("type = push AND ("+strings.Join(are, " OR ")+")") + `
      language: go
      go: stable
      script: ` + run + ` release
`
}

// list writes texts for a YAML list in brackets.
func list(texts []string) string {
	var all []string
	for _, t := range texts {
		all = append(all, quoted(t))
	}
	return strings.Join(all, ", ")
}
