package release

import (
	"strings"

	"github.com/semcut/semcut/internal/lodash"
)

// Fill fills a template of a drop-in configuration with what failed: its errors and its branch.
func (f Failure) Fill(template string) (string, error) {
	return fill(template, nil, func() map[string]any {
		return map[string]any{
			"branch": lodash.Named{Name: f.Branch, Members: map[string]any{"name": f.Branch}},
			"errors": []any{f.lodash()},
		}
	})
}

// lodash is a failure as templates of semantic-release see one.
func (f Failure) lodash() map[string]any {
	return map[string]any{"message": f.Message, "code": string(f.Code), "details": f.Hint}
}

// Holds says whether a condition of a drop-in configuration, filled, is true.
func Holds(text string) bool {
	switch strings.TrimSpace(text) {
	case "", "false", "0", "null", "undefined", "NaN":
		return false
	}
	return true
}
