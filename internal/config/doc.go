// Package config reads what a repository says about its releases: semcut's own file and, as far as
// they are supported, the files of the tools that it replaces, all into one Config.
//
// Every file becomes a tree of values that know their line and column, whatever its syntax; a dialect
// is one file that turns such a tree into a Config, and a row in sources. Reading is strict: an
// unknown key, a wrong type or a duplicate key is an error that names file, line and column, and a
// setting that semcut knows of but can't honour yet is one, too. It never falls back to a default
// instead.
package config
