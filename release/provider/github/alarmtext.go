package github

import (
	"crypto/sha256"
	"fmt"
	"html"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// alarmBody is what the issue says. Its last lines are hidden: what fails, and on which branch.
func (p *Provider) alarmBody(f release.Failure) (string, error) {
	words := usualAlarm(f)
	if p.Alarm.Text != "" {
		quiet := f
		for _, text := range []*string{&quiet.Message, &quiet.Hint, &quiet.Branch} {
			*text = muted(html.EscapeString(*text))
		}
		var err error
		if words, err = quiet.Fill(p.Alarm.Text); err != nil {
			return "", err
		}
	}
	return words + "\n\nThis issue is closed as soon as a release works again.\n\n" + causeOf(f) + "\n" + alarmMark(f.Branch), nil
}

func usualAlarm(f release.Failure) string {
	where := "A release failed"
	if f.Branch != "" {
		where = "A release of the branch " + plainText(f.Branch) + " failed"
	}
	return where + ".\n\n" + reportOf(f)
}

// reportOf says what failed, what mends it, and where to read on.
func reportOf(f release.Failure) string {
	text := fenced(oneLine(f.Message))
	if f.Hint != "" {
		text += "\n\nWhat to do about it:\n\n" + fenced(oneLine(f.Hint))
	}
	if run := link("The run", f.Run); run != "The run" {
		text += "\n\n" + run + " tells more."
	}
	return text
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// moment is a time in a message, which makes the same failure look like another one.
var moment = lazyregexp.New(`\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-][\d:]+)?`)

// causeOf tells one failure from another.
func causeOf(f release.Failure) string {
	sum := sha256.Sum256([]byte(string(f.Code) + "\n" + moment.ReplaceAllString(f.Message, "")))
	return fmt.Sprintf("<!-- semcut:cause %x -->", sum[:8])
}

// alarmMark is what the issue of a branch ends with.
func alarmMark(branch string) string {
	if branch == "" {
		return "<!-- semcut:failure -->"
	}
	return "<!-- semcut:failure " + escapedMark(branch) + " -->"
}
