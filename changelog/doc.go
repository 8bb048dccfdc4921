// Package changelog turns commits into release notes and puts them into changelog files. It is pure: bytes in,
// bytes out.
//
// Use it where you have the commits of a release and want to tell people about them. Describe tells as data what they
// changed, Render and RenderNotes write that as Markdown in one of the Layouts, and Insert puts a section into an existing
// file so that nothing else of the file changes. What comes from commits is data: in all layouts but two it is shown as the
// text that it is.
//
// The layouts angular and conventionalcommits are byte for byte those of semantic-release 25 (its
// release-notes-generator 14.1 with conventional-changelog-writer 8.4 and the presets 8.3.1 and 9.3.1), with
// what is odd about them: a mere mention of an issue "closes" it, and a breaking note ends at a line with a
// reference.
package changelog
