package ciservice

import (
	"slices"
	"strings"
)

// Job is what the environment tells of the job that runs us.
type Job struct {
	Service     string // "gitlab", "circleci", …; "" where only CI is set, or nothing
	Name        string // for people
	PullRequest bool
	Branch      string // the branch that is built; of a pull request the one that it is for; "" where the service doesn't say
	Source      string // of a pull request: its own branch, as far as the service says
	Tag         string // of a tag build
	Commit      string
	Build       string // the service's number of the build
	URL         string // where people see it
}

// Detect asks the services in env-ci's order; ok is false where none of them runs this job.
func Detect(env func(string) string) (job Job, ok bool) {
	for _, s := range services {
		if s.detects(env) {
			return s.job(env), true
		}
	}
	return Job{}, false
}

// service is one row: in which variables a service tells what. Of several variables the first that is set counts.
type service struct {
	id, name string
	is       [2]string // the variable by which it is known, and its value; "" is any
	pr       []string  // the number of the pull request; "false" is none
	prIs     [2]string // where this variable has this value it is one
	branch   []string  // what is built when it is none
	target   []string  // of a pull request: what it is for
	source   []string  // of a pull request: its own branch
	tag      []string
	commit   []string
	build    []string
	url      []string
}

func (s service) detects(env func(string) string) bool {
	value := env(s.is[0])
	return value != "" && (s.is[1] == "" || value == s.is[1])
}

func (s service) job(env func(string) string) Job {
	j := Job{Service: s.id, Name: s.name, Tag: first(env, s.tag), Commit: first(env, s.commit), Build: first(env, s.build), URL: first(env, s.url)}
	number := first(env, s.pr)
	if s.prIs[0] != "" {
		j.PullRequest = env(s.prIs[0]) == s.prIs[1]
	} else {
		j.PullRequest = number != "" && number != "false"
	}
	if !j.PullRequest {
		j.Branch = plain(first(env, s.branch))
		return j
	}
	j.Branch, j.Source = plain(first(env, s.target)), plain(first(env, s.source))
	return j
}

// first gives the value of the first variable that is set.
func first(env func(string) string, names []string) string {
	i := slices.IndexFunc(names, func(name string) bool { return env(name) != "" })
	if i < 0 {
		return ""
	}
	return env(names[i])
}

// plain is a branch's name without what says that it is one.
func plain(name string) string { return strings.TrimPrefix(name, "refs/heads/") }
