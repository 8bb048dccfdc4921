package gitrepo

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// trusted says whether git would trust this repository: its folders belong to the user who runs us, or safe.directory
// names it. Only then may what stands in its own configuration run a program, or say through whom and by whose
// certificates we talk. What the repository says of itself doesn't count.
func (r *Repo) trusted(config gitConfig) bool {
	dirs := []string{r.gitDir, r.commonDir}
	if r.root != "" {
		dirs = append(dirs, r.root, filepath.Join(r.root, ".git"))
	}
	if !slices.ContainsFunc(dirs, func(dir string) bool { return !ownedByUs(dir) }) {
		return true
	}
	dir := r.root
	if dir == "" {
		dir = r.gitDir
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

// withoutForeign leaves out what a repository that git wouldn't trust says about the network and about signing: a proxy with
// a certificate of its own could read every token, and who signs is a program.
func (r *Repo) withoutForeign(config gitConfig) gitConfig {
	if r.trusted(config) {
		return config
	}
	return slices.DeleteFunc(config, func(e configEntry) bool {
		return e.local && (e.section == "http" && e.key != "extraheader" || e.section == "credential" || e.section == "core" && e.key == "sshcommand" ||
			e.section == "gpg" || e.section == "user" && e.key == "signingkey")
	})
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
	config, err := readConfig(env, r.GitDir(), r.CommonDir(), r.headBranch())
	return r.withoutForeign(config), err
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
