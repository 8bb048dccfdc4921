package main

import (
	"net/url"
	"testing"
)

// TestTokensGoToTheirHosts: who gets which token (nobody gets one that is meant for another host).
func TestTokensGoToTheirHosts(t *testing.T) {
	tests := []struct {
		address string
		env     map[string]string
		want    string
	}{
		{"https://github.com/acme/widget.git", nil, "general"},
		{"https://api.github.com", nil, "general"},
		{"https://uploads.github.com", nil, "general"},
		{"https://GITHUB.com", nil, "general"},
		{"http://github.com/acme/widget.git", nil, ""},
		{"https://github.com.evil.example", nil, "enterprise"},
		{"https://evil.example/github.com", nil, "enterprise"},
		{"https://notgithub.com", nil, "enterprise"},
		{"https://gist.github.com", nil, "enterprise"},
		{"https://ghe.example.com", nil, "enterprise"},
		{"https://ghe.example.com", map[string]string{"GITHUB_SERVER_URL": "https://ghe.example.com"}, "general"},
		{"https://api.ghe.example.com", map[string]string{"GITHUB_SERVER_URL": "https://ghe.example.com"}, "general"},
		{"https://ghe.example.com", map[string]string{"GITHUB_API_URL": "https://api.ghe.example.com"}, "general"},
		{"http://ghe.example.com", map[string]string{"GITHUB_SERVER_URL": "https://ghe.example.com"}, ""},
		{"http://ghe.example.com", map[string]string{"GITHUB_SERVER_URL": "http://ghe.example.com"}, "general"},
		{"http://127.0.0.1:80", map[string]string{"GITHUB_API_URL": "http://127.0.0.1:8080"}, ""},
		{"https://github.com", map[string]string{"GH_TOKEN": "", "GITHUB_TOKEN": " second "}, "second"},
		{"https://ghe.example.com", map[string]string{"GH_ENTERPRISE_TOKEN": ""}, ""},
	}
	for _, tt := range tests {
		env := map[string]string{"GH_TOKEN": "general", "GITHUB_TOKEN": "second", "GH_ENTERPRISE_TOKEN": "enterprise"}
		for name, value := range tt.env {
			env[name] = value
		}
		a := &app{Env: func(name string) string { return env[name] }, Secrets: &secrets{}}
		u, err := url.Parse(tt.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.token(t.Context(), u, false); got != tt.want {
			t.Errorf("%s with %v gets %q, want %q", tt.address, tt.env, got, tt.want)
		}
	}
}
