package starter

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// plainScalar is a text that YAML reads as itself without quotes, also within brackets.
var plainScalar = lazyregexp.New(`^[A-Za-z][A-Za-z0-9._/-]*$`)

// quoted writes a text for YAML.
func quoted(text string) string {
	words := []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
	if plainScalar.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
