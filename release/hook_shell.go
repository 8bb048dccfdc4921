package release

import (
	"errors"
	"fmt"
	"strings"

	"mvdan.cc/sh/v3/syntax"
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
		why := readAgain(node)
		if why != "" && !holdsValue(node) {
			why = ""
		}
		if why == "" {
			why = fed(node)
		}
		if why != "" {
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

// readAgain says why a part of a command is no place for a value: a shell would read it as an expression, or some program as
// a program.
func readAgain(node syntax.Node) string {
	switch n := node.(type) {
	case *syntax.ArithmExp, *syntax.ArithmCmd, *syntax.LetClause:
		return "the shell calculates"
	case *syntax.ParamExp:
		if n.Index != nil || n.Slice != nil {
			return "the shell calculates"
		}
	case *syntax.Assign:
		if n.Index != nil {
			return "the shell calculates"
		}
	case *syntax.TestClause:
		return "the shell compares ([[ … ]]); write [ … ]"
	case *syntax.CallExpr:
		return readCall(n).arguments
	}
	return ""
}

// fed says why what goes into the standard input of a part of a command is no place for a value: that part is a shell, or
// the like, which takes it for its program.
func fed(node syntax.Node) (why string) {
	input := false
	var to syntax.Node
	switch n := node.(type) {
	case *syntax.Stmt:
		to = n.Cmd
		for _, r := range n.Redirs {
			input = input || r.Hdoc != nil && holdsValue(r.Hdoc) || r.Op == syntax.WordHdoc && holdsValue(r.Word)
		}
	case *syntax.BinaryCmd:
		to, input = n.Y, (n.Op == syntax.Pipe || n.Op == syntax.PipeAll) && holdsValue(n.X)
	}
	if !input || to == nil {
		return ""
	}
	syntax.Walk(to, func(inner syntax.Node) bool {
		if call, ok := inner.(*syntax.CallExpr); ok && why == "" {
			why = readCall(call).input
		}
		return why == ""
	})
	return why
}
