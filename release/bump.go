package release

import (
	"fmt"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// Bump is how far a version moves. Bumps are ordered: None < Patch < Minor < Major.
type Bump int

// The bumps.
const (
	None Bump = iota
	Patch
	Minor
	Major
)

var bumpNames = [...]string{"none", "patch", "minor", "major"}

// String gives "none", "patch", "minor" or "major".
func (b Bump) String() string {
	if b < None || b > Major {
		return fmt.Sprintf("Bump(%d)", int(b))
	}
	return bumpNames[b]
}

// MarshalText writes the name, so that JSON carries it.
func (b Bump) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (b *Bump) UnmarshalText(text []byte) error {
	parsed, err := ParseBump(string(text))
	if err == nil {
		*b = parsed
	}
	return err
}

// ParseBump reads a bump's name.
func ParseBump(name string) (Bump, error) {
	for i, n := range bumpNames {
		if n == name {
			return Bump(i), nil
		}
	}
	return None, fmt.Errorf("reading bump %q: not one of %s", name, strings.Join(bumpNames[:], ", "))
}

// Apply gives the version that follows v, as node-semver's inc does: a pre-release that already
// stands at the place that the bump leads to only loses its suffix (1.1.0-beta.1 minor → 1.1.0).
// semver.Version.IncMinor and IncMajor skip a version there. Build metadata is dropped.
func (b Bump) Apply(v *semver.Version) *semver.Version {
	major, minor, patch := v.Major(), v.Minor(), v.Patch()
	pre := v.Prerelease() != ""
	switch b {
	case Major:
		if !pre || minor != 0 || patch != 0 {
			major++
		}
		minor, patch = 0, 0
	case Minor:
		if !pre || patch != 0 {
			minor++
		}
		patch = 0
	case Patch:
		if !pre {
			patch++
		}
	default:
		return semver.New(major, minor, patch, v.Prerelease(), "")
	}
	return semver.New(major, minor, patch, "", "")
}
