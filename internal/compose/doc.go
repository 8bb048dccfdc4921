// Package compose puts a commit message together from its parts, in the way that a linter's configuration asks for. It only
// computes: it asks nobody and runs nothing.
package compose
