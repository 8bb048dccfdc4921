package config

import (
	"errors"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// decisive are the keys that decide a version or a tag.
var decisive = []string{"preset", "tagFormat", "initialVersion", "zeroVersion.breaking", "zeroVersion.feature", "branches", "rules"}

// judge takes out what semcut's own reader would refuse, with a remark: another tool may allow more in a value.
func (x *translator) judge() error {
	var kept []Translated
	for _, s := range x.settings {
		if s.secret() {
			x.left = append(x.left, s.remark("it holds a password, which semcut neither shows nor copies",
				"write "+s.Key+" without it, and take it out there", true))
			continue
		}
		list, is := s.Value.([]any)
		if !is || strings.HasPrefix(s.Key, "lint.") {
			if err := s.loads(s.Value); err != nil {
				x.refused(s, err)
				continue
			}
			kept = append(kept, s)
			continue
		}
		s.Value = x.passing(s, list)
		if len(s.Value.([]any)) > 0 || len(list) == 0 {
			kept = append(kept, s)
		}
	}
	x.settings = kept
	text, err := Translation{Settings: kept}.YAML()
	if err == nil {
		err = applyText(text)
	}
	if e, ok := errors.AsType[*release.Error](err); ok {
		return release.Errorf(release.CodeConfig, "write .semcut.yaml by hand: "+e.Hint,
			"translating the configuration of %s: its settings don't go together: %s", x.tool, strings.Join(strings.Fields(err.Error()), " "))
	}
	return err
}

// passing gives the items of a list that semcut's reader takes.
func (x *translator) passing(s Translated, list []any) []any {
	passing := []any{}
	for _, item := range list {
		if err := s.loads(append(slices.Clone(passing), item)); err != nil {
			x.refused(s, err)
			continue
		}
		passing = append(passing, item)
	}
	return passing
}

// loads tries one value of a setting.
func (s Translated) loads(value any) error {
	text, err := Translation{Settings: []Translated{{Key: s.Key, Value: value}}}.YAML()
	if err != nil {
		return err
	}
	return applyText(text)
}

// applyText reads the text of a .semcut.yaml into nothing.
func applyText(text string) error {
	t, err := parse(".semcut.yaml", []byte(text))
	if err != nil || t.root.kind == nullNode {
		return err
	}
	c := Default()
	if err := applyNative(c, t); err != nil {
		return err
	}
	return judgeTagSign(c)
}

// refused notes what semcut's reader has against a value.
func (x *translator) refused(s Translated, err error) {
	why := err.Error()
	if _, rest, ok := strings.Cut(why, `": `); ok {
		why = rest // the place in a file that isn't written
	}
	x.left = append(x.left, s.remark(secret.Hidden(strings.Join(strings.Fields(why), " ")), hintOrNothing(err), slices.Contains(decisive, s.Key)))
}

// remark is one about where a setting comes from.
func (s Translated) remark(why, do string, must bool) Remark {
	place, key, _ := strings.Cut(slices.Concat(s.From, []string{""})[0], ": ")
	return Remark{Place: place, Key: key, Why: s.Key + ": " + why, Do: do, Must: must}
}

// secret says whether a URL with a password stands in a setting.
func (s Translated) secret() bool { return hasPassword(s.Value) }

func hasPassword(value any) bool {
	switch v := value.(type) {
	case string:
		return secret.Hidden(v) != v
	case []any:
		return slices.ContainsFunc(v, hasPassword)
	case Pairs:
		return slices.ContainsFunc(v, func(p Pair) bool { return hasPassword(p.Value) })
	}
	return false
}
