package secret

import (
	"encoding/base64"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// InHeader gives the credentials of an HTTP header, "Name: value": what stands behind the scheme of an Authorization, with
// the password in it, and the value of any other header whose name says that it is one.
func InHeader(name, value string) []string {
	name, value = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(name), "-", "_")), strings.TrimSpace(value)
	switch {
	case value == "":
		return nil
	case name == "AUTHORIZATION" || name == "PROXY_AUTHORIZATION":
		_, credential, spaced := strings.Cut(value, " ")
		if !spaced {
			return []string{value}
		}
		return append([]string{strings.TrimSpace(credential)}, inBasic(strings.TrimSpace(credential))...)
	case name == "COOKIE" || Name(name):
		return []string{value}
	}
	return nil
}

// inBasic gives the password of a Basic credential, and a user that is a token.
func inBasic(credential string) (found []string) {
	plain, err := base64.StdEncoding.DecodeString(credential)
	if err != nil {
		return nil
	}
	user, password, _ := strings.Cut(string(plain), ":")
	if password != "" && password != basicOAuth {
		found = append(found, password)
	}
	if Token(user) {
		found = append(found, user)
	}
	return found
}

// issued are the beginnings of tokens whose issuer marks them.
var issued = lazyregexp.New(`^(?:gh[pousr]_|github_pat_|glpat-|glptt-|gldt-|glcbt-|ATATT|ATBB|npm_|pypi-)\S`)

// Token says whether what stands in the place of a user's name is a token: people's names are shorter, and have no digits
// in the middle of that many letters.
func Token(user string) bool {
	return issued.MatchString(user) || len(user) >= minToken && strings.ContainsAny(user, "0123456789") && !strings.ContainsAny(user, "@. ")
}

const minToken = 20
