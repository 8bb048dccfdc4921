package config

import (
	"fmt"
	"time"

	"github.com/semcut/semcut/release"
)

// hookLimit is how long a hook may take where nothing else is said.
const hookLimit = time.Hour

// hookSetter reads the hooks of a point: a command, {run: COMMAND, timeout: 10m}, or a list of these.
func hookSetter(point release.Point) func(*Config, tree) error {
	return func(c *Config, t tree) error {
		c.Hooks[point] = nil
		for _, e := range t.entriesOrSelf() {
			hook, err := e.hook()
			if err != nil {
				return err
			}
			c.Hooks[point] = append(c.Hooks[point], hook)
		}
		return nil
	}
}

func (t tree) hook() (release.Hook, error) {
	h := release.Hook{Limit: hookLimit, Place: t.origin()}
	if err := t.want(textNode, mapNode); err != nil {
		return h, err
	}
	if t.root.kind == textNode {
		h.Line = t.root.text
	}
	for _, e := range t.root.entries {
		if err := t.at(e).hookKey(&h, t, e); err != nil {
			return h, err
		}
	}
	if h.Line == "" {
		return h, t.errorf("write it like prepare: make dist, or {run: make dist, timeout: 10m}", "there is no command")
	}
	return h, nil
}

func (t tree) hookKey(h *release.Hook, parent tree, e entry) (err error) {
	switch e.key {
	case "run":
		h.Line, err = t.str()
	case "timeout":
		h.Limit, err = t.duration()
	default:
		err = parent.unknown(e, []string{"run", "timeout"})
	}
	return err
}

func (t tree) duration() (time.Duration, error) {
	text, err := t.str()
	if err != nil {
		return 0, err
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, t.errorf("write it like timeout: 10m", "%q is no length of time", text)
	}
	return d, nil
}

// origin says where a value is written: file, line, column and key.
func (t tree) origin() string {
	return fmt.Sprintf("%s: key %q", place(t.file, t.root.line, t.root.col), t.path)
}
