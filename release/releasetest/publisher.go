// Package releasetest holds the suites that every provider and registry joins. An author of a new one writes
// a Service, a fake of the forge in this process that remembers its state, and calls Publisher.
package releasetest

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/release"
)

// Service is a forge or registry in this process, with one repository or package on it.
type Service interface {
	// Publisher makes a new publisher for it, as a new run of semcut would. wrongToken gives it a
	// credential that the service doesn't take; noToken none at all.
	Publisher(t *testing.T, credential Credential) release.Publisher
	// State is what the public sees, by tag.
	State() map[string]Published
	// Hidden counts what is there but not public: drafts, unfinished uploads.
	Hidden() int
	// Writes counts the requests so far that were not only reading.
	Writes() int
	// Half leaves behind what a run leaves that breaks off in the middle of publishing r.
	Half(r release.Release, assets []release.Asset)
	// Fail makes coming requests fail.
	Fail(f Failure)
}

// Credential says which credential a publisher gets.
type Credential int

// The credentials.
const (
	GoodToken Credential = iota
	WrongToken
	NoToken
)

// Failure is a way in which a service fails.
type Failure int

// The failures. The last three happen once: the first loses a request, the second the answer to one that
// writes, after it had its effect, the third the second half of an upload, and the answer to it.
const (
	Forbidden Failure = iota
	RateLimited
	ServerDown
	LostRequest
	LostAnswer
	HalfUpload
)

// Published is one public release.
type Published struct {
	Notes      string
	Prerelease bool
	Assets     map[string]string // name → content; nil where the service keeps none
	Bare       bool              // the service keeps no notes
}

// Release is the release that the suite publishes.
func Release(tag string) release.Release {
	return release.Release{
		Version: semver.MustParse(strings.TrimPrefix(tag, "v")), Tag: tag, Commit: "0123456789012345678901234567890123456789", Branch: "main",
		Latest: true, Date: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Notes: "## 1.0.0\n\n* it works \u2013 \"quoted\" `code` <b>\n",
	}
}

