package gitrepo

import (
	"os"
	"path/filepath"
	"strings"
)

// trusted says whether git would trust this repository: its folder belongs to the user who runs us, or
// safe.directory names it. Only then may what stands in its own configuration run a program. What the
// repository says of itself doesn't count.
func (r *Repo) trusted(config gitConfig) bool {
	dir := r.Root()
	if dir == "" {
		dir = r.GitDir()
	}
	if ownedByUs(dir) {
		return true
	}
	trusted := false
	for _, e := range config {
		if e.section != "safe" || e.key != "directory" || e.local {
			continue
		}
		value := filepath.ToSlash(e.value)
		switch rest, prefix := strings.CutSuffix(value, "/*"); {
		case value == "":
			trusted = false
		case value == "*", value == filepath.ToSlash(dir), prefix && strings.HasPrefix(filepath.ToSlash(dir), rest+"/"):
			trusted = true
		}
	}
	return trusted
}

// readConfig reads git's configuration as it holds for this repository; without an environment only the
// repository's own.
func (r *Repo) readConfig(env func(string) string) (gitConfig, error) {
	if env == nil {
		env = func(name string) string {
			switch name {
			case "GIT_CONFIG_NOSYSTEM":
				return "1"
			case "GIT_CONFIG_GLOBAL":
				return os.DevNull
			}
			return ""
		}
	}
	return readConfig(env, r.GitDir(), r.CommonDir(), r.headBranch())
}

// headBranch is the short name of the branch that is checked out.
func (r *Repo) headBranch() string {
	data, err := os.ReadFile(filepath.Join(r.GitDir(), "HEAD"))
	if err != nil {
		return ""
	}
	name, _ := strings.CutPrefix(strings.TrimSpace(string(data)), "ref: refs/heads/")
	if name == strings.TrimSpace(string(data)) {
		return ""
	}
	return name
}
