package release

import (
	"errors"
	"fmt"
)

// Code names a kind of user-facing error. It is stable: scripts may match it.
type Code string

// The codes. Those that begin with "usage" or "config" end a command with exit status 2,
// CodeLint with 3, CodeInterrupted with 130, all others with 1 (docs/cli.md).
const (
	CodeUsage       Code = "usage"        // a flag or argument that makes no sense
	CodeConfig      Code = "config"       // a configuration file that can't be obeyed
	CodeNotYet      Code = "config-todo"  // a setting that semcut knows of but doesn't support yet
	CodeBranch      Code = "usage-branch" // a release from a branch that is not configured
	CodeRepository  Code = "repository"   // not a repository, or one that can't be read
	CodeNoCommits   Code = "no-commits"   // nothing was ever committed
	CodeShallow     Code = "shallow"      // history is cut off before the answer
	CodeRevision    Code = "revision"     // a name that leads to no commit
	CodeMessage     Code = "message"      // a commit message that can't be worked with
	CodeDetached    Code = "detached"     // no way to know the branch
	CodeDirty       Code = "dirty"        // a path to be edited has changes of its own
	CodeFile        Code = "file"         // a file that can't be read or written
	CodeRemote      Code = "remote"       // no remote, or one that doesn't answer
	CodeBehind      Code = "behind"       // the remote branch has commits that HEAD lacks
	CodeAhead       Code = "ahead"        // HEAD has commits that the remote branch lacks
	CodeDiverged    Code = "diverged"     // both
	CodeTagTaken    Code = "tag-taken"    // the next tag exists, on something else
	CodeFirst       Code = "first"        // a first release where versions seem to exist already
	CodeVersion     Code = "version"      // a version that can't be the next one
	CodeGuard       Code = "guard"        // a release that the project's own settings forbid
	CodeRefused     Code = "refused"      // the remote said no to a push
	CodeMoved       Code = "moved"        // the remote changed while we worked
	CodeAuth        Code = "auth"         // no credential, or a wrong one
	CodeForbidden   Code = "forbidden"    // a credential without the right
	CodeForge       Code = "forge"        // the forge answered with an error
	CodeRateLimit   Code = "rate-limit"   // the forge asks to wait
	CodeHook        Code = "hook"         // a command of the project's own failed
	CodeAsset       Code = "asset"        // a file that is to go with a release isn't what it should be
	CodeOpen        Code = "open"         // an unfinished release that can't be taken up
	CodeLint        Code = "lint"         // commit messages that break the rules
	CodeInterrupted Code = "interrupted"  // a signal, or the caller's context
)

// Error is the one error type that users see. Err says in one line what was being done, to which
// quoted thing and why it failed; Hint says, in one more line, which command or setting mends it.
type Error struct {
	Code Code
	Hint string
	Err  error
}

// Errorf makes an Error. The format is fmt.Errorf's, %w included.
func Errorf(code Code, hint, format string, args ...any) *Error {
	return &Error{Code: code, Hint: hint, Err: fmt.Errorf(format, args...)}
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf gives the code of the first Error in err's chain, "" where there is none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// RefusedError says which ref a remote refused, and in which words. It stands in an Error's chain.
type RefusedError struct {
	Ref   string // the ref that the refusal is about; "" where the whole push was refused
	Words string // what the server said
}

func (e *RefusedError) Error() string { return e.Words }
