package lodash

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// data is like what a release hands to a template.
var data = map[string]any{
	"nextRelease": map[string]any{"version": "1.2.3-beta.1", "gitTag": "v1.2.3-beta.1", "channel": nil, "notes": "## 1.2.3\n\n* a <b> & 'c' \"d\"", "type": "minor"},
	"lastRelease": map[string]any{},
	"branch":      Named{Name: "pre/näxt", Members: map[string]any{"name": "pre/näxt", "prerelease": true}},
	"commits":     []any{map[string]any{"subject": "feat: a"}, map[string]any{"subject": "fix: b"}},
	"none":        nil,
	Now:           time.Date(2026, 11, 29, 7, 5, 9, 30_000_000, time.UTC),
}

// values are templates and what lodash makes of them; lodash_real_test.go asks it.
var values = []struct{ template, want string }{
	{"plain $text {x} 100 %", "plain $text {x} 100 %"},
	{"v${nextRelease.version}!", "v1.2.3-beta.1!"},
	{"<%= nextRelease.version %>-<%=nextRelease.type%>", "1.2.3-beta.1-minor"},
	{"<%- nextRelease.notes %>", "## 1.2.3\n\n* a &lt;b&gt; &amp; &#39;c&#39; &quot;d&quot;"},
	{"a${nextRelease.channel}b${lastRelease.version}c${none}d", "abcd"},
	{"${nextRelease['version']}${commits[1].subject}${commits[9]}", "1.2.3-beta.1fix: b"},
	{"${commits.length} commits", "2 commits"},
	{"${nextRelease.channel || 'latest'}", "latest"},
	{"${nextRelease.channel ?? 'latest'} ${'' ?? 'x'}", "latest "},
	{"${lastRelease.gitTag ? 'since ' + lastRelease.gitTag : 'first'}", "first"},
	{"${none?.a.b.c}${lastRelease.a?.b}${nextRelease?.type}", "minor"},
	{"<%= `${nextRelease.type}/${commits.length + 1}` %>", "minor/3"},
	{"${branch.name.replace(/^pre\\//, '')}", "näxt"},
	{"${branch.name.replace('/', '-').toUpperCase()}", "PRE-NÄXT"},
	{"${'a.b.c'.replace(/(\\w)\\.(\\w)/g, '$2-$1$$')} ${'a-b'.replace(/-/, '$&$&')}", "b-a$.c a--b"},
	{"${nextRelease.version.split('.')[0]}.${nextRelease.version.split('.').slice(1, 3).join('_')}", "1.2_3-beta"},
	{"${nextRelease.version.split(/[.-]/).length}", "5"},
	{"${'abc'.slice(-2)}|${'abc'.substring(2, 0)}|${'abcdef'.substr(1, 2)}|${'abc'.charAt(1)}|${'abc'[2]}", "bc|ab|bc|b|c"},
	{"${'7'.padStart(3, '0')} ${'7'.padEnd(3)}| ${'ab'.repeat(2)} ${' x '.trim()}", "007 7  | abab x"},
	{"${'abc'.indexOf('c')} ${'abc'.includes('b')} ${'abc'.startsWith('b')} ${'äa'.lastIndexOf('a')}", "2 true false 1"},
	{"${nextRelease.type === 'minor' && commits.length > 1 ? 'yes' : 'no'}", "yes"},
	{"${1 + 2 * 3 - 4 / 8} ${'1' + 2} ${7 % 4} ${-3} ${+'5'} ${!0} ${1 / 3}", "6.5 12 3 -3 5 true 0.3333333333333333"},
	{"${null == undefined} ${null === undefined} ${'1' == 1} ${'b' > 'a'} ${2 > 10} ${'2' > '10'} ${NaN >= 0}", "true false true true false true false"},
	{"${typeof none} ${typeof nextRelease.x} ${typeof 'a'} ${typeof 1}", "object undefined string number"},
	{"${new Date().toISOString()} ${new Date().getFullYear()} ${new Date().toISOString().split('T')[0]}", "2026-11-29T07:05:09.030Z 2026 2026-11-29"},
	{"${[1, 'a', null, true].join('-')} ${[1, [2, 3]]} ${[3, 4].reverse().includes(3)} ${['a'].concat(['b'], 'c').indexOf('c')}", "1-a--true 1,2,3 true 2"},
	{"${String(null)} ${encodeURIComponent('a b/ü!')} ${Number('3') + 1}", "null a%20b%2F%C3%BC! 4"},
	{"<% return !nextRelease.channel; %>", "true"},
	{"${'😀'.length} ${'x😀y'.slice(1, 3)}", "2 😀"},
	{"${}", ""}, {"<%= %>", ""},
}

