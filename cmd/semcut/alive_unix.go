//go:build unix

package main

import (
	"errors"
	"syscall"
)

// alive says whether a process of this machine still runs.
func alive(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
