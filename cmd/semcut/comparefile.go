package main

import (
	"path/filepath"

	"github.com/aymanbagabas/go-udiff"

	"github.com/semcut/semcut/release"
)

// compareFile says with a diff where a file is not what it should be: a check for CI.
func compareFile(a *app, file string, want []byte) error {
	have, err := readOld(file)
	if err != nil {
		return err
	}
	name := filepath.ToSlash(file)
	if rel, err := filepath.Rel(a.Directory, file); err == nil {
		name = filepath.ToSlash(rel)
	}
	diff := udiff.Unified(name, name+" (from history)", string(have), string(want))
	if diff == "" {
		return nil
	}
	if err := a.writeText(diff); err != nil {
		return err
	}
	return release.Errorf(release.CodeFile, "write it with the same command, without --check", "checking %q: it is not what history says", name)
}
