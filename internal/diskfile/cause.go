package diskfile

import (
	"errors"
	"io/fs"
	"os"
)

// Cause strips path and operation off an error of the file system: our own words name them.
func Cause(err error) error {
	for {
		if e, ok := errors.AsType[*fs.PathError](err); ok {
			err = e.Err // os.Root puts one into another
		} else if e, ok := errors.AsType[*os.LinkError](err); ok {
			err = e.Err
		} else {
			break
		}
	}
	if err != nil && err.Error() == "path escapes from parent" { // os.Root's words; it exports no error to compare with
		return errors.New("it leads out of the repository")
	}
	return err
}
