package npm

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A sower makes packages of few names, so that what rules say often concerns something.
type sower struct {
	*rand.Rand
	t *testing.T
}

var (
	sown    = strings.Fields("a b lib dist src test index.js main.js README.md LICENSE x.ts y.d.ts .hid .npmrc node_modules Foo.JS keep A package.json @s")
	sownAs  = append(strings.Fields("* ** *.js *.{js,ts} ? !(a) [ab] @(a|b) .* +(a|b) *(x).ts l*b *.d.ts !(*.js) . .. {a,b} [!a]* ?(a)b *i* {1..3} \\a [[:alpha:]]"), sown...)
	ignores = []string{npmIgnore, gitIgnore}
)

func (s sower) chance(n int) bool { return s.IntN(100) < n }

func (s sower) rule() string {
	parts := make([]string, []int{1, 1, 1, 2, 2, 3}[s.IntN(6)])
	for i := range parts {
		parts[i] = sownAs[s.IntN(len(sownAs))]
	}
	rule := strings.Join(parts, "/")
	if s.chance(20) {
		rule = "/" + rule
	}
	if s.chance(20) {
		rule += "/"
	}
	if s.chance(5) {
		rule = "./" + rule
	}
	if s.chance(25) {
		rule = "!" + rule
	}
	return rule
}

func (s sower) rules() []string {
	rules := make([]string, 1+s.IntN(4))
	for i := range rules {
		rules[i] = s.rule()
	}
	return rules
}

func (s sower) tree(dir string, depth int) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		s.t.Fatal(err)
	}
	for _, n := range s.Perm(len(sown))[:2+s.IntN(5)] {
		name := sown[n]
		switch {
		case name == "package.json" && depth == 0:
		case strings.Contains(name, ".") && name != ".hid" || name == "LICENSE" || depth > 2 || s.chance(30):
			writeFile(s.t, filepath.Join(dir, name), "{}")
		default:
			s.tree(filepath.Join(dir, name), depth+1)
		}
	}
	for _, name := range ignores {
		if s.chance(25) {
			writeFile(s.t, filepath.Join(dir, name), strings.Join(s.rules(), "\n")+"\n")
		}
	}
}

func (s sower) manifest(name string) string {
	m := map[string]any{"name": name, "version": "1.0.0"}
	if s.chance(60) {
		m["files"] = s.rules()
	}
	if s.chance(30) {
		m["main"] = strings.TrimLeft(s.rule(), "!")
	}
	if s.chance(20) {
		m["workspaces"] = []string{"lib"}
	}
	if s.chance(30) {
		m["bin"] = map[string]string{"x": []string{"index.js", "./a/b", "lib/main.js"}[s.IntN(3)]}
	}
	text, err := json.Marshal(m)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// TestRandomPackagesAsNpm: npm's own list of the files of any package is ours, in the same order. SEMCUT_SEED makes other
// packages.
func TestRandomPackagesAsNpm(t *testing.T) {
	needNpm(t)
	seed, _ := strconv.ParseUint(os.Getenv("SEMCUT_SEED"), 10, 64) // "" is 0
	s, dir := sower{rand.New(rand.NewPCG(seed, 1)), t}, t.TempDir()
	const packages = 120
	for n := range packages {
		name := fmt.Sprintf("p%d", n)
		s.tree(filepath.Join(dir, name), 0)
		writeFile(t, filepath.Join(dir, name, "package.json"), s.manifest(name))
	}
	dirs := make([]string, packages)
	for n := range dirs {
		dirs[n] = filepath.Join(dir, fmt.Sprintf("p%d", n))
	}
	listedAsNpm(t, dirs)
}

// TestRealPackagesAsNpm takes npm itself, which bundles all that it needs, and every package of that.
func TestRealPackagesAsNpm(t *testing.T) {
	needNpm(t)
	root, err := exec.Command("npm", "root", "-g").Output()
	if err != nil {
		t.Fatal(err)
	}
	npm := filepath.Join(strings.TrimSpace(string(root)), "npm")
	dirs := []string{npm}
	for _, pattern := range []string{"*", "@*/*"} {
		found, err := filepath.Glob(filepath.Join(npm, "node_modules", pattern, "package.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			dirs = append(dirs, filepath.Dir(name))
		}
	}
	if len(dirs) < 50 {
		t.Fatalf("npm has only %d packages", len(dirs))
	}
	listedAsNpm(t, dirs)
}

// listedAsNpm compares our lists of packages' files with npm's.
func listedAsNpm(t *testing.T, dirs []string) {
	t.Helper()
	text, err := json.Marshal(dirs)
	if err != nil {
		t.Fatal(err)
	}
	var want [][]string
	askNode(t, &want, `const A = inNpm("@npmcli/arborist"), list = inNpm("npm-packlist"); const all = [];
for (const path of `+string(text)+`) all.push((await list(await new A({ path }).loadActual(), { path })).map(f => f.replace(/^\.\//, "")));
console.log(JSON.stringify(all))`)
	for n, dir := range dirs {
		f := opened(t, dir)
		m, err := readManifest(f, "")
		if err != nil {
			t.Fatal(err)
		}
		got, err := listFiles(f, m)
		if err != nil || !slices.Equal(got, want[n]) {
			t.Errorf("package %s, %s: ours and npm's are\n%q, %v\n%q", filepath.Base(dir), m.raw, got, err, want[n])
		}
	}
}
