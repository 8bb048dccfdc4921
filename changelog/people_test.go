package changelog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse"
)

// by is a commit of an author, written "Name <email>", with the lines below its header.
func by(author string, lines ...string) commitparse.Commit {
	who, _, _ := cutIdentity(author)
	c := message("feat: a lid\n\n" + strings.Join(lines, "\n"))
	c.Author = commitparse.Signature{Name: who.name, Email: who.email}
	return c
}

// show writes people as "Name=login", with an address only where there is no login.
func show(people []Person) string {
	var all []string
	for _, p := range people {
		text := p.Name + "=" + p.Login
		if p.Login == "" {
			text = p.Name + " " + p.Email
		}
		if p.Bot {
			text += " (bot)"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestOf(t *testing.T) {
	const hidden = "users.noreply.github.com"
	for _, c := range []struct {
		name   string
		commit commitparse.Commit
		want   string
	}{
		{"nobody", by(""), ""},
		{"no login", by("Ann Lee <Ann@x>"), "Ann Lee Ann@x"},
		{"no address", by("Ann Lee <>"), "Ann Lee "},

		{"github", by("Ann Lee <12345+ann@" + hidden + ">"), "Ann Lee=ann"},
		{"github of old", by("Ann Lee <ann@" + hidden + ">"), "Ann Lee=ann"},
		{"github in another case", by("Ann Lee <1+Ann-L@Users.NoReply.GitHub.com>"), "Ann Lee=Ann-L"},
		{"github enterprise", by("Ann Lee <12+ann@users.noreply.git.example>"), "Ann Lee=ann"},
		{"a login with digits", by("Ann Lee <12-ann@" + hidden + ">"), "Ann Lee=12-ann"},
		{"gitlab", by("Ann Lee <12345-ann_b.c@users.noreply.gitlab.com>"), "Ann Lee=ann_b.c"},
		{"gitlab of old", by("Ann Lee <ann-b@users.noreply.gitlab.com>"), "Ann Lee=ann-b"},
		{"another gitlab", by("Ann Lee <12-ann@users.noreply.gitlab.example>"), "Ann Lee=ann"},
		{"no host", by("Ann Lee <ann@users.noreply.>"), "Ann Lee ann@users.noreply."},
		{"another host", by("Ann Lee <ann@noreply.github.com>"), "Ann Lee ann@noreply.github.com"},
		{"no login's shape", by("Ann Lee <1+-ann@" + hidden + ">"), "Ann Lee 1+-ann@" + hidden},
		{"too long", by("Ann Lee <1+" + strings.Repeat("a", 40) + "@" + hidden + ">"), "Ann Lee 1+" + strings.Repeat("a", 40) + "@" + hidden},
		{"two signs", by("Ann Lee <1+2+ann@" + hidden + ">"), "Ann Lee 1+2+ann@" + hidden},

		{"bot", by("dependabot[bot] <49699333+dependabot[bot]@" + hidden + ">"), "dependabot[bot]=dependabot[bot] (bot)"},
		{"bot by its name", by("renovate[bot] <bot@renovate.example>"), "renovate[bot]=renovate[bot] (bot)"},
		{"bot by its login", by("Dependabot <1+dependabot[bot]@" + hidden + ">"), "Dependabot=dependabot[bot] (bot)"},
		{"bot without a login", by("my cook [bot] <cook@x>"), "my cook [bot] cook@x (bot)"},
		{"no bot", by("a [bot] b <cook@x>"), "a [bot] b cook@x"},

		{"forge alone", by("GitHub <noreply@github.com>"), "GitHub noreply@github.com"},
		{"forge with another", by("GitHub <noreply@github.com>", "Co-authored-by: Ann Lee <ann@x>"), "Ann Lee ann@x"},
		{"forge as co-author", by("Ann Lee <ann@x>", "Co-authored-by: GitHub <noreply@github.com>"), "Ann Lee ann@x"},
		{"not the forge", by("Ann Lee <noreply@github.com>", "Co-authored-by: Bob <bob@x>"), "Ann Lee noreply@github.com, Bob bob@x"},

		{"co-authors", by("Ann Lee <ann@x>", "* a", "", "Co-authored-by: Bob <bob@x>", "", "* b", "",
			"CO-AUTHORED-BY :Cat <3+cat@"+hidden+">\r", "Co-Authored-By: Dan <dan@x> (cook)", "Signed-off-by: Eve <eve@x>"),
			"Ann Lee ann@x, Bob bob@x, Cat=cat, Dan dan@x"},
		{"co-author who is the author", by("Ann Lee <ann@x>", "Co-authored-by: ann <ANN@x>"), "Ann Lee ann@x"},
		{"co-author with the author's login", by("Ann <1+Ann@"+hidden+">", "Co-authored-by: Ann Lee <ann@"+hidden+">"), "Ann=Ann"},
		{"co-author twice", by("Ann <ann@x>", "Co-authored-by: Bob <bob@x>", "Co-authored-by: Bob <bob@x>"), "Ann ann@x, Bob bob@x"},
		{"co-author without a name", by("Ann <ann@x>", "Co-authored-by: <bob@x>"), "Ann ann@x, bob bob@x"},
		{"broken co-authors", by("Ann <ann@x>", "Co-authored-by: Bob", "Co-authored-by: Bob <>", "Co-authored-by: Bob <bob>",
			"Co-authored-by: Bob <@>", "Co-authored-by: Bob <bob@x", "Co-authored-by Bob <bob@x>", "  Co-authored-by: Bob <bob@x>",
			"Not-co-authored-by: Bob <bob@x>", "Co-authored-by", "Co-authored-by:"), "Ann ann@x"},

		{"name from the login", by(" <1+ann@" + hidden + ">"), "ann=ann"},
		{"name from the address", by("\u202e <ann.lee@x>"), "ann.lee ann.lee@x"},
		{"name from a broken address", by(" <@x>"), "@x @x"},
		{"a dirty name", by("\u2066 Ann\x00\t \u200f\u061c>Le\xff\u00a0\u2028\u009b\ufeff <ann@x>"), "Ann Le\ufffd ann@x"},
	} {
		if got := show(NewPeople("", nil).Of(c.commit)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOfReadsOnlyBelowTheHeader(t *testing.T) {
	c := message("\n Co-authored-by: Ann <ann@x>\nCo-authored-by: Bob <bob@x>")
	if got := show(NewPeople("", nil).Of(c)); got != "Bob bob@x" {
		t.Errorf("%q", got)
	}
}

func TestLearn(t *testing.T) {
	const ann, hidden = "Ann Lee <ann@x>", "Ann Lee <1+ann@users.noreply.github.com>"
	for _, c := range []struct {
		name, mailmap string
		logins        map[string]string
		seen          []commitparse.Commit
		of            commitparse.Commit
		want          string
	}{
		{"another address of the name", "", nil, []commitparse.Commit{by(hidden)}, by(ann), "Ann Lee=ann"},
		{"from a co-author", "", nil, []commitparse.Commit{by("Bob <b@x>", "Co-authored-by: "+hidden)}, by(ann), "Ann Lee=ann"},
		{"from a committer", "", nil, []commitparse.Commit{committed(hidden)}, by(ann), "Ann Lee=ann"},
		{"for a co-author", "", nil, []commitparse.Commit{by(hidden)}, by("Bob <b@x>", "Co-authored-by: "+ann), "Bob b@x, Ann Lee=ann"},
		{"another name at the address", "", nil, []commitparse.Commit{by("al <ANN@x>"), by(ann), by(hidden)}, by("al <ann@x>"), "al=ann"},
		{"another name, seen before", "", nil, []commitparse.Commit{by(hidden), by(ann)}, by("al <ann@x>"), "al=ann"},
		{"another name beside a third", "", nil, []commitparse.Commit{by("Al Fox <ann@x>"), by(ann), by(hidden)}, by("al <ann@x>"), "al=ann"},
		{"a name in another case", "", nil, []commitparse.Commit{by(hidden)}, by("ann lee <ann@x>"), "ann lee ann@x"},
		{"one long word", "", nil, []commitparse.Commit{by("annle <ann@users.noreply.github.com>")}, by("annle <ann@x>"), "annle=ann"},
		{"one short word", "", nil, []commitparse.Commit{by("ännl <ann@users.noreply.github.com>")}, by("ännl <ann@x>"), "ännl ann@x"},
		{"no name", "", nil, []commitparse.Commit{by("<annlee@users.noreply.github.com>")}, by("<annlee@x>"), "annlee annlee@x"},
		{"no name, an address like another's name", "", nil, []commitparse.Commit{by("annlee <ann@users.noreply.github.com>")}, by("<annlee@x>"), "annlee annlee@x"},
		{"two logins", "", nil, []commitparse.Commit{by(hidden), by("Ann Lee <ann2@users.noreply.github.com>")}, by(ann), "Ann Lee ann@x"},
		{"two and the first again", "", nil, []commitparse.Commit{by(hidden), by("Ann Lee <ann2@users.noreply.github.com>"), by(hidden)}, by(ann), "Ann Lee ann@x"},
		{"two, of which one is its own", "", nil, []commitparse.Commit{by(hidden), by("Ann Lee <ann2@users.noreply.github.com>")}, by(hidden), "Ann Lee=ann"},
		{"one in two cases", "", nil, []commitparse.Commit{by(hidden), by("Ann Lee <ANN@users.noreply.github.com>")}, by(ann), "Ann Lee=ANN"},
		{"one address of two people", "", nil, []commitparse.Commit{by(hidden), by(ann), by("Bob Fox <bob@users.noreply.github.com>"), by("Bob Fox <ann@x>")},
			by("al <ann@x>", "Co-authored-by: Bob Fox <ann@x>"), "al ann@x, Bob Fox=bob"},
		{"a bot's name", "", nil, []commitparse.Commit{by("cooking cook [bot] <cook@users.noreply.github.com>")}, by("cooking cook [bot] <cook@x>"), "cooking cook [bot] cook@x (bot)"},
		{"a bot at a human's address", "", nil, []commitparse.Commit{by(hidden), by(ann)},
			by("my cook [bot] <ann@x>", "Co-authored-by: Ann Lee <ann@x>"), "my cook [bot] ann@x (bot), Ann Lee=ann"},
		{"the forge", "", map[string]string{"noreply@github.com": "web-flow"}, []commitparse.Commit{by("GitHub <noreply@github.com>")}, by("GitHub <a@x>"), "GitHub a@x"},

		{"given", "", map[string]string{"ANN@x": "lee"}, nil, by("Ann Lee <Ann@X>"), "Ann Lee=lee"},
		{"given with an @", "", map[string]string{"ann@x": "@lee"}, nil, by(ann), "Ann Lee=lee"},
		{"given, no login's shape", "", map[string]string{"ann@x": "l/ee"}, nil, by(ann), "Ann Lee ann@x"},
		{"given in two cases", "", map[string]string{"ann@x": "lee", "ANN@x": "ann"}, nil, by(ann), "Ann Lee=lee"},
		{"given before noreply", "", map[string]string{"1+ann@users.noreply.github.com": "lee"}, nil, by(hidden), "Ann Lee=lee"},
		{"given before seen", "", map[string]string{"ann@x": "lee"}, []commitparse.Commit{by(hidden)}, by(ann), "Ann Lee=lee"},
		{"given for a name", "", map[string]string{"ann@x": "lee"}, []commitparse.Commit{by(ann)}, by("Ann Lee <ann@y>"), "Ann Lee=lee"},
		{"given for the commit's own address", "Ann Lee <ann@x> <old@x>", map[string]string{"old@x": "lee"}, nil, by("a <old@x>"), "Ann Lee=lee"},

		{"mailmap", "Ann Lee <ann@x> <old@x>", nil, nil, by("a <old@x>", "Co-authored-by: b <OLD@x>", "Co-authored-by: al <ann@x>"), "Ann Lee ann@x"},
		{"mailmap of a noreply address", "Ann Lee <ann@x> <1+ann@users.noreply.github.com>", nil, []commitparse.Commit{by("a <1+ann@users.noreply.github.com>")}, by("b <ann@x>"), "b=ann"},
		{"mailmap of a noreply address, not seen", "Ann Lee <ann@x> <1+ann@users.noreply.github.com>", nil, nil, by("a <1+ann@users.noreply.github.com>"), "Ann Lee=ann"},
		{"mailmap of an account that was renamed", "Ann Lee <ann@x> <1+ann@users.noreply.github.com>\n<ann@x> <1+old@users.noreply.github.com>", nil,
			[]commitparse.Commit{by("a <1+ann@users.noreply.github.com>"), by("a <1+old@users.noreply.github.com>")},
			by("a <1+old@users.noreply.github.com>", "Co-authored-by: "+ann), "a=ann"},
		{"mailmap before names", "Ann Lee <old@x>", nil, []commitparse.Commit{by(hidden)}, by("a <old@x>"), "Ann Lee=ann"},
	} {
		p := NewPeople(c.mailmap, c.logins)
		p.Learn(c.seen)
		if got := show(p.Of(c.of)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func committed(who string) commitparse.Commit {
	c := by("Bob Fox <bob@x>")
	c.Committer = by(who).Author
	return c
}

func TestKey(t *testing.T) {
	p := NewPeople("", map[string]string{"ann@x": "ann"})
	p.Learn([]commitparse.Commit{by("Bob Fox <bob@users.noreply.github.com>"), by("Bob Fox <Bob@x>")})
	for _, c := range []struct {
		who  Person
		want string
	}{
		{Person{Name: "a", Email: "B@x", Login: "Cat"}, "cat"},
		{Person{Name: "a", Email: "ANN@x"}, "ann"},
		{Person{Name: "a", Email: "Cat@users.noreply.github.com"}, "cat"},
		{Person{Name: "a", Email: "bob@X"}, "bob"},
		{Person{Name: "cook[bot]", Email: "c@x"}, "cook[bot]"},
		{Person{Name: "a", Email: "B@x"}, "b@x"},
		{Person{Name: "Ann Lee"}, "Ann Lee"},
		{Person{}, ""},
	} {
		if got := p.Key(c.who); got != c.want {
			t.Errorf("the key of %v is %q, want %q", c.who, got, c.want)
		}
	}
}

func TestPersonAsJSON(t *testing.T) {
	got, err := json.Marshal(Person{Name: "Ann Lee", Email: "ann@x", Login: "ann"})
	if want := `{"name":"Ann Lee","login":"ann","bot":false}`; err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}

// FuzzPeople checks what Of promises of any text: clean names, logins that look like some, nobody twice, and the
// same answer whatever order commits were seen in.
func FuzzPeople(f *testing.F) {
	f.Add("Ann Lee", "1+ann@users.noreply.github.com", "a\n\nCo-authored-by: Ann Lee <ann@x>", "Ann <a@x> <ann@x>")
	f.Add("\u202e", "@", "\nCo-authored-by:\xff<x@y>\r\nCo-Authored-By: GitHub <noreply@github.com>", "<a@x> \xff <@>\n# a")
	f.Add("renovate[bot]", "1-a_b.c@users.noreply.gitlab.com", "a\nCo-authored-by: A B <c@d>", "A <c@d>\nB <c@d> C <e@f>")
	f.Add("", "", "a\nCo-authored-by: <A \v@x>", "")
	f.Fuzz(func(t *testing.T, name, email, raw, mailmap string) {
		c := message(raw)
		c.Author = commitparse.Signature{Name: name, Email: email}
		other := by("Ann Lee <ann@users.noreply.github.com>", "Co-authored-by: "+name+" <ann@x>")
		p, q := NewPeople(mailmap, map[string]string{email: "given"}), NewPeople(mailmap, map[string]string{email: "given"})
		checkPeople(t, p, p.Of(c))
		p.Learn([]commitparse.Commit{c, other})
		q.Learn([]commitparse.Commit{c})
		q.Learn([]commitparse.Commit{other})
		got := p.Of(c)
		checkPeople(t, p, got)
		if again := q.Of(c); !slices.Equal(got, again) {
			t.Errorf("learnt at once %v, one by one %v", got, again)
		}
	})
}

func checkPeople(t *testing.T, p *People, people []Person) {
	keys := map[string]bool{}
	for _, who := range people {
		if key := p.Key(who); key == "" || keys[key] || who.Login != "" && key != lower(who.Login) {
			t.Errorf("the key of %+v is %q, beside %v", who, key, keys)
		} else {
			keys[key] = true
		}
		if who.Name == "" || !utf8.ValidString(who.Name) || strings.TrimSpace(who.Name) != who.Name || strings.Contains(who.Name, "  ") {
			t.Errorf("not a clean name: %q", who.Name)
		}
		if strings.ContainsFunc(who.Name+who.Email, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '<' || r == '>'
		}) {
			t.Errorf("signs that don't belong there: %q", []string{who.Name, who.Email})
		}
		if who.Login != asLogin(who.Login) || strings.HasSuffix(who.Login, botSuffix) && !who.Bot {
			t.Errorf("not a login: %+v", who)
		}
	}
}

// As for notes, four times as long a message, or four times as many commits, must take about four times the time.
func BenchmarkPeople(b *testing.B) {
	for _, h := range []struct{ name, head, unit, tail string }{
		{"co-authors", "a\n", "Co-authored-by: Ann Lee <a%d@x>\n", ""},
		{"tokens", "a\n", "Co-authored-by:", ""},
		{"one-token-a-line", "a\n", "Co-authored-by:\n", ""},
		{"open", "a\nCo-authored-by: ", "<", ""},
		{"closed", "a\nCo-authored-by: <", "@", ">"},
		{"spaces", "a\nCo-authored-by: ", " ", "<a@x>"},
		{"newlines", "a", "\n", "a"},
		{"commits", "a\n\nCo-authored-by: Ann Lee <a%d@x>", "", ""},
		{"names", "a\n\nCo-authored-by: Ann Lee %d <a@x>", "", ""},
	} {
		for _, times := range []int{1, 4} {
			var commits []commitparse.Commit
			for _, raw := range messages(h.head, h.unit, h.tail, times) {
				commits = append(commits, message(raw))
			}
			b.Run(fmt.Sprintf("%s/%dn", h.name, times), func(b *testing.B) {
				for b.Loop() {
					p := NewPeople("Ann <ann@x> <a1@x>", nil)
					p.Learn(commits)
					for _, c := range commits {
						p.Of(c)
					}
				}
			})
		}
	}
}

func BenchmarkMailmap(b *testing.B) {
	for _, h := range []struct{ name, unit string }{
		{"lines", "Ann <a@x> b <c%d@x>\n"},
		{"one-address", "Ann <a@x> b%d <c@x>\n"},
		{"open", "<"},
		{"line", "<a> "},
	} {
		for _, times := range []int{1, 4} {
			text := messages("", h.unit, "", times)[0]
			b.Run(fmt.Sprintf("%s/%dn", h.name, times), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					NewPeople(text, nil)
				}
			})
		}
	}
}
