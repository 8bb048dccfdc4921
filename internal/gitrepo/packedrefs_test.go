package gitrepo

import (
	"slices"
	"strings"
	"testing"
)

// TestPackedRefs reads what git and other tools write.
func TestPackedRefs(t *testing.T) {
	a, b, c := strings.Repeat("a", 40), strings.Repeat("b", 40), strings.Repeat("c", 40)
	for _, tt := range []struct {
		name, text string
		want       packedRefs
	}{
		{"nothing", "", packedRefs{}},
		{"all traits", "# pack-refs with: peeled fully-peeled sorted \n" + a + " refs/heads/main\n" + b + " refs/tags/v1\n^" + c + "\n" + c + " refs/tags/v2\n",
			packedRefs{{"refs/heads/main", a, ""}, {"refs/tags/v1", b, c}, {"refs/tags/v2", c, c}}},
		{"no traits", a + " refs/tags/v1\n", packedRefs{{"refs/tags/v1", a, ""}}},
		{"not in order, one twice", b + " refs/tags/v2\n" + a + " refs/tags/v1\n" + c + " refs/tags/v2\n", packedRefs{{"refs/tags/v1", a, ""}, {"refs/tags/v2", c, ""}}},
		{"line ends of Windows", "# pack-refs with: peeled\r\n" + a + " refs/tags/v1\r\n^" + b + "\r\n", packedRefs{{"refs/tags/v1", a, b}}},
		{"not fully peeled", "# pack-refs with: peeled\n" + a + " refs/tags/v1\n" + b + " refs/tags/v2\n^" + c + "\n", packedRefs{{"refs/tags/v1", a, ""}, {"refs/tags/v2", b, c}}},
		{"without an end", a + " refs/tags/v1", packedRefs{{"refs/tags/v1", a, ""}}},
		{"a line that is peeled from nothing", "^" + a + "\n", nil},
		{"two that are peeled from one", a + " refs/tags/v1\n^" + b + "\n^" + c + "\n", nil},
		{"a short name", "abc refs/tags/v1\n", nil},
		{"no name", a + "\n", nil},
		{"an empty name", a + " \n", nil},
	} {
		got, err := parsePackedRefs(tt.text)
		if (err != nil) != (tt.want == nil) || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

// FuzzPackedRefs: whatever the text, what is read is sorted, each ref once, and found again.
func FuzzPackedRefs(f *testing.F) {
	hash := strings.Repeat("0123456789", 4)
	f.Add("# pack-refs with: peeled fully-peeled sorted \n" + hash + " refs/tags/v1\n^" + hash + "\n" + hash + " refs/heads/main\n")
	f.Add(hash + " b\n" + hash + " a\n" + hash + " b")
	f.Fuzz(func(t *testing.T, text string) {
		refs, err := parsePackedRefs(text)
		if err != nil {
			return
		}
		for i, r := range refs {
			if i > 0 && refs[i-1].name >= r.name {
				t.Errorf("%q comes before %q", refs[i-1].name, r.name)
			}
			if found := refs.find(r.name); found == nil || *found != r || !isHash(r.hash) {
				t.Errorf("%q is %v", r.name, found)
			}
			if below := refs.below(r.name); len(below) == 0 || below[0] != r {
				t.Errorf("below %q is %v", r.name, below)
			}
		}
	})
}
