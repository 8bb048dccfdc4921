package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("u", false, "write what is packed into the shapes")

// A shape is a package on disk: the files of an archive, with lines in its comment that make links and executable files.
// Its section "want" is what is packed, with modes.
type shape struct {
	file, name string
	archive    *txtar.Archive
	want       string
}

func shapes(t *testing.T) []shape {
	t.Helper()
	files, err := filepath.Glob("testdata/shapes/*.txtar")
	if err != nil || len(files) < 17 {
		t.Fatalf("there are %d shapes: %v", len(files), err)
	}
	var all []shape
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := shape{file: file, name: strings.TrimSuffix(filepath.Base(file), ".txtar"), archive: archive}
		for i, f := range archive.Files {
			if f.Name == "want" {
				s.want = string(f.Data)
				archive.Files = slices.Delete(archive.Files, i, i+1)
				break
			}
		}
		all = append(all, s)
	}
	return all
}

// write puts the shape into a folder.
func (s shape) write(t *testing.T, dir string) {
	t.Helper()
	for _, f := range s.archive.Files {
		writeFile(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	for line := range strings.Lines(string(s.archive.Comment)) {
		switch words := strings.Fields(line); {
		case len(words) == 3 && words[0] == "link":
			name := filepath.Join(dir, words[1])
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.Symlink(words[2], name)); err != nil {
				t.Fatal(err)
			}
		case len(words) == 2 && words[0] == "exec":
			if err := os.Chmod(filepath.Join(dir, words[1]), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(content), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// opened is a package in a folder that is the whole work tree.
func opened(t *testing.T, dir string) *folder {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return &folder{root: root, dir: ".", over: map[string][]byte{}}
}

// listing is what an archive has: mode and name, a line each.
func listing(t *testing.T, data []byte) string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		name, ok := strings.CutPrefix(h.Name, "package/")
		if !ok || h.Typeflag != tar.TypeReg || h.Uid != 0 || h.Gid != 0 || h.Uname != "" || !h.ModTime.Equal(packed) {
			t.Errorf("the entry is %+v", h)
		}
		fmt.Fprintf(&lines, "%04o %s\n", h.Mode, name)
	}
}

// TestShapes packs every shape, twice: what comes out is written down, and always the same.
func TestShapes(t *testing.T) {
	for _, s := range shapes(t) {
		t.Run(s.name, func(t *testing.T) {
			var before []byte
			for range 2 {
				dir := t.TempDir()
				s.write(t, dir)
				p, err := pack(opened(t, dir), "")
				if err != nil {
					t.Fatal(err)
				}
				if before != nil && !bytes.Equal(before, p.data) {
					t.Error("the same files made other bytes")
				}
				before = p.data
			}
			got := listing(t, before)
			if *update {
				s.archive.Files = append(s.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(s.file, txtar.Format(s.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != s.want {
				t.Errorf("packed is\n%swant\n%s", got, s.want)
			}
		})
	}
}

// TestShapesAsNpm packs every shape with the real npm, too. Only commands in folders differ: npm means to make them
// executable, but misses them there.
func TestShapesAsNpm(t *testing.T) {
	needNpm(t)
	dir, args := t.TempDir(), []string{"pack", "--json", "--dry-run", "--ignore-scripts"}
	all := shapes(t)
	for _, s := range all {
		s.write(t, filepath.Join(dir, s.name))
		args = append(args, "./"+s.name)
	}
	cmd := exec.Command("npm", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "NPM_CONFIG_CACHE="+t.TempDir(), "NO_UPDATE_NOTIFIER=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("npm pack: %v\n%s", err, out)
	}
	var packages []struct {
		Name  string
		Files []struct {
			Path string
			Mode int
		}
	}
	if err := json.Unmarshal(out, &packages); err != nil || len(packages) != len(all) {
		t.Fatalf("npm packed %d shapes of %d: %v", len(packages), len(all), err)
	}
	for i, s := range all {
		if *update {
			continue
		}
		p, err := pack(opened(t, filepath.Join(dir, s.name)), "")
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		want, commands := "", sortedValues(p.manifest.Bin)
		for _, f := range packages[i].Files {
			if strings.Contains(f.Path, "/") && slices.Contains(commands, f.Path) {
				f.Mode |= 0o111
			}
			want += fmt.Sprintf("%04o %s\n", f.Mode, f.Path)
		}
		if got := listing(t, p.data); sortedLines(got) != sortedLines(want) {
			t.Errorf("%s: packed is\n%snpm packs\n%s", s.name, got, want)
		}
	}
}

func sortedLines(text string) string {
	lines := slices.Collect(strings.Lines(text))
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// needNpm skips where there is no npm to compare with, or fails with SEMCUT_INTEGRATION.
func needNpm(t *testing.T) {
	t.Helper()
	if os.Getenv("SEMCUT_INTEGRATION") == "" {
		t.Skip("npm is asked only where SEMCUT_INTEGRATION is set")
	}
	if _, err := exec.LookPath("npm"); err != nil {
		t.Fatal(err)
	}
}
