package versionfile

import "bytes"

// scanJSONC finds values in JSON with comments and commas before closing brackets, both of which it blanks first.
func scanJSONC(text []byte, want [][]step) ([]hit, error) {
	plain := language{line: []string{"//"}, block: [][2]string{{"/*", "*/"}}, quotes: `"`}.mask(text)
	inText := false
	comma := -1 // the last thing that isn't white space, where it is a comma
	for i := 0; i < len(plain); i++ {
		c := plain[i]
		switch {
		case inText:
			if c == '\\' {
				i++
			}
			inText = c != '"'
		case bytes.IndexByte([]byte(" \t\r\n"), c) >= 0:
		case c == ',':
			comma = i
		default:
			if comma >= 0 && (c == '}' || c == ']') {
				plain[comma] = ' '
			}
			inText, comma = c == '"', -1
		}
	}
	return scanJSON(plain, want)
}
