//go:build unix

package gitrepo

import (
	"os"
	"strconv"
	"syscall"
)

// ownedByUs says whether a folder belongs to the user who runs us, or to the one who called sudo.
func ownedByUs(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	if int(stat.Uid) == os.Geteuid() {
		return true
	}
	sudo, err := strconv.Atoi(os.Getenv("SUDO_UID"))
	return err == nil && os.Geteuid() == 0 && int(stat.Uid) == sudo
}
