// Package lint checks commit messages by rules whose names, levels, settings and verdicts are those of commitlint 21.2,
// and by some of its own, which are off unless they are asked for. Use Check with a Config; Conventional and Angular are
// the two that everybody extends.
//
// One file holds one rule, and one row of the table tells of it: what it asks, messages that pass and that fail, its
// setting and its check. The row's examples are its test. A message is parted into header, body and footer as
// conventional-commits-parser 7.1 does, which other than package commitparse ends the body at the first line that looks
// like a footer.
//
// Lengths are counted in UTF-16 units, as commitlint counts them, so that a limit means the same in both.
package lint
