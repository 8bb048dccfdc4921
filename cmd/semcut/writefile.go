package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/release"
)

// writeFile replaces a file at once: it writes beside it and renames, so that nothing is ever half there.
// The mode of an existing file stays.
func writeFile(file string, data []byte) (err error) {
	defer func() {
		if err != nil {
			err = release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", file, causeOf(err))
		}
	}()
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(file); err == nil {
		if info.IsDir() {
			return errors.New("it is a folder")
		}
		mode = info.Mode().Perm()
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already where all went well
	_, err = tmp.Write(data)
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

// causeOf strips path and operation off an error of the file system: our own words name them.
func causeOf(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
