package gitrepo

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/go-git/gcfg"

	"github.com/semcut/semcut/release"
)

// configEntry is one line of git's configuration, wherever it was read.
type configEntry struct {
	section, sub, key string // section and key in lower case
	value             string
	local             bool // from the repository's own files, which others may have written
}

// gitConfig is all of git's configuration in the order in which it counts: the last line wins.
type gitConfig []configEntry

// get gives the last value of a key.
func (c gitConfig) get(section, sub, key string) (string, bool) {
	e, set := c.last(section, sub, key)
	return e.value, set
}

// last gives the line of a key that holds.
func (c gitConfig) last(section, sub, key string) (configEntry, bool) {
	for i := len(c) - 1; i >= 0; i-- {
		if e := c[i]; e.section == section && e.sub == sub && e.key == key {
			return e, true
		}
	}
	return configEntry{}, false
}

// maxIncludes bounds how deep files may include each other, as git does.
const maxIncludes = 10

// configReader reads git's configuration files (git-config(1), "FILES" and "INCLUDES"), which go-git
// reads only in part: not the includes, among which actions/checkout leaves its credentials.
type configReader struct {
	env    func(string) string
	gitDir string
	branch string // the short name of the branch that is checked out
	found  gitConfig
	files  int

	urls    []string // the remotes' URLs, for conditions that ask for them; nil while they aren't known
	askURLs bool     // there was such a condition
}

// maxFiles bounds how many files are read in all.
const maxFiles = 1000

// readConfig reads system, global, repository and environment, in that order.
func readConfig(env func(string) string, gitDir, commonDir, branch string) (gitConfig, error) {
	r := &configReader{env: env, gitDir: gitDir, branch: branch}
	err := r.all(commonDir)
	if r.askURLs && err == nil {
		r = &configReader{env: env, gitDir: gitDir, branch: branch, urls: r.found.remoteURLs()}
		err = r.all(commonDir)
	}
	if err != nil {
		return nil, err
	}
	return r.found, nil
}

// remoteURLs lists the URLs of all remotes as they are written.
func (c gitConfig) remoteURLs() []string {
	var urls []string
	for _, e := range c {
		if e.section == "remote" && e.sub != "" && e.key == "url" {
			urls = append(urls, e.value)
		}
	}
	return urls
}

// all reads all files, and what the environment says.
func (r *configReader) all(commonDir string) error {
	for _, file := range r.globalFiles() {
		if err := r.file(file, false, 0); err != nil {
			return err
		}
	}
	if err := r.file(filepath.Join(commonDir, "config"), true, 0); err != nil {
		return err
	}
	if on, _ := r.found.get("extensions", "", "worktreeconfig"); on == "true" {
		if err := r.file(filepath.Join(r.gitDir, "config.worktree"), true, 0); err != nil {
			return err
		}
	}
	r.fromEnv()
	return nil
}

func (r *configReader) globalFiles() []string {
	var files []string
	if r.env("GIT_CONFIG_NOSYSTEM") == "" {
		if system := r.env("GIT_CONFIG_SYSTEM"); system != "" {
			files = append(files, system)
		} else {
			files = append(files, "/etc/gitconfig")
		}
	}
	if global := r.env("GIT_CONFIG_GLOBAL"); global != "" {
		return append(files, global)
	}
	home := r.home()
	if xdg := r.env("XDG_CONFIG_HOME"); xdg != "" {
		files = append(files, filepath.Join(xdg, "git", "config"))
	} else if home != "" {
		files = append(files, filepath.Join(home, ".config", "git", "config"))
	}
	if home != "" {
		files = append(files, filepath.Join(home, ".gitconfig"))
	}
	return files
}

func (r *configReader) home() string {
	if home := r.env("HOME"); home != "" {
		return home
	}
	return r.env("USERPROFILE")
}

