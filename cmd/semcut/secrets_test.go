package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// TestSecretsAreHiddenInEveryForm: a credential is found in every form that it may be written in, and nothing else is
// taken for one.
func TestSecretsAreHiddenInEveryForm(t *testing.T) {
	const token = "ghp_a/b+c=\"d<0123456789"
	s := &secrets{}
	s.Add(token)
	quoted, err := json.Marshal(map[string]string{"a": token})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		token, "https://x-access-token:" + url.QueryEscape(token) + "@github.com", url.PathEscape(token), strings.ToLower(url.QueryEscape(token)),
		string(quoted), hex.EncodeToString([]byte(token)),
	} {
		if got := s.Hide("before " + text + " after"); !strings.Contains(got, "***") || strings.Contains(got, "0123456789") || strings.Contains(got, "3031323334") {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
	for _, user := range []string{"", "a:", "ab:", "x-access-token:", "oauth2:", "git:", "someone@example.com:"} {
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
			text := encoding.EncodeToString([]byte(user + token + "\n"))
			if got := s.Hide("Authorization: Basic " + text); !strings.Contains(got, "***") || len(got) > len("Authorization: Basic ")+len(user)*2+12 {
				t.Errorf("%q with user %q is shown as %q", text, user, got)
			}
		}
	}
}

func TestWhichVariablesAreSecret(t *testing.T) {
	s := &secrets{}
	s.AddNamed([]string{
		"GIT_AUTHOR_NAME=Alice Liddell", "GIT_AUTHOR_EMAIL=alice@example.com", "AUTHOR=semantic-release-bot", "NPM_TOKEN=npm_0123456789", "DEPLOY_KEY=deploykey99",
		"DB_PASSWORD=hunter2hunter2", "MONKEY=bananabanana", "KEYBOARD_LAYOUT=germanlayout", "TOKEN_FILE=/run/secrets/token", "SHORT_TOKEN=abc", "SECRET_ID=public-name", "AUTH_KEY=auth-key-1",
	})
	shown := "Alice Liddell alice@example.com semantic-release-bot bananabanana germanlayout /run/secrets/token abc public-name"
	if got := s.Hide(shown); got != shown {
		t.Errorf("ordinary words are hidden: %q", got)
	}
	if got := s.Hide("npm_0123456789 deploykey99 hunter2hunter2 auth-key-1"); got != "*** *** *** ***" {
		t.Errorf("credentials are shown: %q", got)
	}
}

func TestLinesOfAKeyAreSecret(t *testing.T) {
	s := &secrets{}
	s.Add("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nAAAABG5vbmUAAAAEbm9uZQAA\n-----END OPENSSH PRIVATE KEY-----\n")
	if got := s.Hide("hook| b3BlbnNzaC1rZXktdjEAAAAA\n"); got != "hook| ***\n" {
		t.Errorf("a line of a key is shown: %q", got)
	}
}
