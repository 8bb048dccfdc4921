package release

import (
	"slices"

	"github.com/semcut/semcut/commitparse"
)

// hide takes credentials out of a text.
func (o Options) hide(text string) string { return hideWith(o.Hide, text) }

// hide takes credentials out of a text.
func (w Work) hide(text string) string { return hideWith(w.Hide, text) }

func hideWith(hide func(string) string, text string) string {
	if hide == nil {
		return text
	}
	return hide(text)
}

// hidden reads those commits once more whose messages hold a credential, without it. That is for notes, where a layout
// escapes what it writes, so that nobody would find it any more; what a commit asks for is read from the message itself.
func (o Options) hidden(commits []commitparse.Commit) []commitparse.Commit {
	if o.Hide == nil {
		return commits
	}
	copied := false
	for i, c := range commits {
		text := o.Hide(c.Raw)
		if text == c.Raw {
			continue
		}
		if !copied {
			commits, copied = slices.Clone(commits), true
		}
		c.Raw = text
		commits[i] = ParseCommits([]commitparse.Commit{c}, o.Format)[0]
	}
	return commits
}
