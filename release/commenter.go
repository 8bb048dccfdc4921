package release

import "context"

// Commenter is a Publisher that says something under a pull request, once: said again, it takes the place of what was said
// before. Only what the same identity said is replaced.
type Commenter interface {
	// Comment says text, in Markdown, under the pull request of that number and gives the place where it stands. key tells
	// what is said apart from other things that we say there.
	Comment(ctx context.Context, number int, key, text string) (url string, err error)
}
