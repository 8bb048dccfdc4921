package commitparse

import "testing"

const sha = "0123456789abcdef0123456789abcdef01234567"

// A revert reads as header|hash; "" is none.
var revertTests = []struct{ shows, text, angular, conventional string }{
	{"git's own text", "Revert \"feat: a lid\"\n\nThis reverts commit " + sha + ".", "feat: a lid|" + sha, "feat: a lid|" + sha},
	{"the older way", "revert: feat: a lid\n\nThis reverts commit " + sha + ".", "feat: a lid|" + sha, "feat: a lid|" + sha},
	{"any case", "REVERT: a\nTHIS REVERTS COMMIT abcdef0.", "a|abcdef0", "a|abcdef0"},
	{"no full stop", "Revert \"a\"\n\nThis reverts commit " + sha, "a|" + sha, ""},
	{"a full stop that comes later", "Revert \"a\"\n\nThis reverts commit abcdef0, b.", "a|abcdef0", ""},
	{"seven characters", "Revert a This reverts commit abcdef0.", "a|abcdef0", "a|abcdef0"},
	{"six", "Revert a This reverts commit abcdef.", "", "a|abcdef"},
	{"forty-one", "Revert a This reverts commit " + sha + "8.", "", "a|" + sha + "8"},
	{"none", "Revert a This reverts commit .", "", "a|"},
	{"no hexadecimal number", "Revert a This reverts commit the_lid_.", "a|the_lid_", "a|the_lid_"},
	{"a paragraph between", "Revert \"a\"\n\nIt leaks.\n\nThis reverts commit abcdef0.", "a\"\n\nIt leaks.|abcdef0", "a\"\n\nIt leaks.|abcdef0"},
	{"a revert of a revert", "Revert \"Revert \"a\"\"\n\nThis reverts commit abcdef0.", "Revert \"a\"|abcdef0", "Revert \"a\"|abcdef0"},
	{"only a closing quote", "Revert a\"\nThis reverts commit abcdef0.", "a|abcdef0", "a|abcdef0"},
	{"only an opening quote", "Revert \"a\nThis reverts commit abcdef0.", "a|abcdef0", "a|abcdef0"},
	{"a header of one quote", "Revert \"\"\nThis reverts commit abcdef0.", "\"|abcdef0", "\"|abcdef0"},
	{"the first sentence with a hash counts", "Revert a\nThis reverts commit !\nThis reverts commit abcdef0.\nThis reverts commit abcdef1.",
		"a\nThis reverts commit !|abcdef0", "a\nThis reverts commit !|abcdef0"},
	{"one blank is the word's, more are the header's", "revert:  a\nThis reverts commit abcdef0.", " a|abcdef0", " a|abcdef0"},
	{"any white space parts", "revert:\u3000a\u2028This reverts commit abcdef0.", "a|abcdef0", "a|abcdef0"},

	{"without the sentence", "revert: feat: a", "", ""},
	{"without a blank", "revert:a\nThis reverts commit abcdef0.", "", ""},
	{"the blank before the colon", "revert : a", "", ""},
	{"with a scope", "revert(pot): a\nThis reverts commit abcdef0.", "", ""},
	{"git's reapply", "Reapply \"a\"\n\nThis reverts commit abcdef0.", "", ""},
	{"not at the beginning", "fix: Revert \"a\"\n\nThis reverts commit abcdef0.", "", ""},
	{"a sentence without a header", "Revert This reverts commit abcdef0.", "", ""},
	{"only the word", "revert", "", ""},
	{"only the word and a blank", "Revert ", "", ""},
	{"in two lines", "Revert a\nThis reverts\ncommit abcdef0.", "", ""},
}

func TestRevert(t *testing.T) {
	for _, tt := range revertTests {
		for _, f := range []struct {
			Format
			want string
		}{{Angular, tt.angular}, {ConventionalCommits, tt.conventional}} {
			got := ""
			if r := Parse(tt.text, f.Format).Revert; r != nil {
				got = r.Header + "|" + r.Hash
			}
			if got != f.want {
				t.Errorf("%s (%s): Parse(%q) takes back %q, want %q", tt.shows, f.Name, tt.text, got, f.want)
			}
		}
	}
}
