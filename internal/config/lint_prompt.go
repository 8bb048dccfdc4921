package config

// Prompt is what a commitlint configuration says of one question of cz-commitlint's (prompt.questions).
type Prompt struct {
	Question string            // "" where it says nothing
	Answers  map[string]string // what an answer, such as a type, stands for, with its emoji in front
}

// decodePrompts reads the questions that a person is asked for a message. What has another shape than cz-commitlint expects
// says nothing: to check a message it is of no importance.
func decodePrompts(t tree) map[string]Prompt {
	questions, _ := t.root.get("questions")
	found := map[string]Prompt{}
	for _, q := range questions.value.entries {
		p := Prompt{Question: q.value.words("description"), Answers: map[string]string{}}
		answers, _ := q.value.get("enum")
		for _, a := range answers.value.entries {
			about := a.value.words("description")
			if emoji := a.value.words("emoji"); emoji != "" {
				about = emoji + " " + about
			}
			p.Answers[a.key] = about
		}
		found[q.key] = p
	}
	return found
}

// words gives the text of a key; "" where there is none.
func (n node) words(key string) string {
	if e, ok := n.get(key); ok && e.value.kind == textNode {
		return e.value.text
	}
	return ""
}
