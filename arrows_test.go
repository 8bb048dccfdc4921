package semcut_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/semcut/semcut/"

// arrows says for every room which other rooms it may import. A row ending in /* holds for each folder there.
// A room without a row fails the test: whoever adds one decides here where it stands.
var arrows = map[string][]string{
	"commitparse":                {"commitparse/internal/chars"},
	"commitparse/lint":           {"commitparse", "commitparse/internal/chars", "internal/lazyregexp"},
	"commitparse/internal/chars": {},
	"changelog":                  {"commitparse", "internal/lazyregexp"},
	"release":                    {"commitparse", "changelog", "release/versionfile", "internal/lazyregexp", "internal/diskfile", "internal/lodash"},
	"release/provider/*":         {"release", "internal/httpx", "internal/lazyregexp"},
	"release/registry/*":         {"release", "release/versionfile", "internal/httpx", "internal/secret", "internal/lazyregexp", "internal/diskfile"},
	"release/releasetest":        {"release"},
	"release/versionfile":        {"internal/lazyregexp"},
	"internal/lazyregexp":        {},
	"internal/lodash":            {},
	"internal/gitpack":           {},
	"internal/httpx":             {},
	"internal/ghactions":         {"internal/diskfile"},
	"internal/ciservice":         {},
	"internal/pullrequest":       {"commitparse"},
	"internal/gitrepo":           {"release", "commitparse", "internal/gitpack", "internal/process", "internal/secret", "internal/lazyregexp", "internal/diskfile"},
	"internal/config":            {"release", "changelog", "commitparse", "commitparse/lint", "internal/secret", "internal/lazyregexp", "internal/diskfile", "internal/lodash"},
	"internal/githook":           {"release", "internal/diskfile"},
	"internal/starter":           {"release", "release/versionfile", "internal/lazyregexp"},
	"internal/compose":           {"commitparse", "commitparse/lint", "internal/lazyregexp"},
	"internal/diskfile":          {},
	"internal/process":           {},
	"internal/secret":            {"internal/lazyregexp"},
	"internal/prompt":            {},
	"internal/markdown":          {"internal/lazyregexp"},
	"internal/signing":           {"release", "internal/diskfile"},
	"internal/gittest":           {},
	"internal/fakegithub":        {},
	"internal/npmtest":           {},
	"bench":                      {},
	"docs":                       {},
	"cmd/semcut": {
		"docs", "release", "release/provider/*", "release/registry/*", "changelog", "commitparse", "commitparse/lint",
		"internal/gitrepo", "internal/githook", "internal/starter", "internal/compose", "internal/prompt", "internal/markdown", "internal/config", "internal/ghactions", "internal/ciservice", "internal/pullrequest", "internal/httpx", "internal/process", "internal/secret", "internal/signing", "internal/lazyregexp", "internal/diskfile",
	},
}

// doors says which rooms may import a dependency, so that upgrading it changes one folder.
var doors = map[string][]string{
	"github.com/go-git/":              {"internal/gitrepo"},
	"github.com/ProtonMail/":          {"internal/signing"},
	"github.com/hiddeco/sshsig":       {"internal/signing"},
	"github.com/google/go-github/":    {"release/provider/github"},
	"github.com/spf13/cobra":          {"cmd/semcut"},
	"github.com/Masterminds/semver/":  {"release", "release/releasetest", "release/registry/npm"},
	"github.com/getkin/kin-openapi/":  {"internal/fakegithub"},
	"github.com/vektah/gqlparser/":    {"internal/fakegithub"},
	"github.com/hashicorp/":           {"internal/httpx"},
	"go.yaml.in/yaml/":                {"internal/config", "internal/starter", "release/versionfile"},
	"github.com/pelletier/go-toml/":   {"internal/config", "internal/starter", "release/versionfile"},
	"github.com/grafana/sobek":        {"internal/config", "internal/lodash"},
	"github.com/evanw/esbuild":        {"internal/config"},
	"github.com/dlclark/regexp2":      {"internal/config", "internal/lodash"},
	"github.com/owenrumney/go-sarif":  {"cmd/semcut"},
	"golang.org/x/text/collate":       {"changelog", "release/registry/npm"},
	"github.com/yuin/goldmark":        {},
	"github.com/charmbracelet/":       {"cmd/semcut", "internal/prompt"},
	"charm.land/":                     {"internal/prompt"},
	"github.com/aymanbagabas/":        {"cmd/semcut"},
	"github.com/rogpeppe/go-internal": {},
	"mvdan.cc/sh/":                    {"release"},
}

// listed is what "go list -json" tells of a package; test files have imports of their own and are free.
type listed struct {
	ImportPath string
	Imports    []string
}

func TestArrows(t *testing.T) {
	for _, p := range packages(t) {
		room, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours {
			continue // the root, which holds this test only
		}
		allowed, known := lookUp(arrows, room)
		if !known {
			t.Errorf("room %q has no row in arrows", room)
			continue
		}
		for _, imported := range p.Imports {
			if other, ok := strings.CutPrefix(imported, module); ok && !matchesAny(allowed, other) {
				t.Errorf("%s must not import %s", room, other)
			}
			for dependency, rooms := range doors {
				if strings.HasPrefix(imported, dependency) && !slices.Contains(rooms, room) {
					t.Errorf("%s must not import %s, whose door is %v", room, imported, rooms)
				}
			}
		}
	}
}

// TestArrowsGoDown: whatever a room may import, through others too, never leads back to it.
func TestArrowsGoDown(t *testing.T) {
	for room := range arrows {
		seen := map[string]bool{}
		queue := slices.Clone(arrows[room])
		for len(queue) > 0 {
			next := queue[0]
			queue = queue[1:]
			if next == room {
				t.Errorf("the arrows of %s lead back to it", room)
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, arrows[next]...)
			}
		}
	}
}

func lookUp(rows map[string][]string, room string) ([]string, bool) {
	if row, ok := rows[room]; ok {
		return row, true
	}
	row, ok := rows[path.Dir(room)+"/*"]
	return row, ok
}

func matchesAny(patterns []string, room string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		return p == room || strings.HasSuffix(p, "/*") && path.Dir(room) == strings.TrimSuffix(p, "/*")
	})
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var found []listed
	for dec := json.NewDecoder(out); ; {
		var p listed
		if err = dec.Decode(&p); err != nil {
			break
		}
		found = append(found, p)
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if len(found) < len(arrows) {
		t.Fatalf("go list names %d packages, arrows %d", len(found), len(arrows))
	}
	return found
}
