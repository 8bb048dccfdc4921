package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/semcut/semcut/internal/signing"
)

// canary is a credential that may be seen nowhere.
type canary struct {
	kind     string
	variable string // where semcut gets it from, "" where a row says it
	given    string // what that holds
	value    string // the credential itself
	mark     string // a part of it that no way of escaping changes
}

// of makes a canary of a value with a mark in it, of letters and digits.
func of(kind, variable, before, mark, after string) canary {
	value := before + mark + after
	return canary{kind, variable, value, value, mark}
}

var (
	urlPassword    = of("password in a URL", "", "p@ss/w:", "URLcAnAryPassword11", "?é+&")
	urlUser        = of("token as the user of a URL", "", "ghp_", "UserCanaryOfUrl0123456789abcdef", "")
	helperPassword = of("password of a helper", "", "h%lp_", "HelperCanaryWord22", "#$1")
	extraHeader    = of("extraheader of actions/checkout", "", "ghs_", "ExtraCanaryHeader33", "_x")
	privateHeader  = of("another header", "", "glpat-", "PrivateCanaryHeader44", "-y")
	short          = of("password with signs that a log obeys", "", "::", "SignsCanaryWord13", "##[x")
	inJSON         = of("key in a variable's JSON", "", "", "JsonCanaryKey0123456789", "")
	long           = of("token longer than a line", "", "github_pat_"+strings.Repeat("x", 60), "LongCanary24", strings.Repeat("y", 60))
	webhook        = of("address of a webhook", "", "https://hooks.example.com/T0/", "WebhookCanary35", "/B")
	gitProxy       = of("password of git's proxy", "", "pr%xy_", "GitProxyCanary55", "^")
)

// others are the canaries that only some rows have.
var others = []canary{urlPassword, urlUser, helperPassword, extraHeader, privateHeader, gitProxy, short, inJSON, long, webhook}

// always are the canaries in the environment of every row. The first is the token that the forge takes.
var always = sync.OnceValue(func() []canary {
	token := canary{"GITHUB_TOKEN", "GITHUB_TOKEN", scriptToken, scriptToken, "canary0123456789abcdef"}
	credentials := of("GIT_CREDENTIALS", "GIT_CREDENTIALS", "cr/ed+", "CredentialsCanary66", "=")
	credentials.given = "jane:" + url.QueryEscape(credentials.value)
	proxy := of("password of a proxy", "HTTPS_PROXY", "px:", "ProxyCanaryWord77", "@!")
	proxy.given = "http://jane:" + url.QueryEscape(proxy.value) + "@127.0.0.1:9"
	database := of("password in a variable's URL", "DATABASE_URL", "db_", "DatabaseCanary88", "~")
	database.given = "postgres://jane:" + database.value + "@db.example.com/x"
	key, line, mark := "", "", ""
	for mark == "" { // chance decides what a line holds
		key = signingKey()
		line = strings.Split(key, "\n")[3]
		mark = regexp.MustCompile(`[A-Za-z0-9]{16,}`).FindString(line)
	}
	return []canary{
		token, of("GH_ENTERPRISE_TOKEN", "GH_ENTERPRISE_TOKEN", "ghe_", "EnterpriseCanary99", "_z"), of("NPM_TOKEN", "NPM_TOKEN", "npm_", "NpmCanaryToken12", ""),
		of("DEPLOY_TOKEN", "DEPLOY_TOKEN", `d"e<p>l_`, "DeployCanaryToken34", `\é&*y`), credentials, proxy, database,
		of("passphrase of a key", signing.PassphraseVariable, "a long ", "PhraseCanaryWord56", " of many"),
		{"line of a key", signing.KeyVariable, key, line, mark},
	}
})

// from is the canary that a variable holds.
func from(variable string) canary {
	return always()[slices.IndexFunc(always(), func(c canary) bool { return c.variable == variable })]
}

// signingKey is an ssh key behind the passphrase of always.
func signingKey() string {
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic(err)
	}
	block, err := ssh.MarshalPrivateKeyWithPassphrase(private, "canary", []byte("a long PhraseCanaryWord56 of many"))
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(block))
}

// written are the forms in which somebody may write a canary.
func (c canary) written() []string {
	v := c.value
	var everyByte strings.Builder
	for _, b := range []byte(v) {
		fmt.Fprintf(&everyByte, "%%%02x", b)
	}
	basic := base64.StdEncoding.EncodeToString([]byte("x-access-token:" + v))
	hexed := hex.EncodeToString([]byte(v))
	return []string{
		v, url.QueryEscape(v), lowered(url.PathEscape(v)), url.UserPassword("u", v).String(), everyByte.String(), strings.ToUpper(everyByte.String()), quoteJSON(v), quotePlainJSON(v),
		quoteJSON(quotePlainJSON(v)), strconv.Quote(v), strconv.QuoteToASCII(v), html.EscapeString(v), hexed, strings.ToUpper(hexed), basic, base64.RawURLEncoding.EncodeToString([]byte(":" + v)),
		base64.StdEncoding.EncodeToString([]byte("::" + v + "\n")),
	}
}

// lowered writes %2F as %2f.
func lowered(escaped string) string {
	return regexp.MustCompile(`%[0-9A-F]{2}`).ReplaceAllStringFunc(escaped, strings.ToLower)
}

// marks are what shows a canary, however it is written.
func (c canary) marks() []string {
	m := c.mark
	hexed, everyByte := hex.EncodeToString([]byte(m)), ""
	for _, b := range []byte(m) {
		everyByte += fmt.Sprintf("%%%02x", b)
	}
	all := []string{m, hexed, strings.ToUpper(hexed), everyByte, strings.ToUpper(everyByte)}
	for before := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte("::"[:before] + m + "::"))
		all = append(all, text[4:(before+len(m))/3*4])
	}
	return all
}

// search gives where canaries are seen.
func search(places map[string]string, canaries []canary, input func(string) bool) (hits []string) {
	for where, text := range places {
		if input != nil && input(where) {
			continue
		}
		for _, c := range canaries {
			for _, mark := range c.marks() {
				if i := strings.Index(text, mark); i >= 0 {
					hits = append(hits, fmt.Sprintf("%s holds the %s: …%q…", where, c.kind, text[max(0, i-60):min(len(text), i+len(mark)+20)]))
					break
				}
			}
		}
	}
	return hits
}

func quoteJSON(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// quotePlainJSON leaves < and & as they are, as many programs do.
func quotePlainJSON(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

// basic is how HTTP's Basic authentication writes it.
func (c canary) basic(user string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + c.value))
}

// TestTheSearchFindsEveryForm: the search itself would see each canary in each form, within other text.
func TestTheSearchFindsEveryForm(t *testing.T) {
	for _, c := range slices.Concat(always(), others) {
		for _, form := range c.written() {
			if hits := search(map[string]string{"a place": "before " + form + " after"}, []canary{c}, nil); len(hits) != 1 {
				t.Errorf("the %s in %q gives %q", c.kind, form, hits)
			}
		}
	}
	if hits := search(map[string]string{"a place": "nothing ghp_ *** but words"}, slices.Concat(always(), others), nil); len(hits) > 0 {
		t.Errorf("of nothing it finds %q", hits)
	}
}
