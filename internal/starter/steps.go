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
