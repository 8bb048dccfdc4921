package npm

import "slices"

// The scripts that npm runs by itself: around publishing, and where a version is written.
var (
	aroundPublishing = []string{"prepublishOnly", "prepack", "prepare", "postpack", "publish", "postpublish"}
	aroundVersions   = []string{"preversion", "version", "postversion"}
)

// VersionScripts names those of the package's scripts preversion, version and postversion that npm would run where a
// version is written. They are no part of publishing; whoever writes versions must run them, or say that they weren't run.
func (r *Registry) VersionScripts() ([]string, error) {
	f, done, err := r.folder()
	if err != nil {
		return nil, err
	}
	defer done()
	m, err := r.manifest(f)
	if err != nil {
		return nil, err
	}
	s, err := r.readSettings(f, m)
	if err != nil {
		return nil, err
	}
	return s.runs(m, aroundVersions), nil
}

// runs gives those scripts of a list that the package has, unless settings switch scripts off.
func (s *settings) runs(m *manifest, names []string) []string {
	if off, _ := s.flag("ignore-scripts"); off {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return m.Scripts[name] == "" })
}
