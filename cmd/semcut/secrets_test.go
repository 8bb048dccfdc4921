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

func TestURLsOfVariablesHoldSecrets(t *testing.T) {
	s := &secrets{}
	s.AddNamed([]string{
		"DATABASE_URL=postgres://jane:hunter2hunter2@db.example.com/x", "HTTPS_PROXY=carol:proxyword@proxy:3128", "GITHUB_SERVER_URL=https://github.com",
		"HOMEPAGE=https://jane@example.com/", "CONTACT=mailto:jane@example.com", "REPOSITORY=git@github.com:acme/widget.git",
	})
	if got := s.Hide("hunter2hunter2 proxyword"); got != "*** ***" {
		t.Errorf("passwords are shown: %q", got)
	}
	shown := "jane and carol of acme/widget, postgres://db.example.com, proxy:3128, jane@example.com"
	if got := s.Hide(shown); got != shown {
		t.Errorf("ordinary words are hidden: %q", got)
	}
}

// TestWhatIsCutIsHidden: the beginning of a credential is one where the rest was cut off; that of a word is none.
func TestWhatIsCutIsHidden(t *testing.T) {
	s := &secrets{}
	s.Add("ghp_0123456789abcdefghij")
	s.Add("semantic-release-bot-password")
	for text, want := range map[string]string{
		"feat: add ghp_0123456789a…":       "feat: add ***…",
		`"add ghp_0123456789abc"`:          `"add ***"`,
		"ghp_012…":                         "ghp_012…",
		`the "semantic" word`:              `the "semantic" word`,
		"… ghp_0123 \" and semantic-rele ": "… ghp_0123 \" and semantic-rele ",
		"…":                                "…",
	} {
		if got := s.Hide(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// TestWhatIsToldLaterIsSecret: also after something was said, and also where it is a form of what was told before.
func TestWhatIsToldLaterIsSecret(t *testing.T) {
	s := &secrets{}
	s.Add("first-credential")
	if got := s.Hide("first-credential second-credential"); got != "*** second-credential" {
		t.Errorf("before the second is told: %q", got)
	}
	s.Add("second-credential")
	encoded := hex.EncodeToString([]byte("first-credential")) // a form of the first
	s.Add(encoded)
	for _, text := range []string{"first-credential", "second-credential", encoded, hex.EncodeToString([]byte(encoded))} {
		if got := s.Hide(text); got != "***" {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
}
