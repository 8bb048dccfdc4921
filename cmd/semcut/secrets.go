package main

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/semcut/semcut/internal/config"
)

// secrets are the values that no stream, note or comment may show. It is handed to whoever finds a credential.
type secrets struct {
	mu     sync.Mutex
	values []string
	hide   *strings.Replacer // of all values; nil where one was added since
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

func (s *secrets) add(value string) {
	for _, form := range forms(value) {
		if len(form) >= minSecret && !slices.Contains(s.values, form) {
			s.values, s.hide = append(s.values, form), nil
		}
	}
}

// forms are the ways in which a value may be written: as it is, in URLs, in JSON and HTML, in hexadecimal digits, and
// within something that is written in base64, "user:token" for one, at whatever place in it.
func forms(value string) []string {
	query, path := url.QueryEscape(value), url.PathEscape(value)
	all := []string{value, query, path, lowerEscapes(query), lowerEscapes(path), html.EscapeString(value), hex.EncodeToString([]byte(value))}
	if quoted, err := json.Marshal(value); err == nil {
		all = append(all, string(quoted[1:len(quoted)-1]))
	}
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

// AddNamed adds the values of those variables, NAME=value, whose names say that they hold a credential.
func (s *secrets) AddNamed(environ []string) {
	for _, v := range environ {
		name, value, _ := strings.Cut(v, "=")
		if len(strings.TrimSpace(value)) >= minNamedSecret && config.SecretName(name) {
			s.Add(value)
		}
	}
}

// Hide takes every known credential out of a text.
func (s *secrets) Hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hide == nil {
		slices.SortStableFunc(s.values, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // of two that begin alike the longer
		pairs := make([]string, 0, 2*len(s.values))
		for _, v := range s.values {
			pairs = append(pairs, v, "***")
		}
		s.hide = strings.NewReplacer(pairs...)
	}
	return s.hide.Replace(text)
}
