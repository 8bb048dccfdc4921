package changelog

import (
	"strings"
	"unicode/utf8"
)

// identity is a name with an e-mail address, as git writes it: Name <email>.
type identity struct{ name, email string }

// mailmap is a .mailmap: what identities of commits mean, by their e-mail addresses in lower case.
type mailmap map[string]*mapped

// mapped is what an address means. An empty name or address in it leaves that of the commit.
type mapped struct {
	to    identity
	names map[string]identity // for one name only, in lower case: it goes before to
}

// readMailmap reads a .mailmap as gitmailmap(5) says. Lines that aren't of its shape say nothing.
func readMailmap(text string) mailmap {
	m := mailmap{}
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			m.add(line)
		}
	}
	return m
}

// add reads one line: the identity to show, and behind it the commit's where that is another.
func (m mailmap) add(line string) {
	shown, rest, ok := cutIdentity(line)
	if !ok || shown.email == "" {
		return
	}
	old, _, both := cutIdentity(rest)
	if !both {
		old, shown.email = identity{email: shown.email}, ""
	}
	entry := m[lower(old.email)]
	if entry == nil {
		entry = &mapped{names: map[string]identity{}}
		m[lower(old.email)] = entry
	}
	if old.name != "" {
		entry.names[lower(old.name)] = shown
		return
	}
	entry.to = shown.or(entry.to) // git lets a later line say the name and an earlier one the address
}

// apply gives what an identity of a commit means.
func (m mailmap) apply(who identity) identity {
	entry := m[lower(who.email)]
	if entry == nil {
		return who
	}
	if to, named := entry.names[lower(who.name)]; named {
		return to.or(who)
	}
	return entry.to.or(who)
}

// or fills what is empty from another identity.
func (i identity) or(other identity) identity {
	if i.name == "" {
		i.name = other.name
	}
	if i.email == "" {
		i.email = other.email
	}
	return i
}

// cutIdentity reads the first "Name <email>" of a text and gives what follows it.
func cutIdentity(text string) (who identity, rest string, ok bool) {
	name, rest, opened := strings.Cut(text, "<")
	email, rest, closed := strings.Cut(rest, ">")
	return identity{strings.Trim(name, " \t\r\n"), email}, rest, opened && closed
}

// lower makes ASCII letters small and leaves all others, as git does to compare identities.
func lower(text string) string {
	if i := strings.IndexFunc(text, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf }); i < 0 {
		return text // as most are
	}
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}
