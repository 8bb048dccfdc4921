package config

import (
	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/file"
	"github.com/grafana/sobek/token"
)

// module is a parsed module with the names that its top level gives to values.
type module struct {
	program *ast.Program
	source  string
	values  map[string]ast.Expression
	imports map[string]string // what a name was imported as
	depth   int
	read    int // how many values were read
}

// exported gives the value of export default, or of module.exports. A statement that does anything but to name a value
// makes all of it code: who knows what it changes.
func (m *module) exported() node {
	var found ast.Expression
	for _, s := range m.program.Body {
		switch s := s.(type) {
		case *ast.ImportDeclaration:
			m.imported(s)
		case *ast.LexicalDeclaration:
			m.bind(s.List)
		case *ast.VariableStatement:
			m.bind(s.List)
		case *ast.FunctionDeclaration, *ast.ClassDeclaration, *ast.EmptyStatement:
		case *ast.ExportDeclaration:
			switch {
			case s.IsDefault && s.AssignExpression != nil:
				found = s.AssignExpression
			case s.LexicalDeclaration != nil:
				m.bind(s.LexicalDeclaration.List)
			case s.IsDefault:
				return m.code(s)
			case s.NamedExports != nil:
				if name := defaultOf(s.NamedExports); name != nil {
					found = name
				}
			}
		case *ast.ExpressionStatement:
			value, ok := exportsAssignment(s.Expression)
			if !ok && !isDirective(s.Expression) {
				return m.code(s)
			}
			if ok {
				found = value
			}
		default:
			return m.code(s)
		}
	}
	if found == nil {
		return node{kind: codeNode, line: 1, col: 1, text: "it exports no object"}
	}
	return m.value(found)
}

func defaultOf(names *ast.NamedExports) ast.Expression {
	for _, e := range names.ExportsList {
		if e.Alias == "default" {
			return &ast.Identifier{Name: e.IdentifierName}
		}
	}
	return nil
}

// isDirective knows "use strict".
func isDirective(e ast.Expression) bool {
	_, ok := e.(*ast.StringLiteral)
	return ok
}

// exportsAssignment reads module.exports = value, also where exports is set in the same breath.
func exportsAssignment(e ast.Expression) (ast.Expression, bool) {
	ours := false
	for {
		assign, ok := e.(*ast.AssignExpression)
		if !ok {
			return e, ours
		}
		left, isName := assign.Left.(*ast.Identifier)
		switch {
		case assign.Operator != token.ASSIGN:
			return nil, false
		case isModuleExports(assign.Left):
			ours = true
		case !isName || left.Name != "exports":
			return nil, false
		}
		e = assign.Right
	}
}

func isModuleExports(e ast.Expression) bool {
	dot, ok := e.(*ast.DotExpression)
	if !ok || dot.Identifier.Name != "exports" {
		return false
	}
	object, ok := dot.Left.(*ast.Identifier)
	return ok && object.Name == "module"
}

func (m *module) imported(s *ast.ImportDeclaration) {
	if s.ImportClause == nil || s.ImportClause.NamedImports == nil {
		return
	}
	for _, i := range s.ImportClause.NamedImports.ImportsList {
		name := i.Alias
		if name == "" {
			name = i.IdentifierName
		}
		m.imports[name.String()] = i.IdentifierName.String()
	}
}

// bind notes the values of names; a name that is given a value twice has none that is known.
func (m *module) bind(list []*ast.Binding) {
	for _, b := range list {
		name, ok := b.Target.(*ast.Identifier)
		if !ok || b.Initializer == nil {
			continue
		}
		if _, twice := m.values[name.Name.String()]; twice {
			m.values[name.Name.String()] = nil
			continue
		}
		m.values[name.Name.String()] = b.Initializer
	}
}

// at makes a node with the place of what it was read from.
func (m *module) at(n ast.Node, kind nodeKind, text string) node {
	p := m.position(n.Idx0())
	return node{kind: kind, line: p.Line, col: p.Column, text: text}
}

func (m *module) position(at file.Idx) file.Position {
	return m.program.File.Position(int(at) - m.program.File.Base())
}

// code makes the value of what only running it could tell.
func (m *module) code(n ast.Node) node {
	base := m.program.File.Base()
	from, to := int(n.Idx0())-base, int(n.Idx1())-base
	text := ""
	if from >= 0 && from < to && to <= len(m.source) {
		text = m.source[from:to]
	}
	return m.at(n, codeNode, text)
}