// file reads one file; one that isn't there says nothing.
func (r *configReader) file(name string, local bool, depth int) error {
	if r.files++; depth > maxIncludes || r.files > maxFiles {
		return release.Errorf(release.CodeRepository, "break the circle", "reading git's configuration %q: its includes go too deep", name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil // git, too, passes over files that it can't read
	}
	var failed error
	err = gcfg.ReadWithCallback(bytes.NewReader(data), func(section, sub, key, value string, _ bool) error {
		section, key = strings.ToLower(section), strings.ToLower(key)
		if key == "" {
			return nil
		}
		r.found = append(r.found, configEntry{section, sub, key, value, local})
		if failed != nil {
			return failed
		}
		if key == "path" && (section == "include" || section == "includeif" && r.holds(sub, name)) {
			failed = r.file(r.expand(value, filepath.Dir(name)), local, depth+1)
			return failed
		}
		return nil
	})
	if failed != nil {
		return failed
	}
	if err != nil && err != io.EOF {
		return release.Errorf(release.CodeRepository, "mend the file, or see \"git config --list\"", "reading git's configuration %q: %w", name, err)
	}
	return nil
}

// expand resolves a path of a configuration file.
func (r *configReader) expand(path, base string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		return filepath.Join(r.home(), rest)
	}
	if !filepath.IsAbs(path) {
		return filepath.Join(base, path)
	}
	return path
}

// holds judges the condition of an includeIf: gitdir, gitdir/i, onbranch and hasconfig:remote.*.url. Others never hold.
func (r *configReader) holds(condition, file string) bool {
	kind, pattern, _ := strings.Cut(condition, ":")
	switch kind {
	case "gitdir", "gitdir/i":
		dir := filepath.ToSlash(r.gitDir)
		if real, err := filepath.EvalSymlinks(r.gitDir); err == nil && matchGitDir(r.pattern(pattern, file), filepath.ToSlash(real), kind == "gitdir/i") {
			return true
		}
		return matchGitDir(r.pattern(pattern, file), dir, kind == "gitdir/i")
	case "onbranch":
		if strings.HasSuffix(pattern, "/") {
			pattern += "**"
		}
		return r.branch != "" && matchGlob(pattern, r.branch)
	case "hasconfig":
		pattern, ok := strings.CutPrefix(pattern, "remote.*.url:")
		r.askURLs = r.askURLs || ok
		return ok && slices.ContainsFunc(r.urls, func(url string) bool { return matchGlob(pattern, url) })
	}
	return false
}

// matchGlob matches as git's wildmatch does: * stays inside a folder, ** doesn't.
func matchGlob(pattern, name string) bool {
	ok, err := doublestar.Match(pattern, strings.TrimSuffix(name, "/"))
	if err != nil {
		return false
	}
	if rest, deep := strings.CutSuffix(pattern, "/**"); !ok && deep {
		ok, _ = doublestar.Match(rest, name) // the folder itself
	}
	return ok
}

// pattern completes a gitdir pattern as git-config(1) says.
func (r *configReader) pattern(pattern, file string) string {
	switch {
	case strings.HasPrefix(pattern, "~/"):
		pattern = filepath.ToSlash(r.home()) + pattern[1:]
	case strings.HasPrefix(pattern, "./"):
		pattern = filepath.ToSlash(filepath.Dir(file)) + pattern[1:]
	case !filepath.IsAbs(pattern):
		pattern = "**/" + pattern
	}
	if strings.HasSuffix(pattern, "/") {
		pattern += "**"
	}
	return pattern
}

func matchGitDir(pattern, dir string, fold bool) bool {
	if fold {
		pattern, dir = strings.ToLower(pattern), strings.ToLower(dir)
	}
	return matchGlob(pattern, dir)
}

// fromEnv reads GIT_CONFIG_COUNT and its pairs.
func (r *configReader) fromEnv() {
	count := 0
	for _, c := range r.env("GIT_CONFIG_COUNT") {
		if c < '0' || c > '9' || count > 1000 {
			return
		}
		count = count*10 + int(c-'0')
	}
	for i := range count {
		name := r.env("GIT_CONFIG_KEY_" + strconv.Itoa(i))
		r.set(name, r.env("GIT_CONFIG_VALUE_"+strconv.Itoa(i)))
	}
	r.fromParameters(r.env("GIT_CONFIG_PARAMETERS"))
}

// set adds a key that is written as for git config.
func (r *configReader) set(name, value string) {
	if section, sub, key := splitKey(name); key != "" {
		r.found = append(r.found, configEntry{section, sub, key, value, false})
	}
}

