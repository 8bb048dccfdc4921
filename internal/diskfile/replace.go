package diskfile

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Replace writes a file at once: beside it and renamed, so that nothing is ever half there. Its folder must be there.
func Replace(file string, data []byte, mode fs.FileMode) error {
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

// ReplaceIn is Replace for a file below a root, which no link leads out of. Folders that aren't there are made.
func ReplaceIn(root *os.Root, name string, data []byte, mode fs.FileMode) error {
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	// A fixed name: what a killed run left behind is written over by the next one.
	tmp := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".semcut")
	_ = root.Remove(tmp)
	defer func() { _ = root.Remove(tmp) }() // gone already where all went well
	f, err := root.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = root.Rename(tmp, name)
	}
	return err
}
