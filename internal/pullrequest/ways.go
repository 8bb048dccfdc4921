package pullrequest

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// Request is a pull request.
type Request struct {
	Number      int // 0 where it has none yet
	Title, Body string
	Source      string // "owner/branch"
	Base, Head  string // hashes
	// Commits are those of the head that the base lacks, newest first.
	Commits []commitparse.Commit
}

// Settings say how a repository merges. A text that is empty is GitHub's default.
type Settings struct {
	Squash, Merge, Rebase bool // which ways are allowed

	SquashTitle   string // PR_TITLE, COMMIT_OR_PR_TITLE
	SquashMessage string // PR_BODY, COMMIT_MESSAGES, BLANK
	MergeTitle    string // PR_TITLE, MERGE_MESSAGE
	MergeMessage  string // PR_BODY, PR_TITLE, BLANK
}

// Every allows all ways, with GitHub's default texts.
func Every() Settings { return Settings{Squash: true, Merge: true, Rebase: true} }

// The ways.
const (
	Squash = "squash"
	Merge  = "merge"
	Rebase = "rebase"
)

// Way is what one way of merging leaves behind.
type Way struct {
	Method string
	Side   string               // a commit that is joined with the base; "" where none is
	Top    []commitparse.Commit // the commits that come to be, newest first
	// Shown are the hashes to show in the place of those of Top, which nobody knows yet: no message can name them.
	Shown map[string]string
}

// add puts a commit that comes to be below the others; shown is the hash to show for it.
func (w *Way) add(c commitparse.Commit, shown string) {
	sum := sha1.Sum([]byte("to come, by " + w.Method + ": " + shown))
	c.Hash = hex.EncodeToString(sum[:])
	w.Shown[c.Hash] = shown
	w.Top = append(w.Top, c)
}

// Ways gives what each way that is allowed leaves behind. A request without commits leaves nothing.
func (r Request) Ways(s Settings) (ways []Way) {
	if len(r.Commits) == 0 {
		return nil
	}
	begin := func(method string) *Way {
		ways = append(ways, Way{Method: method, Shown: map[string]string{}})
		return &ways[len(ways)-1]
	}
	if s.Squash {
		begin(Squash).add(r.made(r.squashText(s)), r.Head)
	}
	if s.Merge {
		w := begin(Merge)
		w.Side = r.Head
		w.add(r.made(r.mergeText(s)), r.Head)
	}
	if s.Rebase {
		w := begin(Rebase)
		for _, c := range r.Commits {
			if len(c.Parents) < 2 {
				w.add(c, c.Hash)
			}
		}
	}
	return ways
}

// made is the commit that the forge makes, with a message.
func (r Request) made(text string) commitparse.Commit {
	c := commitparse.Commit{Author: r.Commits[0].Author, Committer: r.Commits[0].Committer}
	c.Raw = text
	return c
}

// squashText is the one commit's message: title and number, and below them what the settings say.
func (r Request) squashText(s Settings) string {
	title := r.Title
	one := len(r.Commits) == 1
	if one && s.SquashTitle != "PR_TITLE" {
		title, _ = cut(r.Commits[0].Raw)
	}
	body := ""
	switch {
	case s.SquashMessage == "PR_BODY":
		body = r.Body
	case s.SquashMessage == "BLANK":
	case one:
		_, body = cut(r.Commits[0].Raw)
	default:
		body = r.listed()
	}
	return together(r.numbered(title), body)
}

// listed is a list of all messages, oldest first.
func (r Request) listed() string {
	var parts []string
	for _, c := range slices.Backward(r.Commits) {
		header, body := cut(c.Raw)
		parts = append(parts, together("* "+header, body))
	}
	return strings.Join(parts, "\n\n")
}

func (r Request) mergeText(s Settings) string {
	title := fmt.Sprintf("Merge pull request #%d from %s", r.Number, r.Source)
	if s.MergeTitle == "PR_TITLE" {
		title = r.numbered(r.Title)
	}
	body := ""
	switch {
	case s.MergeMessage == "PR_BODY":
		body = r.Body
	case s.MergeMessage == "BLANK":
	case s.MergeTitle != "PR_TITLE":
		body = r.Title
	}
	return together(title, body)
}

// Header is the first line of what squashing leaves: the one that a title gets into.
func (r Request) Header(s Settings) string {
	header, _ := cut(r.squashText(s))
	return header
}

func (r Request) numbered(title string) string {
	title = strings.TrimSpace(title)
	if r.Number == 0 {
		return title
	}
	return title + " (#" + strconv.Itoa(r.Number) + ")"
}

// cut parts a message into its first line and what stands below.
func cut(text string) (header, body string) {
	header, body, _ = strings.Cut(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	return strings.TrimSpace(header), strings.TrimSpace(body)
}

func together(title, body string) string {
	if body = strings.TrimSpace(body); body == "" {
		return title
	}
	return title + "\n\n" + body
}
