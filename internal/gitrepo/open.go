package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/release"
)

// Repo is a repository, opened for reading.
type Repo struct {
	root      string // of the work tree; "" where there is none
	gitDir    string // .git, or that of a linked work tree
	commonDir string // .git of the main work tree
	store     *objectStore

	deep     *objectStore           // the history that a shallow clone lacks, once it was read; nil before
	deepTags map[string]release.Tag // the remote's tags in it, by name

	shallow  map[string]bool   // commits whose parents were not fetched
	replaced map[string]string // refs/replace

	exact bool // no clock is believed

	walking sync.Mutex // one walk at a time
	nodes   *nodes
	reading reading
	noting  noting

	mu     sync.Mutex
	packed struct { // packed-refs, as it was read last
		info os.FileInfo
		refs packedRefs
	}
}

var _ release.History = (*Repo)(nil)

// Open finds the repository that dir lies in: a work tree or a folder of it, a linked work tree, a submodule, or
// a bare repository.
func Open(dir string) (*Repo, error) {
	r, err := find(dir)
	if err != nil {
		return nil, err
	}
	if err := r.judge(); err != nil {
		return nil, err
	}
	if r.store, err = openStorage(r.commonDir); err != nil {
		return nil, release.Errorf(release.CodeRepository, "check the rights of the folder", "reading the objects of %q: %w", r.commonDir, diskfile.Cause(err))
	}
	if r.shallow, err = readShallow(filepath.Join(r.commonDir, "shallow")); err != nil {
		return nil, err
	}
	return r, r.readReplaced()
}

// SettingsAt reads git's configuration as it holds in a folder of a repository, of which nothing else is read.
func SettingsAt(dir string, env func(string) string) (Settings, error) {
	r, err := find(dir)
	if err != nil {
		return Settings{}, err
	}
	return r.Settings(env)
}

// find gives the repository that dir lies in, of which only the places are known.
func find(dir string) (*Repo, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, notOne(dir, err)
	}
	if info, err := os.Stat(abs); err != nil || !info.IsDir() {
		if err == nil {
			err = errors.New("it is no folder")
		}
		return nil, notOne(dir, diskfile.Cause(err))
	}
	r := &Repo{}
	if err := r.discover(abs); err != nil {
		return nil, err
	}
	if r.gitDir == "" {
		return nil, notOne(dir, errors.New("neither it nor a folder above it is one"))
	}
	return r, nil
}

// largeObject is the size from which objects are read piece by piece, so that one that is no message costs no memory.
const largeObject = 1 << 20

func notOne(dir string, why error) error {
	return release.Errorf(release.CodeRepository, "run it inside of a clone, or name one with -C DIR", "opening the repository %q: %w", dir, why)
}

// discover walks up to the first folder with a .git, or that is a bare repository itself.
func (r *Repo) discover(dir string) error {
	for {
		dotGit := filepath.Join(dir, ".git")
		info, err := os.Stat(dotGit)
		switch {
		case err == nil && info.IsDir() && isGitDir(dotGit):
			r.root, r.gitDir = dir, dotGit
		case err == nil && !info.IsDir():
			if r.gitDir, err = linkedGitDir(dotGit); err != nil {
				return err
			}
			r.root = dir
		case isGitDir(dir):
			r.gitDir = dir
		}
		if r.gitDir != "" {
			return r.findCommonDir()
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil
		}
		dir = parent
	}
}

// isGitDir says whether a folder looks like a repository to git: HEAD, objects and refs are there.
func isGitDir(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, "HEAD")); err != nil {
		return false
	}
	if _, err := os.Stat(filepath.Join(dir, "commondir")); err == nil {
		return true
	}
	for _, sub := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(dir, sub)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// linkedGitDir reads the .git file of a linked work tree or a submodule.
func linkedGitDir(file string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", release.Errorf(release.CodeRepository, "check the file's rights", "reading %q: %w", file, diskfile.Cause(err))
	}
	target, ok := strings.CutPrefix(strings.TrimSpace(string(data)), "gitdir: ")
	if !ok {
		return "", release.Errorf(release.CodeRepository, "clone the repository anew", "reading %q: it names no repository", file)
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(file), target)
	}
	if !isGitDir(target) {
		return "", release.Errorf(release.CodeRepository, "mend it with \"git worktree repair\"", "reading %q: %q is no repository", file, target)
	}
	return target, nil
}

func (r *Repo) findCommonDir() error {
	r.commonDir = r.gitDir
	data, err := os.ReadFile(filepath.Join(r.gitDir, "commondir"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return release.Errorf(release.CodeRepository, "check the file's rights", "reading the main work tree's place: %w", err)
	}
	r.commonDir = strings.TrimSpace(string(data))
	if !filepath.IsAbs(r.commonDir) {
		r.commonDir = filepath.Join(r.gitDir, r.commonDir)
	}
	return nil
}

// knownExtensions are those that change nothing of what is read here.
var knownExtensions = map[string][]string{
	"objectformat": {"sha1"}, "refstorage": {"files"}, "noop": nil, "preciousobjects": nil, "partialclone": nil, "worktreeconfig": nil, "relativeworktrees": nil,
}

// judge refuses repositories of a form that would be misread.
func (r *Repo) judge() error {
	config, err := r.readConfig(nil)
	if err != nil {
		return err
	}
	version, _ := config.get("core", "", "repositoryformatversion")
	if version != "" && version != "0" && version != "1" {
		return r.foreign("its format version is " + version)
	}
	for _, e := range config {
		if e.section != "extensions" {
			continue
		}
		values, known := knownExtensions[e.key]
		switch {
		case e.key == "objectformat" && strings.EqualFold(e.value, "sha256"):
			return r.foreign("its objects are named by SHA-256")
		case e.key == "refstorage" && strings.EqualFold(e.value, "reftable"):
			return r.foreign("its refs are stored as reftable")
		case version != "1" && !known:
			// git ignores extensions of old repositories that it doesn't know
		case !known, values != nil && !strings.EqualFold(e.value, values[0]):
			return r.foreign(fmt.Sprintf("it needs the extension %s = %s", e.key, e.value))
		}
	}
	return nil
}

func (r *Repo) foreign(why string) error {
	return release.Errorf(release.CodeRepository, "use a repository with SHA-1 objects and plain refs (git's defaults)", "opening the repository %q: %s, which semcut can't read", r.gitDir, why)
}

func readShallow(file string) (map[string]bool, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, release.Errorf(release.CodeRepository, "check the file's rights", "reading the shallow boundary: %w", err)
	}
	shallow := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if hash := strings.TrimSpace(line); isHash(hash) {
			shallow[hash] = true
		}
	}
	return shallow, nil
}

// Root is the root of the work tree, "" where there is none.
func (r *Repo) Root() string { return r.root }

// GitDir is the repository's folder, of a linked work tree its own.
func (r *Repo) GitDir() string { return r.gitDir }

// CommonDir is the folder that all work trees of the repository share.
func (r *Repo) CommonDir() string { return r.commonDir }

// Shallow says whether some history was not fetched.
func (r *Repo) Shallow() bool { return len(r.shallow) > 0 }

// storage is where objects are read from and written to.
func (r *Repo) storage() *objectStore { return r.store }

// isHash says whether a text is a full object name.
func isHash(s string) bool { return len(s) == 40 && isHex(s) }

// hexDigit says of each byte whether it is one. It is data of the program: nothing computes it when that starts.
var hexDigit = [256]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true,
}

func isHex(s string) bool {
	for i := range len(s) {
		if !hexDigit[s[i]] {
			return false
		}
	}
	return s != ""
}
