package main

import (
	"context"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// quietPublisher publishes and tells nobody.
type quietPublisher struct{ release.Publisher }

func (quietPublisher) Name() string { return "forge" }

// loudPublisher tells people, too.
type loudPublisher struct{ quietPublisher }

func (loudPublisher) Announce(context.Context, release.Announcement) ([]string, error) {
	return nil, nil
}
func (loudPublisher) Raise(context.Context, release.Failure) (string, error) { return "", nil }
func (loudPublisher) Clear(context.Context, string) error                    { return nil }

// TestNoticesNameTheirRights: what tells people needs further rights, which check names where it is switched on.
func TestNoticesNameTheirRights(t *testing.T) {
	const issues, pulls = "issues: write", ", pull-requests: write"
	for _, tt := range []struct {
		pub               release.Publisher
		announces, alarms bool
		want              string
	}{
		{quietPublisher{}, true, true, ""},
		{loudPublisher{}, false, false, ""},
		{loudPublisher{}, true, false, "for comments, labels: " + issues + pulls},
		{loudPublisher{}, false, true, "for failure issue: " + issues},
		{loudPublisher{}, true, true, "for comments, labels, failure issue: " + issues + pulls},
	} {
		c := &checker{a: &app{JSON: true}}
		c.notices(tt.pub, tt.announces, tt.alarms)
		switch {
		case tt.want == "" && len(c.Checks) > 0:
			t.Errorf("it says %v of %T", c.Checks, tt.pub)
		case tt.want != "" && (len(c.Checks) != 1 || c.Checks[0].Name != "forge notices" || !strings.HasPrefix(c.Checks[0].Found, tt.want)):
			t.Errorf("it says %v of %T, want %q", c.Checks, tt.pub, tt.want)
		}
	}
}
