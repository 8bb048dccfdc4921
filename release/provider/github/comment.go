package github

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

// maxComment is how long a comment may be on GitHub.
const maxComment = 65_536

// text is what a target is told. What a template is filled with was written by others, so it mentions nobody there.
func (t *announcement) text(to *target) (string, error) {
	r := t.Release
	text := usualText(r, to.pull, t.seenAt(r))
	if t.Comments.Text != "" {
		quiet := r
		for _, name := range []*string{&quiet.Tag, &quiet.Branch, &quiet.Channel, &quiet.Package} {
			*name = muted(html.EscapeString(*name))
		}
		quiet.Notes = muted(r.Notes)
		var err error
		if text, err = quiet.FillWith(t.Comments.Text, to.lodash()); err != nil {
			return "", err
		}
	}
	return marked(text, t.marker), nil
}

// seenAt is where everybody can see a release. A draft's own page nobody else can.
func (p *Provider) seenAt(r release.Release) string {
	switch {
	case p.Draft:
		return p.page("tree", r.Tag)
	case r.URL != "":
		return r.URL
	}
	return p.page("releases", "tag", r.Tag)
}

// usualText is what a target is told where nothing else was asked for.
func usualText(r release.Release, pull bool, page string) string {
	text := "🎉 This issue is resolved in "
	if pull {
		text = "🎉 This pull request is part of "
	}
	text += link(r.Tag, page)
	if r.Channel != "" {
		text += " on the channel " + plainText(r.Channel)
	}
	var also []string
	for _, e := range r.Elsewhere {
		also = append(also, linkTo(e))
	}
	if len(also) > 0 {
		text += ", also as " + strings.Join(also, ", ")
	}
	return text + "."
}

// marked puts the marker at the end of a text, and cuts the text where it is too long for a comment.
func marked(text, marker string) string {
	text = strings.TrimSpace(text)
	if runes, room := []rune(text), maxComment-len(marker)-len("…\n\n"); len(runes) > room {
		text = string(runes[:room]) + "…"
	}
	return text + "\n\n" + marker
}

// escapedMark is a name that can't end the comment in HTML that it stands in.
func escapedMark(name string) string { return url.QueryEscape(name) }

// comment comments. Where the answer is lost it looks whether the comment is there before it tries again.
func (p *Provider) comment(ctx context.Context, to *target, body, marker string) error {
	for try := 1; ; try++ {
		if err := p.pacer.wait(ctx); err != nil {
			return err
		}
		_, err := p.do(ctx, http.MethodPost, []string{"issues", fmt.Sprint(to.number), "comments"}, map[string]string{"body": body}, nil)
		if err == nil || !maybeDone(err) || try == httpx.WriteTries {
			return err
		}
		if err := httpx.Pause(ctx, p.Wait, try); err != nil {
			return err
		}
		now, err := p.about(ctx, []int{to.number}, marker)
		if err != nil {
			return err
		}
		if len(now) == 1 && now[0].told {
			return nil
		}
	}
}

// label adds labels. That can be done twice.
func (p *Provider) label(ctx context.Context, to *target, labels []string) error {
	if err := p.pacer.wait(ctx); err != nil {
		return err
	}
	return p.insist(ctx, func() error {
		_, err := p.do(ctx, http.MethodPost, []string{"issues", fmt.Sprint(to.number), "labels"}, map[string]any{"labels": labels}, nil)
		return err
	})
}
