package github

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// warnings are what couldn't be told, so that a hundred times the same is one line.
type warnings struct {
	kinds []*warning
}

// warning is something that went wrong with some pull requests and issues.
type warning struct {
	doing   string // "commenting on"; "" for a line that stands for itself
	why     string
	numbers []int
}

// say adds a line that stands for itself.
func (w *warnings) say(line string) { w.kinds = append(w.kinds, &warning{why: line}) }

func (w *warnings) add(doing string, number int, why string) {
	i := slices.IndexFunc(w.kinds, func(k *warning) bool { return k.doing == doing && k.why == why })
	if i < 0 {
		i = len(w.kinds)
		w.kinds = append(w.kinds, &warning{doing: doing, why: why})
	}
	w.kinds[i].numbers = append(w.kinds[i].numbers, number)
}

// single is how many of a kind get a line each.
const single = 5

func (w *warnings) lines() (lines []string) {
	for _, k := range w.kinds {
		switch {
		case k.doing == "":
			lines = append(lines, k.why)
		case len(k.numbers) > single:
			shown := strings.Trim(strings.ReplaceAll(fmt.Sprint(k.numbers[:single]), " ", ", #"), "[]")
			lines = append(lines, fmt.Sprintf("%s %d pull requests and issues (#%s, …): %s", k.doing, len(k.numbers), shown, k.why))
		default:
			for _, n := range k.numbers {
				lines = append(lines, fmt.Sprintf("%s #%d: %s", k.doing, n, k.why))
			}
		}
	}
	return lines
}

// whyOf is what an explained error says, with what mends it where that is a right.
func whyOf(err error) string {
	why := strings.TrimPrefix(err.Error(), ": ")
	if e, ok := errors.AsType[*release.Error](err); ok && (e.Code == release.CodeForbidden || e.Code == release.CodeAuth) && e.Hint != "" {
		why += " (" + e.Hint + ")"
	}
	return why
}
