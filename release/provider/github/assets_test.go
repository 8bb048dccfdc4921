package github

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

func TestOtherBytesInAPublicAssetAreAnError(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Add(fakegithub.Release{Tag: "v1.0.0", Assets: []fakegithub.Asset{{ID: 1, Name: "a.txt", Data: "other"}}})
	_, err := provider(t, f, token).Publish(t.Context(), releasetest.Release("v1.0.0"), []release.Asset{releasetest.Asset("a.txt", "A")})
	if release.CodeOf(err) != release.CodeForge || f.Writes() != 0 {
		t.Errorf("got %v after %d writes", err, f.Writes())
	}
}

// TestAnOlderServer tells no digests: the size decides, and that the upload was whole.
func TestAnOlderServer(t *testing.T) {
	f := fakegithub.New(t, token)
	f.NoDigests = true
	f.Add(fakegithub.Release{Tag: "v1.0.0", Assets: []fakegithub.Asset{{ID: 1, Name: "a.txt", Data: "a"}}})
	p := provider(t, f, token)
	if receipt := published(t, p, releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A")); receipt.Done != "found" || f.Writes() > 0 {
		t.Errorf("the receipt says %q after %d writes", receipt.Done, f.Writes())
	}
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Truncate: true})
	published(t, p, releasetest.Release("v1.1.0"), releasetest.Asset("a.txt", "AB"))
	if got := f.Releases()[1].Assets; len(got) != 1 || got[0].Data != "AB" {
		t.Errorf("uploaded is %+v", got)
	}
}

// TestAssetsSayWhatTheyAre: type, label, and a name that GitHub changes, which is found again.
func TestAssetsSayWhatTheyAre(t *testing.T) {
	f := fakegithub.New(t, token)
	named := func(name, label, kind string) release.Asset {
		a := releasetest.Asset(name, name)
		a.Label, a.MediaType = label, kind
		return a
	}
	assets := []release.Asset{
		named("widget.tar.gz", "Linux", ""), named("b c.DEB", "", ""), named("widget", "", ""), named("x.json", "", "application/spdx+json"), releasetest.Asset("empty.txt", ""),
	}
	p := provider(t, f, token)
	for _, done := range []string{"created", "found"} {
		if receipt := published(t, p, releasetest.Release("v1.0.0"), assets...); receipt.Done != done {
			t.Errorf("the receipt says %q, want %q", receipt.Done, done)
		}
	}
	want := []string{
		"widget.tar.gz|Linux|application/gzip", "b.c.DEB|b c.DEB|application/vnd.debian.binary-package", "widget||application/octet-stream",
		"x.json||application/spdx+json", "empty.txt||text/plain",
	}
	for i, a := range f.Releases()[0].Assets {
		if got := a.Name + "|" + a.Label + "|" + a.Type; got != want[i] {
			t.Errorf("asset %d is %s, want %s", i, got, want[i])
		}
	}
}

// TestAMissingAsset goes to a release that is public already, but not to an immutable one.
func TestAMissingAsset(t *testing.T) {
	f := fakegithub.New(t, token)
	p, r := provider(t, f, token), releasetest.Release("v1.0.0")
	published(t, p, r)
	published(t, p, r, releasetest.Asset("a.txt", "A"))
	if got := f.Releases()[0].Assets; len(got) != 1 || got[0].Data != "A" {
		t.Errorf("its assets are %+v", got)
	}
	f.Immutable = true
	r = releasetest.Release("v2.0.0")
	published(t, p, r, releasetest.Asset("a.txt", "A"))
	published(t, p, r, releasetest.Asset("a.txt", "A"))
	before := f.Writes()
	_, err := p.Publish(t.Context(), r, []release.Asset{releasetest.Asset("b.txt", "B")})
	if err == nil || !strings.Contains(err.Error(), "immutable") || f.Writes() != before {
		t.Errorf("got %v after %d writes", err, f.Writes()-before)
	}
}

// TestUploadsThatFail are tried three times, each after a look; what arrived isn't sent again.
func TestUploadsThatFail(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Status: http.StatusBadGateway, After: true})
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Truncate: true, Times: 2})
	published(t, provider(t, f, token), releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "AA"), releasetest.Asset("b.txt", "BB"))
	if got := f.Releases()[0].Assets; len(got) != 2 || got[0].Data != "AA" || got[1].Data != "BB" {
		t.Errorf("uploaded is %+v", got)
	}
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Truncate: true, Times: 99})
	_, err := provider(t, f, token).Publish(t.Context(), releasetest.Release("v2.0.0"), []release.Asset{releasetest.Asset("a.txt", "AA")})
	if release.CodeOf(err) != release.CodeForge {
		t.Errorf("got %v", err)
	}
	uploads := 0
	for _, r := range f.Log() {
		if r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/assets") {
			uploads++
		}
	}
	if uploads != 4+3 {
		t.Errorf("there were %d uploads", uploads)
	}
}

// TestAFileThatChangesWhileItIsSent: what GitHub says that it got is believed, not what was meant.
func TestAFileThatChangesWhileItIsSent(t *testing.T) {
	f := fakegithub.New(t, token)
	a, opened := releasetest.Asset("a.txt", "A"), 0
	a.Open = func() (io.ReadCloser, error) {
		opened++
		return io.NopCloser(strings.NewReader(map[bool]string{true: "A", false: "B"}[opened != 2])), nil
	}
	published(t, provider(t, f, token), releasetest.Release("v1.0.0"), a)
	if got := f.Releases()[0].Assets; len(got) != 1 || got[0].Data != "A" {
		t.Errorf("uploaded is %+v", got)
	}
}

func TestALimitWhileUploadingIsWaitedFor(t *testing.T) {
	f := fakegithub.New(t, token)
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Status: http.StatusForbidden, Times: 2, Body: `{"message":"You have exceeded a secondary rate limit."}`})
	f.Fail(fakegithub.Fault{Method: http.MethodPost, Path: "/assets", Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "0"}})
	published(t, provider(t, f, token), releasetest.Release("v1.0.0"), releasetest.Asset("a.txt", "A"))
	if got := f.Releases(); len(got) != 1 || len(got[0].Assets) != 1 || got[0].Assets[0].Data != "A" {
		t.Errorf("there is %+v", got)
	}
}

// TestAssetsThatGitHubCallsTheSame would overwrite each other.
func TestAssetsThatGitHubCallsTheSame(t *testing.T) {
	f := fakegithub.New(t, token)
	_, err := provider(t, f, token).Publish(t.Context(), releasetest.Release("v1.0.0"), []release.Asset{releasetest.Asset("a b.txt", "A"), releasetest.Asset("a.b.txt", "B")})
	if release.CodeOf(err) != release.CodeConfig || len(f.Releases()) > 0 {
		t.Errorf("got %v, and there are %d releases", err, len(f.Releases()))
	}
}

// TestAMissingFileIsNamed: the error is about the file, not about the network.
func TestAMissingFileIsNamed(t *testing.T) {
	f := fakegithub.New(t, token)
	a := releasetest.Asset("a.txt", "A")
	a.Open = func() (io.ReadCloser, error) { return nil, errors.New("open dist/a.txt: no such file") }
	_, err := provider(t, f, token).Publish(t.Context(), releasetest.Release("v1.0.0"), []release.Asset{a})
	if release.CodeOf(err) != release.CodeFile || !strings.Contains(err.Error(), `uploading "a.txt": open dist/a.txt`) {
		t.Errorf("got %v", err)
	}
}
