package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// draftFile keeps the text of a commit while git makes it, and after a commit that failed.
func (c *committing) draftFile() string { return filepath.Join(c.repo.GitDir(), "semcut-commit-msg") }

// kept is the text of the last try.
func (c *committing) kept() (string, error) {
	data, err := readMessageFile(c.draftFile())
	if errors.Is(err, fs.ErrNotExist) || err != nil && errors.Is(diskfile.Cause(err), fs.ErrNotExist) {
		return "", release.Errorf(release.CodeUsage, "run semcut commit without --retry", "taking up the last try: no text was kept")
	}
	if err != nil {
		return "", release.Errorf(release.CodeFile, "check its rights", "reading the text of the last try, %q: %w", c.draftFile(), err)
	}
	return string(data), nil
}

// edited lets the text be changed in the editor that git would open.
func (c *committing) edited(ctx context.Context, text string) (string, error) {
	file := filepath.Join(c.repo.GitDir(), "SEMCUT_EDITMSG")
	defer func() { _ = os.Remove(file) }()
	if err := writeFile(file, []byte(text)); err != nil {
		return "", err
	}
	if err := c.git.edit(ctx, file); err != nil {
		return "", err
	}
	data, err := readMessageFile(file)
	if err != nil {
		return "", release.Errorf(release.CodeFile, "let the editor write the file in its place", "reading the message in %q: %w", file, err)
	}
	return cleanup{mode: "whitespace"}.clean(string(data)), nil
}
