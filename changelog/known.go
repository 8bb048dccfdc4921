package changelog

import (
	"regexp"
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// known is what follows from options and is asked for again and again while notes are written.
type known struct {
	site   site
	format commitparse.Format
	ignore *regexp.Regexp // of Preset.IgnoreCommits; nil ignores nothing
	breaks announcers
}

// know finds it out at the first question. Of options that notes are written with nothing changes but the release.
func (o *Options) know() *known {
	if o.known == nil {
		o.known = &known{site{o.Links.repository(), o.Links.pages()}, o.format(), o.ignored(), announcers{}}
		o.known.breaks = announcing(o.known.format.NoteKeywords)
	}
	return o.known
}

// announcers are words that announce what breaks.
type announcers struct {
	alike commitparse.Folded // what all begin with, as BREAKING CHANGE and BREAKING-CHANGE do: it is looked for once
	words []commitparse.Folded
}

func announcing(words []string) (a announcers) {
	for _, word := range words {
		a.words = append(a.words, commitparse.Fold(word))
	}
	if len(words) > 0 {
		a.alike = commitparse.Fold(beginning(words))
	}
	return a
}

// beginning is what all texts begin with.
func beginning(texts []string) string {
	alike := texts[0]
	for _, text := range texts[1:] {
		for !strings.HasPrefix(text, alike) {
			alike = alike[:len(alike)-1]
		}
	}
	return alike
}

// in says whether a text holds one of them, in any case.
func (a announcers) in(text string) bool {
	return len(a.words) > 0 && a.alike.In(text) && slices.ContainsFunc(a.words, func(word commitparse.Folded) bool { return word.In(text) })
}
