package config

import (
	"fmt"
	"strconv"

	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/token"
)

// regexpNode is a regular expression of JavaScript, "/source/flags".
const regexpNode nodeKind = "a regular expression"

// severity gives the level that one of the names of commitlint's own types stands for.
func severity(name string) string {
	switch name {
	case "Disabled":
		return "0"
	case "Warning":
		return "1"
	case "Error":
		return "2"
	}
	return ""
}

// value reads an expression as data.
func (m *module) value(e ast.Expression) node {
	m.depth++
	if m.read++; m.depth > maxDepth || m.read > maxNodes { // names that name each other may have no end
		m.depth--
		return m.code(e)
	}
	defer func() { m.depth-- }()
	switch e := e.(type) {
	case *ast.StringLiteral:
		return m.at(e, textNode, e.Value.String())
	case *ast.NumberLiteral:
		return m.at(e, numberNode, numberText(e.Value))
	case *ast.BooleanLiteral:
		return m.at(e, boolNode, strconv.FormatBool(e.Value))
	case *ast.NullLiteral:
		return m.at(e, nullNode, "")
	case *ast.RegExpLiteral:
		return m.at(e, regexpNode, "/"+e.Pattern+"/"+e.Flags)
	case *ast.TemplateLiteral:
		return m.template(e)
	case *ast.ArrayLiteral:
		return m.list(e)
	case *ast.ObjectLiteral:
		return m.object(e)
	case *ast.Identifier:
		return m.name(e)
	case *ast.DotExpression:
		return m.member(e)
	case *ast.UnaryExpression:
		return m.unary(e)
	case *ast.BinaryExpression:
		return m.sum(e)
	case *ast.CallExpression:
		return m.call(e)
	}
	return m.code(e)
}

func numberText(value any) string {
	switch v := value.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// template reads text in backticks; what is put in must be data, too.
func (m *module) template(e *ast.TemplateLiteral) node {
	if e.Tag != nil {
		return m.code(e)
	}
	text := ""
	for i, part := range e.Elements {
		text += part.Parsed.String()
		if i < len(e.Expressions) {
			v := m.value(e.Expressions[i])
			if v.kind != textNode && v.kind != numberNode {
				return m.code(e)
			}
			text += v.text
		}
	}
	return m.at(e, textNode, text)
}

func (m *module) list(e *ast.ArrayLiteral) node {
	n := m.at(e, listNode, "")
	for _, item := range e.Value {
		switch item := item.(type) {
		case nil:
			n.items = append(n.items, m.at(e, nullNode, ""))
		case *ast.SpreadElement:
			v := m.value(item.Expression)
			if v.kind != listNode {
				return m.code(item.Expression)
			}
			n.items = append(n.items, v.items...)
		default:
			n.items = append(n.items, m.value(item))
		}
	}
	return n
}

func (m *module) object(e *ast.ObjectLiteral) node {
	n := m.at(e, mapNode, "")
	for _, p := range e.Value {
		switch p := p.(type) {
		case *ast.SpreadElement:
			v := m.value(p.Expression)
			if v.kind != mapNode {
				return m.code(p.Expression)
			}
			for _, entry := range v.entries {
				n.put(entry)
			}
		case *ast.PropertyShort:
			n.put(m.entry(&p.Name, p.Name.Name.String(), m.name(&p.Name)))
		case *ast.PropertyKeyed:
			key := m.value(p.Key)
			if id, ok := p.Key.(*ast.Identifier); ok && !p.Computed {
				key = m.at(id, textNode, id.Name.String())
			}
			if key.kind != textNode && key.kind != numberNode {
				return m.code(p.Key)
			}
			value := m.code(p.Value)
			if p.Kind == ast.PropertyKindValue {
				value = m.value(p.Value)
			}
			n.put(m.entry(p.Key, key.text, value))
		default:
			return m.code(e)
		}
	}
	return n
}

func (m *module) entry(at ast.Node, key string, value node) entry {
	p := m.position(at.Idx0())
	return entry{key: key, line: p.Line, col: p.Column, value: value}
}

// put sets an entry; the last one of a key holds, in the place of the first. What is undefined isn't there.
func (n *node) put(e entry) {
	for i := range n.entries {
		if n.entries[i].key == e.key {
			n.entries[i] = e
			return
		}
	}
	if e.value.kind != undefinedNode {
		n.entries = append(n.entries, e)
	}
}

const undefinedNode nodeKind = "undefined"

func (m *module) name(e *ast.Identifier) node {
	name := e.Name.String()
	if value := m.values[name]; value != nil {
		return m.value(value)
	}
	switch name {
	case "undefined":
		return m.at(e, undefinedNode, "")
	case "Infinity":
		return m.at(e, textNode, name)
	}
	return m.code(e)
}

// member reads a.b of data, and of the enumeration of levels that commitlint exports.
func (m *module) member(e *ast.DotExpression) node {
	name := e.Identifier.Name.String()
	if id, ok := e.Left.(*ast.Identifier); ok && m.imports[id.Name.String()] == "RuleConfigSeverity" && severity(name) != "" {
		return m.at(e, numberNode, severity(name))
	}
	if object := m.value(e.Left); object.kind == mapNode {
		if found, ok := object.get(name); ok {
			return found.value
		}
		return m.at(e, undefinedNode, "")
	}
	return m.code(e)
}

func (m *module) unary(e *ast.UnaryExpression) node {
	v := m.value(e.Operand)
	switch {
	case e.Postfix:
	case e.Operator == token.MINUS && v.kind == numberNode:
		return m.at(e, numberNode, "-"+v.text)
	case e.Operator == token.PLUS && v.kind == numberNode:
		return v
	case e.Operator == token.NOT && (v.kind == boolNode || v.kind == numberNode):
		return m.at(e, boolNode, strconv.FormatBool(v.text == "false" || v.text == "0"))
	}
	return m.code(e)
}

// sum joins texts.
func (m *module) sum(e *ast.BinaryExpression) node {
	left, right := m.value(e.Left), m.value(e.Right)
	if e.Operator == token.PLUS && left.kind == textNode && right.kind == textNode {
		return m.at(e, textNode, left.text+right.text)
	}
	return m.code(e)
}

// call knows require.resolve("name"), which is the name as far as a configuration is concerned, and Object.freeze.
func (m *module) call(e *ast.CallExpression) node {
	callee, ok := e.Callee.(*ast.DotExpression)
	if !ok || len(e.ArgumentList) != 1 {
		return m.code(e)
	}
	object, ok := callee.Left.(*ast.Identifier)
	if !ok {
		return m.code(e)
	}
	switch object.Name.String() + "." + callee.Identifier.Name.String() {
	case "require.resolve", "Object.freeze":
		return m.value(e.ArgumentList[0])
	}
	return m.code(e)
}
