// Package commitparse takes the text of a commit message apart: header, body, footers, breaking notes,
// references to issues, mentions, reverts.
//
// Parse always answers, in time linear in the message's length, and never drops a byte: Raw holds all of the text.
// Type, Scope, Description, Notes, References, Mentions and Revert are what semantic-release 25 sees under the same
// Format (conventional-commits-parser 6.4 with the presets 8.3.1 and 9.3.1), odd or not, since versions hang on
// them. Body and Footers are shaped as Conventional Commits 1.0.0 says.
//
// Where the tools that it copies use regular expressions, this package scans by hand: white space, word characters
// and line ends are JavaScript's, and a token of 100,000 characters costs microseconds.
package commitparse
