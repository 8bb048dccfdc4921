package commitparse

import "time"

// Message is the text of one commit, taken apart. Raw always holds the whole
// text as it came in; every other field is derived from it, so nothing is lost.
type Message struct {
	Raw    string // the text as given, each run of bytes that are not UTF-8 replaced by U+FFFD
	Header string // the first line that is not empty

	Type        string // "feat"; "" where the header is not of the format's shape
	Scope       string // "api"; "" where there is none
	Description string // what follows "type(scope): "
	// Conventional says that the header has the format's shape.
	Conventional bool

	// Body and Footers are shaped as Conventional Commits 1.0.0 says (items 6 to 10).
	Body    string
	Footers []Footer

	// Breaking says that the message announces a breaking change; BreakingText is what it says of it.
	Breaking     bool
	BreakingText string

	// ParserBody and ParserFooter are the two as conventional-commits-parser 6.4 parts them: at the first note or
	// line with a reference. Rules of semantic-release may ask for them.
	ParserBody, ParserFooter Part

	// Notes, References, Mentions, Revert and Merge are as semantic-release 25 sees the
	// message under the format: they decide versions and fill the compatible layouts.
	Notes      []Note
	References []Reference
	Mentions   []string // names without the "@", in order of appearance
	Revert     *Revert  // what the message takes back; nil where it takes back nothing
	Merge      bool     // the header is git's or a forge's own for a merge commit
}

// Part is lines of a message; a part that is there may be empty.
type Part struct {
	There bool
	Text  string
}

// Footer is one "Token: value" or "Token #value" line of the last paragraphs.
type Footer struct {
	Token string
	Value string // continuation lines included
}

// Note is one "BREAKING CHANGE: text" block.
type Note struct {
	Title string // the keyword as it was spelt
	Text  string
}

// Reference is one issue or pull request that the message names.
type Reference struct {
	Action     string // "Closes" as it was spelt, "" for a mere mention
	Owner      string
	Repository string
	Prefix     string // "#"
	Issue      string // "12"
	Raw        string // the matched text with what stands before it
}

// Revert names the commit that a message takes back.
type Revert struct {
	Header string // its header, without the quotes
	Hash   string // its hash as it was written, maybe abbreviated
}

// Commit is a commit of a repository: its message and what git knows about it.
type Commit struct {
	Hash      string
	Author    Signature
	Committer Signature
	Parents   []string
	Files     []string // changed paths; only filled when paths were asked for
	Message
}

// Signature is who did a thing and when.
type Signature struct {
	Name, Email string
	When        time.Time
}
