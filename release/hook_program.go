package release

import (
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var (
	shellName   = lazyregexp.New(`^(?:sh|bash|dash|zsh|ksh|ash|fish|su|runuser|flock|script|npx)$`)
	interpreter = lazyregexp.New(`^(?:node|nodejs|bun|deno|(?:python|pypy|perl|ruby|php|lua)[0-9.]*|pwsh|powershell|osascript|Rscript|tclsh)$`)
	obeys       = lazyregexp.New(`^(?:eval|trap|ssh|watch|parallel)$`)
	duration    = lazyregexp.New(`^[0-9.]+[smhd]?$`)
	// wraps are commands that run the one behind them.
	wraps = lazyregexp.New(`^(?:env|sudo|doas|time|timeout|nohup|nice|exec|command|builtin|stdbuf|xargs|winpty|cross-env|dotenv)$`)
	// runsText are options that say that what follows is a program, of a shell and of other interpreters.
	runsText  = lazyregexp.New(`^(?:-[A-Za-z]*c[A-Za-z]*|--command|--call)$`)
	runsTexts = lazyregexp.New(`^(?:-[A-Za-z]*[ceEpr]|--eval|--print|-[Cc]ommand|eval)$`)
)

// reading says why a command is no place for a value: among its arguments, in its standard input. "" is no reason.
type reading struct{ arguments, input string }

// readCall finds out whether a command reads what it is given as a program: eval, sh -c, node -e, ssh; sh, bash -s.
func readCall(call *syntax.CallExpr) reading {
	words := make([]string, len(call.Args))
	for i, word := range call.Args {
		words[i] = plainWord(word)
	}
	start, wrapper := 0, ""
	for start < len(words) && (wraps.MatchString(path.Base(words[start])) || start > 0 && isSetting(words[start])) {
		if wraps.MatchString(path.Base(words[start])) {
			wrapper = path.Base(words[start])
		}
		start++
	}
	if start == len(words) {
		return reading{}
	}
	if holdsValue(call.Args[start]) {
		return reading{arguments: "it says which command runs"}
	}
	switch name := strings.TrimSuffix(path.Base(words[start]), ".exe"); {
	case obeys.MatchString(name):
		return reading{arguments: name + " reads it as a command"}
	case shellName.MatchString(name):
		return readOptions(words[start+1:], runsText.MatchString, "a shell reads it as a command", wrapper == "xargs")
	case interpreter.MatchString(name):
		return readOptions(words[start+1:], runsTexts.MatchString, name+" reads it as a program", wrapper == "xargs")
	}
	return reading{}
}

// readOptions looks among the words behind the name of an interpreter for its program: behind an option, or in a file, or,
// where there is neither, in its standard input.
func readOptions(words []string, isText func(string) bool, why string, xargs bool) reading {
	for _, word := range words {
		switch {
		case isText(word):
			r := reading{arguments: why + " (" + word + ")"}
			if xargs {
				r.input = r.arguments
			}
			return r
		case word == "-s", word == "-":
			return reading{input: why}
		case !strings.HasPrefix(word, "-") && strings.ContainsAny(word, "./"):
			return reading{} // the file of the program; what follows is its own business
		}
	}
	if len(words) > 0 && !strings.HasPrefix(words[len(words)-1], "-") {
		return reading{}
	}
	return reading{input: why}
}

// isSetting says whether a word behind a wrapping command isn't yet the command that it runs: an option, NAME=value, a time.
func isSetting(word string) bool {
	return strings.HasPrefix(word, "-") || strings.Contains(word, "=") || duration.MatchString(word)
}

// plainWord gives a word without its quotes; what is not known before it runs is left out.
func plainWord(word *syntax.Word) string {
	var text strings.Builder
	var add func(parts []syntax.WordPart)
	add = func(parts []syntax.WordPart) {
		for _, part := range parts {
			switch p := part.(type) {
			case *syntax.Lit:
				text.WriteString(strings.ReplaceAll(p.Value, "\\", ""))
			case *syntax.SglQuoted:
				text.WriteString(p.Value)
			case *syntax.DblQuoted:
				add(p.Parts)
			}
		}
	}
	add(word.Parts)
	return text.String()
}
