package github

import (
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

// TestAnImmutableReleaseThatCanNotBePromoted says so.
func TestAnImmutableReleaseThatCanNotBePromoted(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Add(fakegithub.Release{Tag: "v1.0.0", Prerelease: true, Immutable: true})
	f.Fail(fakegithub.Fault{Method: http.MethodPatch, Status: http.StatusUnprocessableEntity})
	_, err := provider(t, f, token).Promote(t.Context(), releasetest.Release("v1.0.0"))
	if e, ok := err.(*release.Error); !ok || e.Code != release.CodeForge || !strings.Contains(e.Hint, "immutable") {
		t.Errorf("got %v", err)
	}
}

// TestALimitSaysUntilWhen, as far as GitHub says it.
func TestALimitSaysUntilWhen(t *testing.T) {
	for reset, want := range map[string]string{"4102444800": "GitHub's rate limit is used up until 2100-01-01T00:00:00Z", "": "GitHub asks to slow down"} {
		f := fakegithub.New(t, token)
		f.Fail(fakegithub.Fault{
			Status: http.StatusForbidden, Times: 99, Header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset},
			Body: `{"message":"You have exceeded a secondary rate limit."}`,
		})
		_, err := provider(t, f, token).Promote(t.Context(), releasetest.Release("v1.0.0"))
		if release.CodeOf(err) != release.CodeRateLimit || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("got %v", err)
		}
	}
}
