// Package gittest builds git repositories for tests with the real git program, and serves them over HTTP and ssh. It makes
// keys for signatures, and starts agents for them.
//
// Everything is fixed: dates count up from one moment, nothing of the user's or the system's configuration is
// read, and nobody's credentials are asked. A test that needs git fails where there is none; one that needs sshd,
// gpg or ssh-keygen is skipped with the reason, unless SEMCUT_INTEGRATION is set.
package gittest
