package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
)

func TestComment(t *testing.T) {
	f := fakegithub.New(t, token)
	var said []fakegithub.Comment
	for i := range 120 { // more than one page, with what looks like ours
		said = append(said, fakegithub.Comment{ID: int64(1000 + i), Author: "somebody", Body: fmt.Sprintf("%d\n\n<!-- semcut:preview -->", i)})
	}
	n := f.AddPull(fakegithub.Issue{Comments: said}, fakegithub.Pull{})
	p := with(t, f, func(*Options) {})
	say := func(text string) string {
		t.Helper()
		url, err := p.Comment(t.Context(), n, "preview", text)
		if err != nil {
			t.Fatal(err)
		}
		return url
	}
	first := say("one for @ann <!-- x -->")
	if again := say("one for @ann <!-- x -->"); again != first {
		t.Errorf("%s, and before %s", again, first)
	}
	if changed := say("two"); changed != first {
		t.Errorf("%s, and before %s", changed, first)
	}
	if _, err := p.Comment(t.Context(), n, "other", "three"); err != nil {
		t.Fatal(err)
	}
	now := f.Issue(n).Comments
	if len(now) != 122 || now[120].Body != "two\n\n<!-- semcut:preview -->" || now[121].Body != "three\n\n<!-- semcut:other -->" || now[0].Body != said[0].Body {
		t.Errorf("%d comments, %+v", len(now), now[120:])
	}
	changes := 0
	for _, r := range f.Log() {
		if r.Method == http.MethodPatch || r.Method == http.MethodPost && !strings.HasPrefix(r.Path, "/graphql") {
			changes++
		}
	}
	if changes != 3 {
		t.Errorf("%d changes, want 3", changes)
	}
	if strings.Contains(f.Log()[len(f.Log())-1].Body, "@ann") {
		t.Error("somebody is mentioned")
	}
}

func TestCommentRefused(t *testing.T) {
	f := fakegithub.New(t, token)
	n := f.AddPull(fakegithub.Issue{}, fakegithub.Pull{})
	f.Fail(fakegithub.Fault{Method: "POST", Path: "/comments", Status: 403, Times: 9})
	_, err := with(t, f, func(*Options) {}).Comment(t.Context(), n, "preview", "a")
	if release.CodeOf(err) != release.CodeForbidden || !strings.Contains(err.Error(), fmt.Sprintf("commenting on #%d", n)) {
		t.Errorf("%v", err)
	}
	if _, err := with(t, f, func(*Options) {}).Comment(t.Context(), 99, "preview", "a"); err == nil {
		t.Error("a pull request that isn't there is commented on")
	}
}
