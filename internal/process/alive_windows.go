package process

import "os"

// Alive says whether a process of this machine still runs: Windows only finds those that do.
func Alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}
