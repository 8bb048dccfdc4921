package versionfile

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const next = "2.0.0-rc.1"

// options are those of the pairs in testdata that need some.
var options = map[string]Options{
	"chart-app":     {Key: "appVersion"},
	"pyproject-key": {Key: "tool.x.part[1].of.list[1].version"},
	"yaml-key":      {Key: "images[1].tag"},
	"cargo-lock":    {Key: "widget"},
	"xpath":         {XPath: "/project/properties/revision"},
	"markers":       {Marker: true},
	"pattern":       {Pattern: regexp.MustCompile(`POT=(?P<version>[0-9.a-z-]+)`)},
}

// A pair is a file of testdata before and after.
type pair struct {
	dir, name string
	in, want  []byte
}

func pairs(t testing.TB) []pair {
	files, err := filepath.Glob(filepath.Join("testdata", "*", "in.*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata: %v", err)
	}
	var all []pair
	for _, file := range files {
		dir, base := filepath.Split(file)
		name := strings.TrimPrefix(base, "in.")
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(dir, "want."+name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pair{filepath.Base(dir), name, in, want})
	}
	return all
}

// forms are the same file as other editors write it.
var forms = map[string]func([]byte) []byte{
	"LF":   func(b []byte) []byte { return b },
	"CRLF": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) },
	"BOM":  func(b []byte) []byte { return append(bytes.Clone(bom), b...) },
	"bare": func(b []byte) []byte { return bytes.TrimRight(b, "\n") },
}

func TestSet(t *testing.T) {
	for _, p := range pairs(t) {
		for form, as := range forms {
			t.Run(p.dir+"/"+form, func(t *testing.T) {
				in, want, o := as(p.in), as(p.want), options[p.dir]
				before := bytes.Clone(in)
				got, err := Set("some/folder/"+p.name, in, next, o)
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("Set gives %v\n%s", err, got)
				}
				if !bytes.Equal(in, before) {
					t.Errorf("it changed what it was given")
				}
				if again, err := Set(p.name, got, next, o); err != nil || !bytes.Equal(again, got) {
					t.Errorf("a second time gives %v\n%s", err, again)
				}
				if v, err := Version(p.name, got, o); err != nil || v != next {
					t.Errorf("Version gives %q, %v", v, err)
				}
				checkOnlyVersions(t, in, got)
			})
		}
	}
}

var inPair = regexp.MustCompile(`^v?1\.2\.3(-SNAPSHOT|-rc\.1|\+4)?$`)

// checkOnlyVersions: lines differ only where a version stands, and are the same before and behind it.
func checkOnlyVersions(t *testing.T, in, got []byte) {
	t.Helper()
	before, after := bytes.SplitAfter(in, []byte("\n")), bytes.SplitAfter(got, []byte("\n"))
	if len(before) != len(after) {
		t.Fatalf("%d lines became %d", len(before), len(after))
	}
	for i, line := range after {
		prefix, suffix, changed := bytes.Cut(line, []byte(next))
		if bytes.Equal(before[i], line) {
			continue
		}
		old, starts := bytes.CutPrefix(before[i], prefix)
		old, ends := bytes.CutSuffix(old, suffix)
		if !changed || !starts || !ends || !inPair.Match(old) {
			t.Errorf("line %d, %q, became %q", i+1, before[i], line)
		}
	}
}

// TestEveryKindIsTried: each pattern of a kind's files has a pair, and what Kinds says of it isn't empty.
func TestEveryKindIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, p := range pairs(t) {
		k, _ := kindOf(p.name)
		tried[k.Name] = true
	}
	for _, k := range Kinds() {
		if !tried[k.Name] || k.Doc == "" || len(k.Files) == 0 {
			t.Errorf("kind %+v has no pair in testdata or no text", k)
		}
	}
}

func TestVersionLeavesOutTheV(t *testing.T) {
	if v, err := Version("VERSION", []byte("v1.2.3\n"), Options{}); v != "1.2.3" || err != nil {
		t.Errorf("got %q, %v", v, err)
	}
	if v, err := Version("version.go", []byte("package x\n\nvar version = \"vary\"\n"), Options{}); v != "vary" || err != nil {
		t.Errorf("got %q, %v", v, err)
	}
}

// TestSame: the data itself comes back where it has the version already.
func TestSame(t *testing.T) {
	data := []byte(`{"version": "2.0.0-rc.1"}`)
	got, err := Set("package.json", data, next, Options{})
	if err != nil || &got[0] != &data[0] {
		t.Errorf("got %s, %v", got, err)
	}
}

// TestYAMLLines: YAML has more line ends than others, and the library counts them all.
func TestYAMLLines(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"} {
		file := "# é" + end + "a: \"é" + end + "  🙂\"\nb: 1.2.3\nversion: 1.2.3\n"
		got, err := Set("Chart.yaml", []byte(file), next, Options{})
		if want := strings.Replace(file, "version: 1.2.3", "version: "+next, 1); err != nil || string(got) != want {
			t.Errorf("%q: got %q, %v", end, got, err)
		}
	}
}
