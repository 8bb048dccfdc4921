//go:build !unix

package gitpack

import "os"

// mapFile maps nothing here: files are read in parts.
func mapFile(*os.File, int64) (data []byte, ok bool) { return nil, false }

func unmapFile([]byte) {}

func forget([]byte) {}
