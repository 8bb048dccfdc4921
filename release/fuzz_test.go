package release_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/Masterminds/semver/v3"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/release"
)

var fuzzMessages = []string{
	"feat: a", "fix: b", "docs: c", "chore: d", "feat!: e", "perf(x): f", "not conventional", "fix: g\n\nBREAKING CHANGE: h", "Merge branch 'x'",
	"feat: i [skip release]", "chore: j\n\nRelease-As: 7.0.0",
}

var fuzzBranches = []string{"0.x", "1.0.x", "1.1.x", "1.x", "2.x", "main", "next", "next-major"}

var fuzzChannels = []string{`[null]`, `["next"]`, `["next-major",null]`, `["1.x"]`, `["beta"]`, `["other"]`, `[]`, `"none"`}

// decode makes a history of bytes: commits on any commits before them, tags of any version on any commit, notes on any tag,
// branches at any commit.
func decode(data []byte) (*memory, []release.Line) {
	m := &memory{}
	m.commit("chore: begin")
	at := map[string]string{}
	for len(data) >= 3 {
		op, a, b := data[0], int(data[1]), int(data[2])
		data = data[3:]
		any := func(i int) string { return m.commits[i%len(m.commits)].Hash }
		message := fuzzMessages[a%len(fuzzMessages)]
		switch op % 8 {
		case 0, 1:
			m.commit(message)
		case 2:
			m.commit(message, any(b))
		case 3:
			m.commit(message, m.head(), any(b))
		case 4:
			m.addTag(fmt.Sprintf("v%d.%d.%d", a%3, a/3%3, b%3), any(b))
		case 5:
			m.addTag(fmt.Sprintf("v%d.%d.0-beta.%d", a%3, a/3%3, b%4), any(b))
		case 6:
			at[fuzzBranches[a%len(fuzzBranches)]] = any(b)
		case 7:
			if len(m.tags) > 0 {
				m.note(m.tags[a%len(m.tags)].Name, fuzzChannels[b%len(fuzzChannels)])
			}
		}
		if op%11 == 0 {
			m.commit("Revert \"x\"\n\nThis reverts commit " + any(b) + ".")
		}
	}
	var lines []release.Line
	for _, name := range fuzzBranches {
		if commit, ok := at[name]; ok {
			lines = append(lines, release.Line{Branch: branchNamed(name), Commit: commit})
		}
	}
	return m, lines
}

func (m *memory) addTag(name, commit string) {
	if !slices.ContainsFunc(m.tags, func(t release.Tag) bool { return t.Name == name }) {
		m.tags = append(m.tags, release.Tag{Name: name, Object: commit, Commit: commit})
	}
}

// copy is the same history, to be added to.
func (m *memory) copy() *memory {
	return &memory{commits: slices.Clone(m.commits), tags: slices.Clone(m.tags), notes: m.notes}
}

// next decides; refused says that a guard did.
func next(t *testing.T, m *memory, o release.Options) (version *semver.Version, change release.Change, refused bool) {
	t.Helper()
	plan, err := release.NewPlan(t.Context(), m, o)
	if err != nil {
		switch release.CodeOf(err) {
		case release.CodeVersion, release.CodeTagTaken, release.CodeFirst, release.CodeGuard:
			return nil, change, true
		}
		t.Fatalf("planning: %v", err)
	}
	if p := plan.Promotion; p != nil && (p.Release.Prerelease && o.Branch.First || p.Release.Channel != o.Branch.Channel || slices.Contains(p.Channels, o.Branch.Channel) || p.Release.Version.Prerelease() != "") {
		t.Errorf("%s of %q is promoted to %q", p.Release.Tag, p.Channels, o.Branch.Channel)
	}
	change = plan.Changes[0]
	if change.Next != nil {
		version = change.Next.Version
	}
	return version, change, false
}

func text(v *semver.Version) string {
	if v == nil {
		return "none"
	}
	return v.String()
}

