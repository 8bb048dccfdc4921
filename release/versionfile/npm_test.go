package versionfile

import "testing"

// TestAsNPM: what "npm version 1.2.3" makes of a file (npm 11, libnpmversion).
func TestAsNPM(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"two blanks", "{\n  \"name\": \"a\",\n  \"version\": \"1.0.0\",\n  \"files\": [\"b\", \"c\"],\n  \"x\": {}, \"y\": []\n}\n", "{\n  \"name\": \"a\",\n  \"version\": \"1.2.3\",\n  \"files\": [\n    \"b\",\n    \"c\"\n  ],\n  \"x\": {},\n  \"y\": []\n}\n"},
		{"a tab, and no line end", "{\n\t\"version\": \"1.0.0\"}", "{\n\t\"version\": \"1.2.3\"\n}\n"},
		{"CRLF", "{\r\n  \"version\": \"1.0.0\",\r\n  \"a\": 1\r\n}\r\n", "{\r\n  \"version\": \"1.2.3\",\r\n  \"a\": 1\r\n}\r\n"},
		{"in one line", "{\"version\": \"1.0.0\", \"a\": [1, 2]}\n", "{\"version\":\"1.2.3\",\"a\":[1,2]}"},
		{"no version", "{\n  \"name\": \"a\"\n}\n", "{\n  \"name\": \"a\",\n  \"version\": \"1.2.3\"\n}\n"},
		{"a lock", "{\n  \"version\": \"1.0.0\",\n  \"packages\": {\n    \"\": {\"version\": \"1.0.0\"},\n    \"node_modules/b\": {\"version\": \"1.0.0\"}\n  }\n}\n", "{\n  \"version\": \"1.2.3\",\n  \"packages\": {\n    \"\": {\n      \"version\": \"1.2.3\"\n    },\n    \"node_modules/b\": {\n      \"version\": \"1.0.0\"\n    }\n  }\n}\n"},
		{"letters and numbers", "{\n \"version\": \"1\", \"b\": \"\\u00e9\\u2028<&>\\\"\\\\\\/\\b\\u0001\\u007f\", \"n\": [1.0, 1e3, 1E-7, -0, 0.1, 1e21, true, null], \"2\": 1, \"1\": 2\n}", "{\n \"1\": 2,\n \"2\": 1,\n \"version\": \"1.2.3\",\n \"b\": \"é\u2028<&>\\\"\\\\/\\b\\u0001\x7f\",\n \"n\": [\n  1,\n  1000,\n  1e-7,\n  0,\n  0.1,\n  1e+21,\n  true,\n  null\n ]\n}\n"},
		{"a mark, a key that is there twice, an _id", "\uFEFF{\n  \"_id\": \"x\",\n  \"version\": \"0\",\n  \"version\": \"1\"\n}\n", "{\n  \"version\": \"1.2.3\"\n}\n"},
	}
	for _, tt := range tests {
		got, err := Set("package.json", []byte(tt.in), "1.2.3", Options{NPM: true})
		if err != nil || string(got) != tt.want {
			t.Errorf("%s:\ngot  %q %v\nwant %q", tt.name, got, err, tt.want)
		}
	}
	for _, bad := range []string{"", "[]", "{", "{} x", "7", "{\"a\": \"\xff\"}"} {
		if got, err := Set("package.json", []byte(bad), "1.2.3", Options{NPM: true}); err == nil {
			t.Errorf("%q: got %q, want an error", bad, got)
		}
	}
}
