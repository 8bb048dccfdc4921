// Package chars knows characters, blanks and web addresses as JavaScript does, with whose patterns the tools read
// messages. The parser and the linter share it.
package chars
