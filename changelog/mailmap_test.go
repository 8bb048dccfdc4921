package changelog

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// mailmapLines are of all forms that gitmailmap(5) has, and broken ones.
var mailmapLines = []string{
	"Ann Lee <c@x>", "Bob <c@x>", "Ann Lee <C@X>", "<a@x> <c@x>", "<b@x>\t<c@x>", "Ann Lee <a@x> <c@x>", " Bob  <b@x>  <d@x> ",
	"Cat <p@x> n <c@x>", "Dan <q@x> N <C@x>", "<r@x> n <c@x>", "Eve <s@x> m  o <c@x> # why", "É <e@x> é <c@x>", "Fay <a@x>",
	"# Gus <g@x> <c@x>", " # Gus <g@x> <c@x>", "Hal <h@x> # <c@x>", "", "no address", "<c@x>", "Ida <>", "Jon <j@x> <>", "Kim <> <c@x>",
	"Lea <l@x", "Max > <m@x> <c@x>", "Ned < c@x >", "Oda <<c@x>", "Pia <o@x> n <c@x> <d@x>", "Quin <t@x> n", "Ray <u@x> <d@x>\r",
	"\v<v@x>\f<c@x>",
}

var mailmapPeople = []identity{
	{"n", "c@x"}, {"N", "C@X"}, {"m  o", "c@x"}, {"m o", "c@x"}, {"é", "c@x"}, {"É", "c@x"}, {"#", "c@x"}, {"other", "c@x"},
	{"n", "a@x"}, {"n", "b@x"}, {"n", "d@x"}, {"n", " c@x "}, {"n", "<c@x"}, {"n", "j@x"}, {"n", "h@x"}, {"n", "t@x"}, {"n", "g@x"},
}

// TestMailmapSaysWhatGitSays asks git what every line means, and many files of a few of them.
func TestMailmapSaysWhatGitSays(t *testing.T) {
	r := gittest.New(t)
	var questions []string
	for _, who := range mailmapPeople {
		questions = append(questions, fmt.Sprintf("%s <%s>", who.name, who.email))
	}
	files := mailmapLines
	rng := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		var lines []string
		for range 2 + rng.IntN(5) {
			lines = append(lines, mailmapLines[rng.IntN(len(mailmapLines))])
		}
		files = append(files, strings.Join(lines, "\n"))
	}
	changed := 0
	for _, file := range files {
		r.Write(".mailmap", file+"\n")
		want := strings.Split(r.Input(strings.Join(questions, "\n")+"\n", "check-mailmap", "--stdin"), "\n")
		m := readMailmap(file)
		for i, who := range mailmapPeople {
			to := m.apply(who)
			got := fmt.Sprintf("%s <%s>", to.name, to.email)
			if got != want[i] {
				t.Errorf("with\n%s\n%q is %q, for git %q", file, questions[i], got, want[i])
			}
			if got != questions[i] {
				changed++
			}
		}
	}
	if changed < 500 {
		t.Errorf("only %d identities were mapped: too little was compared", changed)
	}
}
