package config

import (
	"github.com/invopop/jsonschema"

	"github.com/semcut/semcut/changelog"
	"github.com/semcut/semcut/commitparse/lint"
)

// reflected makes the schema of a Go value, everything in its place: draft-07 takes nothing beside a reference.
func reflected(v any) *jsonschema.Schema {
	r := jsonschema.Reflector{Anonymous: true, DoNotReference: true, RequiredFromJSONSchemaTags: true}
	s := r.Reflect(v)
	s.Version = ""
	return s
}

func oneOf(shapes ...*jsonschema.Schema) *jsonschema.Schema { return &jsonschema.Schema{OneOf: shapes} }

// words is a text that must be one of the words.
func words(all ...string) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, word := range all {
		s.Enum = append(s.Enum, word)
	}
	return s
}

func shaped(pattern string) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: pattern}
}

func listOf(item *jsonschema.Schema, least uint64) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "array", Items: item}
	if least > 0 {
		s.MinItems = &least
	}
	return s
}

func boolean() *jsonschema.Schema { return &jsonschema.Schema{Type: "boolean"} }
func plain() *jsonschema.Schema   { return &jsonschema.Schema{Type: "string"} }
func null() *jsonschema.Schema    { return &jsonschema.Schema{Type: "null"} }
func no() *jsonschema.Schema      { return &jsonschema.Schema{Const: false} }

func some() *jsonschema.Schema {
	one := uint64(1)
	return &jsonschema.Schema{Type: "string", MinLength: &one}
}

type (
	schemaText         string // not empty
	schemaMaybeText    string // or nothing
	schemaPath         string
	schemaTemplate     string
	schemaURL          string
	schemaLink         string
	schemaPreset       string
	schemaTagFormat    string
	schemaVersion      string
	schemaDeepen       string
	schemaBump         string
	schemaRuleBump     string
	schemaZeroBreaking string
	schemaZeroFeature  string
	schemaLayout       string
	schemaPrereleases  string
	schemaAuthor       string
	schemaSign         string
	schemaTagSign      string
	schemaAccess       string
	schemaNPMClient    string
	schemaTimeout      string
)

func (schemaText) JSONSchema() *jsonschema.Schema      { return some() }
func (schemaMaybeText) JSONSchema() *jsonschema.Schema { return oneOf(plain(), null()) }
func (schemaPath) JSONSchema() *jsonschema.Schema      { return shaped(`^[^/]`) }
func (schemaTemplate) JSONSchema() *jsonschema.Schema  { return shaped(`\S`) }
func (schemaURL) JSONSchema() *jsonschema.Schema       { return shaped(`^https?://`) }
func (schemaLink) JSONSchema() *jsonschema.Schema      { return shaped(`^(https?://|\$\{host\}/)`) }
func (schemaPreset) JSONSchema() *jsonschema.Schema    { return words("conventionalcommits", "angular") }
func (schemaTagFormat) JSONSchema() *jsonschema.Schema { return shaped(`\$\{version\}`) }
func (schemaVersion) JSONSchema() *jsonschema.Schema {
	return shaped(`^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$`)
}
func (schemaDeepen) JSONSchema() *jsonschema.Schema { return words("auto", "never") }
func (schemaBump) JSONSchema() *jsonschema.Schema   { return words("major", "minor", "patch") }
func (schemaRuleBump) JSONSchema() *jsonschema.Schema {
	return words("major", "minor", "patch", "none")
}
func (schemaZeroBreaking) JSONSchema() *jsonschema.Schema { return words("major", "minor") }
func (schemaZeroFeature) JSONSchema() *jsonschema.Schema  { return words("minor", "patch") }
func (schemaLayout) JSONSchema() *jsonschema.Schema       { return words(changelog.Layouts()...) }
func (schemaPrereleases) JSONSchema() *jsonschema.Schema  { return words("fold", "show") }
func (schemaAuthor) JSONSchema() *jsonschema.Schema       { return shaped(`^$|^[^<]+<[^>]+>\s*$`) }
func (schemaSign) JSONSchema() *jsonschema.Schema {
	return words(string(SignAuto), string(SignNone), string(SignOpenPGP), string(SignSSH), string(SignAPI))
}
func (schemaTagSign) JSONSchema() *jsonschema.Schema {
	return words(string(SignAuto), string(SignNone), string(SignOpenPGP), string(SignSSH))
}
func (schemaAccess) JSONSchema() *jsonschema.Schema    { return words("public", "restricted") }
func (schemaNPMClient) JSONSchema() *jsonschema.Schema { return words("auto", "never", "always") }
func (schemaTimeout) JSONSchema() *jsonschema.Schema {
	return shaped(`^\+?([0-9]*\.?[0-9]+(ns|us|µs|μs|ms|s|m|h)|[0-9]+\.(ns|us|µs|μs|ms|s|m|h))+$`)
}

