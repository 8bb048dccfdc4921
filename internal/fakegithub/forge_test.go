package fakegithub

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// strict is a test that only notes what is wrong.
type strict struct {
	testing.TB
	wrong []string
}

func (s *strict) Errorf(format string, args ...any) {
	s.wrong = append(s.wrong, fmt.Sprintf(format, args...))
}

func ask(t *testing.T, f *Forge, query string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL+"/graphql", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+f.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// TestGraphQL: selections, aliases, variables, fragments and pages do what they do on GitHub.
func TestGraphQL(t *testing.T) {
	f := New(t, "token")
	for range 3 {
		f.AddIssue(Issue{Labels: []string{"a"}})
	}
	for _, tt := range []struct{ query, want string }{
		{`{"query":"{me:viewer{login}}"}`, `{"data":{"me":{"login":"semcut"}}}`},
		{
			`{"query":"query($n:Int!){repository(owner:\"a\",name:\"b\"){x:issueOrPullRequest(number:$n){__typename ...on PullRequest{merged} ...i}}} fragment i on Issue{number}","variables":{"n":2}}`,
			`{"data":{"repository":{"x":{"__typename":"Issue","number":2}}}}`,
		},
		{
			`{"query":"{repository(owner:\"a\",name:\"b\"){issues(first:2,after:\"1\",orderBy:{field:CREATED_AT,direction:DESC}){nodes{number} pageInfo{hasNextPage}}}}"}`,
			`{"data":{"repository":{"issues":{"nodes":[{"number":2},{"number":1}],"pageInfo":{"hasNextPage":false}}}}}`,
		},
		{
			`{"query":"{repository(owner:\"a\",name:\"b\"){issueOrPullRequest(number:9){__typename}}}"}`,
			`{"data":{"repository":{"issueOrPullRequest":null}},"errors":[{"message":"Could not resolve to an issue or pull request with the number of 9.","path":["repository","issueOrPullRequest"],"type":"NOT_FOUND"}]}`,
		},
	} {
		if got := ask(t, f, tt.query); got != tt.want {
			t.Errorf("%s is answered\n%s\nwant\n%s", tt.query, got, tt.want)
		}
	}
}

// TestWhatTheForgeDoesNotKnowFailsATest, with and without the official schema; so does a list without a size.
func TestWhatTheForgeDoesNotKnowFailsATest(t *testing.T) {
	s := &strict{TB: t}
	f := New(s, "token")
	ask(t, f, `{"query":"{viewer{nonsense}}"}`)
	if len(s.wrong) == 0 {
		t.Error("an unknown field was let pass")
	}
	if got := ask(t, New(&strict{TB: t}, "token"), `{"query":"{repository(owner:\"a\",name:\"b\"){issues{totalCount}}}"}`); !strings.Contains(got, "MISSING_PAGINATION_BOUNDARIES") {
		t.Errorf("a list without a size is answered %s", got)
	}
}
