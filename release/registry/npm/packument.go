package npm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// A packument is what a registry says of a package, as far as a release asks: one version and the tags.
type packument struct {
	name    string
	tags    map[string]string
	version *versionDoc // nil where it isn't there
	any     bool        // some version is there
}

// A versionDoc is one published version.
type versionDoc struct {
	Version string
	GitHead string
	Dist    struct{ Integrity, Shasum, Tarball string }
}

// maxPackument is how long a package's document may be. It is read in a stream; those of the oldest packages are some
// ten MiB.
const maxPackument = 512 << 20

// look asks for a package and one version of it. A package that isn't there has no versions. The query keeps caches in
// between from answering.
func (s *session) look(ctx context.Context, name, version string) (*packument, error) {
	resp, err := s.send(ctx, http.MethodGet, escaped(name)+"?write=true", nil)
	if statusOf(err) == http.StatusNotFound {
		return &packument{name: name}, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	body := &io.LimitedReader{R: resp.Body, N: maxPackument}
	p, err := readPackument(body, version)
	switch {
	case body.N <= 0:
		return nil, fmt.Errorf("its document is longer than %d MiB", maxPackument>>20)
	case err != nil:
		return nil, err
	case p.name != name:
		return nil, fmt.Errorf("the answer is about the package %q", p.name)
	}
	return p, nil
}

// readPackument reads a package's document, and of its versions only the one that is asked for.
func readPackument(from io.Reader, version string) (*packument, error) {
	d := &docReader{json.NewDecoder(from)}
	p := &packument{}
	err := d.object(func(key string) error {
		switch key {
		case "name":
			return d.Decode(&p.name)
		case "dist-tags":
			return d.Decode(&p.tags)
		case "versions":
			return d.object(func(key string) error {
				p.any = true
				if key != version {
					return d.skip()
				}
				p.version = &versionDoc{}
				return d.Decode(p.version)
			})
		}
		return d.skip()
	})
	if _, cut := errors.AsType[*json.SyntaxError](err); cut || err == nil && p.name == "" {
		return nil, errNoJSON
	}
	if _, other := errors.AsType[*json.UnmarshalTypeError](err); other {
		return nil, errNoJSON
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.New("what it answers breaks off")
	}
	return p, err
}

// A docReader reads a JSON document token by token.
type docReader struct{ *json.Decoder }

// object calls do for each key of an object, which reads the key's value.
func (d *docReader) object(do func(key string) error) error {
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		if err == nil {
			err = errNoJSON
		}
		return err
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string) // it is one
		if err := do(key); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (d *docReader) skip() error {
	var value json.RawMessage
	return d.Decode(&value)
}
