package changelog

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/semcut/semcut/commitparse"
)

// People knows who people are: from a .mailmap, from a map of addresses to logins, and from what it has seen.
// It asks nobody. While nothing calls Learn, it may be used by many goroutines at once.
type People struct {
	mailmap mailmap
	given   map[string]string // login by address
	mailed  map[string]string // login by address, from what the mailmap made that address of
	named   agreed            // login by name
	namesAt map[identity]bool // names that were seen at an address
	shared  agreed            // login by address, from the names at it
}

// NewPeople makes People out of the text of a .mailmap and the logins of e-mail addresses, in whatever case these
// are. Both may be empty. What doesn't look like a login is none.
func NewPeople(mailmap string, logins map[string]string) *People {
	p := &People{
		mailmap: readMailmap(mailmap), given: map[string]string{}, mailed: map[string]string{},
		named: agreed{}, namesAt: map[identity]bool{}, shared: agreed{},
	}
	for _, email := range slices.Sorted(maps.Keys(logins)) { // sorted: two may differ in case only
		if login := asLogin(strings.TrimPrefix(logins[email], "@")); login != "" {
			p.given[lower(cleanName(email))] = login
		}
	}
	return p
}

// Tell adds the login of an address, as a forge says it. What is known of the address for certain stays.
func (p *People) Tell(email, login string) {
	if key := lower(cleanName(email)); key != "" && p.given[key] == "" && asLogin(login) != "" {
		p.given[key] = login
	}
}

// agreed holds what all who know say of a key; "" where two say different things.
type agreed map[string]string

func (a agreed) add(key, login string) {
	if have, known := a[key]; known && !strings.EqualFold(have, login) {
		login = ""
	} else if known {
		login = min(have, login) // the same in another case: whoever comes first must not matter
	}
	a[key] = login
}

// Learn finds logins in the noreply addresses of authors, committers and co-authors, for everybody of the same
// e-mail address or the same name. Commits come newest first, best all in one call.
func (p *People) Learn(commits []commitparse.Commit) {
	for _, c := range commits {
		for _, raw := range append(identities(c), identity{c.Committer.Name, c.Committer.Email}) {
			p.learn(raw)
		}
	}
	p.shared = agreed{}
	for i := range p.namesAt {
		if login := p.named[i.name]; login != "" {
			p.shared.add(i.email, login)
		}
	}
}

func (p *People) learn(raw identity) {
	who := p.mailmap.apply(raw).cleanName()
	if who.isForge() {
		return
	}
	email, login := lower(who.email), noreplyLogin(cleanName(raw.email))
	if login != "" && p.mailed[email] == "" { // the newest: accounts are renamed
		p.mailed[email] = login
	}
	if !tells(who.name) {
		return
	}
	if login := p.addressed(raw, who); login != "" {
		p.named.add(who.name, login)
	}
	if email != "" {
		p.namesAt[identity{who.name, email}] = true
	}
}

// tells says whether a name is of one human only, as far as a name can be.
func tells(name string) bool {
	return (strings.Contains(name, " ") || utf8.RuneCountInString(name) >= 5) && !strings.HasSuffix(name, botSuffix)
}

// addressed gives the login that is certain from the address alone: of a commit, and as the mailmap has it.
func (p *People) addressed(raw, who identity) string {
	email, was := lower(who.email), cleanName(raw.email)
	for _, login := range []string{
		p.given[email], p.given[lower(was)], noreplyLogin(who.email), p.mailed[email], noreplyLogin(was),
	} {
		if login != "" {
			return login
		}
	}
	return ""
}

// Of gives who made a commit: the author first, then the co-authors of its message; each once.
func (p *People) Of(c commitparse.Commit) []Person {
	var all, forge []Person
	seen := map[string]bool{}
	for _, raw := range identities(c) {
		who := p.mailmap.apply(raw).cleanName()
		person := p.person(raw, who)
		switch key := p.Key(person); {
		case key == "" || seen[key]:
		case who.isForge():
			seen[key], forge = true, append(forge, person)
		default:
			seen[key], all = true, append(all, person)
		}
	}
	if len(all) == 0 {
		return forge
	}
	return all
}

// person finds the login of an identity: what is certain goes before what others of the name or address have.
func (p *People) person(raw, who identity) Person {
	login := p.addressed(raw, who)
	name := who.nameOr(login)
	if login == "" {
		login = p.named[who.name]
	}
	if login == "" {
		login = p.guessed(name, who.email)
	}
	bot := strings.HasSuffix(name, botSuffix) || strings.HasSuffix(login, botSuffix)
	return Person{Name: name, Email: who.email, Login: login, Bot: bot}
}

// guessed gives the login of others at an address. A bot may have a human's address and isn't the human.
func (p *People) guessed(name, email string) string {
	if strings.HasSuffix(name, botSuffix) {
		return asLogin(name) // a bot's name is its login
	}
	return p.shared[lower(email)]
}

// Key tells people apart: it is the same for the same human, whatever name and address a commit has. It is made of
// the login if that is known, else of the e-mail address, else of the name.
func (p *People) Key(who Person) string {
	i := identity{who.Name, who.Email}
	for _, login := range []string{who.Login, p.addressed(i, i), p.guessed(i.name, i.email)} {
		if login != "" {
			return lower(login) // forges don't tell cases apart
		}
	}
	if who.Email != "" {
		return lower(who.Email)
	}
	return who.Name
}

// identities gives the author of a commit and the co-authors, as the commit spells them.
func identities(c commitparse.Commit) []identity {
	all := []identity{{c.Author.Name, c.Author.Email}}
	_, body := cutHeader(c.Raw)
	for line := range strings.Lines(body) {
		if who, ok := coAuthor(line); ok {
			all = append(all, who)
		}
	}
	return all
}

// coAuthor reads a line "Co-authored-by: Name <email>". Squashed messages have such lines between paragraphs, too,
// so it doesn't matter where in the message it stands.
func coAuthor(line string) (identity, bool) {
	const token = "co-authored-by"
	if len(line) < len(token) || !strings.EqualFold(line[:len(token)], token) {
		return identity{}, false
	}
	value, ok := strings.CutPrefix(strings.TrimLeft(line[len(token):], " \t"), ":")
	if !ok {
		return identity{}, false
	}
	who, _, ok := cutIdentity(value)
	who.email = strings.TrimSpace(who.email)
	at := strings.IndexByte(who.email, '@')
	return who, ok && at > 0 && at < len(who.email)-1
}
