package npm

import (
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// A version with or without its last parts is partial, also with an x in their place; a comparator is one with what may
// stand before it.
const (
	number     = `(?:0|[1-9]\d*)`
	ending     = `(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`
	anyOf      = `(?:` + number + `\.){0,2}[xX*](?:\.[xX*])*`
	partial    = `[vV=\s]*(?:` + number + `(?:\.` + number + `(?:\.` + number + ending + `)?)?|` + anyOf + `)`
	comparator = `(?:[<>]=?|=|~>?|\^)?\s*` + partial
)

var (
	// packageName is what npm lets a package be called, old ones included, which may have capital letters.
	packageName = lazyregexp.New(`^(?:@[A-Za-z0-9_.~!'()*-]+/[A-Za-z0-9_~!'()*-]|[A-Za-z0-9~!'()*])[A-Za-z0-9_.~!'()*-]*$`)
	// versionRange is what node-semver takes for a range: npm refuses tags that are one.
	versionRange = lazyregexp.New(`^(?:` + partial + `\s+-\s+` + partial + `|` + comparator + `(?:\s+` + comparator + `)*)$`)
)

// validName says whether npm lets a package be called so.
func validName(name string) bool {
	return packageName.MatchString(name) && len(name) <= 214 && !strings.HasPrefix(name, "@.") &&
		!slices.Contains([]string{"node_modules", "favicon.ico"}, strings.ToLower(name))
}

// escaped is a name as it stands in the registry's paths.
func escaped(name string) string { return strings.Replace(name, "/", "%2f", 1) }

// scope is the @scope of a name, "" where it has none.
func scope(name string) string {
	if before, _, ok := strings.Cut(name, "/"); ok {
		return before
	}
	return ""
}

// distTag is the tag under which a channel's releases are installed: the default channel is "latest", or what the
// configuration says; one that npm would take for a range of versions gets "release-" before it.
func distTag(channel, usual string) string {
	switch {
	case channel == "" && usual != "":
		return usual
	case channel == "":
		return "latest"
	case isRange(channel):
		return "release-" + channel
	}
	return channel
}

func isRange(text string) bool {
	parts := strings.Split(text, "||")
	return !slices.ContainsFunc(parts, func(part string) bool {
		part = strings.TrimSpace(part)
		return part != "" && !versionRange.MatchString(part)
	})
}
