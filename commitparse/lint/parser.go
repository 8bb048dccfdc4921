package lint

import "github.com/semcut/semcut/commitparse/internal/chars"

// Parser says how a message is taken apart: commitlint's parserOpts. It is plain data: copy one and change it.
type Parser struct {
	// Header is the shape of the first line.
	Header HeaderForm
	// HeaderPattern goes before Header where it is set, and BreakingPattern before that.
	HeaderPattern, BreakingPattern Pattern
	// Correspondence names what the groups of the patterns are; of interest are type, scope and subject.
	Correspondence []string
	// MergePattern takes a first line that is no header; MergeCorrespondence names its groups.
	MergePattern        Pattern
	MergeCorrespondence []string

	NoteKeywords     []string
	IssuePrefixes    []string
	CaseSensitive    bool // issue prefixes are taken as they are written
	ReferenceActions []string
	// CommentChar begins lines that are no part of the message; "" for none.
	CommentChar string
}

// Pattern is a regular expression, as *regexp.Regexp is one.
type Pattern interface {
	FindStringSubmatchIndex(s string) []int
	SubexpNames() []string
}

// HeaderForm is one of the known shapes of a header.
type HeaderForm int

// The forms.
const (
	PlainHeader  HeaderForm = iota // type(scope): subject
	MarkedHeader                   // the same, where a "!" before the colon is looked for first
	LooseHeader                    // the same, with or without a "!"
)

// AngularParser is conventional-changelog-angular 9's, which holds where no preset is named: it knows no "!".
func AngularParser() Parser {
	return Parser{
		Correspondence: []string{"type", "scope", "subject"}, NoteKeywords: []string{"BREAKING CHANGE"}, IssuePrefixes: []string{"#"},
		ReferenceActions: []string{"close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"},
	}
}

// ConventionalParser is conventional-changelog-conventionalcommits 10's.
func ConventionalParser() Parser {
	p := AngularParser()
	p.Header, p.NoteKeywords = MarkedHeader, []string{"BREAKING CHANGE", "BREAKING-CHANGE"}
	return p
}

// normal gives the parser with its words as they are looked for: without blanks around them, and none that is empty. An
// empty list of keywords or prefixes is one that is empty: so the patterns work that commitlint makes of it.
func (p Parser) normal() Parser {
	p.NoteKeywords, p.IssuePrefixes, p.ReferenceActions = trimmed(p.NoteKeywords), trimmed(p.IssuePrefixes), trimmed(p.ReferenceActions)
	for _, list := range []*[]string{&p.NoteKeywords, &p.IssuePrefixes} {
		if *list != nil && len(*list) == 0 {
			*list = []string{""}
		}
	}
	return p
}

// trimmed takes blanks off words; where none has any the list stays as it is.
func trimmed(words []string) []string {
	for _, w := range words {
		if w != "" && chars.TrimSpace(w) == w {
			continue
		}
		kept := make([]string, 0, len(words))
		for _, w := range words {
			if w = chars.TrimSpace(w); w != "" {
				kept = append(kept, w)
			}
		}
		return kept
	}
	return words
}
