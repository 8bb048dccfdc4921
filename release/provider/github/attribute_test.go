package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

// TestAttribute: a hundred commits a question; of those that GitHub knows nothing of nothing is said.
func TestAttribute(t *testing.T) {
	forge := fakegithub.New(t, token)
	var hashes []string
	for i := range 120 {
		hash := fmt.Sprintf("%040x", i+1)
		hashes = append(hashes, hash)
		if i%3 > 0 {
			forge.Know(hash, fakegithub.Commit{Login: fmt.Sprintf("user%d", i), PullRequest: i % 3 * i})
		}
	}
	hashes = append(hashes, "no hash")
	p := provider(t, forge, token)
	found, err := p.Attribute(t.Context(), hashes)
	if err != nil {
		t.Fatal(err)
	}
	if got := forge.Writes(); got != 2 {
		t.Errorf("there were %d questions", got)
	}
	for i, hash := range hashes[:120] {
		want := release.Attribution{}
		if i%3 > 0 {
			want.Login, want.PullRequest = fmt.Sprintf("user%d", i), fmt.Sprint(i%3*i)
		}
		if found[hash] != want {
			t.Errorf("commit %d is %+v, want %+v", i, found[hash], want)
		}
	}
	if len(found) != 80 {
		t.Errorf("%d commits are known", len(found))
	}
}

// TestAttributeAsksOn where a commit is in many pull requests, until it finds the one that was merged here.
func TestAttributeAsksOn(t *testing.T) {
	forge := fakegithub.New(t, token)
	often, once := strings.Repeat("1", 40), strings.Repeat("2", 40)
	for range 150 {
		forge.AddPull(fakegithub.Issue{}, fakegithub.Pull{Commits: []string{often}})
	}
	forge.AddPull(fakegithub.Issue{}, fakegithub.Pull{Commits: []string{often, once}, Merged: true, Base: "somebody/widget"})
	forge.AddPull(fakegithub.Issue{}, fakegithub.Pull{Commits: []string{often, once}, Merged: true, Base: "Acme/Widget"})
	found, err := provider(t, forge, token).Attribute(t.Context(), []string{often, once})
	if err != nil || found[often].PullRequest != "152" || found[once].PullRequest != "152" {
		t.Errorf("found is %+v, %v", found, err)
	}
	if n := forge.Writes(); n != 3 {
		t.Errorf("there were %d questions", n)
	}
}

func TestAttributeFails(t *testing.T) {
	forge := fakegithub.New(t, token)
	if found, err := provider(t, forge, "").Attribute(t.Context(), []string{strings.Repeat("1", 40)}); err != nil || len(found) != 0 || len(forge.Log()) != 0 {
		t.Errorf("without a token: %v, %v, after %d requests", found, err, len(forge.Log()))
	}
	forge.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/graphql", Status: http.StatusForbidden})
	_, err := provider(t, forge, token).Attribute(t.Context(), []string{strings.Repeat("1", 40)})
	if release.CodeOf(err) != release.CodeForbidden || !strings.HasPrefix(err.Error(), "asking GitHub who made the commits: ") {
		t.Errorf("the error is %v", err)
	}
}

func TestGraphQLIsBesideTheAPI(t *testing.T) {
	for api, want := range map[string]string{
		"https://api.github.com": "https://api.github.com/graphql", "https://ghe.example.com/api/v3": "https://ghe.example.com/api/graphql",
		"https://api.acme.ghe.com": "https://api.acme.ghe.com/graphql",
	} {
		p, err := New(Options{API: api})
		if err != nil || p.graphQL() != want {
			t.Errorf("of %s it is %s, %v", api, p.graphQL(), err)
		}
	}
	if p, _ := New(Options{API: "https://api.github.com", GraphQL: "https://x.example/graphql"}); p.graphQL() != "https://x.example/graphql" {
		t.Errorf("the environment's own is %s", p.graphQL())
	}
}