// FuzzPlan: whatever the history, a plan keeps its promises.
func FuzzPlan(f *testing.F) {
	for _, seed := range []string{"", "\x00\x00\x00\x04\x03\x00\x00\x01\x00", "\x01\x04\x00\x05\x06\x01\x02\x00\x00\x03\x01\x02", "\x07\x01\x01\x04\x05\x03\x00\x02\x00"} {
		f.Add([]byte(seed), byte(0))
		f.Add([]byte(seed), byte(7))
	}
	f.Fuzz(func(t *testing.T, data []byte, kind byte) {
		if len(data) > 120 {
			return // the memory's walks are simple and slow
		}
		m, lines := decode(data)
		o := options(m)
		o.Lines = lines
		o.Policy.Own = kind&8 != 0
		switch kind % 8 {
		case 1:
			beta(&o)
		case 2:
			maintenance("1.x")(&o)
		case 3:
			o.Branch = branchNamed("next")
		case 4:
			maintenance("1.0.x")(&o)
		}
		version, change, refused := next(t, m, o)
		if version != nil {
			if change.Last != nil && !version.GreaterThan(change.Last.Version) {
				t.Errorf("%s after %s", version, change.Last.Version)
			}
			if !o.Branch.Allows(version) {
				t.Errorf("%s is out of range", version)
			}
			if (version.Prerelease() != "") != (o.Branch.Kind == release.PrereleaseBranch) {
				t.Errorf("%s on a %s branch", version, o.Branch.Kind)
			}
		}
		same := func(what string, m *memory, o release.Options) {
			if again, _, refusedAgain := next(t, m, o); text(again) != text(version) || refusedAgain != refused {
				t.Errorf("%s: %s (refused %v) became %s (refused %v)", what, text(version), refused, text(again), refusedAgain)
			}
		}
		same("asked again", m, o)
		shuffled := m.copy()
		slices.Reverse(shuffled.tags)
		same("tags in another order", shuffled, o)
		other := m.copy()
		other.addTag("nightly", other.head())
		other.commits = append(other.commits, commitparse.Commit{Hash: "fffffff" + firstHash[7:], Parents: []string{other.commits[0].Hash}})
		other.commits[len(other.commits)-1].Raw = "feat!: on an unrelated branch"
		more := o
		more.Lines = append(slices.Clone(lines), release.Line{Branch: release.Branch{Name: "alpha", Kind: release.PrereleaseBranch, Channel: "alpha", Prerelease: "alpha"}, Commit: other.commits[len(other.commits)-1].Hash})
		same("an unrelated tag and branch", other, more)
		docs := m.copy()
		atHead := slices.ContainsFunc(m.tags, func(t release.Tag) bool { return t.Commit == m.head() })
		o.Head = docs.commit("docs: say it")
		if !atHead { // a commit behind a release is the first of a new range
			same("a docs commit", docs, o)
		}
	})
}

// FuzzChapters: whatever the history, each commit stands in one chapter, that of the first release that contains it, and tags of
// another family change nothing.
func FuzzChapters(f *testing.F) {
	for _, seed := range []string{"", "\x00\x00\x00\x04\x03\x00\x00\x01\x00", "\x01\x04\x00\x05\x06\x01\x02\x00\x00\x03\x01\x02\x04\x05\x02\x00\x01\x01"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 120 {
			return // the memory's walks are simple and slow
		}
		m, _ := decode(data)
		o := options(m)
		chapters, err := release.Chapters(t.Context(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		stands := map[string]string{} // the tag of each commit's chapter
		for _, c := range chapters {
			for _, commit := range c.Commits {
				if tag, twice := stands[commit.Hash]; twice {
					t.Errorf("%.7s stands in %q and in %q", commit.Hash, tag, c.Tag)
				}
				stands[commit.Hash] = c.Tag
			}
		}
		for hash := range m.reach(o.Head) {
			tag, ok := stands[hash]
			if !ok {
				t.Errorf("%.7s stands nowhere", hash)
			}
			m.judgeChapter(t, o, hash, tag)
		}
		foreign := m.copy()
		for i, c := range m.commits {
			foreign.addTag(fmt.Sprintf("widget/v%d.0.0", i), c.Hash)
		}
		again, err := release.Chapters(t.Context(), foreign, o)
		if err != nil || outline(again) != outline(chapters) {
			t.Errorf("tags of another family change the chapters: %v", err)
		}
	})
}

// outline is chapters as text.
func outline(chapters []release.Chapter) string {
	text := ""
	for _, c := range chapters {
		text += fmt.Sprintf("%s after %s at %s:", c.Tag, c.PreviousTag, c.Date)
		for _, commit := range c.Commits {
			text += " " + commit.Hash
		}
	}
	return text
}

// judgeChapter says where a commit belongs elsewhere: the tag doesn't contain it, or one below the tag does.
func (m *memory) judgeChapter(t *testing.T, o release.Options, hash, tag string) {
	t.Helper()
	at := ""
	for _, other := range m.tags {
		if other.Name == tag {
			at = other.Commit
		}
	}
	if tag != "" && !m.reach(at)[hash] {
		t.Errorf("%.7s stands in %q, which doesn't contain it", hash, tag)
	}
	for _, other := range m.tags {
		v, ok := o.TagFormat.Version(other.Name)
		below := tag == "" && m.reach(o.Head)[other.Commit] || tag != "" && other.Commit != at && m.reach(at)[other.Commit]
		if ok && v.Prerelease() == "" && below && m.reach(other.Commit)[hash] {
			t.Errorf("%.7s stands in %q, but %s below contains it", hash, tag, other.Name)
		}
	}
}
