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
	PullRequest *struct {
		Title string `json:"title"`
		Base  point  `json:"base"`
		Head  point  `json:"head"`
	} `json:"pull_request"`
	MergeGroup *struct {
		Base string `json:"base_sha"`
		Head string `json:"head_sha"`
	} `json:"merge_group"`
}

type point struct {
	SHA string `json:"sha"`
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
