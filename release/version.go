package release

import (
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// boolOrder sorts true before false.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// hasIdentifier says whether id is one of the dot-separated pre-release identifiers of v, or several in a row. Of those
// semantic-release 25 knows nothing: it never finds the pre-releases of a branch with prerelease: AS2024.10 again.
func hasIdentifier(v *semver.Version, id string) bool {
	return strings.Contains("."+v.Prerelease()+".", "."+id+".")
}

// counts says whether a version can be the last release of a branch: a stable one on every branch, a
// pre-release only on the branch with its identifier (spec §2.5; decisions on tags without a note).
func (b Branch) counts(v *semver.Version) bool {
	return v.Prerelease() == "" || b.Kind == PrereleaseBranch && hasIdentifier(v, b.Prerelease)
}

// nextVersion is semantic-release 25's rule for every kind of branch (spec §2.6). last is the branch's
// last release, highest its highest tag of any kind; both are nil before the first release.
func nextVersion(b Branch, last, highest *semver.Version, bump Bump, initial *semver.Version) *semver.Version {
	if b.Kind != PrereleaseBranch {
		if last == nil {
			return initial
		}
		return bump.Apply(last)
	}
	if last == nil {
		return firstOf(initial, b.Prerelease)
	}
	if last.Prerelease() == "" {
		return firstOf(bump.Apply(last), b.Prerelease)
	}
	counted, restarted := nextPrerelease(last), firstOf(bump.Apply(highest), b.Prerelease)
	if restarted.GreaterThan(counted) {
		return restarted
	}
	return counted
}

func firstOf(core *semver.Version, id string) *semver.Version {
	return semver.New(core.Major(), core.Minor(), core.Patch(), id+".1", "")
}

// nextPrerelease counts the last numeric identifier up, and adds ".0" where there is none
// (node-semver's inc prerelease).
func nextPrerelease(v *semver.Version) *semver.Version {
	ids := strings.Split(v.Prerelease(), ".")
	for i := len(ids) - 1; i >= 0; i-- {
		if n, err := strconv.ParseUint(ids[i], 10, 64); err == nil {
			ids[i] = strconv.FormatUint(n+1, 10)
			return semver.New(v.Major(), v.Minor(), v.Patch(), strings.Join(ids, "."), "")
		}
	}
	return semver.New(v.Major(), v.Minor(), v.Patch(), strings.Join(append(ids, "0"), "."), "")
}
