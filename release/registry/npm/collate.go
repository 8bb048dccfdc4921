package npm

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// english compares texts as JavaScript's localeCompare does in English.
func english() func(a, b string) int { return collate.New(language.English).CompareString }
