//go:build unix

package gitpack

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// mapFile maps a file into memory; ok is false where the system can't.
func mapFile(f *os.File, size int64) (data []byte, ok bool) {
	if size == 0 || int64(int(size)) != size {
		return nil, false
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_PRIVATE)
	return data, err == nil
}

// forget lets go of the pages of a mapping that were read; whoever reads them again gets them from the file again.
func forget(data []byte) { _ = unix.Madvise(data, unix.MADV_DONTNEED) } // it is only a hint

func unmapFile(data []byte) { _ = syscall.Munmap(data) } // nothing can be done about it
