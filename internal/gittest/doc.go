// Package gittest builds git repositories for tests with the real git program, and serves them over HTTP and ssh.
//
// Everything is fixed: dates count up from one moment, nothing of the user's or the system's configuration is
// read, and nobody's credentials are asked. A test that needs git fails where there is none; one that needs sshd
// is skipped with the reason, unless SEMCUT_INTEGRATION is set.
package gittest
