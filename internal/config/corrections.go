package config

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// defaultCorrections is where corrections of single commits stand, if there are any.
const defaultCorrections = ".semcut/corrections.yaml"

// loadCorrections reads the file of corrections: a mapping from hashes to what is to be read otherwise. One that the
// configuration names must be there.
func loadCorrections(c *Config, root fs.FS) error {
	if c.CorrectionsFile == "" || root == nil {
		return nil
	}
	data, err := readPlain(root, c.CorrectionsFile)
	if errors.Is(err, fs.ErrNotExist) && c.CorrectionsFile == defaultCorrections {
		return nil
	}
	if err != nil {
		return release.Errorf(release.CodeConfig, "make it a plain file of this repository", "reading the corrections %q: %w", c.CorrectionsFile, diskfile.Cause(err))
	}
	t, err := parse(c.CorrectionsFile, data)
	if err != nil || t.root.kind == nullNode {
		return err
	}
	if err := t.want(mapNode); err != nil {
		return err
	}
	for _, e := range t.root.entries {
		correction, err := t.at(e).correction(e)
		if err != nil {
			return err
		}
		for _, other := range c.Corrections {
			if strings.HasPrefix(other.Hash, correction.Hash) || strings.HasPrefix(correction.Hash, other.Hash) {
				return t.at(e).errorf("put both into one entry", "it is the same commit as %q", other.Hash)
			}
		}
		correction.Place = place(t.file, e.line, e.col)
		c.Corrections = append(c.Corrections, correction)
	}
	return nil
}

var hashKey = lazyregexp.New(`^[0-9a-fA-F]{7,40}$`)

func (t tree) correction(e entry) (c release.Correction, err error) {
	if !hashKey.MatchString(e.key) {
		return c, t.errorf("write the commit's hash, whole or its first seven and more characters", "%q is no hash", e.key)
	}
	c.Hash = strings.ToLower(e.key)
	if err := t.want(mapNode); err != nil {
		return c, err
	}
	for _, e := range t.root.entries {
		if err := t.at(e).correctionKey(&c, t, e); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (t tree) correctionKey(c *release.Correction, parent tree, e entry) (err error) {
	switch e.key {
	case "type":
		c.Type, err = t.str()
	case "scope":
		scope := ""
		if t.root.kind != nullNode {
			scope, err = t.str()
		}
		c.Scope = &scope
	case "description":
		c.Description, err = t.str()
	case "message":
		c.Message, err = t.str()
	case "breaking":
		c.Breaking, err = t.boolean()
		if err == nil && !c.Breaking {
			err = t.errorf("write the message without it, as message", "what a message announces can't be taken back alone")
		}
	case "bump":
		bump, failed := t.bump()
		c.Bump, err = &bump, failed
	case "hide":
		c.Hide, err = t.boolean()
	default:
		err = parent.unknown(e, []string{"type", "scope", "description", "message", "breaking", "bump", "hide"})
	}
	return err
}
