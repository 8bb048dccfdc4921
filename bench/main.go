// Command bench compares semcut with git, or with commitlint, on one repository, in one run, as ratios.
//
//	go run ./bench                        a history that it makes: 20,000 commits, 800 tags
//	go run ./bench -import FILE.fi.xz     a history from a git fast-import stream (xz-packed or not)
//	go run ./bench -repo DIR              a repository that is there
//	go run ./bench -lint                  what a commit-msg hook costs, beside commitlint (needs Node and npm)
//
// Every command runs as a whole process, semcut and git by turns, so that a machine whose speed drifts slows both. Shown
// are medians, and the median of the ratios pair by pair.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	repo := flag.String("repo", "", "measure in the repository `DIR`")
	stream := flag.String("import", "", "import the git fast-import stream `FILE` and measure there")
	linting := flag.Bool("lint", false, "measure the linter")
	runs := flag.Int("n", 7, "counted `RUNS` of each command")
	flag.Parse()
	err := error(nil)
	if *linting {
		err = benchLint(*runs)
	} else {
		err = bench(*repo, *stream, *runs)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// row is one thing that both can do: semcut's command, and what somebody would ask git for it.
type row struct {
	name   string
	semcut []string
	git    [][]string
}

func bench(repo, stream string, runs int) error {
	dir, err := os.MkdirTemp("", "semcut-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "semcut")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/semcut").CombinedOutput(); err != nil {
		return fmt.Errorf("building semcut: %w\n%s", err, out)
	}
	if repo == "" {
		repo = filepath.Join(dir, "repo")
		if err := fill(repo, stream); err != nil {
			return err
		}
	}
	tag, err := output(repo, "git", "describe", "--tags", "--abbrev=0")
	if err != nil {
		return err
	}
	rows := []row{
		{"next", []string{"next", "-q"}, [][]string{{"describe", "--tags", "--abbrev=0"}, {"log", "--format=%H%n%B", tag + "..HEAD"}}},
		{"notes", []string{"notes", "-q"}, [][]string{{"describe", "--tags", "--abbrev=0"}, {"log", "--format=%H%n%B", tag + "..HEAD"}}},
		{"changelog", []string{"changelog", "-q"}, [][]string{{"log", "--format=%H%n%B", "HEAD"}}},
		{"replay", []string{"replay", "-q"}, [][]string{{"log", "--format=%H%n%B", "HEAD"}}},
	}
	if err := describe(repo); err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "command\tsemcut\tgit\tsemcut/git\t")
	for _, r := range rows {
		if err := r.measure(w, repo, binary, runs); err != nil {
			return err
		}
	}
	return w.Flush()
}

// describe says what is measured.
func describe(repo string) error {
	commits, err := output(repo, "git", "rev-list", "--count", "HEAD")
	if err != nil {
		return err
	}
	tags, err := output(repo, "git", "tag")
	fmt.Printf("%s commits, %d tags\n\n", commits, len(strings.Fields(tags)))
	return err
}

func (r row) measure(w *tabwriter.Writer, repo, binary string, runs int) error {
	var ours, theirs, ratios []float64
	for i := range runs + 1 {
		a, err := timed(repo, binary, r.semcut)
		if err != nil {
			return err
		}
		b := 0.0
		for _, args := range r.git {
			one, err := timed(repo, "git", args)
			if err != nil {
				return err
			}
			b += one
		}
		if i > 0 { // the first is for the caches
			ours, theirs, ratios = append(ours, a), append(theirs, b), append(ratios, a/b)
		}
	}
	_, err := fmt.Fprintf(w, "%s\t%.0f ms\t%.0f ms\t%.2f\t\n", r.name, 1000*median(ours), 1000*median(theirs), median(ratios))
	return err
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// timed runs a command and gives its wall seconds; what it prints is thrown away.
func timed(repo, program string, args []string) (float64, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir = repo
	start := time.Now()
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("running %s %s: %w", program, strings.Join(args, " "), err)
	}
	return time.Since(start).Seconds(), err
}

func output(repo, program string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir = repo
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("running %s %s: %w", program, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
