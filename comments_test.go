package semcut_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryPublicNameHasAComment looks at the rooms that other programs may import, at names and methods alike.
func TestEveryPublicNameHasAComment(t *testing.T) {
	for _, room := range []string{"commitparse", "commitparse/lint", "changelog", "release", "release/releasetest", "release/versionfile", "release/provider/github", "release/registry/npm"} {
		files, err := filepath.Glob(filepath.FromSlash(room) + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("no source files in %s: %v", room, err)
		}
		about := false
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			about = about || file.Doc.Text() != ""
			for _, d := range file.Decls {
				for _, bare := range uncommented(d) {
					t.Errorf("%s: %s has no comment", name, bare)
				}
			}
		}
		if !about {
			t.Errorf("%s has no package comment", room)
		}
	}
}

// uncommented lists the exported names of a declaration that has no comment; one on a group is for all of it, and a
// method that every error or value has needs none.
func uncommented(d ast.Decl) []string {
	var names []string
	add := func(name *ast.Ident, comment *ast.CommentGroup) {
		if name.IsExported() && name.Name != "Error" && comment.Text() == "" {
			names = append(names, name.Name)
		}
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		add(d.Name, d.Doc)
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if s, ok := s.(*ast.TypeSpec); ok {
				add(s.Name, d.Doc)
			}
			if s, ok := s.(*ast.ValueSpec); ok && d.Doc == nil {
				add(s.Names[0], s.Doc)
			}
		}
	}
	return names
}
