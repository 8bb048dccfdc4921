package main

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/changelog"
)

// TestSecretAcrossSections: a secret of several lines is hidden wherever it stands in a large changelog; without secrets that
// comes in pieces.
func TestSecretAcrossSections(t *testing.T) {
	var sections []changelog.Section
	for range 100 {
		sections = append(sections, changelog.Section{Markdown: "## 1.0.0\n" + strings.Repeat("* entry\n", 500) + "* end\n"})
	}
	const secret = "end\n\n## 1.0"
	for _, told := range []string{"", secret} {
		var got calls
		a := &app{Secrets: &secrets{}}
		a.Out = &masked{to: &got, secrets: a.Secrets}
		a.Secrets.Add(told)
		if err := (layoutOptions{}).showSections(a, "Changelog", "", sections); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(got, "")
		if is := strings.Count(text, secret); told != "" && is > 0 || told == "" && is != len(sections)-1 {
			t.Errorf("with the secret %q it stands there %d times", told, is)
		}
		if told == "" && len(got) < 5 {
			t.Errorf("it came in %d pieces", len(got))
		}
	}
}

// calls keeps what each call wrote.
type calls []string

func (c *calls) Write(p []byte) (int, error) {
	*c = append(*c, string(p))
	return len(p), nil
}