// The keys that take several shapes.
type (
	schemaBranches      struct{}
	schemaChannel       struct{}
	schemaPrerelease    struct{}
	schemaChangelog     struct{}
	schemaChangelogFile struct{}
	schemaVersions      struct{}
	schemaFiles         struct{}
	schemaFloating      struct{}
	schemaGitHub        struct{}
	schemaAssets        struct{}
	schemaComments      struct{}
	schemaLabels        struct{}
	schemaFailure       struct{}
	schemaAddReleases   struct{}
	schemaNPM           struct{}
	schemaHook          struct{}
	schemaExtends       struct{}
	schemaParserPreset  struct{}
	schemaLintRules     struct{}
)

func (schemaBranches) JSONSchema() *jsonschema.Schema {
	one := func() []*jsonschema.Schema { return []*jsonschema.Schema{some(), reflected(schemaBranch{})} }
	return oneOf(append(one(), listOf(oneOf(one()...), 1))...)
}
func (schemaChannel) JSONSchema() *jsonschema.Schema    { return oneOf(plain(), no(), null()) }
func (schemaPrerelease) JSONSchema() *jsonschema.Schema { return oneOf(plain(), boolean(), null()) }

// JSONSchemaExtend says that what isn't hidden needs a title.
func (schemaSection) JSONSchemaExtend(s *jsonschema.Schema) {
	hidden := jsonschema.NewProperties()
	hidden.Set("hidden", &jsonschema.Schema{Const: true})
	titled := jsonschema.NewProperties()
	titled.Set("title", some())
	s.AnyOf = []*jsonschema.Schema{{Required: []string{"title"}, Properties: titled}, {Required: []string{"hidden"}, Properties: hidden}}
}

func (schemaChangelog) JSONSchema() *jsonschema.Schema {
	return oneOf(no(), reflected(schemaChangelogMap{}))
}
func (schemaChangelogFile) JSONSchema() *jsonschema.Schema {
	return oneOf(no(), shaped(`^[^/]`))
}
func (schemaVersions) JSONSchema() *jsonschema.Schema {
	return oneOf(no(), listOf(oneOf(some(), reflected(schemaVersionMap{})), 0))
}
func (schemaFiles) JSONSchema() *jsonschema.Schema { return oneOf(no(), listOf(shaped(`^[^!/]`), 0)) }
func (schemaFloating) JSONSchema() *jsonschema.Schema {
	return oneOf(no(), listOf(words("major", "minor"), 0))
}
func (schemaGitHub) JSONSchema() *jsonschema.Schema {
	return oneOf(boolean(), reflected(schemaGitHubMap{}))
}
func (schemaAssets) JSONSchema() *jsonschema.Schema {
	return oneOf(no(), listOf(oneOf(shaped(`^[^/]`), reflected(schemaAssetMap{})), 0))
}
func (schemaComments) JSONSchema() *jsonschema.Schema {
	return oneOf(boolean(), shaped(`\S`), reflected(schemaCommentMap{}))
}
func (schemaLabels) JSONSchema() *jsonschema.Schema { return oneOf(no(), listOf(shaped(`\S`), 0)) }
func (schemaFailure) JSONSchema() *jsonschema.Schema {
	return oneOf(boolean(), reflected(schemaFailureMap{}))
}
func (schemaAddReleases) JSONSchema() *jsonschema.Schema { return oneOf(no(), words("top", "bottom")) }
func (schemaNPM) JSONSchema() *jsonschema.Schema         { return oneOf(boolean(), reflected(schemaNPMMap{})) }
func (schemaHook) JSONSchema() *jsonschema.Schema {
	one := func() []*jsonschema.Schema { return []*jsonschema.Schema{some(), reflected(schemaHookMap{})} }
	return oneOf(append(one(), listOf(oneOf(one()...), 0))...)
}
func (schemaExtends) JSONSchema() *jsonschema.Schema {
	return oneOf(plain(), listOf(plain(), 0), null())
}
func (schemaParserPreset) JSONSchema() *jsonschema.Schema {
	return oneOf(plain(), &jsonschema.Schema{Type: "object"})
}

// JSONSchema lists the rules, each with what it is about.
func (schemaLintRules) JSONSchema() *jsonschema.Schema {
	rules := jsonschema.NewProperties()
	for _, r := range lint.Rules() {
		one, three := uint64(1), uint64(3)
		off := &jsonschema.Schema{Type: "array", MinItems: &one, MaxItems: &one, Items: &jsonschema.Schema{Const: 0}}
		two := uint64(2)
		on := &jsonschema.Schema{Type: "array", MinItems: &two, MaxItems: &three, Extras: map[string]any{"items": []*jsonschema.Schema{
			{Enum: []any{0, 1, 2}}, words("always", "never"), jsonschema.TrueSchema,
		}}}
		s := oneOf(off, on)
		s.Description = r.Doc
		rules.Set(r.Name, s)
	}
	return &jsonschema.Schema{Type: "object", Properties: rules, AdditionalProperties: jsonschema.FalseSchema}
}
