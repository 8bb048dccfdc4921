// Package versionfile finds and replaces the version in the files of a project: package.json, Cargo.toml, pom.xml and
// whatever else Kinds lists. It is pure: bytes in, bytes out.
//
// Use it where a release has to stand in such files, too. Files are parsed to find the place of the version, and only
// the bytes of the version are replaced: comments, order, indentation, quotes, line ends and a byte order mark stay.
// A file in which no version is found is an error, never silently left as it is.
package versionfile
