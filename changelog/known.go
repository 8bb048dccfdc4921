package changelog

import (
	"regexp"

	"github.com/semcut/semcut/commitparse"
)

// known is what follows from options and is asked for again and again while notes are written.
type known struct {
	site   site
	format commitparse.Format
	ignore *regexp.Regexp // of Preset.IgnoreCommits; nil ignores nothing
}

// know finds it out at the first question. Of options that notes are written with nothing changes but the release.
func (o *Options) know() *known {
	if o.known == nil {
		o.known = &known{site{o.Links.repository(), o.Links.pages()}, o.format(), o.ignored()}
	}
	return o.known
}
