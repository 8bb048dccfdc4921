package changelog

import (
	"strings"
	"unicode"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lazyregexp"
)

// Person is somebody who took part in a release.
type Person struct {
	Name  string `json:"name"`
	Email string `json:"-"`
	Login string `json:"login"` // on the repository's forge, "" where nobody knows
	Bot   bool   `json:"bot"`
}

// botSuffix is how forges end the names and logins of programs.
const botSuffix = "[bot]"

// loginShape is what a login on a forge looks like. GitLab's may have _ and . in them.
var loginShape = lazyregexp.New(`^[A-Za-z0-9_](?:[-.]?[A-Za-z0-9_]){0,38}(?:\[bot\])?$`)

// asLogin gives a text that looks like a login, "" for any other.
func asLogin(text string) string {
	if loginShape.MatchString(text) {
		return text
	}
	return ""
}

// noreplyLogin reads the login in an address that a forge gives to those who hide theirs: ID+LOGIN on GitHub,
// ID-LOGIN on GitLab, and the mere login where the account is old.
func noreplyLogin(email string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 0 {
		return ""
	}
	name := email[:at]
	host, ok := strings.CutPrefix(lower(email[at+1:]), "users.noreply.")
	if !ok || host == "" {
		return ""
	}
	mark := "+"
	if strings.HasPrefix(host, "gitlab.") {
		mark = "-" // elsewhere 12-ann is a login
	}
	if id, rest, found := strings.Cut(name, mark); found && areDigits(id) {
		name = rest
	}
	return asLogin(name)
}

// isForge says whether an identity is GitHub itself, which commits what is done in a browser.
func (i identity) isForge() bool {
	return i.name == "GitHub" && lower(i.email) == "noreply@github.com"
}

// cleanName takes out of an identity what could garble the text that shows it.
func (i identity) cleanName() identity { return identity{cleanName(i.name), cleanName(i.email)} }

func cleanName(text string) string {
	if isClean(text) {
		return text // as most are
	}
	kept := strings.Map(func(r rune) rune {
		switch {
		case commitparse.IsSpace(r):
			return ' '
		case r == '<' || r == '>' || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(kept), " ")
}

// isClean says whether a text is of printable ASCII characters without < and >, and without blanks that are too many.
func isClean(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == '<' || c == '>' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return text == "" || before != ' '
}

// nameOr gives a name for somebody who has none.
func (i identity) nameOr(login string) string {
	local, _, _ := strings.Cut(i.email, "@")
	for _, name := range []string{i.name, login, strings.TrimSpace(local)} {
		if name != "" {
			return name
		}
	}
	return i.email
}

// areDigits says whether a text is a number in decimal digits.
func areDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
