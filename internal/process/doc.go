// Package process runs commands, and tells processes of this machine apart: which one this is, and whether another one
// still runs.
package process

import "os"

// Host is the machine's name, the same for all its processes.
func Host() string {
	host, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return host
}
