package release

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRanking: taken one by one or all at once, tags come as semver puts them, and of one version the format's own first.
func TestRanking(t *testing.T) {
	format, err := ParseTagFormat("${version}")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		var tags []Tag
		for i := range r.IntN(60) {
			name := fmt.Sprintf("%d.%d.%d", r.IntN(3), r.IntN(3), r.IntN(12))
			name += []string{"", "", "", "-rc.1", "-beta", "+build", ".1", "-01"}[r.IntN(8)]
			name = []string{"", "", "v", "=", "0", "x"}[r.IntN(6)] + name
			if i == 7 {
				name = "9007199254740991.0.0" // the largest that node-semver takes
			}
			tags = append(tags, Tag{Name: name, Commit: fmt.Sprint(i)})
		}
		var want []versionTag
		for _, tag := range tags {
			if v, ok := format.Version(tag.Name); ok {
				want = append(want, versionTag{tag, v})
			}
		}
		slices.SortStableFunc(want, func(a, b versionTag) int {
			if c := b.Version.Compare(a.Version); c != 0 {
				return c
			}
			return boolOrder(format.Tag(a.Version) == a.Name, format.Tag(b.Version) == b.Name)
		})
		all, ranked := rankVersions(tags, format).all(), rankVersions(tags, format)
		ranked.at(r.IntN(60)) // some, before the rest
		for i, w := range want {
			for how, got := range map[string]*versionTag{"one by one": ranked.at(i), "all": &all[i], "all, after some": &ranked.all()[i]} {
				if got == nil || got.Tag != w.Tag || !got.Version.Equal(w.Version) {
					t.Fatalf("seed %d, %s: place %d is %v, want %v", seed, how, i, got, w)
				}
			}
		}
		if len(all) != len(want) || ranked.at(len(want)) != nil {
			t.Fatalf("seed %d: %d tags, want %d", seed, len(all), len(want))
		}
	}
}
