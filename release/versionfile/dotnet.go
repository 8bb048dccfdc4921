package versionfile

// dotnet finds the <Version> of an MSBuild project in all property groups, or <VersionPrefix> where there is none or it
// is only made of other properties.
func dotnet() finder {
	version, prefix := xmlFinder("/Project/PropertyGroup/Version"), xmlFinder("/Project/PropertyGroup/VersionPrefix")
	find := func(text []byte) ([]span, error) {
		all, err := version.find(text)
		if err != nil {
			return nil, err
		}
		var own []span
		for _, s := range all {
			if oldVersion.Match(s.of(text)) {
				own = append(own, s)
			}
		}
		if len(own) > 0 {
			return own, nil
		}
		prefixes, err := prefix.find(text)
		if len(prefixes) > 0 || err != nil {
			return prefixes, err
		}
		return all, nil
	}
	return finder{version.looked + ", " + prefix.looked, find}
}
