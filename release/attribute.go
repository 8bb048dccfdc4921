package release

import (
	"context"
	"fmt"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse"
)

// Attribution is what a forge knows of a commit beyond its message.
type Attribution = changelog.Attribution

// Attributor is a Publisher that knows more of commits than their messages tell.
type Attributor interface {
	// Attribute tells by hash who made commits and by which pull requests they came in, without writing. Of commits that
	// the forge knows nothing of it says nothing.
	Attribute(ctx context.Context, hashes []string) (map[string]Attribution, error)
}

// attribute asks the attributors about the chapter's commits. The notes can do without: what goes wrong is a warning.
func (c *Chapter) attribute(ctx context.Context, o Options, warn func(string)) {
	if len(c.Commits) == 0 || !o.Notes.TellsAttributions() {
		return
	}
	for _, a := range o.Attributors {
		found, err := a.Attribute(ctx, hashesOf(c.Commits))
		if err != nil {
			warn(fmt.Sprintf("the notes do without what the forge knows of the commits: %s", err))
			continue
		}
		if c.Attributions == nil {
			c.Attributions = map[string]Attribution{}
		}
		for hash, attribution := range found {
			c.Attributions[hash] = attribution
		}
	}
	if o.Notes.People == nil {
		return
	}
	for _, commit := range c.Commits {
		if login := c.Attributions[commit.Hash].Login; login != "" {
			o.Notes.People.Tell(commit.Author.Email, login)
		}
	}
}

func hashesOf(commits []commitparse.Commit) []string {
	hashes := make([]string, len(commits))
	for i, c := range commits {
		hashes[i] = c.Hash
	}
	return hashes
}
