package versionfile

import "fmt"

// cargoLock finds the version of a package of the workspace, which is one without a source.
func cargoLock(name string) finder {
	find := func(text []byte) ([]span, error) {
		var lock struct {
			Package []struct{ Name, Source string }
		}
		if err := decodeTOML(text, &lock); err != nil {
			return nil, err
		}
		var keys []string
		for i, p := range lock.Package {
			if p.Name == name && p.Source == "" {
				keys = append(keys, fmt.Sprintf("package[%d].version", i))
			}
		}
		return keyed(scanTOML, keys...).find(text)
	}
	return finder{fmt.Sprintf("a package %q without a source", name), find}
}
