package npm

import (
	"context"
	"time"
)

// session finds the package's registry and what opens it. It is kept for the next call, as long as it holds.
func (r *Registry) session(_ context.Context, f *folder, m *manifest) (*session, error) {
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
	if s.credential, err = r.credential(settings, t); err != nil {
		return nil, err
	}
	s.http = r.client(t, s.credential, r.Transport)
	r.open[key] = s
	return s, nil
}
