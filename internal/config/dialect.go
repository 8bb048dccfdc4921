package config

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
)

// Dialect says whose settings a repository has, whether or not they can be read, and where: "semcut" or "semantic-release";
// "" where there are none.
func Dialect(root fs.FS) (dialect, where string) {
	for _, src := range nativeSources {
		if src.there(root) {
			return "semcut", src.name()
		}
	}
	if src, ok := otherSource(root); ok {
		return semanticRelease, src.name()
	}
	return "", ""
}

// otherSource gives the first of semantic-release's places that holds something.
func otherSource(root fs.FS) (source, bool) {
	i := slices.IndexFunc(releasercSources, func(src source) bool { return src.there(root) })
	if i < 0 {
		return source{}, false
	}
	return releasercSources[i], true
}

// there says whether the source holds something. A file of another tool's that can't be read holds nothing of ours.
func (src source) there(root fs.FS) bool {
	if src.key == "" {
		_, err := fs.Stat(root, src.file)
		return err == nil
	}
	data, err := readPlain(root, src.file)
	if err != nil || !bytes.Contains(data, []byte(src.key[strings.LastIndex(src.key, ".")+1:])) {
		return false // whoever lacks the word lacks the key
	}
	t, err := parse(src.file, data)
	if err != nil {
		return false
	}
	t, ok := t.below(src.key)
	return ok && t.root.kind != nullNode
}

// name is how people are told of the source.
func (src source) name() string {
	if src.key == "" {
		return src.file
	}
	return `"` + src.key + `" in ` + src.file
}
