package versionfile

import (
	"fmt"
	"regexp"
)

// pattern finds what the group "version" of a regular expression matches, wherever that does.
func pattern(re *regexp.Regexp) (finder, error) {
	group := re.SubexpIndex("version")
	if group < 0 {
		return finder{}, fmt.Errorf("the pattern %s has no group named version: (?P<version>…)", re)
	}
	return finder{"the pattern " + re.String(), func(text []byte) ([]span, error) {
		var spans []span
		for _, m := range re.FindAllSubmatchIndex(text, -1) {
			if start, end := m[2*group], m[2*group+1]; start < end {
				spans = append(spans, span{start, end})
			}
		}
		return spans, nil
	}}, nil
}
