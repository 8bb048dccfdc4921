package versionfile

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
)

// goSource finds the texts of the package's constants and variables that are named Version or version.
func goSource() finder {
	return finder{`"Version", "version"`, func(text []byte) ([]span, error) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, "", text, parser.SkipObjectResolution)
		if e, ok := errors.AsType[goscanner.ErrorList](err); ok && len(e) > 0 {
			return nil, fmt.Errorf("line %d: %s", e[0].Pos.Line, e[0].Msg)
		}
		if err != nil {
			return nil, err
		}
		var spans []span
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				for _, s := range goTexts(d) {
					spans = append(spans, span{set.PositionFor(s.Pos(), false).Offset + 1, set.PositionFor(s.End(), false).Offset - 1})
				}
			}
		}
		return spans, nil
	}}
}

// goTexts gives the literals that a declaration gives to a version.
func goTexts(d *ast.GenDecl) []*ast.BasicLit {
	var all []*ast.BasicLit
	for _, s := range d.Specs {
		values, ok := s.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range values.Names {
			if i >= len(values.Values) || name.Name != "Version" && name.Name != "version" {
				continue
			}
			if text, ok := values.Values[i].(*ast.BasicLit); ok && text.Kind == token.STRING {
				all = append(all, text)
			}
		}
	}
	return all
}
