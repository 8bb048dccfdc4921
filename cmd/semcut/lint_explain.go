package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
	"github.com/semcut/semcut/release"
)

// explainRules tells about rules; without a name it lists all.
func explainRules(w io.Writer, names []string) error {
	out := bufio.NewWriter(w)
	if len(names) == 0 {
		for _, r := range lint.Rules() {
			fmt.Fprintf(out, "%-33s %s\n", r.Name, firstSentence(r.Doc))
		}
		return out.Flush()
	}
	for i, name := range names {
		rule, ok := lint.RuleByName(name)
		if !ok {
			return release.Errorf(release.CodeUsage, "\"semcut lint --explain\" lists all rules", "telling about %q: there is no such rule", name)
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		explainRule(out, rule)
	}
	return out.Flush()
}

func firstSentence(doc string) string {
	first, _, more := strings.Cut(doc, ". ")
	if more {
		first += "."
	}
	return first
}

func explainRule(out io.Writer, r lint.Rule) {
	fmt.Fprintf(out, "%s\n\n%s\nTo mend a message, %s.\n", r.Name, r.Doc, r.HowToMend(r.Default))
	if r.Fixable() {
		fmt.Fprintf(out, "Where that needs no guess, semcut lint --fix does it.\n")
	}
	if r.Own {
		fmt.Fprintf(out, "commitlint doesn't know this rule; it is off unless it is asked for.\n")
	}
	fmt.Fprintf(out, "\nExample: \"%s\": %s\n", r.Name, settingText(r.Default))
	explainMessages(out, "Good", r.Good)
	explainMessages(out, "Bad", r.Bad)
}

func explainMessages(out io.Writer, title string, messages []string) {
	fmt.Fprintf(out, "\n%s:\n", title)
	for i, m := range messages {
		if i > 0 {
			fmt.Fprintln(out, "    ---")
		}
		for line := range strings.SplitSeq(m, "\n") {
			fmt.Fprintf(out, "%s\n", strings.TrimRight("    "+marked(line), " ")+trailing(line))
		}
	}
}

// marked shows characters that nobody sees by their numbers.
func marked(line string) string {
	var b strings.Builder
	for _, r := range strings.TrimRight(line, " ") {
		if r != '\t' && (obeyed(r) || r == 0x200b || r == 0xfeff) {
			fmt.Fprintf(&b, "<%U>", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// trailing shows blanks at the end of a line.
func trailing(line string) string {
	return strings.Repeat("·", len(line)-len(strings.TrimRight(line, " ")))
}

// settingText writes a setting as JSON, the way configurations have it.
func settingText(s lint.Setting) string {
	list := []any{int(s.Level), "always"}
	if s.Never {
		list[1] = "never"
	}
	if s.Value != nil {
		list = append(list, s.Value)
	}
	if s.Level == lint.Off {
		list = list[:1]
	}
	data, _ := json.Marshal(list)
	return strings.ReplaceAll(string(data), ",", ", ")
}
