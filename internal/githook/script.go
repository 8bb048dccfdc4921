package githook

import "strings"

// Hook is one of git's hooks with what semcut does in it.
type Hook struct {
	Name  string
	body  string // of the script, after the kept hook ran
	line  string // for husky, whose files are many tools'
	call  string // for the configuration of a hook manager
	other string // the form that line has without --fix, or with it; "" where there is none
}

// mark stands in the second line of every script that is ours.
const mark = "# semcut hook: "

// lineMark ends the line that is ours in a file of husky's.
const lineMark = " # semcut hook"

const missing = `semcut is not on PATH, so the message is not checked; get it: go install github.com/semcut/semcut/cmd/semcut@latest`

// CommitMsg checks the message. Where semcut isn't installed it lets the commit pass: a hook that stands in the way of
// people who can do nothing about it is one that they switch off.
var CommitMsg = commitMsg("semcut lint", "semcut lint --fix")

// CommitMsgFix mends the message first, as far as that needs no guess.
var CommitMsgFix = commitMsg("semcut lint --fix", "semcut lint")

func commitMsg(call, other string) Hook {
	line := func(call string) string {
		return `if command -v semcut >/dev/null 2>&1; then ` + call + ` "$1"; else echo "` + missing + `" >&2; fi` + lineMark
	}
	return Hook{
		Name: "commit-msg",
		body: `if command -v semcut >/dev/null 2>&1; then
  exec ` + call + ` "$1"
fi
echo "` + missing + `" >&2
`,
		line: line(call), call: call, other: line(other),
	}
}

// PrepareCommitMsg asks for the message, where there is none yet and somebody can be asked.
var PrepareCommitMsg = Hook{
	Name: "prepare-commit-msg",
	body: `if command -v semcut >/dev/null 2>&1 && (exec </dev/tty) 2>/dev/null; then
  exec semcut commit --prepare "$@" </dev/tty
fi
`,
	line: `if command -v semcut >/dev/null 2>&1 && (exec </dev/tty) 2>/dev/null; then semcut commit --prepare "$@" </dev/tty; fi` + lineMark,
	call: "semcut commit --prepare",
}

// keptSuffix names the hook that was there before ours.
const keptSuffix = ".semcut-kept"

// script is the whole file: plain sh without bashisms, with line feeds only, so that the sh of Git for Windows runs it too.
func (h Hook) script() string {
	return `#!/bin/sh
` + mark + h.Name + `
# Written by "semcut hook install", which writes it anew, and taken out by "semcut hook uninstall".
kept="${0%/*}/` + h.Name + keptSuffix + `" # the hook that was here before
if [ -x "$kept" ]; then
  "$kept" "$@" || exit $?
fi
` + h.body
}

// inThisForm gives a text of husky's with the line in this form, if it has it in the other.
func (h Hook) inThisForm(text string) string {
	if h.other == "" {
		return text
	}
	return strings.Replace(text, h.other, h.line, 1)
}

func (h Hook) wrote(text string) bool {
	lines := strings.SplitN(text, "\n", 3)
	return len(lines) > 2 && strings.TrimSuffix(lines[1], "\r") == mark+h.Name
}
