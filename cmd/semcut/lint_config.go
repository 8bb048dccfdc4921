package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/release"
)

// printLintConfig prints the settings in force, each with where it was written.
func printLintConfig(w io.Writer, c *config.Lint, format string) error {
	switch format {
	case "json":
		return printLintConfigJSON(w, c)
	case "text":
	default:
		return release.Errorf(release.CodeUsage, "write --format text or json", "printing the configuration: --format %q is not for that", format)
	}
	out := bufio.NewWriter(w)
	file := c.File
	if file == "" {
		file = "none; the defaults"
	}
	fmt.Fprintf(out, "file: %s\nrules:\n", oneLine(file))
	for _, r := range c.Rules {
		fmt.Fprintf(out, "  %s: %s  # %s\n", r.Name, oneLine(settingText(r.Setting)), oneLine(c.Origins[r.Name]))
	}
	for _, key := range []string{"parserPreset", "ignores", "defaultIgnores", "helpUrl"} {
		if where, ok := c.Origins[key]; ok {
			fmt.Fprintf(out, "%s: %s\n", key, oneLine(where))
		}
	}
	return out.Flush()
}

func printLintConfigJSON(w io.Writer, c *config.Lint) error {
	type row struct {
		Rule    string          `json:"rule"`
		Setting json.RawMessage `json:"setting"`
		Origin  string          `json:"origin"`
	}
	doc := struct {
		File           string `json:"file"`
		DefaultIgnores bool   `json:"defaultIgnores"`
		HelpURL        string `json:"helpUrl"`
		Rules          []row  `json:"rules"`
	}{c.File, !c.CheckAll, c.HelpURL, []row{}}
	for _, r := range c.Rules {
		doc.Rules = append(doc.Rules, row{r.Name, json.RawMessage(settingText(r.Setting)), c.Origins[r.Name]})
	}
	return json.NewEncoder(w).Encode(doc)
}
