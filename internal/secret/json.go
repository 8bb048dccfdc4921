package secret

import (
	"encoding/json"
	"strings"
)

// InJSON gives the credentials of a document, as the key files of cloud services are one: the texts whose keys say that they
// hold one. Keys in camel case count, too.
func InJSON(document string) []string {
	if document = strings.TrimSpace(document); !strings.HasPrefix(document, "{") && !strings.HasPrefix(document, "[") {
		return nil
	}
	var value any
	if json.Unmarshal([]byte(document), &value) != nil {
		return nil
	}
	return inValue(value, false)
}

// inValue looks through a value; named says that its key names a credential.
func inValue(value any, named bool) (found []string) {
	switch v := value.(type) {
	case string:
		if named && v != "" {
			found = append(found, v)
		}
	case []any:
		for _, e := range v {
			found = append(found, inValue(e, named)...)
		}
	case map[string]any:
		for key, e := range v {
			found = append(found, inValue(e, Name(key) || strings.EqualFold(key, "auth"))...)
		}
	}
	return found
}
