package versionfile

import (
	"github.com/semcut/semcut/internal/lazyregexp"
)

// The languages of build scripts.
var (
	python = language{line: []string{"#"}, block: [][2]string{{`"""`, `"""`}, {"'''", "'''"}}, quotes: `"'`}
	ruby   = language{line: []string{"#"}, block: [][2]string{{"\n=begin", "\n=end"}}, quotes: `"'`}
	elixir = language{line: []string{"#"}, block: [][2]string{{`"""`, `"""`}, {"'''", "'''"}}, quotes: `"'`}
	gradle = language{line: []string{"//"}, block: [][2]string{{"/*", "*/"}, {`"""`, `"""`}, {"'''", "'''"}}, quotes: `"'`, nested: true}
)

// inQuotes is a version in quotes of either kind.
const inQuotes = `(?:"([^"\r\n]*)"|'([^'\r\n]*)')`

var (
	elixirPatterns = []*lazyregexp.Regexp{
		lazyregexp.New(`(?m)^[ \t]*@version[ \t]+` + inQuotes),
		lazyregexp.New(`(?m)(?:^|[\[,(])[ \t]*version:[ \t]*` + inQuotes),
	}
	gemspecPatterns = []*lazyregexp.Regexp{lazyregexp.New(`(?m)^[ \t]*\w+\.version[ \t]*=[ \t]*` + inQuotes)}
	rubyPatterns    = []*lazyregexp.Regexp{lazyregexp.New(`(?m)^[ \t]*VERSION[ \t]*=[ \t]*` + inQuotes)}
	setupPatterns   = []*lazyregexp.Regexp{
		lazyregexp.New(`(?s)\bsetup\((?:.*?[\s,(])?version[ \t]*=[ \t]*` + inQuotes),
		lazyregexp.New(`(?m)^(?:version|VERSION|__version__)[ \t]*=[ \t]*` + inQuotes),
	}
	pythonPatterns = []*lazyregexp.Regexp{lazyregexp.New(`(?m)^__version__[ \t]*(?::[^=\r\n]*)?=[ \t]*` + inQuotes)}
	gradlePatterns = []*lazyregexp.Regexp{lazyregexp.New(`(?m)^[ \t]*version[ \t]*=?[ \t]*` + inQuotes)}
)

// sources are the kinds that are programs: what stands in their place of the version first counts.
func sources() []kind {
	return []kind{
		{Kind{"Elixir project", []string{"mix.exs"}, `@version "…", else version: "…"`}, source(elixir, `@version "…", version: "…"`, elixirPatterns), nil},
		{Kind{"Ruby gem", []string{"*.gemspec"}, `s.version = "…"`}, source(ruby, `s.version = "…"`, gemspecPatterns), nil},
		{Kind{"Ruby source", []string{"version.rb"}, `VERSION = "…"`}, source(ruby, `VERSION = "…"`, rubyPatterns), nil},
		{Kind{"Python setup.py", []string{"setup.py"}, `version="…"`}, source(python, `version="…"`, setupPatterns), nil},
		{Kind{"Python source", []string{"__init__.py", "_version.py", "__version__.py"}, `__version__ = "…"`}, source(python, `__version__ = "…"`, pythonPatterns), nil},
		{Kind{"Gradle build", []string{"build.gradle", "build.gradle.kts"}, `version = "…" outside of all brackets`}, source(gradle, `version = "…"`, gradlePatterns), nil},
	}
}

// source finds the first match of the first pattern that matches outside of comments.
func source(l language, looked string, patterns []*lazyregexp.Regexp) finder {
	return finder{looked, func(text []byte) ([]span, error) {
		masked := l.mask(text)
		for _, p := range patterns {
			m := p.FindSubmatchIndex(masked)
			for i := 2; i < len(m); i += 2 {
				if m[i] >= 0 {
					return []span{{m[i], m[i+1]}}, nil
				}
			}
		}
		return nil, nil
	}}
}
