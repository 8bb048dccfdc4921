// Package ghactions speaks with GitHub Actions: it reads from the environment what a run is about, and
// writes outputs and the step summary to the files that the runner names. It decides nothing.
package ghactions

import (
	"crypto/rand"
	"fmt"
	"os"
	"strings"
)

// Run is one job of GitHub Actions, as its environment tells it.
type Run struct {
	Event       string // "push", "pull_request", …
	Branch      string // the branch that was pushed; "" in a tag build or a pull request
	Tag         string // the tag of a tag build
	PullRequest bool
	ID          string // "github-actions/<run id>/<attempt>"

	outputFile, summaryFile string
}

// Detect reads the environment; ok is false outside GitHub Actions. A job for a pull request is one
// whose event says so, also pull_request_target, whose ref is the base branch.
func Detect(env func(string) string) (run Run, ok bool) {
	if env("GITHUB_ACTIONS") == "" {
		return Run{}, false
	}
	run = Run{
		Event:       env("GITHUB_EVENT_NAME"),
		ID:          fmt.Sprintf("github-actions/%s/%s", env("GITHUB_RUN_ID"), env("GITHUB_RUN_ATTEMPT")),
		outputFile:  env("GITHUB_OUTPUT"),
		summaryFile: env("GITHUB_STEP_SUMMARY"),
	}
	ref := env("GITHUB_REF")
	switch branch, isBranch := strings.CutPrefix(ref, "refs/heads/"); {
	case run.Event == "pull_request" || run.Event == "pull_request_target" || strings.HasPrefix(ref, "refs/pull/"):
		run.PullRequest = true
	case isBranch:
		run.Branch = branch
	default:
		run.Tag, _ = strings.CutPrefix(ref, "refs/tags/")
		if run.Tag == ref {
			run.Tag = ""
		}
	}
	return run, true
}

// EarlierAttempt says whether id names an earlier attempt of the same run: one that is over.
func (r Run) EarlierAttempt(id string) bool {
	mine, theirs := strings.LastIndexByte(r.ID, '/'), strings.LastIndexByte(id, '/')
	if mine < 0 || theirs != mine || r.ID[:mine] != id[:theirs] {
		return false
	}
	return len(id) < len(r.ID) || len(id) == len(r.ID) && id < r.ID
}

// Outputs sets the step's outputs. Values may have many lines: each is framed by a delimiter that
// it can't contain, since nobody can guess it.
func (r Run) Outputs(values [][2]string) error {
	var b strings.Builder
	for _, v := range values {
		end := "end-" + rand.Text()
		fmt.Fprintf(&b, "%s<<%s\n%s\n%s\n", v[0], end, v[1], end)
	}
	return appendTo(r.outputFile, b.String())
}

// Check says why outputs could not be set; nil where they could.
func (r Run) Check() error { return appendTo(r.outputFile, "") }

// Summary adds Markdown to the step's summary. Text of commits is in it, so it can't hold HTML, and mentions notify
// nobody.
func (r Run) Summary(markdown string) error {
	return appendTo(r.summaryFile, Harmless(strings.TrimRight(markdown, "\n"))+"\n")
}

// Harmless is Markdown that shows HTML as text and parts an @ from the name behind it by a character without width.
func Harmless(markdown string) string { return harmless.Replace(markdown) }

var harmless = strings.NewReplacer(`\<`, "&lt;", "<", "&lt;", "@", "@\u200b")

// appendTo adds text to a file that the runner made. Without a file there is nobody to tell.
func appendTo(file, text string) error {
	if file == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("telling GitHub Actions: %w", err)
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("telling GitHub Actions: %w", err)
	}
	return nil
}
