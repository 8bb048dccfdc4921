package npm

import (
	"slices"

	"github.com/semcut/semcut/release"
)

// aroundPublishing are the scripts that npm runs when a package is published.
var aroundPublishing = []string{"prepublishOnly", "prepack", "prepare", "postpack", "publish", "postpublish"}

// notYet refuses what publishing doesn't do yet.
func (r *Registry) notYet(s *settings, m *manifest) error {
	refuse := func(what string) error {
		return release.Errorf(release.CodeNotYet, "publish it with npm in a hook instead", "publishing the npm package %q: %s is not supported yet", m.Name, what)
	}
	for _, name := range aroundPublishing {
		if m.Scripts[name] != "" {
			return refuse("its script " + name)
		}
	}
	said, _ := s.published("provenance")
	switch {
	case r.Provenance || !slices.Contains([]string{"", "false", "null"}, said.value):
		return refuse("provenance")
	case r.TarballDir != "":
		return refuse("npm.tarballDir")
	case r.Client == "always":
		return refuse("npm.client")
	}
	return nil
}
