package npm

import (
	"encoding/base64"
	"fmt"
	"net/url"

	"github.com/semcut/semcut/release"
)

// A document is what is sent to publish a version, as npm 11 sends it.
type document struct {
	ID          string                 `json:"_id"`
	Name        string                 `json:"name"`
	Description any                    `json:"description,omitempty"`
	Tags        map[string]string      `json:"dist-tags"`
	Versions    map[string]description `json:"versions"`
	Access      *string                `json:"access"` // null leaves it as it is, or to the registry for a new package
	Attachments map[string]attachment  `json:"_attachments"`
}

// An attachment is the packed package.
type attachment struct {
	ContentType string `json:"content_type"`
	Data        string `json:"data"` // base64
	Length      int    `json:"length"`
}

// document makes the document of a packed version.
func (p *publication) document() (*document, error) {
	name, version := p.name, p.version
	d, err := describe(p.folder, p.tarball.manifest)
	if err != nil {
		return nil, err
	}
	file := name + "-" + version + ".tgz"
	// The plain address of a file is what npm writes; who fetches it uses the registry's own scheme.
	at := url.URL{Scheme: "http", Host: p.base.Host, Path: p.base.Path + name + "/-/" + file}
	d["_id"] = name + "@" + version
	d["dist"] = map[string]string{"integrity": integrity(p.tarball.data), "shasum": shasum(p.tarball.data), "tarball": at.String()}
	if p.release.Commit != "" && d["gitHead"] == nil {
		d["gitHead"] = p.release.Commit
	}
	return &document{
		ID: name, Name: name, Description: d["description"], Access: p.access,
		Tags: map[string]string{p.tag: version}, Versions: map[string]description{version: d},
		Attachments: map[string]attachment{file: {"application/octet-stream", base64.StdEncoding.EncodeToString(p.tarball.data), len(p.tarball.data)}},
	}, nil
}

// access is who may see a package that is published for the first time: what options, publishConfig and .npmrc say, else
// nil, which leaves it to the registry. npm's own takes packages in scopes for restricted then.
func (r *Registry) access(s *settings, name string) (*string, error) {
	said := r.Access
	if said == "" {
		found, _ := s.published("access")
		said = found.value
	}
	switch {
	case said == "":
		return nil, nil
	case said != "public" && said != "restricted":
		return nil, release.Errorf(release.CodeConfig, "say public or restricted",
			"reading who may see the npm package %q: there is no access %q", name, said)
	case said == "restricted" && scope(name) == "":
		return nil, release.Errorf(release.CodeConfig, "take the access out, or give the package a scope: @owner/name",
			"publishing the npm package %q: only packages in a scope can be restricted", name)
	}
	return &said, nil
}

// tag is the dist-tag of a release.
func (r *Registry) tag(s *settings, channel string) (string, error) {
	usual := r.Tag
	if usual == "" {
		found, _ := s.published("tag")
		usual = found.value
	}
	tag := distTag(channel, usual)
	if !validTag(tag) {
		return "", badTag(fmt.Sprintf("publishing on the channel %q", channel), tag)
	}
	return tag, nil
}

func validTag(tag string) bool { return url.QueryEscape(tag) == tag && tag != "" && !isRange(tag) }

func badTag(doing, tag string) error {
	return release.Errorf(release.CodeConfig, "use letters, digits, - and _, and nothing that reads like a version",
		"%s: npm has no dist-tag %q", doing, tag)
}
