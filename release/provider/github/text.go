package github

import (
	"strings"
	"unicode/utf16"

	"github.com/semcut/semcut/release"
)

// maxBody is how long a release's text may be on GitHub, in UTF-16 units.
const maxBody = 125_000

// write says what the release's page shows. Where its text is too long for one, the whole of it is one more asset.
func (p *Provider) write(r release.Release, assets []release.Asset) (releaseInput, []release.Asset, error) {
	title, err := fill(&r, p.Title, r.Tag)
	if err != nil {
		return releaseInput{}, nil, err
	}
	if r.Notes, err = fill(&r, p.Body, r.Notes); err != nil {
		return releaseInput{}, nil, err
	}
	also := ""
	if p.AddReleases != "" {
		also = elsewhere(r.Elsewhere)
	}
	r, assets = release.ShortNotes(r, assets, maxBody-len(utf16.Encode([]rune(also)))-len("\n\n"),
		func(name string) string { return p.page("releases", "download", r.Tag, name) },
		func(name string) string { return p.page("blob", r.Tag, name) })
	body := r.Notes
	switch {
	case also == "":
	case p.AddReleases == "top":
		body = also + "\n" + body
	default:
		body = strings.TrimRight(body, "\n") + "\n\n" + also
	}
	return releaseInput{
		Tag: r.Tag, Target: r.Commit, Name: strings.Join(strings.Fields(title), " "), Body: &body,
		Prerelease: &r.Prerelease, MakeLatest: latest(r), Discussion: p.Discussion,
	}, assets, nil
}

func fill(r *release.Release, template, otherwise string) (string, error) {
	if template == "" {
		return otherwise, nil
	}
	return r.Fill(template)
}

// elsewhere lists where else the release is; "" where it is nowhere else.
func elsewhere(receipts []release.Receipt) string {
	var list strings.Builder
	for _, r := range receipts {
		list.WriteString("* " + linkTo(r) + "\n")
	}
	if list.Len() == 0 {
		return ""
	}
	return "Published elsewhere, too:\n\n" + list.String()
}

// linkTo is a link in Markdown to where something was published, or only its name.
func linkTo(r release.Receipt) string {
	name := r.Name
	if name == "" {
		name = r.Publisher
	}
	return link(name, r.URL)
}
