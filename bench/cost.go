package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// program is a command that is measured as a whole process.
type program struct {
	dir   string
	args  []string
	input string // a file for standard input
	env   []string
}

// cost is what a run took.
type cost struct {
	cpu, wall time.Duration
	peak      int64 // kibibytes; 0 where the system doesn't tell
}

func (c cost) plus(d cost) cost { return cost{c.cpu + d.cpu, c.wall + d.wall, max(c.peak, d.peak)} }

// least takes the lesser of each figure: what disturbs a run makes it cost more, never less.
func (c cost) least(d cost) cost {
	return cost{min(c.cpu, d.cpu), min(c.wall, d.wall), min(c.peak, d.peak)}
}

// run runs the program; what it prints is thrown away.
func (p program) run() (cost, error) {
	cmd := exec.Command(p.args[0], p.args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Env = p.dir, io.Discard, append(os.Environ(), p.env...)
	if null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		defer null.Close()
		cmd.Stdout = null
	}
	if p.input != "" {
		in, err := os.Open(p.input)
		if err != nil {
			return cost{}, err
		}
		defer in.Close()
		cmd.Stdin = in
	}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("running %s: %w", strings.Join(p.args, " "), err)
	}
	wall := time.Since(start)
	return cost{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall, peak(cmd.ProcessState)}, nil
}

// contender is what one tool is asked for a piece of work: one program, or several one after the other.
type contender struct {
	name     string
	programs []program
}

func (c contender) run() (all cost, err error) {
	for _, p := range c.programs {
		one, err := p.run()
		if err != nil {
			return all, err
		}
		all = all.plus(one)
	}
	return all, nil
}

// race runs all by turns, so that a machine whose speed drifts slows all of them, and gives the least that each took. The first
// round is for the caches.
func race(contenders []contender, runs int) ([]cost, error) {
	costs := make([]cost, len(contenders))
	for round := range runs + 1 {
		for i, c := range contenders {
			one, err := c.run()
			switch {
			case err != nil:
				return nil, fmt.Errorf("measuring %s: %w", c.name, err)
			case round == 1:
				costs[i] = one
			case round > 1:
				costs[i] = costs[i].least(one)
			}
		}
	}
	return costs, nil
}

// output gives what a program prints.
func output(dir string, args ...string) (string, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("running %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
