package lint

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// judgePaths says what is wrong with the value of scope-paths.
func judgePaths(value any) error {
	rows, ok := value.(map[string]any)
	if !ok {
		return errors.New(`the value must say which paths a scope has, like {"lid": ["src/lid"]}`)
	}
	for scope, patterns := range rows {
		if err := judgeTexts(patterns); err != nil {
			return fmt.Errorf("scope %q: %w", scope, err)
		}
		for _, p := range texts(patterns) {
			if _, err := path.Match(p, ""); err != nil {
				return fmt.Errorf("scope %q: %q is no pattern", scope, p)
			}
		}
	}
	return nil
}

func checkScopePaths(m *Message, s Setting) *finding {
	rows, _ := s.Value.(map[string]any)
	if m.Scope == "" || len(m.Paths) == 0 {
		return nil
	}
	for _, scope := range segments(m.Scope, nil) {
		patterns, ok := rows[scope]
		if !ok {
			continue
		}
		fits := anyFits(texts(patterns), m.Paths)
		list := "scope " + scope + " must fit a changed path of [" + strings.Join(texts(patterns), ", ") + "]"
		if f := judge(s, fits, list, strings.Replace(list, "must fit", "must not fit", 1), m.atScope()); f != nil {
			return f
		}
	}
	return nil
}

func anyFits(patterns, paths []string) bool {
	for _, p := range paths {
		for _, pattern := range patterns {
			if pathFits(strings.Split(strings.Trim(pattern, "/"), "/"), strings.Split(p, "/")) {
				return true
			}
		}
	}
	return false
}

// pathFits matches a path name by name. A pattern that ends before the path names a folder.
func pathFits(pattern, names []string) bool {
	for i, p := range pattern {
		if p == "**" {
			for skip := i; skip <= len(names); skip++ {
				if pathFits(pattern[i+1:], names[skip:]) {
					return true
				}
			}
			return false
		}
		if i >= len(names) {
			return false
		}
		if ok, _ := path.Match(p, names[i]); !ok {
			return false
		}
	}
	return true
}
