package ghactions

import (
	"os"
	"path/filepath"
	"testing"
)

func TestEventRange(t *testing.T) {
	for _, tt := range []struct{ name, json, from, to string }{
		{"push", `{"before":"a","after":"b"}`, "a", "b"},
		{"pull request", `{"before":"x","pull_request":{"title":"feat: a","base":{"sha":"c"},"head":{"sha":"d"}}}`, "c", "d"},
		{"merge group", `{"merge_group":{"base_sha":"e","head_sha":"f"}}`, "e", "f"},
		{"schedule", `{"schedule":"* * * * *"}`, "", ""},
	} {
		file := filepath.Join(t.TempDir(), "event.json")
		if err := os.WriteFile(file, []byte(tt.json), 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := ReadEvent(func(string) string { return file })
		if err != nil {
			t.Fatal(err)
		}
		if from, to := e.Range(); from != tt.from || to != tt.to {
			t.Errorf("%s: the range is %q..%q, want %q..%q", tt.name, from, to, tt.from, tt.to)
		}
	}
}

func TestEventThatIsNotThere(t *testing.T) {
	for _, file := range []string{"", filepath.Join(t.TempDir(), "none.json")} {
		if _, err := ReadEvent(func(string) string { return file }); err == nil {
			t.Errorf("reading %q gives no error", file)
		}
	}
}

func TestFork(t *testing.T) {
	for json, want := range map[string]bool{
		`{"base":{"repo":{"full_name":"a/b"}},"head":{"repo":{"full_name":"a/b"}}}`: false,
		`{"base":{"repo":{"full_name":"a/b"}},"head":{"repo":{"full_name":"c/b"}}}`: true,
		`{"base":{"repo":{"full_name":"a/b"}},"head":{"repo":null}}`:                true, // it was deleted
		`{}`: true,
	} {
		file := filepath.Join(t.TempDir(), "event.json")
		if err := os.WriteFile(file, []byte(`{"pull_request":`+json+`}`), 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := ReadEvent(func(string) string { return file })
		if err != nil || e.PullRequest.Fork() != want {
			t.Errorf("%s is of a fork: %v, want %v; %v", json, e.PullRequest.Fork(), want, err)
		}
	}
}
