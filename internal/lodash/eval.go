package lodash

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/parser"
	"github.com/grafana/sobek/token"
)

// limits of one expression: a template is a line, no program.
const (
	maxSource = 10_000
	maxSteps  = 10_000
	maxText   = 4 << 20
)

// Check says what of an expression is more than is evaluated; roots are the names that it may begin with.
func Check(expr string, roots []string) error {
	known := map[string]any{}
	for _, name := range roots {
		known[name] = anything{}
	}
	_, err := Eval(expr, known)
	return err
}

// Eval gives the value of an expression over data: nil (null), Undefined, a string, a float64, a bool, []any, map[string]any,
// Named or time.Time.
func Eval(expr string, data map[string]any) (value any, err error) {
	e := &evaluator{data: data, source: expr}
	defer func() {
		if wrong := recover(); wrong != nil { // the parser is others' work, and the expression anybody's
			value, err = nil, &BeyondError{Code: expr, Why: fmt.Sprintf("is not understood: %v", wrong)}
		}
	}()
	tree, err := e.parse()
	if err != nil {
		return nil, err
	}
	return e.eval(tree)
}

type evaluator struct {
	data   map[string]any
	source string
	steps  int
	base   int // of the parser's places
}

// before is put before an expression, so that an object is no block.
const before = "("

func (e *evaluator) parse() (ast.Expression, error) {
	if len(e.source) > maxSource {
		return nil, &BeyondError{Code: e.source[:100] + "…", Why: "is too long for an expression"}
	}
	program, err := parser.ParseFile(nil, "", before+e.source+"\n)", 0, parser.WithDisableSourceMaps)
	if err != nil || len(program.Body) != 1 {
		return nil, &BeyondError{Code: e.source, Why: "is no expression of JavaScript"}
	}
	statement, ok := program.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return nil, &BeyondError{Code: e.source, Why: "is a statement, and only expressions are evaluated"}
	}
	e.base = program.File.Base() + len(before)
	return statement.Expression, nil
}

// beyond quotes what is not evaluated.
func (e *evaluator) beyond(n ast.Node, why string) error {
	from, to := int(n.Idx0())-e.base, int(n.Idx1())-e.base
	code := e.source
	if from >= 0 && from < to && to <= len(e.source) {
		code = e.source[from:to]
	}
	return &BeyondError{Code: code, Why: why}
}

func (e *evaluator) eval(n ast.Expression) (any, error) {
	if e.steps++; e.steps > maxSteps {
		return nil, &BeyondError{Code: e.source, Why: "takes too long"}
	}
	switch n := n.(type) {
	case *ast.StringLiteral:
		return n.Value.String(), nil
	case *ast.NumberLiteral:
		return number(n.Value), nil
	case *ast.BooleanLiteral:
		return n.Value, nil
	case *ast.NullLiteral:
		return nil, nil
	case *ast.RegExpLiteral:
		return newPattern(n.Pattern, n.Flags)
	case *ast.TemplateLiteral:
		return e.template(n)
	case *ast.ArrayLiteral:
		return e.list(n.Value)
	case *ast.Identifier:
		return e.name(n)
	case *ast.DotExpression:
		return e.member(n, n.Left, n.Identifier.Name.String())
	case *ast.BracketExpression:
		key, err := e.eval(n.Member)
		if err != nil {
			return nil, err
		}
		return e.member(n, n.Left, Text(key))
	case *ast.OptionalChain:
		v, err := e.eval(n.Expression)
		if errors.Is(err, errNothing) {
			return Undefined, nil
		}
		return v, err
	case *ast.Optional:
		v, err := e.eval(n.Expression)
		if err == nil && (v == nil || v == Undefined) {
			err = errNothing
		}
		return v, err
	case *ast.UnaryExpression:
		return e.unary(n)
	case *ast.BinaryExpression:
		return e.binary(n)
	case *ast.ConditionalExpression:
		return e.condition(n)
	case *ast.CallExpression:
		return e.call(n)
	case *ast.NewExpression:
		return e.construct(n)
	}
	return nil, e.beyond(n, "is more than semcut evaluates")
}

// errNothing ends an optional chain early.
var errNothing = errors.New("nothing")

