package fakegithub

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// schemaFile names the file with the official schema of GitHub's GraphQL: .ci/run gets it.
const schemaFile = "SEMCUT_GITHUB_GRAPHQL"

// loadSchema reads the schema once a process.
var loadSchema = sync.OnceValues(func() (*ast.Schema, error) {
	text, err := os.ReadFile(os.Getenv(schemaFile))
	if err != nil {
		return nil, err
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)})
	if err != nil {
		return nil, err
	}
	return schema, nil
})

// judgeGraph says what is wrong with a query by the official schema, "" where nothing is, or where there is no schema.
func (f *Forge) judgeGraph(query string) string {
	if os.Getenv(schemaFile) == "" {
		if os.Getenv("CI") == "true" && os.Getenv("SEMCUT_INTEGRATION") != "" {
			f.t.Fatalf("fakegithub: %s names no schema of GitHub's GraphQL", schemaFile)
		}
		return ""
	}
	schema, err := loadSchema()
	if err != nil {
		f.t.Fatalf("fakegithub: reading the schema of GitHub's GraphQL: %v", err)
	}
	if _, err := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules()); err != nil {
		return err.Error()
	}
	return ""
}

// asked is a question about one commit.
var asked = regexp.MustCompile(`(c\d+):object\(oid:"([0-9a-f]{40})"\)`)

// answerGraph answers the one query that there is: what is known of commits.
func (f *Forge) answerGraph(w http.ResponseWriter, body []byte) {
	var question struct{ Query string }
	if err := json.Unmarshal(body, &question); err != nil {
		problem(w, http.StatusBadRequest, "Problems parsing JSON")
		return
	}
	if wrong := f.judgeGraph(question.Query); wrong != "" {
		f.t.Errorf("fakegithub: the query is not of the official schema: %s", wrong)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	found := map[string]any{}
	for _, m := range asked.FindAllStringSubmatch(question.Query, -1) {
		c, known := f.known[m[2]]
		if !known {
			found[m[1]] = nil
			continue
		}
		var user any
		if c.Login != "" {
			user = map[string]any{"login": c.Login}
		}
		pulls := []any{}
		if c.PullRequest > 0 {
			pulls = append(pulls, map[string]any{"number": c.PullRequest + 1, "merged": false}, map[string]any{"number": c.PullRequest, "merged": true})
		}
		found[m[1]] = map[string]any{"author": map[string]any{"user": user}, "associatedPullRequests": map[string]any{"nodes": pulls}}
	}
	send(w, http.StatusOK, map[string]any{"data": map[string]any{"repository": found}})
}
