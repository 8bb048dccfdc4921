package ciservice

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// row is one event on one service: the variables that it sets, and what they mean.
type row struct {
	event string
	env   string // NAME=value, parted by blanks
	want  Job
}

func job(service string, change func(*Job)) Job {
	j := Job{Service: service, Commit: "c0ffee", Build: "42"}
	change(&j)
	return j
}

func branch(name string) func(*Job) { return func(j *Job) { j.Branch = name } }

func pull(target, source string) func(*Job) {
	return func(j *Job) { j.PullRequest, j.Branch, j.Source = true, target, source }
}

func tagged(name, branch string) func(*Job) {
	return func(j *Job) { j.Tag, j.Branch = name, branch }
}

// rows are the services in their order.
var rows = []row{
	{"push", "APPVEYOR=True APPVEYOR_REPO_BRANCH=main APPVEYOR_REPO_COMMIT=c0ffee APPVEYOR_BUILD_NUMBER=42", job("appveyor", branch("main"))},
	{"pull request", "APPVEYOR=True APPVEYOR_REPO_BRANCH=main APPVEYOR_PULL_REQUEST_NUMBER=7 APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH=fix APPVEYOR_REPO_COMMIT=c0ffee APPVEYOR_BUILD_NUMBER=42", job("appveyor", pull("main", "fix"))},
	{"tag", "APPVEYOR=True APPVEYOR_REPO_BRANCH=v1.0.0 APPVEYOR_REPO_TAG_NAME=v1.0.0 APPVEYOR_REPO_COMMIT=c0ffee APPVEYOR_BUILD_NUMBER=42", job("appveyor", tagged("v1.0.0", "v1.0.0"))},
	{"push", "BUILD_BUILDURI=vstfs:///1 BUILD_SOURCEBRANCH=refs/heads/main BUILD_SOURCEVERSION=c0ffee BUILD_BUILDNUMBER=42", job("azurePipelines", branch("main"))},
	{"pull request", "BUILD_BUILDURI=vstfs:///1 BUILD_SOURCEBRANCH=refs/pull/7/merge SYSTEM_PULLREQUEST_PULLREQUESTID=7 SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/fix BUILD_SOURCEVERSION=c0ffee BUILD_BUILDNUMBER=42", job("azurePipelines", pull("main", "fix"))},
	{"push", "bamboo_agentId=1 bamboo_planRepository_1_branchName=main bamboo_planRepository_1_revision=c0ffee bamboo_buildNumber=42", job("bamboo", branch("main"))},
	{"push", "BITBUCKET_BUILD_NUMBER=42 BITBUCKET_BRANCH=main BITBUCKET_COMMIT=c0ffee", job("bitbucket", branch("main"))},
	{"tag", "BITBUCKET_BUILD_NUMBER=42 BITBUCKET_TAG=v1.0.0 BITBUCKET_COMMIT=c0ffee", job("bitbucket", tagged("v1.0.0", ""))},
	{"push", "BITRISE_IO=true BITRISE_GIT_BRANCH=main BITRISE_PULL_REQUEST=false BITRISE_GIT_COMMIT=c0ffee BITRISE_BUILD_NUMBER=42", job("bitrise", branch("main"))},
	{"pull request", "BITRISE_IO=true BITRISE_GIT_BRANCH=fix BITRISEIO_GIT_BRANCH_DEST=main BITRISE_PULL_REQUEST=7 BITRISE_GIT_COMMIT=c0ffee BITRISE_BUILD_NUMBER=42", job("bitrise", pull("main", "fix"))},
	{"push", "BUDDY_WORKSPACE_ID=1 BUDDY_EXECUTION_BRANCH=main BUDDY_EXECUTION_REVISION=c0ffee BUDDY_EXECUTION_ID=42", job("buddy", branch("main"))},
	{"pull request", "BUDDY_WORKSPACE_ID=1 BUDDY_EXECUTION_PULL_REQUEST_ID=pull/7 BUDDY_EXECUTION_PULL_REQUEST_HEAD_BRANCH=fix BUDDY_EXECUTION_REVISION=c0ffee BUDDY_EXECUTION_ID=42", job("buddy", pull("fix", ""))},
	{"push", "BUILDKITE=true BUILDKITE_BRANCH=main BUILDKITE_PULL_REQUEST=false BUILDKITE_REPO=git@github.com:o/r.git BUILDKITE_COMMIT=c0ffee BUILDKITE_BUILD_NUMBER=42", job("buildkite", branch("main"))},
	{"pull request", "BUILDKITE=true BUILDKITE_BRANCH=fix BUILDKITE_PULL_REQUEST=7 BUILDKITE_PULL_REQUEST_BASE_BRANCH=main BUILDKITE_REPO=git@github.com:o/r.git BUILDKITE_COMMIT=c0ffee BUILDKITE_BUILD_NUMBER=42", job("buildkite", pull("main", "fix"))},
	{"tag", "BUILDKITE=true BUILDKITE_BRANCH=v1.0.0 BUILDKITE_TAG=v1.0.0 BUILDKITE_PULL_REQUEST=false BUILDKITE_REPO=git@github.com:o/r.git BUILDKITE_COMMIT=c0ffee BUILDKITE_BUILD_NUMBER=42", job("buildkite", tagged("v1.0.0", "v1.0.0"))},
	{"push", "CI=true CIRCLECI=true CIRCLE_BRANCH=main CIRCLE_SHA1=c0ffee CIRCLE_BUILD_NUM=42", job("circleci", branch("main"))},
	{"pull request", "CI=true CIRCLECI=true CIRCLE_BRANCH=fix CIRCLE_PULL_REQUEST=https://github.com/o/r/pull/7 CIRCLE_SHA1=c0ffee CIRCLE_BUILD_NUM=42", job("circleci", pull("", "fix"))},
	{"fork's pull request", "CI=true CIRCLECI=true CIRCLE_BRANCH=pull/7 CIRCLE_PR_NUMBER=7 CIRCLE_SHA1=c0ffee CIRCLE_BUILD_NUM=42", job("circleci", pull("", "pull/7"))},
	{"tag", "CI=true CIRCLECI=true CIRCLE_TAG=v1.0.0 CIRCLE_SHA1=c0ffee CIRCLE_BUILD_NUM=42", job("circleci", tagged("v1.0.0", ""))},
	{"push", "CIRRUS_CI=true CIRRUS_BRANCH=main CIRRUS_CHANGE_IN_REPO=c0ffee CIRRUS_BUILD_ID=42", job("cirrus", branch("main"))},
	{"pull request", "CIRRUS_CI=true CIRRUS_BRANCH=pull/7 CIRRUS_BASE_BRANCH=main CIRRUS_PR=7 CIRRUS_CHANGE_IN_REPO=c0ffee CIRRUS_BUILD_ID=42", job("cirrus", pull("main", "pull/7"))},
	{"push", "CF_PAGES=1 CF_PAGES_BRANCH=main CF_PAGES_COMMIT_SHA=c0ffee", job("cloudflarePages", func(j *Job) { j.Branch, j.Build = "main", "" })},
	{"push", "CODEBUILD_BUILD_ID=42", job("codebuild", func(j *Job) { j.Commit = "" })},
	{"push", "CF_BUILD_ID=42 CF_BRANCH=main CF_REVISION=c0ffee", job("codefresh", branch("main"))},
	{"pull request", "CF_BUILD_ID=42 CF_BRANCH=fix CF_PULL_REQUEST_TARGET=main CF_PULL_REQUEST_NUMBER=7 CF_REVISION=c0ffee", job("codefresh", pull("main", "fix"))},
	{"push", "CI_NAME=codeship CI_BRANCH=main CI_COMMIT_ID=c0ffee CI_BUILD_NUMBER=42", job("codeship", branch("main"))},
	{"push", "DRONE=true DRONE_BUILD_EVENT=push DRONE_BRANCH=main DRONE_COMMIT_SHA=c0ffee DRONE_BUILD_NUMBER=42", job("drone", branch("main"))},
	{"pull request", "DRONE=true DRONE_BUILD_EVENT=pull_request DRONE_BRANCH=main DRONE_TARGET_BRANCH=main DRONE_SOURCE_BRANCH=fix DRONE_PULL_REQUEST=7 DRONE_COMMIT_SHA=c0ffee DRONE_BUILD_NUMBER=42", job("drone", pull("main", "fix"))},
	{"tag", "DRONE=true DRONE_BUILD_EVENT=tag DRONE_TAG=v1.0.0 DRONE_COMMIT_SHA=c0ffee DRONE_BUILD_NUMBER=42", job("drone", tagged("v1.0.0", ""))},
	{"push", "CI=true GITLAB_CI=true CI_COMMIT_REF_NAME=main CI_COMMIT_SHA=c0ffee CI_PIPELINE_ID=42", job("gitlab", branch("main"))},
	{"merge request", "CI=true GITLAB_CI=true CI_COMMIT_REF_NAME=fix CI_MERGE_REQUEST_ID=7 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=fix CI_COMMIT_SHA=c0ffee CI_PIPELINE_ID=42", job("gitlab", pull("main", "fix"))},
	{"tag", "CI=true GITLAB_CI=true CI_COMMIT_REF_NAME=v1.0.0 CI_COMMIT_TAG=v1.0.0 CI_COMMIT_SHA=c0ffee CI_PIPELINE_ID=42", job("gitlab", tagged("v1.0.0", "v1.0.0"))},
	{"push", "JENKINS_URL=http://j GIT_LOCAL_BRANCH=main GIT_BRANCH=origin/main GIT_COMMIT=c0ffee BUILD_NUMBER=42", job("jenkins", branch("main"))},
	{"pull request", "JENKINS_URL=http://j ghprbPullId=7 ghprbTargetBranch=main ghprbSourceBranch=fix ghprbActualCommit=c0ffee BUILD_NUMBER=42", job("jenkins", pull("main", "fix"))},
	{"change request", "JENKINS_URL=http://j CHANGE_ID=7 BRANCH_NAME=PR-7 GIT_COMMIT=c0ffee BUILD_NUMBER=42", job("jenkins", pull("", "PR-7"))},
	{"push", "NETLIFY=true PULL_REQUEST=false HEAD=main REPOSITORY_URL=https://github.com/o/r COMMIT_REF=c0ffee DEPLOY_ID=42", job("netlify", branch("main"))},
	{"pull request", "NETLIFY=true PULL_REQUEST=true REVIEW_ID=7 HEAD=fix REPOSITORY_URL=https://github.com/o/r COMMIT_REF=c0ffee DEPLOY_ID=42", job("netlify", pull("", "fix"))},
	{"push", "DISTELLI_APPNAME=a DISTELLI_RELBRANCH=main DISTELLI_RELREVISION=c0ffee DISTELLI_BUILDNUM=42", job("puppet", branch("main"))},
	{"push", "SAILCI=true SAIL_COMMIT_BRANCH=main SAIL_COMMIT_SHA=c0ffee", job("sail", func(j *Job) { j.Branch, j.Build = "main", "" })},
	{"pull request", "SAILCI=true SAIL_COMMIT_BRANCH=fix SAIL_PULL_REQUEST_NUMBER=7 SAIL_COMMIT_SHA=c0ffee", job("sail", func(j *Job) { j.PullRequest, j.Build = true, "" })},
	{"push", "SCREWDRIVER=true GIT_BRANCH=main SD_BUILD_SHA=c0ffee SD_BUILD_ID=42", job("screwdriver", branch("main"))},
	{"pull request", "SCREWDRIVER=true GIT_BRANCH=origin/refs/pull/7/merge SD_PULL_REQUEST=7 PR_BASE_BRANCH_NAME=main PR_BRANCH_NAME=fix SD_BUILD_SHA=c0ffee SD_BUILD_ID=42", job("screwdriver", pull("main", "fix"))},
	{"push", "SCRUTINIZER=true SCRUTINIZER_BRANCH=main SCRUTINIZER_SHA1=c0ffee SCRUTINIZER_INSPECTION_UUID=42", job("scrutinizer", branch("main"))},
	{"pull request", "SCRUTINIZER=true SCRUTINIZER_BRANCH=main SCRUTINIZER_PR_NUMBER=7 SCRUTINIZER_PR_SOURCE_BRANCH=fix SCRUTINIZER_SHA1=c0ffee SCRUTINIZER_INSPECTION_UUID=42", job("scrutinizer", pull("main", "fix"))},
	{"push", "SEMAPHORE=true SEMAPHORE_GIT_BRANCH=main SEMAPHORE_GIT_SHA=c0ffee SEMAPHORE_JOB_ID=42", job("semaphore", branch("main"))},
	{"pull request", "SEMAPHORE=true SEMAPHORE_GIT_BRANCH=main SEMAPHORE_GIT_PR_NUMBER=7 SEMAPHORE_GIT_PR_BRANCH=fix SEMAPHORE_GIT_SHA=c0ffee SEMAPHORE_JOB_ID=42", job("semaphore", pull("main", "fix"))},
	{"classic pull request", "SEMAPHORE=true BRANCH_NAME=fix PULL_REQUEST_NUMBER=7 SEMAPHORE_GIT_SHA=c0ffee SEMAPHORE_BUILD_NUMBER=42", job("semaphore", pull("", "fix"))},
	{"push", "SHIPPABLE=true BRANCH=main IS_PULL_REQUEST=false COMMIT=c0ffee BUILD_NUMBER=42", job("shippable", branch("main"))},
	{"pull request", "SHIPPABLE=true BRANCH=main BASE_BRANCH=main HEAD_BRANCH=fix IS_PULL_REQUEST=true PULL_REQUEST=7 COMMIT=c0ffee BUILD_NUMBER=42", job("shippable", pull("main", "fix"))},
	{"push", "TEAMCITY_VERSION=2024 BUILD_VCS_NUMBER=c0ffee BUILD_NUMBER=42", job("teamcity", func(*Job) {})},
	{"push", "CI=true TRAVIS=true TRAVIS_BRANCH=main TRAVIS_PULL_REQUEST=false TRAVIS_COMMIT=c0ffee TRAVIS_BUILD_NUMBER=42", job("travis", branch("main"))},
	{"pull request", "CI=true TRAVIS=true TRAVIS_BRANCH=main TRAVIS_PULL_REQUEST=7 TRAVIS_PULL_REQUEST_BRANCH=fix TRAVIS_COMMIT=c0ffee TRAVIS_BUILD_NUMBER=42", job("travis", pull("main", "fix"))},
	{"tag", "CI=true TRAVIS=true TRAVIS_BRANCH=v1.0.0 TRAVIS_TAG=v1.0.0 TRAVIS_PULL_REQUEST=false TRAVIS_COMMIT=c0ffee TRAVIS_BUILD_NUMBER=42", job("travis", tagged("v1.0.0", "v1.0.0"))},
	{"push", "VELA=true VELA_BUILD_EVENT=push VELA_BUILD_BRANCH=main VELA_BUILD_COMMIT=c0ffee VELA_BUILD_NUMBER=42", job("vela", branch("main"))},
	{"pull request", "VELA=true VELA_BUILD_EVENT=pull_request VELA_BUILD_BRANCH=main VELA_PULL_REQUEST_TARGET=main VELA_PULL_REQUEST_SOURCE=fix VELA_BUILD_COMMIT=c0ffee VELA_BUILD_NUMBER=42", job("vela", pull("main", "fix"))},
	{"push", "VERCEL=1 VERCEL_GIT_COMMIT_REF=main VERCEL_GIT_COMMIT_SHA=c0ffee", job("vercel", func(j *Job) { j.Branch, j.Build = "main", "" })},
	{"push", "NOW_GITHUB_DEPLOYMENT=1 NOW_GITHUB_COMMIT_REF=main NOW_GITHUB_COMMIT_SHA=c0ffee", job("vercel", func(j *Job) { j.Branch, j.Build = "main", "" })},
	{"push", "WERCKER_MAIN_PIPELINE_STARTED=42 WERCKER_GIT_BRANCH=main WERCKER_GIT_COMMIT=c0ffee", job("wercker", branch("main"))},
	{"push", "CI=woodpecker CI_PIPELINE_EVENT=push CI_COMMIT_BRANCH=main CI_COMMIT_SHA=c0ffee CI_PIPELINE_NUMBER=42", job("woodpecker", branch("main"))},
	{"pull request", "CI=woodpecker CI_PIPELINE_EVENT=pull_request CI_COMMIT_BRANCH=main CI_COMMIT_TARGET_BRANCH=main CI_COMMIT_SOURCE_BRANCH=fix CI_COMMIT_PULL_REQUEST=7 CI_COMMIT_SHA=c0ffee CI_PIPELINE_NUMBER=42", job("woodpecker", pull("main", "fix"))},
	{"push", "JB_SPACE_EXECUTION_NUMBER=42 JB_SPACE_GIT_BRANCH=refs/heads/main JB_SPACE_GIT_REVISION=c0ffee", job("jetbrainsSpace", branch("main"))},
	{"nothing but CI", "CI=true", Job{}},
	{"a desk", "HOME=/home/ada", Job{}},
}

