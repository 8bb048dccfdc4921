package npm

import (
	"context"
	"time"

	"github.com/semcut/semcut/release"
)

// session finds the package's registry and what opens it: the job's identity first, as @semantic-release/npm does, then
// tokens. It is kept for the next call, as long as it holds.
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
	if s := r.open[key]; s != nil && (s.expires.IsZero() || time.Now().Before(s.expires)) {
		s.settings = settings
		return s, nil
	}
	s := &session{target: t, settings: settings, wait: r.Wait}
	if s.transport, err = r.transport(f, settings, t); err != nil {
		return nil, err
	}
	if s.credential, err = r.opening(ctx, s, m.Name); err != nil {
		return nil, err
	}
	s.http = r.client(t, s.credential, s.transport)
	r.open[key] = s
	return s, nil
}

// opening finds what opens the registry.
func (r *Registry) opening(ctx context.Context, s *session, name string) (credential, error) {
	c, why := r.exchange(ctx, s, name)
	if !c.none() {
		r.hide(c)
		r.Log.Info("the npm registry takes this job for a trusted publisher of " + name)
		return c, nil
	}
	if ctx.Err() != nil {
		return c, ctx.Err()
	}
	if why != "" {
		r.Log.Info("no trusted publishing of " + name + " on npm, looking for a token: " + why)
	}
	c, err := r.credential(s.settings, s.target)
	if e, ok := err.(*release.Error); ok && why != "" {
		return c, release.Errorf(e.Code, e.Hint+", or make this workflow a trusted publisher of the package on npmjs.com",
			"%w; and for trusted publishing: %s", e.Err, why)
	}
	return c, err
}
