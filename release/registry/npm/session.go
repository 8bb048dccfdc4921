package npm

import (
	"context"
	"time"

	"github.com/semcut/semcut/release"
)

// session finds the package's registry and what opens it: the job's identity first, as @semantic-release/npm does, then
// tokens. A token for the identity is kept for the next call, as long as it holds.
func (r *Registry) session(ctx context.Context, f *folder, m *manifest) (*session, error) {
	settings, err := r.readSettings(f, m)
	if err != nil {
		return nil, err
	}
	t, err := r.target(settings, m.Name)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := t.address + " " + m.Name
	if s := r.open[key]; s != nil && s.trusted && (s.expires.IsZero() || time.Now().Before(s.expires)) {
		s.settings = settings
		return s, nil
	}
	s := &session{target: t, settings: settings, wait: r.Wait}
	if s.transport, err = r.transport(f, settings, t); err != nil {
		return nil, err
	}
	before := r.open[key]
	r.open[key] = s
	if s.credential, err = r.opening(ctx, s, before, m.Name); err != nil {
		return nil, err
	}
	s.http = r.client(t, s.credential, s.transport)
	return s, nil
}

// opening finds what opens the registry. Where the identity was of no use before, it isn't shown again.
func (r *Registry) opening(ctx context.Context, s, before *session, name string) (credential, error) {
	if before != nil && before.refused != "" {
		s.refused = before.refused
	} else if c := r.trustedCredential(ctx, s, name); !c.none() {
		return c, nil
	}
	if ctx.Err() != nil {
		return credential{}, ctx.Err()
	}
	c, err := r.credential(s.settings, s.target)
	if e, ok := err.(*release.Error); ok && s.refused != "" {
		return c, release.Errorf(e.Code, e.Hint+", or make this workflow a trusted publisher of the package on npmjs.com",
			"%w; and for trusted publishing: %s", e.Err, s.refused)
	}
	return c, err
}

// trustedCredential is what the job's identity is exchanged for, if that works.
func (r *Registry) trustedCredential(ctx context.Context, s *session, name string) credential {
	c, why := r.exchange(ctx, s, name)
	switch {
	case !c.none():
		r.hide(c)
		r.Log.Info("the npm registry takes this job for a trusted publisher of " + name)
	case why != "" && ctx.Err() == nil:
		s.refused = why
		r.Log.Info("no trusted publishing of " + name + " on npm, looking for a token: " + why)
	}
	return c
}
