package diskfile

import (
	"errors"
	"io/fs"
	"os"
)

// Cause strips path and operation off an error of the file system: our own words name them.
func Cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