// fromParameters reads what git hands on of its options -c: 'key'='value' or 'key=value', parted by blanks, quoted as for a
// shell. What is written otherwise is left out.
func (r *configReader) fromParameters(text string) {
	for text != "" {
		name, rest, ok := unquoted(strings.TrimLeft(text, " "))
		if !ok {
			return
		}
		value := "true" // of a key alone
		if after, pair := strings.CutPrefix(rest, "="); pair {
			rest = after
			if word, behind, ok := unquoted(after); ok {
				value, rest = word, behind
			}
		} else if key, word, both := strings.Cut(name, "="); both {
			name, value = key, word
		}
		r.set(name, value)
		text = rest
		if text = strings.TrimLeft(text, " "); text == rest {
			return
		}
	}
}

// unquoted takes a word in single quotes off a text, in which \' and \! stand for themselves outside of the quotes.
func unquoted(text string) (word, rest string, ok bool) {
	var b strings.Builder
	for strings.HasPrefix(text, "'") || strings.HasPrefix(text, `\'`) || strings.HasPrefix(text, `\!`) {
		if text[0] == '\\' {
			b.WriteByte(text[1])
			text = text[2:]
			continue
		}
		end := strings.IndexByte(text[1:], '\'')
		if end < 0 {
			return "", "", false
		}
		b.WriteString(text[1 : 1+end])
		text, ok = text[end+2:], true
	}
	return b.String(), text, ok
}

// rewrite turns a written URL into the one to use: the longest insteadOf that begins it is replaced, for a
// push a pushInsteadOf first (git-config(1), url.<base>.insteadOf).
func (c gitConfig) rewrite(raw string, push bool) string {
	keys := []string{"insteadof"}
	if push {
		keys = []string{"pushinsteadof", "insteadof"}
	}
	for _, key := range keys {
		base, longest := "", ""
		for _, e := range c {
			if e.section == "url" && e.key == key && len(e.value) > len(longest) && strings.HasPrefix(raw, e.value) {
				base, longest = e.sub, e.value
			}
		}
		if longest != "" {
			return base + raw[len(longest):]
		}
	}
	return raw
}

// forURL gives the values of section.<url>.key that hold for a URL, and of section.key, the closest match last
// (git-config(1), http.<url>.*; gitcredentials(7)).
func (c gitConfig) forURL(section, key string, u *url.URL) []configEntry {
	var general, matching []configEntry
	best := map[string]int{}
	for _, e := range c {
		if e.section != section || e.key != key {
			continue
		}
		if e.sub == "" {
			general = append(general, e)
			continue
		}
		if length, ok := matchURL(e.sub, u); ok {
			best[e.sub] = length
			at := len(matching)
			for at > 0 && best[matching[at-1].sub] > length {
				at--
			}
			matching = append(matching[:at], append([]configEntry{e}, matching[at:]...)...)
		}
	}
	return append(general, matching...)
}

// matchURL says whether a URL pattern of the configuration holds for u: the same scheme, host (with * for a part)
// and port, and a path that begins it; the longer the path, the closer.
func matchURL(pattern string, u *url.URL) (length int, ok bool) {
	p, err := url.Parse(pattern)
	if err != nil || p.Host == "" {
		return 0, false
	}
	if p.Scheme != u.Scheme || portOf(p) != portOf(u) || !matchHost(p.Hostname(), u.Hostname()) {
		return 0, false
	}
	if p.User != nil && (u.User == nil || p.User.Username() != u.User.Username()) {
		return 0, false
	}
	path := strings.Trim(p.Path, "/")
	have := strings.Trim(u.Path, "/")
	if path != "" && have != path && !strings.HasPrefix(have, path+"/") {
		return 0, false
	}
	return len(path) + 1, true
}

func matchHost(pattern, host string) bool {
	want, have := strings.Split(strings.ToLower(pattern), "."), strings.Split(strings.ToLower(host), ".")
	if len(want) != len(have) {
		return false
	}
	for i := range want {
		if want[i] != "*" && want[i] != have[i] {
			return false
		}
	}
	return true
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}
