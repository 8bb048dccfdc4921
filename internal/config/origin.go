package config

import "strings"

// OriginKind says what decided a value.
type OriginKind string

// The kinds of origins, the weakest first.
const (
	FromDefault     OriginKind = "default"
	FromFile        OriginKind = "file"
	FromEnvironment OriginKind = "environment"
	FromCommandLine OriginKind = "commandLine"
)

// Origin is where a value was written.
type Origin struct {
	Kind   OriginKind `json:"kind"`
	File   string     `json:"file"`   // "" where it is none
	Line   int        `json:"line"`   // 0 where it isn't known
	Column int        `json:"column"` // 0 where it isn't known
	Key    string     `json:"key"`    // where in the file, or the variable, or the flag

	tool string // whose default it is; "" for semcut's own
}

// String is the origin for people.
func (o Origin) String() string {
	switch {
	case o.Kind == FromEnvironment, o.Kind == FromCommandLine:
		return o.File + ": " + o.Key
	case o.Kind == FromFile:
		return place(o.File, o.Line, o.Column)
	case o.tool != "":
		return o.tool + "'s default"
	}
	return "default"
}

// environment is what errors call the variables.
const environment = "the environment"

// writtenAt says where a value stands.
func (t tree) writtenAt() Origin {
	switch t.file {
	case environment:
		return Origin{Kind: FromEnvironment, File: environment, Key: t.path}
	case commandLine:
		return Origin{Kind: FromCommandLine, File: commandLine, Key: flagName(t.path)}
	}
	return Origin{Kind: FromFile, File: t.file, Line: t.root.line, Column: t.root.col, Key: t.path}
}

// flagName is the flag that gives a key of semantic-release's: tagFormat is --tag-format. What stands within its value counts for it.
func flagName(path string) string {
	path, _, _ = strings.Cut(path, "[")
	return "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(envName(path), "SEMCUT_"), "_", "-"))
}

// wrote notes that a value decided keys; what is read later goes before.
func (c *Config) wrote(t tree, keys ...string) {
	if c.origins == nil {
		c.origins = map[string]Origin{}
	}
	for _, key := range keys {
		c.origins[key] = t.writtenAt()
	}
}

// follows notes that keys nobody wrote come from another one.
func (c *Config) follows(from string, keys ...string) {
	for _, key := range keys {
		o, written := c.origins[from]
		if _, own := c.origins[key]; written && !own {
			c.origins[key] = o
		}
	}
}
