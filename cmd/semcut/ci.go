package main

import (
	"os"

	"github.com/semcut/semcut/internal/ghactions"
	"github.com/semcut/semcut/internal/process"
	"github.com/semcut/semcut/release"
)

// ci is what the environment says of the job that runs us.
type ci struct {
	On          bool
	PullRequest bool
	Branch      string // the branch that was pushed; "" where the environment doesn't say
	Tag         string // the tag that was pushed
	Run         string // names this job and its attempt; "" outside CI

	actions *ghactions.Run
}

// detectCI tells GitHub Actions from any other CI (CI=true) and from a desk.
func detectCI(env func(string) string) ci {
	if run, ok := ghactions.Detect(env); ok {
		return ci{On: true, PullRequest: run.PullRequest, Branch: run.Branch, Tag: run.Tag, Run: run.ID, actions: &run}
	}
	on := env("CI")
	return ci{On: on != "" && on != "false" && on != "0"}
}

// process names this run in an open release.
func (c ci) process() release.Process {
	return release.Process{Run: c.Run, Host: process.Host(), PID: os.Getpid()}
}

// over says whether the process that an open release names is known to have ended. Host and process tell that of
// a desk, and of another step of the same job; machines of a CI service may all have one name.
func (c ci) over(p release.Process) bool {
	if p.Run == c.Run && p.Host == c.process().Host && !process.Alive(p.PID) {
		return true
	}
	return c.actions != nil && c.actions.EarlierAttempt(p.Run)
}

// url is where the run can be seen, "" where the environment doesn't say.
func (c ci) url(env func(string) string) string {
	if c.actions == nil || env("GITHUB_SERVER_URL") == "" {
		return ""
	}
	return env("GITHUB_SERVER_URL") + "/" + env("GITHUB_REPOSITORY") + "/actions/runs/" + env("GITHUB_RUN_ID")
}