// Asset makes an asset from text.
func Asset(name, content string) release.Asset {
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(content)))
	return release.Asset{Name: name, Size: int64(len(content)), SHA256: sum, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

// Publisher runs the suite. start makes a fresh service.
func Publisher(t *testing.T, start func(t *testing.T) Service) {
	for _, c := range publisherCases {
		t.Run(c.name, func(t *testing.T) { c.run(t, start(t)) })
	}
}

var publisherCases = []struct {
	name string
	run  func(*testing.T, Service)
}{
	{"fresh", fresh},
	{"fresh with assets", freshAssets},
	{"again changes nothing", again},
	{"half done is finished", half},
	{"pre-release", prerelease},
	{"a tag with a slash", slash},
	{"promoted", promoted},
	{"promoted before it was published", promotedFresh},
	{"promoted, and an answer is lost", func(t *testing.T, s Service) { s.Fail(LostAnswer); promoted(t, s) }},
	{"promoted without the right", promotedForbidden},
	{"no token", func(t *testing.T, s Service) { checkFails(t, s, NoToken, release.CodeAuth) }},
	{"wrong token", func(t *testing.T, s Service) { checkFails(t, s, WrongToken, release.CodeAuth) }},
	{"wrong token while publishing", func(t *testing.T, s Service) { publishFails(t, s, WrongToken, release.CodeAuth) }},
	{"forbidden", func(t *testing.T, s Service) { s.Fail(Forbidden); publishFails(t, s, GoodToken, release.CodeForbidden) }},
	{"rate limit", func(t *testing.T, s Service) {
		s.Fail(RateLimited)
		publishFails(t, s, GoodToken, release.CodeRateLimit)
	}},
	{"server down", func(t *testing.T, s Service) { s.Fail(ServerDown); publishFails(t, s, GoodToken, release.CodeForge) }},
	{"a request is lost", func(t *testing.T, s Service) { s.Fail(LostRequest); fresh(t, s) }},
	{"an answer is lost", func(t *testing.T, s Service) { s.Fail(LostAnswer); fresh(t, s) }},
	{"an upload breaks off", func(t *testing.T, s Service) { s.Fail(HalfUpload); freshAssets(t, s) }},
	{"what is there isn't opened", notOpened},
	{"a public asset has other bytes", otherBytes},
	{"a file that isn't what was promised", otherFile},
	{"announced", announced},
	{"announced, and an answer is lost", func(t *testing.T, s Service) { s.Fail(LostAnswer); announced(t, s) }},
	{"announced without the right", announcedTo(Forbidden)},
	{"announced at the limit", announcedTo(RateLimited)},
	{"announced to a server that is down", announcedTo(ServerDown)},
	{"an alarm", alarm},
	{"an alarm, and an answer is lost", func(t *testing.T, s Service) { s.Fail(LostAnswer); alarm(t, s) }},
}

func publish(t *testing.T, s Service, r release.Release, assets ...release.Asset) release.Receipt {
	t.Helper()
	p := s.Publisher(t, GoodToken)
	if err := p.Check(t.Context(), &release.Plan{}); err != nil {
		t.Fatalf("Check: %v", err)
	}
	receipt, err := p.Publish(t.Context(), r, assets)
	if err != nil {
		t.Fatalf("Publish: %v", err)
	}
	if receipt.Publisher != p.Name() {
		t.Errorf("the receipt is by %q, the publisher is %q", receipt.Publisher, p.Name())
	}
	return receipt
}

func want(t *testing.T, s Service, tags ...string) {
	t.Helper()
	if got := slices.Sorted(maps.Keys(s.State())); !slices.Equal(got, tags) {
		t.Errorf("public are %q, want %q", got, tags)
	}
	if n := s.Hidden(); n != 0 {
		t.Errorf("%d hidden releases are left", n)
	}
}

func fresh(t *testing.T, s Service) {
	r := Release("v1.0.0")
	receipt := publish(t, s, r)
	want(t, s, "v1.0.0")
	if got := s.State()["v1.0.0"]; got.Notes != notesIn(got, r) || got.Prerelease {
		t.Errorf("published %+v", got)
	}
	if receipt.URL == "" {
		t.Error("the receipt has no URL")
	}
}

// notesIn is what a service shows of a release's notes.
func notesIn(p Published, r release.Release) string {
	if p.Bare {
		return ""
	}
	return r.Notes
}

func freshAssets(t *testing.T, s Service) {
	publish(t, s, Release("v1.0.0"), Asset("a.txt", "A"), Asset("b-c+d.tar.gz", "\x1f\x8bB"))
	want(t, s, "v1.0.0")
	if got := s.State()["v1.0.0"].Assets; got != nil && (got["a.txt"] != "A" || got["b-c+d.tar.gz"] != "\x1f\x8bB" || len(got) != 2) {
		t.Errorf("assets %q", got)
	}
}

func again(t *testing.T, s Service) {
	publish(t, s, Release("v1.0.0"), Asset("a.txt", "A"))
	before := s.Writes()
	receipt := publish(t, s, Release("v1.0.0"), Asset("a.txt", "A"))
	want(t, s, "v1.0.0")
	if n := s.Writes() - before; n != 0 || receipt.Done != "found" {
		t.Errorf("the second run wrote %d times and says %q", n, receipt.Done)
	}
}

func half(t *testing.T, s Service) {
	r, assets := Release("v1.0.0"), []release.Asset{Asset("a.txt", "A"), Asset("b.txt", "BB")}
	s.Half(r, assets)
	receipt := publish(t, s, r, assets...)
	want(t, s, "v1.0.0")
	if got := s.State()["v1.0.0"].Assets; got != nil && (got["a.txt"] != "A" || got["b.txt"] != "BB" || len(got) != 2) {
		t.Errorf("assets %q", got)
	}
	if receipt.Done != "finished" {
		t.Errorf("the receipt says %q", receipt.Done)
	}
}

func prerelease(t *testing.T, s Service) {
	r := Release("v1.0.0-beta.1")
	r.Prerelease, r.Latest = true, false
	publish(t, s, r)
	if !s.State()["v1.0.0-beta.1"].Prerelease {
		t.Error("it is not marked as a pre-release")
	}
}

// promoter is the service's publisher; one that shows no channels has nothing to show here.
func promoter(t *testing.T, s Service) release.Promoter {
	t.Helper()
	p, ok := s.Publisher(t, GoodToken).(release.Promoter)
	if !ok {
		t.Skip("it is no Promoter")
	}
	return p
}

func promoted(t *testing.T, s Service) {
	p, r := promoter(t, s), Release("v1.0.0")
	below := r
	below.Prerelease, below.Latest = true, false
	publish(t, s, below, Asset("a.txt", "A"))
	r.Notes = "other notes"
	for _, done := range []string{"changed", "found"} {
		before := s.Writes()
		receipt, err := p.Promote(t.Context(), r)
		if err != nil {
			t.Fatalf("Promote: %v", err)
		}
		if receipt.Done != done || receipt.URL == "" || (done == "found") != (s.Writes() == before) {
			t.Errorf("the receipt is %+v, after %d writes; want %q", receipt, s.Writes()-before, done)
		}
	}
	want(t, s, "v1.0.0")
	if got := s.State()["v1.0.0"]; got.Prerelease || got.Notes != notesIn(got, below) || got.Assets != nil && len(got.Assets) != 1 {
		t.Errorf("promoted is %+v", got)
	}
}

func promotedFresh(t *testing.T, s Service) {
	p, r := promoter(t, s), Release("v1.0.0")
	if receipt, err := p.Promote(t.Context(), r); err != nil || receipt.Done != "created" {
		t.Fatalf("Promote: %+v, %v", receipt, err)
	}
	want(t, s, "v1.0.0")
	if got := s.State()["v1.0.0"]; got.Prerelease || got.Notes != notesIn(got, r) {
		t.Errorf("published is %+v", got)
	}
}

func promotedForbidden(t *testing.T, s Service) {
	p := promoter(t, s)
	s.Fail(Forbidden)
	_, err := p.Promote(t.Context(), Release("v1.0.0"))
	judge(t, s, err, release.CodeForbidden)
}

func slash(t *testing.T, s Service) {
	r := Release("v1.0.0")
	r.Tag = "widget/v1.0.0"
	publish(t, s, r)
	publish(t, s, r)
	want(t, s, "widget/v1.0.0")
}

func checkFails(t *testing.T, s Service, c Credential, code release.Code) {
	judge(t, s, s.Publisher(t, c).Check(t.Context(), &release.Plan{}), code)
}

func publishFails(t *testing.T, s Service, c Credential, code release.Code) {
	_, err := s.Publisher(t, c).Publish(t.Context(), Release("v1.0.0"), nil)
	judge(t, s, err, code)
}

func judge(t *testing.T, s Service, err error, code release.Code) {
	t.Helper()
	if got := release.CodeOf(err); got != code {
		t.Fatalf("the error %v has code %q, want %q", err, got, code)
	}
	if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), ": ") {
		t.Errorf("the error is no line of the form «doing: why»: %q", err)
	}
	if e, ok := err.(*release.Error); !ok || e.Hint == "" {
		t.Errorf("the error has no hint: %v", err)
	}
	if len(s.State()) != 0 {
		t.Error("something was published all the same")
	}
}
