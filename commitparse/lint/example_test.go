package lint_test

import (
	"fmt"

	"github.com/semcut/semcut/commitparse/lint"
)

func ExampleCheck() {
	c := lint.Conventional()
	c.Set("scope-enum", lint.Setting{Level: lint.Error, Value: []any{"lid", "hinge"}})
	r := lint.Check("feat(box): add a lid.", c)
	for _, p := range r.Errors {
		fmt.Printf("%d:%d %s [%s]\n", p.Line, p.Col, p.Text, p.Rule)
	}
	// Output:
	// 1:21 subject may not end with full stop [subject-full-stop]
	// 1:6 scope must be one of [lid, hinge] [scope-enum]
}
