package release

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/internal/lazyregexp"
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

// BranchSetting is one entry of the configuration's branches. In Channel, Prerelease and Range, ${name} stands for the
// branch's name and ${match.1} for what the first * of the pattern stood for.
type BranchSetting struct {
	Name       string  // a name or a pattern (Glob)
	Channel    *string // nil: the default for the branch's kind; "": the default channel
	Prerelease string  // identifier; "true" stands for the branch's name; "" for none
	Range      string
	Place      string // where it is written: file, line, column and key; "" for a default
}

// errorf is an error about the branch of that name, which the setting made.
func (s BranchSetting) errorf(name, hint, format string, args ...any) error {
	why := fmt.Errorf(format, args...)
	if s.Place == "" {
		return Errorf(CodeConfig, hint, "reading the branch %q: %w", name, why)
	}
	return Errorf(CodeConfig, hint, "reading %s: branch %q: %w", s.Place, name, why)
}

// RemoteHead, as the name in a BranchSetting, stands for the branch that the remote's HEAD points at.
const RemoteHead = "HEAD"

// MaintenanceNames is the pattern of every branch called N.x or N.N.x: semantic-release's default.
const MaintenanceNames = "+([0-9])?(.{+([0-9]),x}).x"

// DefaultBranches is what holds without a configuration (docs/configuration.md).
func DefaultBranches() []BranchSetting {
	return []BranchSetting{
		{Name: MaintenanceNames}, {Name: RemoteHead}, {Name: "next"}, {Name: "next-major"},
		{Name: "beta", Prerelease: "true"}, {Name: "alpha", Prerelease: "true"},
	}
}

// Heads are the branches that there are.
type Heads struct {
	Default string // the one that the remote's HEAD points at
	Names   []string
	Current string // the one that is asked about
}

// Branches turns settings into the branches that there are, in the order of the settings and of the names: one for
// each name that a setting fits and none before it has taken. A setting that fits no branch makes none. A branch for which
// a pattern makes no sense is none, so that whoever pushes such a name stops nobody else's release; only where it is the
// current one it is an error.
func Branches(settings []BranchSetting, heads Heads) ([]Branch, error) {
	var branches []Branch
	taken := map[string]bool{}
	first := true
	names := slices.Clone(heads.Names)
	slices.Sort(names)
	for _, s := range settings {
		fitting, err := s.fitting(heads.Default, names)
		if err != nil {
			return nil, err
		}
		for _, name := range fitting {
			if taken[name] {
				continue
			}
			taken[name] = true
			b, err := s.branch(name, first)
			if err == nil {
				err = s.judgeAmong(b, branches)
			}
			if err != nil && IsPattern(s.Name) && name != heads.Current {
				continue
			}
			if err != nil {
				return nil, err
			}
			first = first && b.Kind != ReleaseBranch
			branches = append(branches, b)
		}
	}
	return branches, nil
}

// fitting gives those of the names that the setting is for.
func (s BranchSetting) fitting(head string, names []string) ([]string, error) {
	if s.Name == RemoteHead {
		return []string{head}, nil
	}
	if !IsPattern(s.Name) {
		if slices.Contains(names, s.Name) {
			return []string{s.Name}, nil
		}
		return nil, nil
	}
	g, err := ParseGlob(s.Name)
	if err != nil {
		return nil, s.errorf(s.Name, "write a name, or a pattern like release/*", "%w", err)
	}
	var fitting []string
	for _, name := range names {
		if g.Match(name) {
			fitting = append(fitting, name)
		}
	}
	return fitting, nil
}

var maintenanceName = lazyregexp.New(`^\d+(\.\d+)?(\.[xX])+$`)

// branch makes the branch of that name; first says that no release branch came before it.
func (s BranchSetting) branch(name string, first bool) (b Branch, err error) {
	values := s.values(name)
	fill := func(template string) string {
		text, failed := Expand(template, values)
		if err == nil && failed != nil {
			err = s.errorf(name, "see docs/configuration.md for the names", "%w", failed)
		}
		return text
	}
	b = Branch{Name: name, Kind: ReleaseBranch, Range: fill(s.Range)}
	switch {
	case s.Prerelease != "":
		b.Kind, b.Prerelease, b.Channel = PrereleaseBranch, fill(s.Prerelease), name
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
		b.Channel = fill(*s.Channel)
	}
	if err == nil {
		err = s.judge(b)
	}
	return b, err
}

