package versionfile

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

var simpleXPath = lazyregexp.New(`^(/[\pL_][\pL\pN_.-]*)+$`)

// byXPath finds the elements that an option names.
func byXPath(xpath string) (finder, error) {
	if !simpleXPath.MatchString(xpath) {
		return finder{}, fmt.Errorf("the XPath %q is no plain path of elements like /project/version", xpath)
	}
	return xmlFinder(xpath), nil
}

// xmlFinder finds the texts of all elements with an absolute path, of whatever namespace.
func xmlFinder(xpath string) finder {
	names := strings.Split(strings.TrimPrefix(xpath, "/"), "/")
	return finder{fmt.Sprintf("%q", xpath), func(text []byte) ([]span, error) { return elements(text, names) }}
}

// elements gives the contents of elements without the white space around them. Those written as an empty tag have none.
func elements(text []byte, names []string) ([]span, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8, whatever it says
	var at []string
	var spans []span
	start := -1
	for {
		before := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return spans, nil
		}
		if e, ok := errors.AsType[*xml.SyntaxError](err); ok {
			return nil, fmt.Errorf("line %d: %s", e.Line, e.Msg)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", lineOf(text, before), err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			at = append(at, t.Name.Local)
			if end := int(d.InputOffset()); slices.Equal(at, names) && !bytes.HasSuffix(text[:end], []byte("/>")) {
				start = end
			}
		case xml.EndElement:
			if start >= 0 && slices.Equal(at, names) {
				spans = append(spans, trim(text, span{start, before}))
				start = -1
			}
			at = at[:len(at)-1]
		}
	}
}

// trim takes white space from both ends of a span.
func trim(text []byte, s span) span {
	inner := s.of(text)
	s.start += len(inner) - len(bytes.TrimLeft(inner, " \t\r\n"))
	s.end = s.start + len(bytes.Trim(inner, " \t\r\n"))
	return s
}
