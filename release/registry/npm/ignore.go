package npm

import (
	"path"
	"strings"
	"sync"
)

// The names of the files that say what isn't packed. Of those of one folder only the first one counts.
const (
	npmIgnore = ".npmignore"
	gitIgnore = ".gitignore"
)

// never is what no package needs; an ignore file or "files" may bring it back.
const never = `
.npmignore
.gitignore
**/.git
**/.svn
**/.hg
**/CVS
**/.git/**
**/.svn/**
**/.hg/**
**/CVS/**
/.lock-wscript
/.wafpickle-*
/build/config.gypi
npm-debug.log
**/.npmrc
.*.swp
.DS_Store
**/.DS_Store/**
._*
**/._*/**
*.orig
/archived-packages/**
`

// always is what a package has whatever else is said, and what it never has.
const always = `
/.git
!/package.json
!/readme{,.*[^~$]}
!/copying{,.*[^~$]}
!/license{,.*[^~$]}
!/licence{,.*[^~$]}
/.git
/node_modules
.npmrc
/package-lock.json
/yarn.lock
/pnpm-lock.yaml
/bun.lockb
`

// The rules of both, and that git's own folder is none of a package's. Nobody changes them.
var (
	neverRules  = sync.OnceValue(func() []pattern { return parseIgnore(never) })
	alwaysRules = sync.OnceValue(func() []pattern { return parseIgnore(always) })
	noGit       = sync.OnceValue(func() pattern { return parsePattern("/.git") })
)

// parseIgnore reads the rules of an ignore file.
func parseIgnore(text string) []pattern {
	rules := []pattern{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			rules = append(rules, parsePattern(line))
		}
	}
	return rules
}

// A level is a folder within a package, with the rules that hold from there downwards.
type level struct {
	parent   *level
	path     string // below the package's folder; "" is that itself
	rules    [][]pattern
	required []string // files in it that "files" names one by one
	// exact says that the folder itself is wanted, so that what a rule above leaves out of it may come back.
	exact bool
}

func (l *level) add(rules []pattern) { l.rules = append(l.rules, rules) }

// included says whether an entry of the level, or something below it, is packed. With dir it is asked as a folder, which
// is looked into where anything in it may be wanted. leaf is the last part of the entry where it lies deeper.
func (l *level) included(entry string, dir bool, leaf string) bool {
	in := true
	if l.parent != nil {
		below := leaf
		if below == "" {
			below = entry
		}
		in = l.parent.included(path.Base(l.path)+"/"+entry, dir, below)
		if !in && !l.exact {
			return false
		}
	}
	for _, rules := range l.rules {
		for _, rule := range rules {
			if rule.negated != in && rule.concerns(entry, dir, leaf) {
				in = rule.negated
			}
		}
	}
	return in
}

// concerns says whether a rule is about an entry. For a folder a rule that brings something back is about all folders on
// the way there, and one without a slash about folders of its name at any depth.
func (p pattern) concerns(entry string, dir bool, leaf string) bool {
	if p.match("/"+entry, false) || p.match(entry, false) {
		return true
	}
	if !dir {
		return false
	}
	as := func(name string) bool {
		return p.match("/"+name+"/", false) || p.match(name+"/", false) || p.negated && (p.match("/"+name, true) || p.match(name, true))
	}
	return as(entry) || leaf != "" && p.single && as(leaf)
}
