package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// fill makes a repository of a fast-import stream, packed as a clone is.
func fill(repo string, stream io.Reader) error {
	if _, err := output(".", "git", "init", "-q", "-b", "main", "--bare", repo); err != nil {
		return err
	}
	load := exec.Command("git", "fast-import", "--quiet")
	load.Dir, load.Stdin, load.Stderr = repo, stream, os.Stderr
	if err := load.Run(); err != nil {
		return fmt.Errorf("importing the history: %w", err)
	}
	if _, err := output(repo, "git", "repack", "-adfq"); err != nil {
		return err
	}
	if _, err := output(repo, "git", "pack-refs", "--all", "--prune"); err != nil {
		return err
	}
	_, err := output(repo, "git", "remote", "add", "origin", "https://github.com/acme/widget.git") // so that there is something to link to
	return err
}

// repository makes a repository of the shape.
func (s shape) repository(repo string) error {
	r, w := io.Pipe()
	go func() { w.CloseWithError(s.invent(w)) }()
	defer r.Close()
	return fill(repo, r)
}

// imported makes a repository of a file with a stream, maybe compressed with xz.
func imported(repo, file string) error {
	if !strings.HasSuffix(file, ".xz") {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		return fill(repo, f)
	}
	unpack := exec.Command("xz", "-dc", file)
	out, err := unpack.StdoutPipe()
	if err == nil {
		err = unpack.Start()
	}
	if err != nil {
		return fmt.Errorf("unpacking %q: %w", file, err)
	}
	if err := fill(repo, out); err != nil {
		return err
	}
	return unpack.Wait()
}
