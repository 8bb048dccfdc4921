package npm

import (
	"encoding/json"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// An npmrc is one file of npm's settings. A key with brackets behind it is a list.
type npmrc struct {
	name   string // for people
	ours   bool   // it is of the environment or the user, not of the repository
	values map[string][]string
	text   string // as it is written
}

// parseNpmrc reads a file of settings as npm 11 does: NAME=value, a comment behind ; or #, and ${VARIABLE} in names and
// values. What stands in a section is not npm's.
func parseNpmrc(name, text string, env func(string) string) npmrc {
	rc := npmrc{name: name, text: text, values: map[string][]string{}}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, ";") || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			return rc // sections go on until the end
		}
		key, value, valued := strings.Cut(line, "=")
		if value = unquoted(value); !valued {
			value = "true"
		}
		key, list := strings.CutSuffix(unquoted(key), "[]")
		key, value = expand(key, env), strings.TrimSpace(expand(value, env))
		if !list {
			rc.values[key] = nil
		}
		rc.values[key] = append(rc.values[key], value)
	}
	return rc
}

// unquoted reads a name or a value: text in quotes, or up to a comment, where a backslash makes \, ; and # ordinary.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	if n := len(text); n > 1 && (text[0] == '"' || text[0] == '\'') && text[n-1] == text[0] {
		if text[0] == '\'' {
			text = text[1 : n-1]
		}
		var inner string
		if json.Unmarshal([]byte(text), &inner) == nil {
			return inner
		}
		return text
	}
	var plain strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ';' || c == '#':
			return strings.TrimSpace(plain.String())
		case c == '\\' && i+1 < len(text) && strings.IndexByte(`\;#`, text[i+1]) >= 0:
			i++
			plain.WriteByte(text[i])
		default:
			plain.WriteByte(c)
		}
	}
	return strings.TrimSpace(plain.String())
}

var variable = lazyregexp.New(`(\\*)\$\{([^${}?]+)(\?)?\}`)

// expand puts in what variables hold. One that isn't set stays as it is written, with a question mark behind its name it
// is nothing; a backslash before it keeps it from being one.
func expand(text string, env func(string) string) string {
	return variable.Get().ReplaceAllStringFunc(text, func(found string) string {
		m := variable.FindStringSubmatch(found)
		slashes, name := m[1], m[2]
		if len(slashes)%2 == 1 {
			return found[(len(slashes)+1)/2:]
		}
		value := env(name)
		if value == "" && m[3] == "" {
			value = "${" + name + "}"
		}
		return slashes[:len(slashes)/2] + value
	})
}

// unset is the name of the first variable that a value still waits for, "" where it waits for none.
func unset(value string) string {
	if m := variable.FindStringSubmatch(value); m != nil && len(m[1])%2 == 0 {
		return m[2]
	}
	return ""
}
