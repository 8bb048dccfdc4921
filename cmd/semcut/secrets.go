package main

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/secret"
)

// secrets are the values that no stream, note or comment may show. It is handed to whoever finds a credential.
type secrets struct {
	mu     sync.Mutex
	told   map[string]bool
	whole  []string          // of those told the ones of some length
	fresh  []string          // told since the last Hide: most runs say little, and the forms of a key are many
	values map[string]bool   // in every form
	hide   *strings.Replacer // of all values; nil before the first
}

// The lengths from which a value is hidden: a credential that somebody named as one, and what only the name of its
// variable makes one. Shorter ones would take ordinary words out of texts.
const (
	minSecret      = 4
	minNamedSecret = 8
	minLine        = 8 // a line of a secret that has several
)

// Add makes a credential unspeakable, in every form that it may be written in.
func (s *secrets) Add(value string) {
	value = strings.TrimSpace(value)
	if len(value) < minSecret {
		return
	}
	for _, inside := range secret.InJSON(value) {
		s.Add(inside)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(value)
	if strings.Contains(value, "\n") {
		for line := range strings.Lines(value) {
			if line = strings.TrimSpace(line); len(line) >= minLine && !strings.HasPrefix(line, "-----") {
				s.add(line)
			}
		}
	}
}

// none says whether there is nothing to hide.
func (s *secrets) none() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.told) == 0
}

func (s *secrets) add(value string) {
	if s.told[value] {
		return
	}
	if s.told == nil {
		s.told, s.values = map[string]bool{}, map[string]bool{}
	}
	s.told[value] = true
	s.fresh = append(s.fresh, value)
	if len(value) >= minNamedSecret {
		s.whole = append(s.whole, value)
	}
}

// forms are the ways in which a value may be written: as it is, in URLs, in JSON and HTML, in hexadecimal digits, and
// within something that is written in base64, "user:token" for one, at whatever place in it.
func forms(value string) []string {
	all := []string{value, html.EscapeString(value), oneLine(value), uncommanded("=" + value)[1:], asMarkdown.Replace(value)}
	for _, escaped := range []string{url.QueryEscape(value), url.PathEscape(value), inUserInfo(value), percent(value)} {
		all = append(all, escaped, lowerEscapes(escaped))
	}
	for _, written := range slices.Clone(all) {
		all = append(all, quoted(written)...)
	}
	all = append(all, broken(value)...)
	digits := hex.EncodeToString([]byte(value))
	all = append(all, digits, strings.ToUpper(digits))
	if len(value) < minNamedSecret {
		return append(all, base64.StdEncoding.EncodeToString([]byte(value)))
	}
	for before := range 3 {
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			all = append(all, within(encoding, value, before))
		}
	}
	return all
}

// asMarkdown escapes as our layouts do.
var asMarkdown = strings.NewReplacer("\\", `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`, "|", `\|`, "~", `\~`)

// broken are the lines of a value in base64 and in hexadecimal digits, as programs break them: after 76 and 64, and after
// 60 characters.
func broken(value string) (all []string) {
	for part := range slices.Chunk([]byte(value), 30) {
		all = append(all, longPart(hex.EncodeToString(part)))
	}
	for _, size := range []int{57, 48} {
		for part := range slices.Chunk([]byte(value), size) {
			all = append(all, longPart(base64.RawStdEncoding.EncodeToString(part)))
		}
	}
	return all
}

// longPart leaves out what is too short to be known for a part of anything.
func longPart(text string) string {
	if len(text) < minLine {
		return ""
	}
	return text
}

// inUserInfo is a value as it stands before the host of a URL.
func inUserInfo(value string) string {
	return strings.TrimPrefix(url.UserPassword("", value).String(), ":")
}

