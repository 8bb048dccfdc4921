package githook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// replace writes a file at once, beside it and renamed.
func replace(file string, text string, mode fs.FileMode) error {
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = diskfile.Replace(file, []byte(text), mode)
	}
	return wrong("writing", file, err)
}

// read reads a hook; one that isn't there is empty.
func read(file string) (text string, there bool, err error) {
	if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a link that leads nowhere is somebody's, too
		return "", true, wrong("reading", file, err)
	}
	return string(data), true, nil
}

// wrong tells of a file, without what the system says twice.
func wrong(doing, file string, err error) error {
	if err == nil {
		return nil
	}
	return release.Errorf(release.CodeFile, "check the rights of its folder", "%s the hook %q: %w", doing, file, diskfile.Cause(err))
}
