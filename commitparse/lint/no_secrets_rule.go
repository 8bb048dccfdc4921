package lint

var noSecretsRule = Rule{
	Name:    "no-secrets",
	Doc:     "Nothing in the message looks like a password, a token or a private key.",
	Mend:    "take it out, and if it was ever pushed, revoke it",
	Good:    []string{"feat: a token for the API", "feat: a\n\nRefs: 0123456789abcdef0123456789abcdef01234567"},
	Bad:     []string{"feat: a\n\nghp_0123456789abcdefghijABCDEFGHIJ012345", "fix: use AKIAIOSFODNN7EXAMPLE", "fix: a\n\n-----BEGIN RSA PRIVATE KEY-----", "fix: https://ann:hunter2hunter2@example.com"},
	Default: Setting{Level: Error},
	Own:     true,
	check:   checkNoSecrets,
}
