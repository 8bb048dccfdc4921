package starter

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/semcut/semcut/docs"
)

// TestConfigNamesItsSchema: the first line of a new configuration leads editors to the schema that is published.
func TestConfigNamesItsSchema(t *testing.T) {
	var schema struct {
		ID string `json:"$id"`
	}
	if err := json.Unmarshal([]byte(docs.Schema), &schema); err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(configHead, "\n")
	if want := "# yaml-language-server: $schema=" + schema.ID; schema.ID == "" || line != want {
		t.Errorf("%q, want %q", line, want)
	}
}
