package main

import (
	"os"
	"strings"

	"github.com/semcut/semcut/internal/ciservice"
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
	service ciservice.Job // of another service; the zero one where it is none that is known
}

// detectCI tells GitHub Actions from the other services, any other CI (CI=true), and a desk.
func detectCI(env func(string) string) ci {
	if run, ok := ghactions.Detect(env); ok {
		return ci{On: true, PullRequest: run.PullRequest, Branch: run.Branch, Tag: run.Tag, Run: run.ID, actions: &run}
	}
	if job, ok := ciservice.Detect(env); ok {
		return ofService(job)
	}
	on := env("CI")
	return ci{On: on != "" && on != "false" && on != "0"}
}

func ofService(job ciservice.Job) ci {
	c := ci{On: true, PullRequest: job.PullRequest, Tag: job.Tag, Run: job.Service + "/" + job.Build, service: job}
	if job.Tag == "" { // of a tag build some services call the tag its branch
		c.Branch = job.Branch
	}
	if job.Service == "jenkins" { // which names the remote's branch, where nobody told it to check out a local one
		c.Branch = strings.TrimPrefix(c.Branch, "origin/")
	}
	return c
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
		return c.service.URL
	}
	return env("GITHUB_SERVER_URL") + "/" + env("GITHUB_REPOSITORY") + "/actions/runs/" + env("GITHUB_RUN_ID")
}
