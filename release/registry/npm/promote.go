package npm

import (
	"context"

	"github.com/semcut/semcut/release"
)

// Promote puts a published version under the dist-tag of the release's channel, wherever that pointed before. What isn't
// published yet is published.
func (r *Registry) Promote(ctx context.Context, rel release.Release) (release.Receipt, error) {
	f, m, done, err := r.opened()
	if err != nil {
		return release.Receipt{}, err
	}
	defer done()
	if r.skips(m) {
		return release.Receipt{Publisher: r.Name(), Done: "skipped"}, nil
	}
	p := &publication{registry: r, release: rel, name: m.Name, version: rel.Version.String()}
	p.doing = doing("promoting", p.name, p.version)
	if p.session, err = r.session(ctx, f, m); err != nil {
		return release.Receipt{}, err
	}
	if p.tag, err = r.tag(p.settings, rel.Channel); err != nil {
		return release.Receipt{}, err
	}
	there, err := p.look(ctx, p.name, p.version)
	if err != nil {
		return release.Receipt{}, p.explain(p.doing, err)
	}
	if there.version == nil {
		return r.Publish(ctx, rel, nil)
	}
	doneWhat, err := p.moveTag(ctx, there)
	if err != nil {
		return release.Receipt{}, p.explain(p.doing, err)
	}
	return p.receipt(doneWhat), nil
}

// moveTag puts the dist-tag on the version that is there.
func (p *publication) moveTag(ctx context.Context, there *packument) (string, error) {
	tags, err := p.tags(ctx, there)
	if err != nil {
		return "", err
	}
	if tags[p.tag] == p.version {
		return "found", nil
	}
	return "changed", p.setTag(ctx, p.name, p.tag, p.version)
}
