package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

// cleanup is what git takes out of a message before it commits it.
type cleanup struct {
	mode    string
	comment string // begins a comment; "auto" for whichever git picked
}

// cleanupModes are git's.
var cleanupModes = []string{"strip", "whitespace", "verbatim", "scissors", "default"}

// newCleanup finds the mode: the flag's, git's setting, else what git does without: comments are taken out where an editor
// was opened. Of the commit's own flags a hook learns nothing.
func newCleanup(a *app, mode string, where lintPlace) (cleanup, error) {
	c := cleanup{mode: mode, comment: "#"}
	if mode != "" && !slices.Contains(cleanupModes, mode) {
		return c, release.Errorf(release.CodeUsage, "write --cleanup "+strings.Join(cleanupModes, ", "), "reading the command line: --cleanup %q is not known", mode)
	}
	if where.root != "" {
		if settings, err := gitrepo.SettingsAt(where.root, a.Env); err == nil {
			c.comment = cmp.Or(settings.Value("core.commentString"), settings.Value("core.commentChar"), "#")
			c.mode = cmp.Or(c.mode, settings.Value("commit.cleanup"))
		}
	}
	if c.mode == "" || c.mode == "default" {
		c.mode = "strip"
		if mode == "" && a.Env("GIT_EDITOR") == ":" { // so git tells its hooks that there was no editor
			c.mode = "whitespace"
		}
	}
	return c, nil
}

const scissors = " ------------------------ >8 ------------------------"

// clean takes out of a message what git will.
func (c cleanup) clean(text string) string {
	message, _, _ := c.part(text)
	return message
}

// part parts what git will commit from what it will take out. scattered says that some of that stands above text of the message.
func (c cleanup) part(text string) (message, out string, scattered bool) {
	if c.mode == "verbatim" {
		return text, "", false
	}
	comment := c.comment
	if comment == "auto" {
		comment = pickedComment(text)
	}
	var kept, taken []string
	blank := true // the line before is blank, or there is none
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r\v\f")
		if c.mode != "whitespace" && comment != "" && line == comment+scissors {
			taken = append(taken, lines[i:]...)
			break
		}
		if c.mode == "strip" && comment != "" && strings.HasPrefix(line, comment) {
			taken = append(taken, lines[i])
			continue
		}
		if line != "" || !blank {
			kept = append(kept, line)
		}
		scattered = scattered || line != "" && len(taken) > 0
		blank = line == ""
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n") + "\n", strings.Join(taken, "\n"), scattered
}

// pickedComment finds the character that git picked for its comments under core.commentChar auto: the one that begins the
// last line with something on it.
func pickedComment(text string) string {
	if i := strings.Index("\n"+text, scissors+"\n"); i > 0 {
		return ("\n" + text)[i-1 : i]
	}
	text = strings.TrimRight(text, "\n \t\r")
	last := text[strings.LastIndexByte(text, '\n')+1:]
	if last != "" && strings.ContainsRune("#;@!$%^&|:", rune(last[0])) && (len(last) == 1 || last[1] == ' ' || last[1] == '\t') {
		return last[:1]
	}
	return "#"
}
