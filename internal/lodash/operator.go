package lodash

import (
	"math"

	"github.com/grafana/sobek/token"
)

// operate computes left operator right as JavaScript does; ok is false for an operator that isn't one of the subset.
func operate(op token.Token, left, right any) (v any, ok bool) {
	switch op {
	case token.STRICT_EQUAL:
		return same(left, right), true
	case token.STRICT_NOT_EQUAL:
		return !same(left, right), true
	case token.EQUAL:
		return alike(left, right), true
	case token.NOT_EQUAL:
		return !alike(left, right), true
	case token.PLUS:
		if isNumeric(left) && isNumeric(right) {
			return toNumber(left) + toNumber(right), true
		}
		return jsText(left) + jsText(right), true
	case token.LESS, token.GREATER, token.LESS_OR_EQUAL, token.GREATER_OR_EQUAL:
		return compare(op, left, right), true
	case token.MINUS:
		return toNumber(left) - toNumber(right), true
	case token.MULTIPLY:
		return toNumber(left) * toNumber(right), true
	case token.SLASH:
		return toNumber(left) / toNumber(right), true
	case token.REMAINDER:
		return math.Mod(toNumber(left), toNumber(right)), true
	}
	return nil, false
}

func isNumeric(v any) bool {
	switch v.(type) {
	case nil, undefined, bool, float64:
		return true
	}
	return false
}

// same is ===. Objects and lists are only themselves, and none is written twice in an expression.
func same(a, b any) bool {
	if n, ok := a.(Named); ok { // some plugins hand in a branch's name, others the branch
		a = n.Name
	}
	switch x := a.(type) {
	case nil, undefined:
		return a == b
	case string:
		y, ok := b.(string)
		return ok && x == y
	case float64:
		y, ok := b.(float64)
		return ok && x == y
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	}
	return false
}

// alike is ==.
func alike(a, b any) bool {
	nothingA, nothingB := a == nil || a == Undefined, b == nil || b == Undefined
	switch {
	case nothingA || nothingB:
		return nothingA && nothingB
	case typeOf(a) == typeOf(b):
		return same(a, b)
	case typeOf(a) == "object" || typeOf(b) == "object":
		return jsText(a) == jsText(b)
	}
	return toNumber(a) == toNumber(b)
}

func compare(op token.Token, left, right any) bool {
	a, textA := left.(string)
	b, textB := right.(string)
	order := 0
	switch x, y := toNumber(left), toNumber(right); {
	case textA && textB && a < b, !(textA && textB) && x < y:
		order = -1
	case textA && textB && a > b, !(textA && textB) && x > y:
		order = 1
	case !(textA && textB) && x != y:
		return false // not a number
	}
	switch op {
	case token.LESS:
		return order < 0
	case token.GREATER:
		return order > 0
	case token.LESS_OR_EQUAL:
		return order <= 0
	}
	return order >= 0
}
