package github

import (
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

// TestWhatGraphQLRefuses is told with status 200; what it is, and what mends it, has to be read from it.
func TestWhatGraphQLRefuses(t *testing.T) {
	tests := []struct {
		problem string
		code    release.Code
		hint    string
	}{
		{`"type":"RATE_LIMITED","message":"API rate limit exceeded"`, release.CodeRateLimit, "run again in some minutes; what is done stays done"},
		{`"type":"FORBIDDEN","message":"Resource not accessible by personal access token"`, release.CodeForbidden, `give the token the right "Issues: Read and write" for this repository`},
		{`"message":"Resource not accessible by integration"`, release.CodeForbidden, `give the token the right "Issues: Read and write" for this repository`},
		{`"type":"NOT_FOUND","message":"Could not resolve\nto a Repository"`, release.CodeForbidden, "check that acme/widget exists and that the token may see it"},
		{`"message":"` + strings.Repeat("Something went wrong. ", 50) + `"`, release.CodeForge, "see GitHub's words; run again if it is its own trouble (https://www.githubstatus.com)"},
	}
	for _, tt := range tests {
		f := fakegithub.New(t, token)
		f.Fail(fakegithub.Fault{Path: "/graphql", Status: http.StatusOK, Body: `{"data":{"repository":null},"errors":[{` + strings.ReplaceAll(tt.problem, "\n", `\n`) + `}]}`})
		err := provider(t, f, token).Clear(t.Context(), "main")
		e, ok := err.(*release.Error)
		if !ok || e.Code != tt.code || e.Hint != tt.hint || strings.Contains(e.Error(), "\n") || len(e.Error()) > 600 {
			t.Errorf("%s: got %v", tt.problem, err)
		}
	}
}
