//go:build unix

package process

import (
	"errors"
	"syscall"
)

// Alive says whether a process of this machine still runs.
func Alive(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
