package githook

// preCommitAdvice is for pre-commit, which runs what stands in its file and knows nothing of questions: its hooks get no
// terminal.
func preCommitAdvice(file string, hooks []Hook) *Advice {
	a := &Advice{
		Why: "pre-commit looks after the hooks here",
		Do:  "write it into " + file + ", then run pre-commit install --hook-type commit-msg:",
		Snippet: `repos:
  - repo: local
    hooks:
      - id: semcut
        name: semcut lint
        entry: ` + hooks[0].call + `
        language: system
        stages: [commit-msg]
`,
	}
	if len(hooks) > 1 {
		a.Why += "; it can't ask for messages, so only commit-msg is for it"
	}
	return a
}
