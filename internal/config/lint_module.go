package config

import (
	"errors"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/parser"

	"github.com/semcut/semcut/release"
)

var scriptEndings = []string{".js", ".cjs", ".mjs"}
var typedEndings = []string{".ts", ".cts", ".mts"}

// isModule says whether a file is a program: one in JavaScript or TypeScript.
func isModule(file string) bool {
	ending := filepath.Ext(file)
	return slices.Contains(scriptEndings, ending) || slices.Contains(typedEndings, ending)
}

// parseModule reads what a module exports, as far as it stands there as data. Nothing is run: what only running it could
// tell is a value of the kind code.
func parseModule(file string, data []byte) (t tree, err error) {
	defer func() {
		if wrong := recover(); wrong != nil { // the parsers are others' work, and the file is anybody's
			err = release.Errorf(release.CodeConfig, "write the settings in .semcut.yaml", "reading %s: its syntax is not understood: %v", file, wrong)
		}
	}()
	if !utf8.Valid(data) {
		return tree{}, release.Errorf(release.CodeConfig, "save it as UTF-8", "reading %s: it is not UTF-8", file)
	}
	if len(data) > maxFile {
		return tree{}, release.Errorf(release.CodeConfig, "name the right file", "reading %s: %d bytes are too many for a configuration", file, len(data))
	}
	if tooDeep(data) {
		return tree{}, release.Errorf(release.CodeConfig, "name the right file", "reading %s: it is nested too deep", file)
	}
	source, option := string(data), parser.WithDisableSourceMaps
	if slices.Contains(typedEndings, filepath.Ext(file)) {
		stripped, err := withoutTypes(file, source)
		if err != nil {
			return tree{}, err
		}
		noMaps := func(string) ([]byte, error) { return nil, errors.New("no other map is read") }
		source, option = stripped, parser.WithSourceMapLoader(noMaps)
	}
	program, err := parser.ParseFile(nil, file, source, 0, parser.IsModule, option)
	if err != nil {
		return tree{}, badModule(file, err)
	}
	m := &module{program: program, source: source, values: map[string]ast.Expression{}, imports: map[string]string{}}
	root := m.exported()
	return tree{file: file, root: root}, nil
}

// tooDeep says whether brackets lie deeper in each other than anybody means. The parsers would go down with them until the
// stack is full, which nothing can catch.
func tooDeep(data []byte) bool {
	depth := 0
	for _, c := range data {
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(depth-1, 0)
		}
		if depth > maxDepth {
			return true
		}
	}
	return false
}

// withoutTypes makes JavaScript of TypeScript; a map inside of it leads back to the lines of the file.
func withoutTypes(file, source string) (string, error) {
	r := api.Transform(source, api.TransformOptions{Loader: api.LoaderTS, Sourcemap: api.SourceMapInline, Sourcefile: file, LogLevel: api.LogLevelSilent})
	if len(r.Errors) == 0 {
		return string(r.Code), nil
	}
	line, col := 0, 0
	if at := r.Errors[0].Location; at != nil {
		line, col = at.Line, at.Column+1
	}
	return "", wrongAt(release.CodeConfig, "mend the syntax", file, line, col, "%s", r.Errors[0].Text)
}

func badModule(file string, err error) error {
	if list, ok := errors.AsType[parser.ErrorList](err); ok && len(list) > 0 {
		first := list[0]
		return wrongAt(release.CodeConfig, "mend the syntax", file, first.Position.Line, first.Position.Column, "%s", first.Message)
	}
	return release.Errorf(release.CodeConfig, "mend the syntax", "reading %s: %w", file, err)
}
