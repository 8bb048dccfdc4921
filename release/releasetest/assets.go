package releasetest

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// notOpened: a run that finishes what another one began has none of its files. What the service has, it doesn't need.
func notOpened(t *testing.T, s Service) {
	kept(t, s)
	a := Asset("a.txt", "A")
	a.Open = func() (io.ReadCloser, error) {
		t.Error("an asset that is there was opened")
		return nil, errors.New("the file is gone")
	}
	before := s.Writes()
	if receipt := publish(t, s, Release("v1.0.0"), a); receipt.Done != "found" || s.Writes() != before {
		t.Errorf("the receipt says %q after %d writes", receipt.Done, s.Writes()-before)
	}
}

// otherBytes: of the same size, so that only the digest tells.
func otherBytes(t *testing.T, s Service) {
	kept(t, s)
	b := Asset("a.txt", "B")
	before := s.Writes()
	_, err := s.Publisher(t, GoodToken).Publish(t.Context(), Release("v1.0.0"), []release.Asset{b})
	if err == nil || s.Writes() != before || s.State()["v1.0.0"].Assets["a.txt"] != "A" {
		t.Fatalf("a public asset was overwritten: %v", err)
	}
	for _, digest := range []string{Asset("", "A").SHA256, b.SHA256} {
		if !strings.Contains(err.Error(), digest[:12]) {
			t.Errorf("the error doesn't show the digest %.12s: %v", digest, err)
		}
	}
	if e, ok := err.(*release.Error); !ok || e.Hint == "" {
		t.Errorf("the error has no hint: %v", err)
	}
}

// otherFile: the file changed since the release was planned, or is gone.
func otherFile(t *testing.T, s Service) {
	kept(t, s)
	changed, gone := Asset("b.txt", "B"), Asset("c.txt", "C")
	changed.SHA256 = Asset("", "b").SHA256
	gone.Open = func() (io.ReadCloser, error) { return nil, errors.New("the file is gone") }
	for _, a := range []release.Asset{changed, gone} {
		_, err := s.Publisher(t, GoodToken).Publish(t.Context(), Release("v2.0.0"), []release.Asset{a})
		if e, ok := err.(*release.Error); !ok || e.Hint == "" || !strings.Contains(e.Error(), a.Name) {
			t.Errorf("the error is %v", err)
		}
		if _, public := s.State()["v2.0.0"]; public {
			t.Error("the release is public all the same")
		}
	}
}

// kept publishes a release with an asset, and skips where the service keeps none.
func kept(t *testing.T, s Service) {
	t.Helper()
	publish(t, s, Release("v1.0.0"), Asset("a.txt", "A"))
	if s.State()["v1.0.0"].Assets == nil {
		t.Skip("it keeps no assets")
	}
}
