package commitparse

import "github.com/semcut/semcut/commitparse/internal/chars"

// IsSpace says whether a rune is white space in JavaScript: what its \s matches and its trim takes away. Other than
// unicode.IsSpace it takes U+FEFF and leaves U+0085.
func IsSpace(r rune) bool { return chars.IsSpace(r) }
