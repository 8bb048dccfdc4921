package github

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// needs are rights that a request needs, "contents" "write", as GitHub spells them.
type needs [][2]string

var named = lazyregexp.New(`\b([a-z_]+)=(read|write|admin)\b`)

// neededFor reads from an answer which rights would have been enough. Several sets may be: the first is named. usual is
// for servers that don't say.
func neededFor(h http.Header, usual needs) needs {
	first, _, _ := strings.Cut(h.Get("X-Accepted-GitHub-Permissions"), ";")
	var found needs
	for _, m := range named.FindAllStringSubmatch(first, -1) {
		if m[1] != "metadata" { // everybody has it
			found = append(found, [2]string{m[1], m[2]})
		}
	}
	if len(found) == 0 {
		return usual
	}
	return found
}

// grant says how a token of the kind that is used here gets rights.
func (p *Provider) grant(n needs) string {
	if p.env("GITHUB_ACTIONS") != "" {
		lines := []string{}
		for _, need := range n {
			lines = append(lines, strings.ReplaceAll(need[0], "_", "-")+": "+need[1])
		}
		return "add to the workflow's job: permissions: {" + strings.Join(lines, ", ") + "}"
	}
	rights := []string{}
	for _, need := range n {
		right := strings.ToUpper(need[0][:1]) + strings.ReplaceAll(need[0][1:], "_", " ")
		rights = append(rights, fmt.Sprintf("%q", right+": "+map[string]string{"read": "Read-only", "write": "Read and write", "admin": "Admin"}[need[1]]))
	}
	return "give the token the right " + strings.Join(rights, " and ") + " for this repository"
}

var scope = lazyregexp.New(`^[a-z_:]+$`)

// grantFor says how the token gets the rights that an answer asks for. That the answer tells the token's scopes shows
// that it is a classic one, which has nothing finer.
func (p *Provider) grantFor(h http.Header, usual needs) string {
	if strings.HasPrefix(h.Get("X-GitHub-SSO"), "required") {
		return "let the token into the organisation: on the page of your tokens, \"Configure SSO\""
	}
	if _, classic := h["X-Oauth-Scopes"]; !classic || p.env("GITHUB_ACTIONS") != "" {
		return p.grant(neededFor(h, usual))
	}
	accepted := strings.FieldsFunc(h.Get("X-Accepted-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
	has := strings.Split(h.Get("X-OAuth-Scopes"), ", ")
	want := "repo"
	if len(accepted) > 0 && !slices.Contains(accepted, "repo") && scope.MatchString(accepted[0]) {
		want = accepted[0]
	}
	if slices.Contains(has, want) {
		return fmt.Sprintf("its scope %q would do: check that the token's owner may write to this repository, and that the organisation lets the token in", want)
	}
	return fmt.Sprintf("give the token the scope %q", want)
}
