package fakegithub

import (
	"encoding/json"
	"net/http"
	"os"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
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

// judgeGraph says what is wrong with a query and its variables by the official schema, "" where nothing is, or where there
// is no schema.
func (f *Forge) judgeGraph(query string, variables map[string]any) string {
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
	doc, wrong := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
	if wrong != nil {
		return wrong.Error()
	}
	if _, err := validator.VariableValues(schema, doc.Operations[0], variables); err != nil {
		return err.Error()
	}
	return ""
}

// answerGraph carries out one query or mutation.
func (f *Forge) answerGraph(w http.ResponseWriter, body []byte) {
	var question struct {
		Query     string
		Variables map[string]any
	}
	if err := json.Unmarshal(body, &question); err != nil {
		problem(w, http.StatusBadRequest, "Problems parsing JSON")
		return
	}
	if wrong := f.judgeGraph(question.Query, question.Variables); wrong != "" {
		f.t.Errorf("fakegithub: the query is not of the official schema: %s", wrong)
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: question.Query})
	if err != nil || len(doc.Operations) != 1 {
		f.t.Errorf("fakegithub: the query can't be read: %v", err)
		problem(w, http.StatusBadRequest, "Problems parsing the query")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	op := doc.Operations[0]
	root := f.queryType()
	if op.Operation == ast.Mutation {
		root = f.mutationType()
	}
	run := &execution{t: f.t, variables: question.Variables, fragments: doc.Fragments}
	answer := map[string]any{"data": run.object(root, op.SelectionSet, nil)}
	if len(run.problems) > 0 {
		answer["errors"] = run.problems
	}
	send(w, http.StatusOK, answer)
}
