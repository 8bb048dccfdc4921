package github

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// graphError is what GraphQL says that went wrong. It may have answered the rest all the same.
type graphError struct {
	Problems []graphProblem
}

type graphProblem struct {
	Type    string
	Message string
	Path    []any
}

func (e *graphError) Error() string { return e.Problems[0].Message }

// is says whether all problems are of the type.
func (e *graphError) is(kind string) bool {
	for _, problem := range e.Problems {
		if problem.Type != kind {
			return false
		}
	}
	return true
}

// forbids says whether the token lacks the right to something that was asked for.
func (e *graphError) forbids() bool {
	return slices.ContainsFunc(e.Problems, func(p graphProblem) bool {
		return p.Type == "FORBIDDEN" || p.Type == "INSUFFICIENT_SCOPES" || strings.Contains(p.Message, "not accessible by")
	})
}

// question asks in GraphQL. Every question has the variables $owner and $name, which say the repository. What is answered
// is in into also where there is a graphError.
func (p *Provider) question(ctx context.Context, query string, variables map[string]any, into any) error {
	owner, name := p.repository()
	all := map[string]any{"owner": owner, "name": name}
	for k, v := range variables {
		all[k] = v
	}
	return p.graph(ctx, query, all, into)
}

// graph sends a query or a mutation.
func (p *Provider) graph(ctx context.Context, query string, variables map[string]any, into any) error {
	req, err := p.client.NewRequest(http.MethodPost, p.graphQL(), map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []graphProblem
	}
	if _, err := p.send(ctx, req, &answer); err != nil {
		return err
	}
	if len(answer.Data) > 0 {
		if err := json.Unmarshal(answer.Data, into); err != nil {
			return err
		}
	}
	if len(answer.Errors) > 0 {
		return &graphError{answer.Errors}
	}
	return nil
}

// quoted is a text as GraphQL writes one.
func quoted(text string) string {
	q, _ := json.Marshal(text) // which a text never fails at
	return string(q)
}

// explainGraph explains what GraphQL refused.
func (p *Provider) explainGraph(doing string, e *graphError, usual needs) error {
	said := strings.Join(strings.Fields(e.Error()), " ")
	if len(said) > maxWords {
		said = strings.ToValidUTF8(said[:maxWords], "") + "…"
	}
	code, hint := release.CodeForge, "see GitHub's words; run again if it is its own trouble (https://www.githubstatus.com)"
	switch kind := e.Problems[0].Type; {
	case kind == "RATE_LIMITED":
		code, hint = release.CodeRateLimit, "run again in some minutes; what is done stays done"
	case e.forbids():
		code, hint = release.CodeForbidden, p.grant(usual)
	case kind == "NOT_FOUND":
		code, hint = release.CodeForbidden, "check that "+p.fullName()+" exists and that the token may see it"
	}
	return release.Errorf(code, hint, "%s: GitHub answers %q", doing, said)
}

// graphQL is where questions go: what the environment says, else beside the REST API.
func (p *Provider) graphQL() string {
	if p.GraphQL != "" {
		return p.GraphQL
	}
	base := *p.client.BaseURL
	if path, enterprise := strings.CutSuffix(strings.TrimSuffix(base.Path, "/"), "/api/v3"); enterprise {
		base.Path = path + "/api"
	}
	return base.JoinPath("graphql").String()
}