func (r row) environment() map[string]string {
	env := map[string]string{}
	for _, v := range strings.Fields(r.env) {
		name, value, _ := strings.Cut(v, "=")
		env[name] = value
	}
	return env
}

func TestDetect(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rows {
		env := r.environment()
		got, ok := Detect(func(name string) string { return env[name] })
		if ok != (r.want.Service != "") {
			t.Errorf("%s: found %v", r.env, ok)
		}
		seen[got.Service] = true
		got.Name, got.URL = "", ""
		if got != r.want {
			t.Errorf("%s on %s\n got %+v\nwant %+v", r.event, r.want.Service, got, r.want)
		}
	}
	for _, s := range services {
		if !seen[s.id] {
			t.Errorf("service %s has no row", s.id)
		}
	}
}

// envCI names a folder in which the npm package env-ci is installed: .ci/run does that.
const envCI = "SEMCUT_ENV_CI"

// TestAsEnvCI holds every row against what env-ci answers to the same environment.
func TestAsEnvCI(t *testing.T) {
	dir := os.Getenv(envCI)
	if dir == "" {
		if os.Getenv("SEMCUT_INTEGRATION") != "" {
			t.Fatalf("%s names no folder with env-ci", envCI)
		}
		t.Skipf("%s names no folder with env-ci", envCI)
	}
	var envs []map[string]string
	for _, r := range rows {
		env := r.environment()
		delete(env, "HOME")
		envs = append(envs, env)
	}
	input, err := json.Marshal(envs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--input-type=module", "-e", `import envCi from "env-ci"; import {readFileSync} from "node:fs";
const s = v => v === undefined || v === null ? "" : String(v);
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(env => { const c = envCi({env, cwd: "/"});
return {service: s(c.service), branch: s(c.branch), pr: Boolean(c.isPr), source: c.isPr ? s(c.prBranch) : "", tag: s(c.tag), commit: s(c.commit), build: s(c.build)} })))`)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(string(input))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("asking env-ci: %v", err)
	}
	var answers []struct {
		Service, Branch, Source, Tag, Commit, Build string
		PR                                          bool
	}
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	for i, a := range answers {
		got, _ := Detect(func(name string) string { return envs[i][name] })
		got.Name, got.URL = "", ""
		if want := (Job{Service: a.Service, Branch: a.Branch, PullRequest: a.PR, Source: a.Source, Tag: a.Tag, Commit: a.Commit, Build: a.Build}); got != want {
			t.Errorf("%s, %v\nsemcut %+v\nenv-ci %+v", rows[i].event, slices.Sorted(maps.Keys(envs[i])), got, want)
		}
	}
}
