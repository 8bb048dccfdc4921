package versionfile_test

import (
	"fmt"

	"github.com/semcut/semcut/release/versionfile"
)

func ExampleSet() {
	file := []byte("[package]\nname = \"pot\"\nversion = \"1.2.3\" # of the pot\n\n[dependencies]\nlid = \"1.2.3\"\n")
	changed, err := versionfile.Set("Cargo.toml", file, "1.3.0", versionfile.Options{})
	fmt.Print(string(changed), err)
	// Output:
	// [package]
	// name = "pot"
	// version = "1.3.0" # of the pot
	//
	// [dependencies]
	// lid = "1.2.3"
	// <nil>
}
