package npm

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/semcut/semcut/release"
)

// sameAs says whether a published version is what was packed here. Where the checksums differ the contents are compared:
// the same files are compressed to other bytes by another program, npm itself for one.
func (s *session) sameAs(ctx context.Context, doc *versionDoc, t *tarball) (bool, error) {
	switch mine := integrity(t.data); {
	case strings.Contains(doc.Dist.Integrity, "sha512-"):
		if strings.Contains(doc.Dist.Integrity, mine) {
			return true, nil
		}
	case doc.Dist.Shasum != "":
		if strings.EqualFold(doc.Dist.Shasum, shasum(t.data)) {
			return true, nil
		}
	}
	there, err := s.contents(ctx, doc.Dist.Tarball)
	if err != nil || there == nil {
		return false, err
	}
	here, err := unpacked(bytes.NewReader(t.data))
	return err == nil && maps.Equal(here, there), err
}

// contents fetches a published package; nil where it can't be had or read.
func (s *session) contents(ctx context.Context, address string) (map[string]string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, nil
	}
	if strings.EqualFold(u.Hostname(), s.base.Hostname()) && s.base.Scheme == "https" {
		u.Scheme = "https" // documents name the plain address of the same file
	}
	if u.Scheme != "https" && !strings.EqualFold(u.Host, s.base.Host) {
		return nil, nil
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if resp.StatusCode != http.StatusOK {
		return nil, nil
	}
	files, err := unpacked(io.LimitReader(resp.Body, maxTarball))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, nil
	}
	return files, nil
}

// otherBytes is the error of a version that is there with another content.
func otherBytes(doing string, doc *versionDoc, t *tarball, version string) error {
	there := doc.Dist.Integrity
	if there == "" {
		there = "sha1 " + doc.Dist.Shasum
	}
	return release.Errorf(release.CodeAsset,
		"what is published stays as it is: release the next version, or run at the commit and with the files that "+version+" was published from",
		"%s: the registry has it already with other bytes: %s there, %s here", doing, there, integrity(t.data))
}

// doing begins an error about a version.
func doing(what, name, version string) string {
	return fmt.Sprintf("%s %q on npm", what, name+"@"+version)
}
