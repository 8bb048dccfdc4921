package starter

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// plainCall is a call of semantic-release without any arguments.
var plainCall = lazyregexp.New(
	`^(npx|bunx|yarn|yarn dlx|yarn run|pnpm|pnpm exec|pnpm dlx|npm exec)( (-y|--yes|--no|--no-install|--))* semantic-release(@[\w.^~-]+)?$`)

// tokenLine gives a step, a job or all of them a token.
var tokenLine = lazyregexp.New(`(?m)^\s*(GITHUB_TOKEN|GH_TOKEN)\s*:(.*)$`)

// swapped gives the workflow with semcut's action in the place of what the step runs: one line differs. Where that wouldn't
// be the same, why says so.
func (s step) swapped() (text, why string) {
	word := "run"
	if s.uses != "" {
		word = "uses"
	}
	key, value := get(s.node, word)
	lines := strings.SplitAfter(s.text, "\n")
	switch {
	case word == "run" && !plainCall.MatchString(s.run) && !slices.Contains(s.scripts, s.run):
		return "", "it runs more than that, or with arguments"
	case s.node.Style&yaml.FlowStyle != 0, value.Line != key.Line, value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0, key.Line > len(lines):
		return "", "it doesn't stand in a line of its own"
	}
	for i := 0; i < len(s.node.Content); i += 2 {
		if name := s.node.Content[i].Value; !slices.Contains([]string{"name", "id", "if", "env", "continue-on-error", "timeout-minutes", word}, name) {
			return "", "it also says " + name
		}
	}
	if s.otherToken() {
		return "", "it has a token of its own, which semcut gets as \"with: {token: …}\""
	}
	line := lines[key.Line-1]
	end := line[len(strings.TrimRight(line, "\r\n")):]
	runes := []rune(line)
	if key.Column > len(runes) || !strings.HasPrefix(string(runes[key.Column-1:]), word+":") {
		return "", "it doesn't stand in a line of its own"
	}
	lines[key.Line-1] = string(runes[:key.Column-1]) + "uses: " + action + end
	return strings.Join(lines, ""), ""
}

// otherToken says whether a workflow uses another token than the job's own.
func (s step) otherToken() bool {
	for _, m := range tokenLine.FindAllStringSubmatch(s.text, -1) {
		if !strings.Contains(m[2], "secrets.GITHUB_TOKEN") && !strings.Contains(m[2], "github.token") {
			return true
		}
	}
	return false
}
