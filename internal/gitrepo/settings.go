package gitrepo

import (
	"slices"
	"strings"
)

// Settings are git's configuration as it holds for a repository.
type Settings struct {
	config gitConfig
	// Foreign says that settings of the repository's own were left out, since git wouldn't trust it.
	Foreign bool
}

// Settings reads git's configuration from all of its files.
func (r *Repo) Settings(env func(string) string) (Settings, error) {
	all, err := readConfig(env, r.GitDir(), r.CommonDir(), r.headBranch())
	kept := r.withoutForeign(slices.Clone(all))
	return Settings{kept, len(kept) < len(all)}, err
}

// Value gives the last value of a key that is written as for git config, "gpg.ssh.program"; "" where it isn't set.
func (s Settings) Value(name string) string {
	value, _ := s.get(name)
	return value
}

// On says whether a key is switched on. One that is written without a value is.
func (s Settings) On(name string) bool {
	value, set := s.get(name)
	return set && slices.Contains([]string{"true", "yes", "on", "1", ""}, strings.ToLower(value))
}

// off says whether a key is switched off.
func off(config gitConfig, section, key string) bool {
	value, set := config.get(section, "", key)
	return set && slices.Contains([]string{"false", "no", "off", "0"}, strings.ToLower(value))
}

// Own says whether the value of a key that holds stands in the repository's own configuration.
func (s Settings) Own(name string) bool {
	section, sub, key := splitKey(name)
	e, set := s.config.last(section, sub, key)
	return set && e.local
}

func (s Settings) get(name string) (value string, set bool) {
	section, sub, key := splitKey(name)
	return s.config.get(section, sub, key)
}

// splitKey parts a key that is written as for git config.
func splitKey(name string) (section, sub, key string) {
	section, key, _ = strings.Cut(name, ".")
	if dot := strings.LastIndexByte(key, '.'); dot >= 0 {
		sub, key = key[:dot], key[dot+1:]
	}
	return strings.ToLower(section), sub, strings.ToLower(key)
}
