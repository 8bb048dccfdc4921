package config

import (
	"maps"
	"slices"
)

// flagNode makes the keys that the command line gives a part of the configuration.
func flagNode(flags map[string]any) node {
	n := node{}
	for _, key := range slices.Sorted(maps.Keys(flags)) {
		n.kind = mapNode
		n.entries = append(n.entries, entry{key: key, value: fromPlain(flags[key], "the command line")})
	}
	return n
}