// percent escapes every byte as a URL does.
func percent(value string) string {
	var b strings.Builder
	for _, c := range []byte(value) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// quoted are the ways in which programs quote a value, without the quotes, and what comes of quoting that again: JSON in a
// message of JSON in ours.
func quoted(value string) (all []string) {
	last := []string{value}
	for range 3 {
		var again []string
		for _, text := range last {
			again = append(again, quotedOnce(text)...)
		}
		all = append(all, again...)
		last = again
	}
	return all
}

// quotedOnce quotes as JSON does, with and without the signs that HTML minds, and as Go does. What needs no quoting is
// left out.
func quotedOnce(value string) []string {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	careful, _ := json.Marshal(value) // a text always can be
	_ = encoder.Encode(value)
	var all []string
	for _, q := range []string{string(careful), strings.TrimSpace(plain.String()), strconv.Quote(value), strconv.QuoteToASCII(value)} {
		if q = q[1 : len(q)-1]; q != value && !slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	return all
}

// within is the part of a base64 text that only the value decides, where before bytes stand before it in its group of
// three.
func within(encoding *base64.Encoding, value string, before int) string {
	text := encoding.EncodeToString(append(make([]byte, before), value...))
	first := (before*8 + 5) / 6
	last := (before + len(value)) * 8 / 6
	return text[first:last]
}

// lowerEscapes writes %2F as %2f.
func lowerEscapes(text string) string {
	b := []byte(text)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}

// AddToken adds what stands where a token is expected. No token is short: a word that somebody put there to try something is
// none.
func (s *secrets) AddToken(value string) {
	if len(strings.TrimSpace(value)) >= minNamedSecret {
		s.Add(value)
	}
}

// AddNamed adds the values of those variables, NAME=value, whose names say that they hold a credential, and the passwords
// in the URLs of all others.
func (s *secrets) AddNamed(environ []string) {
	for _, v := range environ {
		name, value, _ := strings.Cut(v, "=")
		switch {
		case len(strings.TrimSpace(value)) >= minNamedSecret && secret.Name(name):
			s.Add(value)
		case strings.Contains(value, "://") || strings.HasSuffix(strings.ToLower(name), "_proxy"):
			s.AddURL(value)
		}
	}
}

// AddURL adds the credentials that stand in a URL.
func (s *secrets) AddURL(raw string) {
	for _, value := range secret.InURL(raw) {
		s.Add(value)
	}
}

// Hide takes every known credential out of a text.
func (s *secrets) Hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hide == nil || len(s.fresh) > 0 {
		s.spell()
		longest := func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) } // of two that begin alike
		pairs := make([]string, 0, 2*len(s.values))
		for _, v := range slices.SortedFunc(maps.Keys(s.values), longest) {
			pairs = append(pairs, v, "***")
		}
		s.hide = strings.NewReplacer(pairs...)
	}
	if len(s.values) > 0 {
		text = s.hide.Replace(text)
	}
	return s.hideCut(text)
}

// spell puts what was told since into every form.
func (s *secrets) spell() {
	for _, value := range s.fresh {
		for _, form := range forms(value) {
			if len(form) >= minSecret {
				s.values[form] = true
			}
		}
	}
	s.fresh = nil
}

// hideCut takes out the beginning of a credential where a text was cut in the middle of it: before three dots, or, where
// that is most of it, before the end of what is quoted.
func (s *secrets) hideCut(text string) string {
	if len(s.whole) == 0 || !strings.Contains(text, "…") && strings.IndexByte(text, '"') < 0 {
		return text
	}
	var b strings.Builder
	for from := 0; ; {
		i := strings.IndexAny(text[from:], "…\"")
		if i < 0 {
			b.WriteString(text[from:])
			return b.String()
		}
		least, end := 2, from+i // parts of the whole
		if text[end] != '"' {
			least = 1
		}
		if n := s.begun(text[from:end], least); n > 0 {
			b.WriteString(text[from:end-n] + "***")
		} else {
			b.WriteString(text[from:end])
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		b.WriteString(text[end : end+size])
		from = end + size
	}
}

// begun is how many bytes at the end of a text are the beginning of a credential; with least 2 it is most of it.
func (s *secrets) begun(text string, least int) int {
	for _, value := range s.whole {
		for n := min(len(text), len(value)-1); n >= minNamedSecret && (least < 2 || 2*n > len(value)); n-- {
			if text[len(text)-n] == value[0] && strings.HasSuffix(text, value[:n]) {
				return n
			}
		}
	}
	return 0
}
