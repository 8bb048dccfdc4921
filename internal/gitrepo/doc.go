// Package gitrepo reads and writes git repositories: history and tags for planning, commits, tags and refs for a
// release, and the conversation with a remote. It is the one door to go-git.
//
// Repo is the reading half: it never changes the repository. Worktree is the writing half. Remote is another
// repository. All three need no git program, but for the far side of a file or ssh remote, which is git itself.
//
// Ranges are exact: the commits that one commit reaches and another doesn't, in the order of git rev-list. The
// walk stops early only where that is proven for clocks that are wrong by up to 90 days (see walk.go). What a
// shallow clone hides is never guessed: where history that was not fetched could change an answer, by that same
// measure, the answer is an error with release.CodeShallow.
//
// Refs, HEAD and the shallow file are read here; objects come from go-git through one narrow seam (node.go), so
// that another reader can take its place. refs/replace is honoured, as git does; info/grafts, which git
// deprecates, is not.
package gitrepo
