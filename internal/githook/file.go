package githook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/release"
)

// replace writes a file at once, beside it and renamed.
func replace(file string, text string, mode fs.FileMode) error {
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = replaceIn(filepath.Dir(file), file, text, mode)
	}
	return wrong("writing", file, err)
}

func replaceIn(dir, file, text string, mode fs.FileMode) error {
	tmp, err := os.CreateTemp(dir, ".semcut-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already where all went well
	_, err = tmp.WriteString(text)
	if err == nil {
		err = tmp.Chmod(mode)
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	return err
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
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		err = e.Err
	}
	return release.Errorf(release.CodeFile, "check the rights of its folder", "%s the hook %q: %w", doing, file, err)
}
