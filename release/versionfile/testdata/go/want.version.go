// Package internal has version = "1.2.3".
package internal

// Version = "1.2.3"
const Version = "v2.0.0-rc.1"

const LidVersion = "1.2.3"

var (
	name = `
Version = "1.2.3"`
	version = "2.0.0-rc.1" // version 1.2.3
)

func lid() string {
	version := "1.2.3"
	return version
}
