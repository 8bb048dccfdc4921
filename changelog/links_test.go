package changelog

import (
	"strings"
	"testing"
)

func TestLinksFor(t *testing.T) {
	for _, tt := range []struct{ url, host, owner, repository string }{
		{"https://github.com/ann/pot", "https://github.com", "ann", "pot"},
		{"https://github.com/ann/pot.git", "https://github.com", "ann", "pot"},
		{"  https://github.com/ann/pot.GIT\n", "https://github.com", "ann", "pot"},
		{"git+https://github.com/ann/pot.git", "https://github.com", "ann", "pot"},
		{"git://github.com/ann/pot.git", "https://github.com", "ann", "pot"},
		{"git@github.com:ann/pot.git", "https://github.com", "ann", "pot"},
		{"github.com:ann/pot", "https://github.com", "ann", "pot"},
		{"ssh://git@github.com/ann/pot.git", "https://github.com", "ann", "pot"},
		{"git+ssh://git@git.pot.example:2222/ann/pot.git", "https://git.pot.example", "ann", "pot"},
		{"https://gitlab.com/ann/kitchen/pot.git", "https://gitlab.com", "ann", "kitchen/pot"},
		{"https://git.pot.example:8443/ann/pot", "https://git.pot.example:8443", "ann", "pot"},
		{"http://git.pot.example:8080/ann/pot", "http://git.pot.example:8080", "ann", "pot"},
		{"https://git.pot.example:443/ann/pot", "https://git.pot.example", "ann", "pot"},
		{"http://git.pot.example:80/ann/pot", "http://git.pot.example", "ann", "pot"},
		{"https://[::1]:3000/ann/pot", "https://[::1]:3000", "ann", "pot"},
		{"https://GitHub.com/Ann/Pot", "https://github.com", "Ann", "Pot"},
		{"https://github.com/ann/a%20pot", "https://github.com", "ann", "a%20pot"},
		{"git@github.com:ann/größe", "https://github.com", "ann", "gr%C3%B6%C3%9Fe"},
		{"https://github.com/ann", "https://github.com", "ann", ""},

		{"/srv/git/pot.git", "", "", ""},
		{"../pot", "", "", ""},
		{`C:\pot`, "", "", ""},
		{"C:/pot", "", "", ""},
		{"./a:b/pot", "", "", ""},
		{"file:///srv/git/pot.git", "", "", ""},
		{"https://ann:a%zz@github.com/ann/pot", "", "", ""}, // no URL
		{"", "", "", ""},
	} {
		l := LinksFor(tt.url)
		if l.Host != tt.host || l.Owner != tt.owner || l.Repository != tt.repository {
			t.Errorf("LinksFor(%q) = %q, %q, %q, want %q, %q, %q", tt.url, l.Host, l.Owner, l.Repository, tt.host, tt.owner, tt.repository)
		}
	}
}

func TestLinksHoldNoCredentials(t *testing.T) {
	for _, url := range []string{
		"https://ann:secret@github.com/ann/pot", "https://secret@github.com/ann/pot", "http://ann:secret@git.pot.example:8080/ann/pot",
		"ssh://ann:secret@git.pot.example:2222/ann/pot", "ann:secret@github.com:ann/pot", "secret@github.com:ann/pot",
		"https://ann:p@secret@github.com/ann/pot", "https://ann:secret%zz@github.com/ann/pot", "git+https://secret:x@github.com/ann/pot",
	} {
		l := LinksFor(url)
		if strings.Contains(l.Host+l.Owner+l.Repository, "secret") {
			t.Errorf("LinksFor(%q) = %+v", url, l)
		}
	}
}

func TestLinksOfHosts(t *testing.T) {
	for _, tt := range []struct{ url, commit, issue string }{
		{"https://github.com/ann/pot", "commit", "issues"},
		{"https://gitlab.com/ann/pot", "commit", "issues"},
		{"git@bitbucket.org:ann/pot", "commits", "issue"},
		{"https://git.pot.example/ann/pot", "commit", "issues"},
	} {
		if l := LinksFor(tt.url); l.Commit != tt.commit || l.Issue != tt.issue {
			t.Errorf("LinksFor(%q) has %q and %q, want %q and %q", tt.url, l.Commit, l.Issue, tt.commit, tt.issue)
		}
	}
}

func TestLinksWith(t *testing.T) {
	l := LinksFor("https://github.com/ann/pot").With(Links{Host: "https://mirror.example", Issue: "tickets"})
	want := Links{Host: "https://mirror.example", Owner: "ann", Repository: "pot", Commit: "commit", Issue: "tickets"}
	if l != want {
		t.Errorf("With gives %+v, want %+v", l, want)
	}
}
