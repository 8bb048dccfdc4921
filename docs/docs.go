// Package docs holds the documents of this folder that the program itself hands out.
package docs

import _ "embed"

// Schema is the JSON Schema of .semcut.yaml. internal/config makes it from Go types and keeps it true to the reader:
// "go test ./internal/config -u" writes it anew.
//
//go:embed semcut.schema.json
var Schema string
