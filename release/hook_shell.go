package release

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// referred says whether a shell would read each of n variables of a command as one, and as nothing but data: not where it
// knows no variables, not where it reads a value as a program once more.
func referred(line string, n int) error {
	file, err := syntax.NewParser().Parse(strings.NewReader(line), "")
	if err != nil {
		return fmt.Errorf("its shell syntax is not understood, so no value can be put into it safely: %w", err)
	}
	var wrong error
	syntax.Walk(file, func(node syntax.Node) bool {
		if why := readAgain(node); why != "" && holdsValue(node) {
			wrong = errors.New("a value of it is not harmless, and stands where " + why)
		}
		return wrong == nil
	})
	if wrong != nil {
		return wrong
	}
	seen := valuesIn(file)
	for i := 1; i <= n; i++ {
		if !seen[fmt.Sprintf("%s%d", hookValue, i)] {
			return fmt.Errorf("value %d of it is not harmless, and stands in single quotes or where else the shell knows no variable; write double quotes", i)
		}
	}
	return nil
}

// valuesIn lists the values of a template that a part of a command refers to.
func valuesIn(node syntax.Node) map[string]bool {
	seen := map[string]bool{}
	syntax.Walk(node, func(n syntax.Node) bool {
		if p, ok := n.(*syntax.ParamExp); ok && p.Param != nil && strings.HasPrefix(p.Param.Value, hookValue) {
			seen[p.Param.Value] = true
		}
		return true
	})
	return seen
}

func holdsValue(node syntax.Node) bool { return len(valuesIn(node)) > 0 }

var (
	shellName = lazyregexp.New(`^(?:sh|bash|dash|zsh|ksh|ash|fish)$`)
	runsText  = lazyregexp.New(`^-[a-z]*c$`)
)

// readAgain says why a part of a command is no place for a value: a shell would read it as an expression or as a command.
func readAgain(node syntax.Node) string {
	switch n := node.(type) {
	case *syntax.ArithmExp, *syntax.ArithmCmd, *syntax.LetClause:
		return "the shell calculates"
	case *syntax.TestClause:
		return "the shell compares ([[ … ]]); write [ … ]"
	case *syntax.CallExpr:
		return runsArguments(n)
	}
	return ""
}

// runsArguments says why a command reads what it is given as a command: eval, sh -c, ssh.
func runsArguments(call *syntax.CallExpr) string {
	shell := false
	for i, word := range call.Args {
		text := path.Base(word.Lit())
		switch {
		case i == 0 && (text == "eval" || text == "trap" || text == "ssh"):
			return text + " reads it as a command"
		case shellName.MatchString(text):
			shell = true
		case shell && runsText.MatchString(text):
			return "a shell reads it as a command (-c)"
		}
	}
	return ""
}
