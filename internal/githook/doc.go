// Package githook puts semcut into a repository's hooks and takes it out again. It leaves alone what others put there: a hook
// of somebody else's is kept beside ours and called by it, husky's file gets one line more, and where lefthook or
// pre-commit look after the hooks, or the hooks lie outside of the repository, it says what to write and writes nothing.
//
// Every file is written beside its place and renamed, so that git never runs half a hook.
package githook
