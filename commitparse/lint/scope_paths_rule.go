package lint

var scopePathsRule = Rule{
	Name:    "scope-paths",
	Doc:     "A scope that has a row in the value is only used where a path of the change fits it: {\"lid\": [\"src/lid\"]}. A pattern is a folder, or a path in which * stands for anything but \"/\" and ** for anything. Messages whose paths are not known pass.",
	Mend:    "use the scope of the folders that the change touches, or leave it out",
	Good:    []string{"feat(lid): a", "feat: a"},
	Bad:     []string{"feat(box): a"},
	Default: Setting{Level: Error, Value: map[string]any{"lid": []any{"src/lid"}, "box": []any{"src/box"}}},
	Own:     true,
	value:   pathsValue,
	check:   checkScopePaths,
}
