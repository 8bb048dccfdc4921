package versionfile

// wholeText takes the whole file but for white space around it as the version.
func wholeText() finder {
	find := func(text []byte) ([]span, error) {
		s := trim(text, span{0, len(text)})
		if s.start == s.end {
			return nil, nil
		}
		return []span{s}, nil
	}
	return finder{"a text", find}
}
