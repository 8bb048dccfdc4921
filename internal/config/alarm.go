package config

// WantsAlarm says whether a configuration, however broken it is otherwise, wants an issue about releases that fail: unless
// it says no where that can be read.
func WantsAlarm(s Source) bool {
	for _, src := range nativeSources {
		if s.Root == nil || src.key != "" {
			continue
		}
		data, err := readPlain(s.Root, src.file)
		if err != nil {
			continue
		}
		t, err := parse(src.file, data)
		return err != nil || !t.root.says("github", "false") && !t.root.below("github").says("failureIssue", "false")
	}
	return true
}

// below is the value of a key, an empty one where there is none.
func (n node) below(key string) node {
	if n.kind != mapNode {
		return node{}
	}
	e, _ := n.get(key)
	return e.value
}

// says tells whether a key has the text as its value.
func (n node) says(key, text string) bool {
	value := n.below(key)
	return value.kind == boolNode && value.text == text
}