// judge says what is wrong with what a template made of the branch's name.
func (s BranchSetting) judge(b Branch) error {
	if b.Kind == MaintenanceBranch && !ValidRange(b.Range) {
		return s.errorf(b.Name, "write it like range: 1.x or range: ${match.1}.x", "its range %q is none", b.Range)
	}
	if b.Kind == PrereleaseBranch {
		if _, ok := ParseVersion("1.0.0-" + b.Prerelease + ".1"); !ok {
			return s.errorf(b.Name, "name an identifier of letters, digits and hyphens: prerelease: beta", "%q can't stand in a version", b.Prerelease)
		}
	}
	return nil
}

// judgeAmong refuses a second branch for the same versions: the two would take each other's tags.
func (s BranchSetting) judgeAmong(b Branch, others []Branch) error {
	for _, other := range others {
		switch {
		case other.Kind != b.Kind:
		case b.Kind == MaintenanceBranch && b.sameRange(other):
			return s.errorf(b.Name, "give each branch its own range, or name one of the two only", "its range %q is that of branch %q, too", b.Range, other.Name)
		case b.Kind == PrereleaseBranch && b.Prerelease == other.Prerelease:
			return s.errorf(b.Name, "give each branch its own identifier: prerelease: beta", "its identifier %q is that of branch %q, too", b.Prerelease, other.Name)
		}
	}
	return nil
}

// Unused gives the patterns of a configuration that fit no branch: that may be so for now, or somebody wrote the wrong one.
// semantic-release's own pattern for maintenance branches, which many copy, is none of them.
func Unused(settings []BranchSetting, heads Heads) []BranchSetting {
	return slices.DeleteFunc(slices.Clone(settings), func(s BranchSetting) bool {
		fitting, err := s.fitting(heads.Default, heads.Names)
		return s.Place == "" || s.Name == MaintenanceNames || !IsPattern(s.Name) || len(fitting) > 0 || err != nil
	})
}

// values are what the templates of a setting can name for a branch.
func (s BranchSetting) values(name string) map[string]string {
	values := map[string]string{"name": name}
	if !strings.Contains(s.Name, "*") {
		return values
	}
	var expression strings.Builder
	for i, part := range regexp.MustCompile(`\*+`).Split(s.Name, -1) {
		if i > 0 {
			expression.WriteString("(.*)")
		}
		expression.WriteString(regexp.QuoteMeta(part))
	}
	m := regexp.MustCompile("^" + expression.String() + "$").FindStringSubmatch(name)
	for i := 1; i < len(m); i++ {
		values[fmt.Sprintf("match.%d", i)] = m[i]
	}
	return values
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

// bounds gives the first version of the range, and the first behind it.
func (b Branch) bounds() (lower, upper *semver.Version) {
	parts := strings.Split(b.Range, ".")
	number := func(i int) uint64 { n, _ := strconv.ParseUint(parts[i], 10, 64); return n }
	major := number(0)
	if strings.EqualFold(parts[1], "x") {
		return semver.New(major, 0, 0, "", ""), semver.New(major+1, 0, 0, "", "")
	}
	return semver.New(major, number(1), 0, "", ""), semver.New(major, number(1)+1, 0, "", "")
}

func (b Branch) sameRange(other Branch) bool {
	lower, upper := b.bounds()
	from, to := other.bounds()
	return lower.Equal(from) && upper.Equal(to)
}

// ofMajor says whether the range holds all of a major: 1.x, not 1.2.x.
func (b Branch) ofMajor() bool { return strings.EqualFold(strings.Split(b.Range, ".")[1], "x") }

// ValidRange says whether text has the form N.x, N.x.x or N.N.x.
func ValidRange(text string) bool {
	return maintenanceName.MatchString(text) && strings.Count(text, ".") <= 2
}
