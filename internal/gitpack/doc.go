// Package gitpack reads the objects of a git repository: packs with their indexes (version 2), loose objects, and those of
// alternates. It only reads, maps files instead of loading them, and keeps no more than the bases that deltas share. What it
// doesn't know is ErrUnsupported at Open, never an answer that is wrong; a file that is damaged is a *CorruptError.
package gitpack