func TestTheSubset(t *testing.T) {
	for _, tt := range values {
		got, err := fill(tt.template)
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: got %q, want an error", tt.template, got)
			}
			continue
		}
		if err != nil || got != tt.want {
			t.Errorf("%s\ngot  %q %v\nwant %q", tt.template, got, err, tt.want)
		}
	}
}

func fill(template string) (string, error) {
	parts, err := Parse(template)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, p := range parts {
		if p.Expr == "" {
			out.WriteString(p.Text)
			continue
		}
		v, err := Eval(p.Expr, data)
		if err != nil {
			return "", err
		}
		out.WriteString(Text(v))
	}
	return out.String(), nil
}

// TestWhatIsBeyond: it is quoted, whether it stands in the way that is taken or not.
func TestWhatIsBeyond(t *testing.T) {
	tests := []struct{ template, want string }{
		{"${commits.map(c => c.subject).join()}", `"c => c.subject" is more than semcut evaluates`},
		{"${branch ? 1 : commits.filter(Boolean)}", `"Boolean" is not known here; known are branch, commits, nextRelease`},
		{"${nextRelease.x || commits.push(1)}", `"commits.push(1)" calls something that semcut doesn't evaluate`},
		{"<% if (branch) { %>x<% } %>", `"<% if (branch) {" is a statement, and only expressions are evaluated`},
		{"${process.env.HOME}", `"process" is not known here; known are branch, commits, nextRelease`},
		{"${require('fs')}", `"require('fs')" calls something that semcut doesn't evaluate`},
		{"${commits[0]()}", `"commits[0]()" calls a function, which semcut doesn't run`},
		{"${nextRelease.version = 2}", `"nextRelease.version = 2" is more than semcut evaluates`},
		{"${a; b}", `"a; b" is no expression of JavaScript`},
		{"${nextRelease.version", `"${nextRelease.version" is never closed`},
		{"${new Function('x')}", `"new Function('x')" is more than semcut evaluates`},
		{"${new Date().toLocaleDateString('de')}", `"new Date().toLocaleDateString('de')" calls something that semcut doesn't evaluate`},
		{"${'x'.replace(/x/y, '')}", `"/x/y" has a flag that semcut doesn't know`},
	}
	for _, tt := range tests {
		_, err := Keep(tt.template, nil, []string{"nextRelease", "branch", "commits"})
		beyond, ok := errors.AsType[*BeyondError](err)
		if !ok || beyond.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.template, err, tt.want)
		}
	}
}

func TestKeep(t *testing.T) {
	short := map[string]string{"nextRelease.version": "version", "branch": "branch"}
	kept, err := Keep("${nextRelease.version} <%= branch %> <%= nextRelease.version.length %>", short, []string{"nextRelease"})
	if err != nil || kept != "${version} ${branch} \x00nextRelease.version.length\x00" || !Kept(kept) {
		t.Errorf("kept %q, %v", kept, err)
	}
	if shown := Shown(kept); shown != "${version} ${branch} <%= nextRelease.version.length %>" {
		t.Errorf("shown %q", shown)
	}
}

// TestMuch: what could take for ever, or all memory, ends.
func TestMuch(t *testing.T) {
	for _, template := range []string{
		"${'x'.repeat(1e9)}", "${'x'.padStart(1e9)}", "${" + strings.Repeat("[", 5000) + "}", "${" + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000) + "}",
		"${'" + strings.Repeat("a", 60) + "!'.replace(/(a+)+$/, '')}", "${" + strings.Repeat("1+", 6000) + "1}",
	} {
		if got, err := fill(template); err == nil {
			t.Logf("%.30s: %d bytes", template, len(got))
		}
	}
}

func FuzzLodash(f *testing.F) {
	for _, tt := range values {
		f.Add(tt.template)
	}
	f.Fuzz(func(t *testing.T, template string) {
		kept, err := Keep(template, nil, []string{"nextRelease", "lastRelease", "branch", "commits", "none"})
		if err != nil {
			return
		}
		if _, err := fill(template); err != nil {
			if _, ok := errors.AsType[*BeyondError](err); !ok {
				t.Errorf("%q (kept %q): %v", template, kept, err)
			}
		}
	})
}
