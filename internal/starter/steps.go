package starter

import (
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// step is a step of a job of a workflow that is here.
type step struct {
	file, text string
	line       int // of what it runs
	node       *yaml.Node
	uses, run  string
	command    string   // of an action's inputs
	scripts    []string // commands of package.json's scripts that run semantic-release
}

type steps []step

// where gives the steps of which something is true.
func (all steps) where(is func(step) bool) (found steps) {
	for _, s := range all {
		if is(s) {
			found = append(found, s)
		}
	}
	return found
}

// first gives the file of the first of them.
func (all steps) first(is func(step) bool) string {
	if found := all.where(is); len(found) > 0 {
		return found[0].file
	}
	return ""
}

// readWorkflows reads all steps of all workflows.
func (p *proposer) readWorkflows() (all steps) {
	entries, _ := fs.ReadDir(p.Tree, workflowDir) // none, where there is no such folder
	scripts := p.scripts()
	for _, e := range entries {
		if ext := path.Ext(e.Name()); ext != ".yml" && ext != ".yaml" || !e.Type().IsRegular() {
			continue
		}
		file := path.Join(workflowDir, e.Name())
		data := p.read(file)
		var doc yaml.Node
		if yaml.Unmarshal(data, &doc) != nil || len(doc.Content) == 0 {
			p.note(file + " can't be read as YAML, so nobody has looked at what it runs")
			continue
		}
		for _, node := range stepNodes(doc.Content[0]) {
			s := newStep(node)
			s.file, s.text, s.scripts = file, string(data), scripts
			all = append(all, s)
		}
	}
	return all
}

// scripts gives the commands that run a script of package.json's which is semantic-release.
func (p *proposer) scripts() (commands []string) {
	var manifest struct{ Scripts map[string]string }
	_ = json.Unmarshal(p.read("package.json"), &manifest) // what is no JSON has no scripts
	for name, script := range manifest.Scripts {
		if strings.TrimSpace(script) == "semantic-release" {
			for _, runner := range []string{"npm run ", "yarn ", "yarn run ", "pnpm ", "pnpm run ", "bun run "} {
				commands = append(commands, runner+name)
			}
		}
	}
	return commands
}

func stepNodes(workflow *yaml.Node) (found []*yaml.Node) {
	_, jobs := get(workflow, "jobs")
	if jobs == nil || jobs.Kind != yaml.MappingNode {
		return nil
	}
	for i := 1; i < len(jobs.Content); i += 2 {
		if _, list := get(jobs.Content[i], "steps"); list != nil && list.Kind == yaml.SequenceNode {
			found = append(found, list.Content...)
		}
	}
	return found
}

// get gives a key of a mapping with its value.
func get(mapping *yaml.Node, name string) (key, value *yaml.Node) {
	if mapping.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return mapping.Content[i], mapping.Content[i+1]
		}
	}
	return nil, nil
}

func newStep(node *yaml.Node) step {
	s := step{node: node, line: node.Line}
	if key, value := get(node, "run"); key != nil {
		s.run, s.line = value.Value, key.Line
	}
	if key, value := get(node, "uses"); key != nil {
		s.uses, s.line = value.Value, key.Line
	}
	if _, with := get(node, "with"); with != nil {
		if _, command := get(with, "command"); command != nil {
			s.command = command.Value
		}
	}
	return s
}

var (
	releaseRun         = lazyregexp.New(`(?m)^[^#\n]*\bsemcut(@\S+)?\s([^\n]*\s)?release\b`)
	lintRun            = lazyregexp.New(`(?m)^[^#\n]*\bsemcut(@\S+)?\s([^\n]*\s)?lint\b`)
	semanticReleaseRun = lazyregexp.New(`(?m)^[^#\n]*(^|[\s;&|"'(/])semantic-release(@\S+)?($|[\s;&|"')])`)
	installs           = lazyregexp.New(`^\s*(npm (i|install|ci|add)|yarn (global )?add|pnpm (add|i|install)|bun add)\b`)
)

func (s step) ours() bool { return strings.HasPrefix(s.uses, "semcut/semcut@") }

func (s step) releases() bool {
	return s.ours() && (s.command == "" || s.command == "release") || releaseRun.MatchString(s.run)
}

func (s step) lints() bool { return s.ours() && s.command == "lint" || lintRun.MatchString(s.run) }

func (s step) runsCommitlint() bool {
	return strings.Contains(s.uses, "commitlint") || strings.Contains(s.run, "commitlint") && !installs.MatchString(s.run)
}

func (s step) runsSemanticRelease() bool {
	if strings.Contains(s.uses, "/semantic-release-action@") {
		return true
	}
	return slices.ContainsFunc(strings.Split(s.run, "\n"), func(line string) bool {
		return semanticReleaseRun.MatchString(line) && !installs.MatchString(line) || slices.Contains(s.scripts, strings.TrimSpace(line))
	})
}

// otherTool says which step runs another tool that releases; "" where none does.
func (all steps) otherTool() string {
	for _, s := range all {
		for _, tool := range releaseTools {
			if strings.Contains(s.uses, tool.name) || strings.Contains(s.run, tool.name) && !installs.MatchString(s.run) {
				return s.file + " runs " + tool.name
			}
		}
	}
	return ""
}

// plainCall is a call of semantic-release without any arguments.
var plainCall = lazyregexp.New(`^((npx|bunx|yarn|yarn dlx|yarn run|pnpm|pnpm exec|pnpm dlx|npm exec)( (-y|--yes|--no|--no-install|--))* )semantic-release(@[\w.^~-]+)?$`)

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
