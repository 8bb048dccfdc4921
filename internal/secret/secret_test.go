package secret

import (
	"slices"
	"testing"
)

func TestInURL(t *testing.T) {
	tests := []struct {
		raw  string
		want []string
	}{
		{"https://github.com/acme/widget.git", nil},
		{"git@github.com:acme/widget.git", nil},
		{"ssh://git@github.com/acme/widget.git", nil},
		{"https://jane@github.com/acme/widget.git", nil},
		{"https://x-access-token@github.com", nil},
		{"https://first.last.of.somebody42@github.com", nil},
		{"https://jane:secret@github.com/ab", []string{"secret"}},
		{"git+https://jane:secret@github.com", []string{"secret"}},
		{"https://jane:s%40cret@github.com", []string{"s%40cret", "s@cret"}},
		{"https://jane:s@cret@github.com/", []string{"s@cret"}},
		{"https://jane:s/cret@github.com/", []string{"s/cret"}},
		{"https://jane:s@cr/et@github.com/", []string{"s", "cr/et", "s@cr/et"}},
		{"http://jane:secret@[proxy", []string{"secret"}},
		{"jane:secret@proxy:3128", []string{"secret"}},
		{"https://ghp_abc:x-oauth-basic@github.com", []string{"ghp_abc"}},
		{"https://0123456789abcdef0123@github.com", []string{"0123456789abcdef0123"}},
		{"ssh://0123456789abcdef0123@github.com", nil},
		{"postgres://jane:secret@db/x?y=z@w", []string{"secret", "db/x?y=z", "secret@db/x?y=z"}},
		{"say hello to jane@example.com", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if got := InURL(tt.raw); !slices.Equal(got, tt.want) {
			t.Errorf("InURL(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func TestInHeader(t *testing.T) {
	tests := []struct {
		name, value string
		want        []string
	}{
		{"Authorization", "Bearer secret", []string{"secret"}},
		{"AUTHORIZATION", "basic amFuZTpzZWNyZXQ=", []string{"amFuZTpzZWNyZXQ=", "secret"}},
		{"Authorization", "secret", []string{"secret"}},
		{"Private-Token", " secret", []string{"secret"}},
		{"X-Api-Key", "secret", []string{"secret"}},
		{"Cookie", "session=1", []string{"session=1"}},
		{"X-Client", "semcut", nil},
		{"Authorization", "", nil},
	}
	for _, tt := range tests {
		if got := InHeader(tt.name, tt.value); !slices.Equal(got, tt.want) {
			t.Errorf("InHeader(%q, %q) = %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}

func TestInJSON(t *testing.T) {
	const document = `{"type": "service_account", "client_email": "a@example.com", "private_key": "one", "auths": {"host": {"auth": "two", "email": "x"}},
		"more": [{"accessToken": "three", "tokens": {"name": "x"}}]}`
	got := InJSON(document)
	slices.Sort(got)
	if want := []string{"one", "three", "two"}; !slices.Equal(got, want) {
		t.Errorf("InJSON gives %q, want %q", got, want)
	}
	for _, text := range []string{"", "{", "token", `"token"`} {
		if got := InJSON(text); got != nil {
			t.Errorf("InJSON(%q) = %q", text, got)
		}
	}
}

func TestName(t *testing.T) {
	for name, want := range map[string]bool{
		"DEPLOY_TOKEN": true, "PGPASSWORD": true, "MYSQL_PWD": true, "DB_PASS": true, "SLACK_WEBHOOK_URL": true, "npm_config_//registry.npmjs.org/:_authToken": true,
		"PWD": false, "OLDPWD": false, "GIT_ASKPASS": false, "SSH_AUTH_SOCK": false, "ACTIONS_ID_TOKEN_REQUEST_URL": false, "GIT_AUTHOR_NAME": false,
		"TOKENIZER": false, "COMPASS": false, "SECRETARY": false, "user.signingKeyFile": false,
	} {
		if Name(name) != want {
			t.Errorf("Name(%q) = %v", name, !want)
		}
	}
}

func TestHidden(t *testing.T) {
	for text, want := range map[string]string{
		`reading "https://jane:s@c@example.com/a@b": no`: `reading "https://***@example.com/a@b": no`,
		"see https://example.com:8080/a@b":               "see https://example.com:8080/a@b",
		"https://jane@example.com":                       "https://jane@example.com",
	} {
		if got := Hidden(text); got != want {
			t.Errorf("Hidden(%q) = %q, want %q", text, got, want)
		}
	}
}
