package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// fill makes a repository from a fast-import stream, or from a history that it makes up, packed as a clone is.
func fill(repo, stream string) error {
	in := io.Reader(nil)
	switch {
	case stream == "":
		r, w := io.Pipe()
		go func() { w.CloseWithError(invent(w)) }()
		in = r
	case strings.HasSuffix(stream, ".xz"):
		unpack := exec.Command("xz", "-dc", stream)
		out, err := unpack.StdoutPipe()
		if err == nil {
			err = unpack.Start()
		}
		if err != nil {
			return fmt.Errorf("unpacking %q: %w", stream, err)
		}
		defer func() { _ = unpack.Wait() }() // what matters is what was imported
		in = out
	default:
		f, err := os.Open(stream)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	if _, err := output(".", "git", "init", "-q", "-b", "main", repo); err != nil {
		return err
	}
	load := exec.Command("git", "fast-import", "--quiet")
	load.Dir, load.Stdin, load.Stderr = repo, in, os.Stderr
	if err := load.Run(); err != nil {
		return fmt.Errorf("importing the history: %w", err)
	}
	_, err := output(repo, "git", "gc", "-q")
	return err
}

// The history that is made up: a release every releaseEvery commits, a merge of a side branch every mergeEvery.
const (
	commits      = 20_000
	releaseEvery = 25
	mergeEvery   = 10
	start        = 1_200_000_000
	step         = 6 * 3600 // seconds between two commits
)

var messages = []string{
	"feat(api): list the greetings of tenant %d", "fix: end line %d (#%d)", "docs: say how to greet %d", "chore(deps): bump greeter to 1.%d",
	"fix(cli): take %d names\n\nThe loop stopped one early.\n\nCloses #%d", "refactor: split file %d", "test: greet %d times", "feat: greet in language %d",
}

func invent(out io.Writer) error {
	w := bufio.NewWriter(out)
	for i := 1; i <= commits; i++ {
		message := messages[i%len(messages)]
		if strings.Count(message, "%d") == 1 {
			message = fmt.Sprintf(message, i)
		} else {
			message = fmt.Sprintf(message, i, i)
		}
		merge := ""
		if i%mergeEvery == 0 && i > mergeEvery {
			merge = fmt.Sprintf("merge :%d\n", i-mergeEvery/2)
			message = fmt.Sprintf("Merge pull request #%d from ada/topic", i)
		}
		who := fmt.Sprintf("Ada Lovelace <ada@example.com> %d +0000", start+step*i)
		fmt.Fprintf(w, "commit refs/heads/main\nmark :%d\nauthor %s\ncommitter %s\ndata %d\n%s\n%s\n", i, who, who, len(message), message, merge)
		if i%releaseEvery == 0 && i < commits {
			fmt.Fprintf(w, "reset refs/tags/v1.%d.0\nfrom :%d\n\n", i/releaseEvery, i)
		}
	}
	fmt.Fprintln(w, "done")
	return w.Flush()
}
