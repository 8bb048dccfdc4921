// Package release decides what a repository's next release is and makes the world contain it.
//
// Its idea in one line: the plan is a value. Everything left of it is pure, everything right of it can be run twice.
//
//	tags + commits + rules ──NewPlan──▶ Plan ──Plan.Apply──▶ commit, tag, push, release page
//
// Use NewPlan where you want to know: it reads a History and the files at a commit, decides the version with a reason
// for every commit, and writes down each edit and each step. It is handed nothing that could write, so a dry run is a
// plan that nobody applies. Last, Replay, PastChapter and Chapters answer questions about releases that were made.
//
// Use Plan.Apply where you want it to happen: it first asks everybody who will have to write, then changes files,
// commits, tags, pushes branch and tag in one atomic push, and calls every Publisher. What it promises:
//
//   - A remote that says no leaves no trace, neither there nor in this clone.
//   - A run that breaks off anywhere else is carried on by FinishOpen, from this clone or from a fresh one: with branch
//     and tag goes refs/semcut/open/<tag>, a note of what was promised; the last step deletes it.
//   - Nothing that stands in the way (a tag, a branch that moved, a file with changes) is ever overwritten.
//
// What is decided follows semantic-release 25: its default rules, its version arithmetic (Bump.Apply: node-semver's,
// not Masterminds'), its reading of tags. Errors that a person should see are *Error: what was being done to which
// quoted thing and why it failed, with a hint that mends it.
//
// The seams to the world are declared here, beside the code that calls them: History, Worktree, Remote, Publisher.
package release
