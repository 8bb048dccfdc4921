package release

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// Branch is one branch that releases are made from (semantic-release's branch).
type Branch struct {
	Name       string     `json:"name"`
	Kind       BranchKind `json:"kind"`
	Channel    string     `json:"channel"`              // "" is the default channel
	Prerelease string     `json:"prerelease,omitempty"` // the identifier, "beta" in 1.0.0-beta.1
	Range      string     `json:"range,omitempty"`      // "1.x": the only versions that a maintenance branch may get
	First      bool       `json:"-"`                    // the first release branch: the line that is "latest"
}

// BranchKind tells which versions a branch may get.
type BranchKind string

// The kinds of branch.
const (
	ReleaseBranch     BranchKind = "release"
	PrereleaseBranch  BranchKind = "prerelease"
	MaintenanceBranch BranchKind = "maintenance"
)

// BranchSetting is one entry of the configuration's branches.
type BranchSetting struct {
	Name       string
	Channel    *string // nil: the default for the branch's kind; "": the default channel
	Prerelease string  // identifier; "true" stands for the branch's name; "" for none
	Range      string
}

// RemoteHead, as the name in a BranchSetting, stands for the branch that the remote's HEAD points at.
const RemoteHead = "HEAD"

// MaintenanceNames, as the name in a BranchSetting, stands for every branch called N.x or N.N.x.
const MaintenanceNames = "N.x"

// DefaultBranches is what holds without a configuration (docs/configuration.md).
func DefaultBranches() []BranchSetting {
	return []BranchSetting{
		{Name: MaintenanceNames}, {Name: RemoteHead}, {Name: "next"}, {Name: "next-major"},
		{Name: "beta", Prerelease: "true"}, {Name: "alpha", Prerelease: "true"},
	}
}

// Branches turns settings into the branches that a name can mean. defaultBranch is the branch that
// the remote's HEAD points at; current is the branch that is being asked about, so that
// MaintenanceNames has something to match.
func Branches(settings []BranchSetting, defaultBranch, current string) []Branch {
	var branches []Branch
	taken := map[string]bool{}
	first := true
	for _, s := range settings {
		name := s.Name
		switch {
		case name == RemoteHead:
			name = defaultBranch
		case name == MaintenanceNames && maintenanceName.MatchString(current):
			name = current
		}
		if name == "" || name == MaintenanceNames || taken[name] {
			continue
		}
		taken[name] = true
		b := branchOf(s, name, first)
		first = first && b.Kind != ReleaseBranch
		branches = append(branches, b)
	}
	return branches
}

var maintenanceName = regexp.MustCompile(`^\d+(\.\d+)?(\.[xX])+$`)

func branchOf(s BranchSetting, name string, first bool) Branch {
	b := Branch{Name: name, Kind: ReleaseBranch, Range: s.Range}
	switch {
	case s.Prerelease != "":
		b.Kind, b.Prerelease, b.Channel = PrereleaseBranch, s.Prerelease, name
		if s.Prerelease == "true" {
			b.Prerelease = name
		}
	case s.Range != "" || maintenanceName.MatchString(name):
		b.Kind, b.Channel = MaintenanceBranch, name
		if b.Range == "" {
			b.Range = name
		}
	case first:
		b.First = true
	default:
		b.Channel = name
	}
	if s.Channel != nil {
		b.Channel = *s.Channel
	}
	return b
}

// FindBranch gives the branch of that name.
func FindBranch(branches []Branch, name string) (Branch, bool) {
	i := slices.IndexFunc(branches, func(b Branch) bool { return b.Name == name })
	if i < 0 {
		return Branch{}, false
	}
	return branches[i], true
}

// Allows says whether the branch's range holds v. Only maintenance branches have one.
func (b Branch) Allows(v *semver.Version) bool {
	if b.Kind != MaintenanceBranch {
		return true
	}
	for i, part := range strings.Split(b.Range, ".") {
		if strings.EqualFold(part, "x") {
			return true
		}
		if got := [...]uint64{v.Major(), v.Minor(), v.Patch()}; i >= len(got) || strconv.FormatUint(got[i], 10) != part {
			return false
		}
	}
	return true
}

// ValidRange says whether text has the form N.x, N.x.x or N.N.x.
func ValidRange(text string) bool {
	return maintenanceName.MatchString(text) && strings.Count(text, ".") <= 2
}
