package ghactions

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"

	"github.com/semcut/semcut/internal/diskfile"
)

// Event is what the runner tells of the event that started a run.
type Event struct {
	Before string `json:"before"` // of a push: zeros where the branch is new
	After  string `json:"after"`
	// Commits are those of a push that are new, oldest first.
	Commits []struct {
		ID      string `json:"id"`
		Message string `json:"message"`
	} `json:"commits"`
	PullRequest *PullRequest `json:"pull_request"`
	MergeGroup  *struct {
		Base string `json:"base_sha"`
		Head string `json:"head_sha"`
	} `json:"merge_group"`
}

// PullRequest is what an event tells of a pull request.
type PullRequest struct {
	Number int    `json:"number"`
	Title  string `json:"title"`
	Body   string `json:"body"`
	Base   point  `json:"base"`
	Head   point  `json:"head"`
}

// Fork says that the head lies in another repository than the base, or that its repository is gone.
func (p PullRequest) Fork() bool {
	return p.Head.Repo == nil || p.Base.Repo == nil || p.Head.Repo.Name != p.Base.Repo.Name
}

type point struct {
	SHA   string      `json:"sha"`
	Ref   string      `json:"ref"`
	Label string      `json:"label"` // "owner:branch"
	Repo  *Repository `json:"repo"`
}

// Repository is what an event tells of a repository, with how pull requests are merged in it. What the event doesn't say is nil.
type Repository struct {
	Name          string `json:"full_name"`
	DefaultBranch string `json:"default_branch"`
	Squash        *bool  `json:"allow_squash_merge"`
	Merge         *bool  `json:"allow_merge_commit"`
	Rebase        *bool  `json:"allow_rebase_merge"`
	SquashTitle   string `json:"squash_merge_commit_title"`
	SquashMessage string `json:"squash_merge_commit_message"`
	MergeTitle    string `json:"merge_commit_title"`
	MergeMessage  string `json:"merge_commit_message"`
}

// ReadEvent reads the file that the runner wrote.
func ReadEvent(env func(string) string) (Event, error) {
	file := env("GITHUB_EVENT_PATH")
	if file == "" {
		return Event{}, fs.ErrNotExist
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return Event{}, fmt.Errorf("%q: %w", file, diskfile.Cause(err))
	}
	var e Event
	if err := json.Unmarshal(data, &e); err != nil {
		return e, fmt.Errorf("%q: %w", file, err)
	}
	return e, nil
}

// Range gives the commits that the event is about: those that "to" reaches and "from" doesn't. Both are empty for an event
// that is about none.
func (e Event) Range() (from, to string) {
	switch {
	case e.PullRequest != nil:
		return e.PullRequest.Base.SHA, e.PullRequest.Head.SHA
	case e.MergeGroup != nil:
		return e.MergeGroup.Base, e.MergeGroup.Head
	}
	return e.Before, e.After
}