func (e *evaluator) list(items []ast.Expression) ([]any, error) {
	list := []any{}
	for _, item := range items {
		if item == nil {
			list = append(list, Undefined)
			continue
		}
		v, err := e.eval(item)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

func (e *evaluator) template(n *ast.TemplateLiteral) (any, error) {
	if n.Tag != nil {
		return nil, e.beyond(n, "calls a function, which semcut doesn't run")
	}
	var out strings.Builder
	for i, part := range n.Elements {
		out.WriteString(part.Parsed.String())
		if i < len(n.Expressions) {
			v, err := e.eval(n.Expressions[i])
			if err != nil {
				return nil, err
			}
			out.WriteString(jsText(v))
		}
	}
	return out.String(), nil
}

func (e *evaluator) name(n *ast.Identifier) (any, error) {
	name := n.Name.String()
	if v, ok := e.data[name]; ok {
		return v, nil
	}
	switch name {
	case "undefined":
		return Undefined, nil
	case "NaN":
		return math.NaN(), nil
	case "Infinity":
		return math.Inf(1), nil
	}
	names := make([]string, 0, len(e.data))
	for name := range e.data {
		names = append(names, name)
	}
	slices.Sort(names)
	return nil, &BeyondError{Code: name, Why: "is not known here; known are " + strings.Join(names, ", ")}
}

func (e *evaluator) member(n ast.Expression, of ast.Expression, key string) (any, error) {
	object, err := e.eval(of)
	if err != nil {
		return nil, err
	}
	v, ok := get(object, key)
	if !ok {
		return nil, e.beyond(n, "asks "+nothingOr(object)+" for a member")
	}
	return v, nil
}

func (e *evaluator) unary(n *ast.UnaryExpression) (any, error) {
	if n.Postfix {
		return nil, e.beyond(n, "changes a value")
	}
	v, err := e.eval(n.Operand)
	if err != nil {
		return nil, err
	}
	switch n.Operator {
	case token.NOT:
		return !truth(v), nil
	case token.MINUS:
		return -toNumber(v), nil
	case token.PLUS:
		return toNumber(v), nil
	case token.TYPEOF:
		return typeOf(v), nil
	}
	return nil, e.beyond(n, "is more than semcut evaluates")
}

func (e *evaluator) condition(n *ast.ConditionalExpression) (any, error) {
	test, err := e.eval(n.Test)
	if err != nil {
		return nil, err
	}
	if _, checking := test.(anything); checking { // both ways are to be checked
		if _, err := e.eval(n.Consequent); err != nil {
			return nil, err
		}
		return e.eval(n.Alternate)
	}
	if truth(test) {
		return e.eval(n.Consequent)
	}
	return e.eval(n.Alternate)
}

func (e *evaluator) binary(n *ast.BinaryExpression) (any, error) {
	left, err := e.eval(n.Left)
	if err != nil {
		return nil, err
	}
	_, checking := left.(anything)
	if !checking {
		switch {
		case n.Operator == token.LOGICAL_OR && truth(left), n.Operator == token.LOGICAL_AND && !truth(left):
			return left, nil
		case n.Operator == token.COALESCE && left != nil && left != Undefined:
			return left, nil
		}
	}
	right, err := e.eval(n.Right)
	if err != nil {
		return nil, err
	}
	switch n.Operator {
	case token.LOGICAL_OR, token.LOGICAL_AND, token.COALESCE:
		if checking {
			return left, nil
		}
		return right, nil
	}
	v, ok := operate(n.Operator, left, right)
	if !ok {
		return nil, e.beyond(n, "is more than semcut evaluates")
	}
	if text, long := v.(string); long && len(text) > maxText {
		return nil, e.beyond(n, "makes a text that is too long")
	}
	return v, nil
}

// call calls a method of a text, a list or a date, or one of a few functions.
func (e *evaluator) call(n *ast.CallExpression) (any, error) {
	var object any
	name := ""
	switch callee := n.Callee.(type) {
	case *ast.Identifier:
		name = callee.Name.String()
	case *ast.DotExpression:
		v, err := e.eval(callee.Left)
		if err != nil {
			return nil, err
		}
		object, name = v, "."+callee.Identifier.Name.String()
	default:
		return nil, e.beyond(n, "calls a function, which semcut doesn't run")
	}
	args, err := e.list(n.ArgumentList)
	if err != nil {
		return nil, err
	}
	v, err := invoke(object, name, args)
	if err != nil {
		return nil, e.beyond(n, err.Error())
	}
	return v, nil
}

// construct knows new Date().
func (e *evaluator) construct(n *ast.NewExpression) (any, error) {
	if id, ok := n.Callee.(*ast.Identifier); !ok || id.Name != "Date" {
		return nil, e.beyond(n, "is more than semcut evaluates")
	}
	args, err := e.list(n.ArgumentList)
	if err != nil {
		return nil, err
	}
	now, ok := e.data[Now]
	if !ok || len(args) > 0 {
		return dateOf(args, e.beyond(n, "is no date"))
	}
	return now, nil
}

func number(v any) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}
