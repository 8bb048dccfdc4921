package lint

import (
	"regexp"
	"strings"
)

// secretMark is the beginning of a kind of secret, by which most text is passed over at once, and its whole shape.
type secretMark struct{ mark, shape string }

// secretMarks are kinds of credentials that say what they are. A mere run of letters and digits is none: hashes are that.
var secretMarks = [...]secretMark{
	{"AKIA", `\bAKIA[0-9A-Z]{16}\b`},
	{"ASIA", `\bASIA[0-9A-Z]{16}\b`},
	{"ghp_", `\bghp_[0-9A-Za-z]{36,}`},
	{"gho_", `\bgho_[0-9A-Za-z]{36,}`},
	{"ghs_", `\bghs_[0-9A-Za-z]{36,}`},
	{"ghu_", `\bghu_[0-9A-Za-z]{36,}`},
	{"ghr_", `\bghr_[0-9A-Za-z]{36,}`},
	{"github_pat_", `\bgithub_pat_[0-9A-Za-z_]{36,}`},
	{"glpat-", `\bglpat-[0-9A-Za-z_-]{20,}`},
	{"npm_", `\bnpm_[0-9A-Za-z]{36}`},
	{"pypi-", `\bpypi-[0-9A-Za-z_-]{50,}`},
	{"xox", `\bxox[abeoprs]-[0-9A-Za-z-]{10,}`},
	{"sk_live_", `\bsk_live_[0-9A-Za-z]{16,}`},
	{"AIza", `\bAIza[0-9A-Za-z_-]{35}`},
	{"eyJ", `\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}`},
	{"PRIVATE KEY-----", `-----BEGIN [A-Z ]*PRIVATE KEY-----`},
	{"://", `\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]{6,}@`},
}

func checkNoSecrets(m *Message, s Setting) *finding {
	for _, kind := range secretMarks {
		if !strings.Contains(m.Raw, kind.mark) {
			continue
		}
		shape := regexp.MustCompile(kind.shape)
		for i, line := range m.lines {
			if at := shape.FindStringIndex(line); at != nil {
				return judge(s, false, "message must not hold what looks like a secret", "message must hold a secret", spot{i, at[0], at[1]})
			}
		}
	}
	return nil
}
