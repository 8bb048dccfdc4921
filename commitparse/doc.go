// Package commitparse takes the text of a commit message apart: header, body, footers, breaking notes,
// references to issues, mentions, reverts. Use Parse where you have the text of one commit, and Cancelled where you have
// the commits of a release and want to know which of them were taken back.
//
// Parse always answers, in time linear in the message's length, and never drops a byte: Raw holds all of the text (with
// U+FFFD where it is not UTF-8), and Header, Body and Footers hold all but the white space between them.
// Type, Scope, Description, Notes, References, Mentions and Revert are what semantic-release 25 sees under the same
// Format (conventional-commits-parser 6.4 with the presets 8.3.1 and 9.3.1), odd or not, since versions hang on
// them. Body and Footers are shaped as Conventional Commits 1.0.0 says.
//
// Where the tools that it copies use regular expressions, this package scans by hand: white space, word characters
// and line ends are JavaScript's, and a token of 100,000 characters costs less than a millisecond.
package commitparse
