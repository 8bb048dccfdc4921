package secret

import (
	"net/url"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// authority is what stands before the last @ of what may be a URL. A password with a slash or an @ in it that nobody
// escaped makes it none, and belongs to it all the same.
var authority = lazyregexp.New(`^(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?(\S*)@`)

// InURL gives the credentials that stand in a URL, or in user:password@host without a scheme: the password, both as it is
// written and as it is meant, and over http a user that is a token.
func InURL(raw string) []string {
	raw = strings.TrimPrefix(raw, "git+")
	var found []string
	user, password := "", ""
	u, err := url.Parse(raw)
	switch isURL := err == nil && u.Host != ""; {
	case isURL && u.User == nil:
		return nil
	case isURL && !unclear(u):
		user, password = userInfo(raw[strings.Index(raw, "//")+2:])
	default:
		m := authority.FindStringSubmatch(raw)
		if m == nil {
			return nil
		}
		user, password, _ = strings.Cut(m[1], ":")
		if strings.Contains(password, "@") {
			found = strings.Split(password, "@") // errors show what comes of reading it as a URL all the same
		}
	}
	if password != "" && password != basicOAuth {
		found = append(found, both(password)...)
	}
	if scheme, _, _ := strings.Cut(raw, "://"); Token(user) && scheme != "ssh" {
		found = append(found, both(user)...)
	}
	return found
}

// unclear says whether nobody can tell where the password ends: with a second @, maybe not at the first slash.
func unclear(u *url.URL) bool {
	return u.User != nil && strings.Contains(strings.TrimPrefix(u.String(), u.Scheme+"://"+u.User.String()+"@"), "@")
}

// WithoutUser is a URL for people: without the user and the password that may stand in it.
func WithoutUser(raw string) string {
	if u, err := url.Parse(raw); err != nil || unclear(u) {
		return longUser.ReplaceAllString(raw, "://")
	}
	return user.ReplaceAllString(raw, "://")
}

var (
	user     = lazyregexp.New(`://[^/]*@`)
	longUser = lazyregexp.New(`://.*@`)
)

// basicOAuth stands in the place of a password where the user is the token.
const basicOAuth = "x-oauth-basic"

// userInfo splits what stands before a URL's host; the last @ ends it, as for net/url.
func userInfo(rest string) (user, password string) {
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	user, password, _ = strings.Cut(rest[:max(0, strings.LastIndexByte(rest, '@'))], ":")
	return user, password
}

// both is a part of a URL as it is written and as it is meant.
func both(written string) []string {
	if meant, err := url.PathUnescape(written); err == nil && meant != written {
		return []string{written, meant}
	}
	return []string{written}
}

// InCredentials gives the password of "user:password", as GIT_CREDENTIALS has it.
func InCredentials(pair string) []string {
	_, password, _ := strings.Cut(pair, ":")
	if password == "" {
		return nil
	}
	return both(password)
}

// Hidden is a text without the credentials that its URLs hold, for what may come from anywhere.
func Hidden(text string) string { return withPassword.ReplaceAllString(text, "://***@") }

var withPassword = lazyregexp.New(`://[^\s"'<>/@:]*:[^\s"'<>/]+@`)
