package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// writeFile replaces a file at once: it writes beside it and renames, so that nothing is ever half there.
// The mode of an existing file stays, a link keeps leading to it, and a device or pipe is written to.
func writeFile(file string, data []byte) (err error) {
	defer func() {
		if err != nil {
			err = release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", file, diskfile.Cause(err))
		}
	}()
	if to, err := filepath.EvalSymlinks(file); err == nil {
		file = to
	} else if _, err := os.Lstat(file); err == nil {
		return errors.New("it is a link that leads nowhere")
	}
	mode := fs.FileMode(0o644)
	switch info, err := os.Stat(file); {
	case err != nil: // it is made
	case info.IsDir():
		return errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return writeThrough(file, data)
	case info.Mode().Perm()&0o222 == 0:
		return errors.New("it is read-only")
	default:
		mode = info.Mode().Perm()
	}
	return diskfile.Replace(file, data, mode)
}

func writeThrough(file string, data []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// readPlain reads a file that is to be written again: nothing else than a plain file is.
func readPlain(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no plain file")
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}
