package npm

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// settings are npm's, as far as publishing asks for them: what a package's publishConfig says goes before the
// environment, that before the .npmrc of the package, of the repository and of the user, in this order.
type settings struct {
	env     func(string) string
	publish map[string]json.RawMessage
	files   []npmrc
}

// A setting is one value with who says so.
type setting struct {
	value string
	from  string // for people
	ours  bool   // the environment or the user, not the repository
}

// readSettings reads all .npmrc files. Those of the repository are read below its root only.
func (r *Registry) readSettings(f *folder, m *manifest) (*settings, error) {
	s := &settings{env: r.env, publish: m.Config}
	dirs := []string{f.dir}
	if f.dir != "." {
		dirs = append(dirs, ".")
	}
	for _, dir := range dirs {
		text, err := (&folder{root: f.root, dir: dir}).text(".npmrc")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, release.Errorf(release.CodeFile, "see that it is a file of the repository", "looking for the npm registry: %w", err)
		}
		s.files = append(s.files, parseNpmrc(path.Join(dir, ".npmrc"), string(text), r.env))
	}
	for _, name := range []string{r.userFile(), r.env("NPM_CONFIG_GLOBALCONFIG")} {
		if name == "" {
			continue
		}
		rc, err := readOwn(name, r.env)
		if err != nil {
			return nil, err
		}
		s.files = append(s.files, rc)
	}
	return s, nil
}

// userFile is where the user's own settings are.
func (r *Registry) userFile() string {
	for _, name := range []string{"NPM_CONFIG_USERCONFIG", "npm_config_userconfig"} {
		if file := r.env(name); file != "" {
			return file
		}
	}
	for _, name := range []string{"HOME", "USERPROFILE"} {
		if home := r.env(name); home != "" {
			return filepath.Join(home, ".npmrc")
		}
	}
	return ""
}

// readOwn reads a file of the user's, which may be anywhere. One that isn't there says nothing.
func readOwn(name string, env func(string) string) (npmrc, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return npmrc{name: name, ours: true}, nil
	}
	fail := func(err error) (npmrc, error) {
		return npmrc{}, release.Errorf(release.CodeFile, "see that it is a file that you may read",
			"reading npm's settings in %q: %w", name, diskfile.Cause(err))
	}
	if err != nil {
		return fail(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(file, maxText))
	if err != nil {
		return fail(err)
	}
	rc := parseNpmrc(name, string(text), env)
	rc.ours = true
	return rc, nil
}

// get looks a key up in the environment, then in the files. Values that wait for a variable which isn't set are given
// too; unset tells.
func (s *settings) get(key string) (setting, bool) {
	for _, name := range variables(key) {
		if value := s.env(name); value != "" {
			return setting{strings.TrimSpace(expand(value, s.env)), "the variable " + name, true}, true
		}
	}
	for _, rc := range s.files {
		if values := rc.values[key]; len(values) > 0 && values[len(values)-1] != "" {
			return setting{values[len(values)-1], rc.name, rc.ours}, true
		}
	}
	return setting{}, false
}

// published is get with what the package's own publishConfig says before it.
func (s *settings) published(key string) (setting, bool) {
	if raw, ok := s.publish[key]; ok {
		text := ""
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw) // true, or a number
		}
		if text = strings.TrimSpace(text); text != "" && text != "null" {
			return setting{text, "publishConfig of package.json", false}, true
		}
	}
	return s.get(key)
}

// flag says whether a setting is on, and whether anybody set it.
func (s *settings) flag(key string) (on, set bool) {
	said, ok := s.published(key)
	return ok && said.value != "false" && said.value != "null", ok
}

// variables are the names under which the environment may set a key.
func variables(key string) []string {
	if strings.HasPrefix(key, "//") || strings.HasPrefix(key, "@") {
		return []string{"npm_config_" + key, "NPM_CONFIG_" + key}
	}
	name := strings.ReplaceAll(key, "-", "_")
	return []string{"NPM_CONFIG_" + strings.ToUpper(name), "npm_config_" + strings.ToLower(name)}
}
