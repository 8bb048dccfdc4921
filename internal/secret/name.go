package secret

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// words are what a part of a variable's name says where its value is a credential.
var words = []string{
	"TOKEN", "PASSWORD", "PASSWD", "PASS", "SSHPASS", "PASSPHRASE", "SECRET", "SECRETS", "CREDENTIAL", "CREDENTIALS", "APIKEY", "WEBHOOK", "PAT",
}

// endings are those of words that were written together, as in PGPASSWORD.
var endings = []string{"TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "APIKEY"}

// opens is a key that opens something: not every KEY does.
var opens = lazyregexp.New(`(?:^|_)(?:API|PRIVATE|ACCESS|SIGNING|SSH|DEPLOY|GPG|ENCRYPTION|AUTH)_?KEY(?:_|$)`)

// Name says whether a variable of this name holds a credential. Whole words count, so that GIT_AUTHOR_NAME, which
// has "auth" in it, is none; and neither is the path of a file with one.
func Name(name string) bool {
	name = strings.ToUpper(name)
	parts := strings.Split(name, "_")
	switch last := parts[len(parts)-1]; last {
	case "URL":
		return slices.Contains(parts, "WEBHOOK") // who knows the address may post there
	case "FILE", "PATH", "DIR", "NAME", "ID", "TYPE", "USER":
		return false
	}
	ends := func(part string) bool {
		return slices.ContainsFunc(endings, func(word string) bool { return strings.HasSuffix(part, word) })
	}
	return strings.Contains(name, "KEY") && opens.MatchString(name) || strings.HasSuffix(name, "_PWD") ||
		slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(words, p) || ends(p) })
}
