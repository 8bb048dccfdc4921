package releasetest

import (
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
)

// Audience is a Service whose publishers are Announcers.
type Audience interface {
	// Announcement is one that concerns somebody there.
	Announcement() release.Announcement
	// Heard counts what people were told there, comments and labels alike.
	Heard() int
}

// announcing is the service as an audience; one that has none has nothing to show here.
func announcing(t *testing.T, s Service) (Audience, func(t *testing.T) []string) {
	t.Helper()
	audience, ok := s.(Audience)
	if !ok {
		t.Skip("nobody is there to be told")
	}
	a := audience.Announcement()
	return audience, func(t *testing.T) []string {
		t.Helper()
		lines, err := s.Publisher(t, GoodToken).(release.Announcer).Announce(t.Context(), a)
		if err != nil {
			t.Fatalf("Announce: %v", err)
		}
		return lines
	}
}

func announced(t *testing.T, s Service) {
	audience, announce := announcing(t, s)
	announce(t)
	heard := audience.Heard()
	if lines := announce(t); heard == 0 || audience.Heard() != heard || len(lines) > 0 {
		t.Errorf("people heard %d things at first and %d after the second time, with the warnings %q", heard, audience.Heard(), lines)
	}
}

// announcedTo: whatever stands in the way is a warning of one line, since the release is out.
func announcedTo(f Failure) func(*testing.T, Service) {
	return func(t *testing.T, s Service) {
		_, announce := announcing(t, s)
		s.Fail(f)
		lines := announce(t)
		if len(lines) == 0 {
			t.Error("there is no warning")
		}
		for _, line := range lines {
			if strings.Contains(line, "\n") {
				t.Errorf("the warning is no line: %q", line)
			}
		}
	}
}

// Alarmed is a Service whose publishers are Alarms.
type Alarmed interface {
	// Alarms counts the alarms that are on, and the times that people were notified of any.
	Alarms() (on, notified int)
}

// alarm: a failure is told once, another one once more, and when releases work again it is over.
func alarm(t *testing.T, s Service) {
	alarmed, ok := s.(Alarmed)
	if !ok {
		t.Skip("nobody is there to be alarmed")
	}
	failure := release.Failure{Branch: "main", Code: release.CodeForge, Message: "publishing: no", Hint: "try again", Run: "https://ci.example/1"}
	again, other := failure, failure
	again.Run, other.Message = "https://ci.example/2", "pushing: no"
	steps := []struct {
		name         string
		failure      *release.Failure
		on, notified int
	}{
		{"nothing to end", nil, 0, 0}, {"raised", &failure, 1, 1}, {"the same", &failure, 1, 1}, {"in another run", &again, 1, 1}, {"another failure", &other, 1, 2},
		{"over", nil, 0, 3}, {"over for long", nil, 0, 3}, {"raised again", &failure, 1, 4},
	}
	for _, step := range steps {
		p := s.Publisher(t, GoodToken).(release.Alarm)
		err := error(nil)
		if step.failure == nil {
			err = p.Clear(t.Context(), "main")
		} else if url, raised := p.Raise(t.Context(), *step.failure); raised != nil || url == "" {
			t.Errorf("%s: it can be seen at %q, %v", step.name, url, raised)
		}
		if on, notified := alarmed.Alarms(); err != nil || on != step.on || notified != step.notified {
			t.Errorf("%s: %d alarms, %d notifications, want %d and %d; %v", step.name, on, notified, step.on, step.notified, err)
		}
	}
}
