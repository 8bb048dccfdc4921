package versionfile

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"testing"
)

// FuzzSet checks what Set promises of any file of any kind; the pairs of testdata are its seeds.
func FuzzSet(f *testing.F) {
	names := []string{"values.yml", "lock.toml"}
	for _, k := range Kinds() {
		for _, pattern := range k.Files {
			names = append(names, strings.ReplaceAll(pattern, "*", "pot"))
		}
	}
	for _, p := range pairs(f) {
		n := slices.IndexFunc(names, func(name string) bool {
			matches, _ := path.Match("*"+path.Ext(p.name), name)
			return name == p.name || matches && strings.HasPrefix(name, "pot.")
		})
		f.Add(uint8(max(n, 0)), "", p.in)
		f.Add(uint8(max(n, 0)), options[p.dir].Key, p.in)
	}
	f.Fuzz(func(t *testing.T, n uint8, key string, data []byte) {
		checkPromises(t, names[int(n)%len(names)], data, Options{Key: key})
		checkPromises(t, names[int(n)%len(names)], data, Options{Marker: true})
	})
}

func checkPromises(t *testing.T, name string, data []byte, o Options) {
	before := bytes.Clone(data)
	got, err := Set(name, data, next, o)
	if !bytes.Equal(data, before) {
		t.Fatalf("%s: the data itself became %q", name, data)
	}
	old, readErr := Version(name, data, o)
	if err != nil {
		if readErr == nil && !strings.Contains(err.Error(), "again") {
			t.Fatalf("%s: it can be read, %q, but not set: %v", name, old, err)
		}
		return
	}
	if v, err := Version(name, got, o); err != nil || v != next {
		t.Fatalf("%s: %q became %q, whose version is %q, %v", name, data, got, v, err)
	}
	if again, err := Set(name, got, next, o); err != nil || !bytes.Equal(again, got) {
		t.Fatalf("%s: %q became a second time %q, %v", name, got, again, err)
	}
	if !bytes.Equal(rest(t, name, data, o), rest(t, name, got, o)) {
		t.Fatalf("%s: %q became %q: more than the version", name, data, got)
	}
}

// rest gives a file without its versions, but for a v before them.
func rest(t *testing.T, name string, data []byte, o Options) []byte {
	f, err := finderFor(name, o)
	if err != nil {
		t.Fatal(err)
	}
	text, spans, err := f.locate(data)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(data[:len(data)-len(text)])
	done := 0
	for _, s := range spans {
		if leadingV.Match(s.of(text)) {
			s.start++
		}
		out = append(out, text[done:s.start]...)
		done = s.end
	}
	return append(out, text[done:]...)
}
