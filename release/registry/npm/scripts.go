package npm

import "slices"

// aroundPublishing are the scripts that npm runs by itself around publishing. Those around versions are no part of it.
var aroundPublishing = []string{"prepublishOnly", "prepack", "prepare", "postpack", "publish", "postpublish"}

// runs gives those scripts of a list that the package has, unless settings switch scripts off.
func (s *settings) runs(m *manifest, names []string) []string {
	if off, _ := s.flag("ignore-scripts"); off {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return m.Scripts[name] == "" })
}
