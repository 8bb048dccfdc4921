package githook

import (
	"encoding/json"
	"path"
	"strings"
)

// lefthookFiles are all names that lefthook knows its configuration by.
func lefthookFiles() []string {
	var names []string
	for _, ending := range []string{"yml", "yaml", "toml", "json"} {
		names = append(names, "lefthook."+ending, ".lefthook."+ending, ".config/lefthook."+ending)
	}
	return names
}

// arguments are how lefthook writes the arguments that git gives a hook.
func (h Hook) arguments() string {
	if h.Name == CommitMsg.Name {
		return " {1}"
	}
	return " {0}"
}

func lefthookAdvice(file string, hooks []Hook) *Advice {
	form := lefthookYAML
	switch path.Ext(file) {
	case ".toml":
		form = lefthookTOML
	case ".json":
		form = lefthookJSON
	}
	var b strings.Builder
	for _, h := range hooks {
		b.WriteString(form(h))
	}
	return &Advice{Why: "lefthook looks after the hooks here", Do: "write it into " + file + ", then run lefthook install:", Snippet: b.String()}
}

// asks says whether a hook needs the terminal.
func (h Hook) asks() bool { return h.Name == PrepareCommitMsg.Name }

func lefthookYAML(h Hook) string {
	text := h.Name + ":\n  commands:\n    semcut:\n      run: " + h.call + h.arguments() + "\n"
	if h.asks() {
		text += "      interactive: true\n"
	}
	return text
}

func lefthookTOML(h Hook) string {
	text := "[" + h.Name + ".commands.semcut]\nrun = \"" + h.call + h.arguments() + "\"\n"
	if h.asks() {
		text += "interactive = true\n"
	}
	return text
}

func lefthookJSON(h Hook) string {
	type command struct {
		Run         string `json:"run"`
		Interactive bool   `json:"interactive,omitempty"`
	}
	commands := map[string]map[string]command{"commands": {"semcut": {h.call + h.arguments(), h.asks()}}}
	data, _ := json.MarshalIndent(commands, "", "  ") // texts and a bool: it can't fail
	return "\"" + h.Name + "\": " + string(data) + "\n"
}
