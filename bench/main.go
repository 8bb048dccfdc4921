// Command bench compares semcut with git, and with the tools that it replaces, on the same repositories in the same minutes, as
// ratios. It prints Markdown; docs/performance.md is made of it.
//
//	go run ./bench                        histories that it makes, in the shapes of four known projects
//	go run ./bench -shape renovate        one of them
//	go run ./bench -import FILE.fi.xz     a history from a git fast-import stream (xz-packed or not)
//	go run ./bench -repo DIR              a repository that is there; nothing is written into it
//	go run ./bench -peers                 beside git-cliff, semantic-release and commitlint (needs npm)
//	go run ./bench -gate                  fails where semcut takes more of git's time than is promised
//	go run ./bench -doc docs/performance.md   puts the tables into the page, between its marks
//
// Every command runs as a whole process, all by turns. Of each figure the least of the counted runs is taken: what disturbs a
// run only ever adds. CPU time is user and system time together.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

type settings struct {
	repo, stream, shape, doc, keep string
	peers, gate                    bool
	runs                           int
}

func main() {
	var s settings
	flag.StringVar(&s.repo, "repo", "", "measure in the repository `DIR`")
	flag.StringVar(&s.stream, "import", "", "import the git fast-import stream `FILE`, and measure there")
	flag.StringVar(&s.shape, "shape", "", "make only the history of this `SHAPE`")
	flag.StringVar(&s.doc, "doc", "", "put the tables into `FILE`")
	flag.StringVar(&s.keep, "keep", "", "make the histories in `DIR`, and take those that are there")
	flag.BoolVar(&s.peers, "peers", false, "measure the tools that semcut replaces, too")
	flag.BoolVar(&s.gate, "gate", false, "fail where a promise is broken")
	flag.IntVar(&s.runs, "n", 7, "counted `RUNS` of each command")
	flag.Parse()
	if err := s.run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (s settings) run() error {
	dir, err := os.MkdirTemp("", "semcut-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	semcut := filepath.Join(dir, "semcut")
	if err := build(semcut, "./cmd/semcut"); err != nil {
		return err
	}
	histories, err := s.histories(dir)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	to := io.MultiWriter(os.Stdout, &page)
	if err := machine(to); err != nil {
		return err
	}
	broken := 0
	for _, h := range histories {
		n, err := h.report(to, semcut, s.runs)
		if err != nil {
			return err
		}
		broken += n
	}
	if err := s.others(to, histories[0], semcut, dir); err != nil {
		return err
	}
	if s.doc != "" {
		if err := intoPage(s.doc, page.String()); err != nil {
			return err
		}
	}
	if s.gate && broken > 0 {
		return fmt.Errorf("%d promises are broken", broken)
	}
	return nil
}

// others measures the hook, and the tools that are replaced.
func (s settings) others(to io.Writer, h history, semcut, dir string) error {
	if s.gate {
		return nil
	}
	peers := ""
	if s.peers {
		peers = filepath.Join(dir, "peers")
		if err := reportPeers(to, h, semcut, peers, min(s.runs, 5)); err != nil {
			return err
		}
	}
	return reportLint(to, semcut, dir, peers, s.runs)
}

// histories gives those that are measured.
func (s settings) histories(dir string) ([]history, error) {
	if s.keep != "" {
		dir = s.keep
	}
	if s.repo != "" {
		return []history{{name: filepath.Base(s.repo), repo: s.repo}}, nil
	}
	if s.stream != "" {
		h := history{filepath.Base(s.stream), filepath.Join(dir, "imported.git"), true}
		return []history{h}, imported(h.repo, s.stream)
	}
	var made []history
	for _, shape := range shapes {
		if s.shape != "" && s.shape != shape.name {
			continue
		}
		h := history{shape.name, filepath.Join(dir, shape.name+".git"), true}
		if _, err := os.Stat(h.repo); err != nil {
			if err := shape.repository(h.repo); err != nil {
				return nil, err
			}
		}
		made = append(made, h)
	}
	if made == nil {
		return nil, fmt.Errorf("there is no shape %q", s.shape)
	}
	return made, nil
}

// build builds a program as it is released.
func build(to, what string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", to, what)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", what, err, out)
	}
	return nil
}

// machine says where and with what the figures were taken.
func machine(to io.Writer) error {
	git, err := output(".", "git", "version")
	if err != nil {
		return err
	}
	processor := runtime.GOARCH
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, after, found := strings.Cut(string(info), "model name"); found {
			line, _, _ := strings.Cut(after, "\n")
			processor = strings.TrimSpace(strings.TrimLeft(line, "\t :"))
		}
	}
	_, err = fmt.Fprintf(to, "%s, %d cores of %s, %s, %s, %s.\n\n", time.Now().Format(time.DateOnly), runtime.NumCPU(), processor, runtime.GOOS, runtime.Version(), git)
	return err
}

// The marks between which the tables stand in a page.
const beginMark, endMark = "<!-- begin: go run ./bench -->\n", "<!-- end -->\n"

// intoPage puts the tables into a page.
func intoPage(file, tables string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(data), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !found || !ends {
		return fmt.Errorf("%s has no marks %q", file, beginMark)
	}
	return os.WriteFile(file, []byte(before+beginMark+"\n"+tables+endMark+after), 0o644)
}
