package github

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func newServer(t *testing.T, handler http.HandlerFunc) (url string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}
