package npm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"strings"

	"github.com/semcut/semcut/release"
)

// A way says how a package gets to its registry.
type way struct {
	program    bool     // through the npm program, not straight
	scripts    []string // that it runs around publishing: then it packs, and what comes out is only known afterwards
	provenance bool     // it attests where the package was built
	unasked    bool     // nobody asked for that: npm does it by itself where it can
}

// built says whether the package is made by scripts, so that what was packed here says nothing of it.
func (w way) built() bool { return len(w.scripts) > 0 }

// why is what the npm program is needed for.
func (w way) why() string {
	switch {
	case w.built():
		return fmt.Sprintf("its script %q", w.scripts[0])
	case w.provenance:
		return "its provenance"
	}
	return "npm.client"
}

// way finds out how the package is published: straight, unless it has scripts that npm runs around publishing, or its
// provenance is to be attested, which only npm can. Scripts are never left out unless settings say so.
func (r *Registry) way(ctx context.Context, s *session, m *manifest) (way, error) {
	w := way{scripts: s.settings.runs(m, aroundPublishing)}
	on, set := s.settings.flag("provenance")
	if w.provenance = r.Options.Provenance || on; !w.provenance && !set {
		w.provenance = s.attests(ctx, m.Name)
		w.unasked = w.provenance
	}
	if w.unasked && r.Client == "never" {
		r.warn("publishing on npm without provenance: npm.client is never, and only the npm program can attest it")
		w.provenance = false
	}
	w.program = w.built() || w.provenance || r.Client == "always"
	if w.program && r.Client == "never" {
		return w, release.Errorf(release.CodeConfig, "set npm.client to auto, or say ignore-scripts=true in .npmrc where the script isn't needed",
			"publishing the npm package %q: %s needs the npm program, and npm.client is never", m.Name, w.why())
	}
	return w, nil
}

// ready sees that the npm program is there, and that the job can prove who it is where that is attested. Without the
// program what nobody asked for is left out, with a warning.
func (r *Registry) ready(ctx context.Context, w *way, m *manifest) error {
	if !w.program {
		return nil
	}
	err := r.hasProgram(ctx)
	if err == nil && w.provenance && !w.unasked {
		return r.mayAttest(m.Name)
	}
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	if w.unasked && !w.built() && r.Client != "always" {
		r.warn("publishing on npm without provenance: the npm program, which attests it, can't be run")
		w.program, w.provenance = false, false
		return nil
	}
	hint, cause := "see what it says above", err.Error()
	if errors.Is(err, exec.ErrNotFound) {
		hint, cause = "install Node with npm in the job", "there is none"
		if !w.built() && !w.provenance {
			hint += ", or leave npm.client out"
		}
	}
	return release.Errorf(release.CodeHook, hint, "publishing the npm package %q: running the npm program, which %s needs: %s", m.Name, w.why(), cause)
}

// hasProgram asks the npm program for its version, once.
func (r *Registry) hasProgram(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ran {
		return nil
	}
	err := r.run(ctx, nil, "--version")
	r.ran = err == nil
	return err
}

// mayAttest says what a job lacks that is to attest where the package was built.
func (r *Registry) mayAttest(name string) error {
	refuse := func(hint, why string) error {
		return release.Errorf(release.CodeForbidden, hint, "publishing the npm package %q: attesting its provenance: %s", name, why)
	}
	switch {
	case r.env("GITHUB_ACTIONS") != "" && r.env("ACTIONS_ID_TOKEN_REQUEST_URL") == "":
		return refuse("add to the workflow's job: permissions: {id-token: write}", "the job may not ask for its identity")
	case r.env("GITHUB_ACTIONS") == "" && r.env("GITLAB_CI") != "" && r.env("SIGSTORE_ID_TOKEN") == "":
		return refuse("add to the job: id_tokens: {SIGSTORE_ID_TOKEN: {aud: sigstore}}", "the variable SIGSTORE_ID_TOKEN is not set")
	case r.env("GITHUB_ACTIONS") == "" && r.env("GITLAB_CI") == "":
		return refuse("publish from GitHub Actions or GitLab CI/CD, or turn provenance off", "npm can do that in GitHub Actions and GitLab CI/CD only")
	}
	return nil
}

// attests says whether npm attests a package's provenance by itself: it is published by trusted publishing, from a public
// repository, and everybody may see it.
func (s *session) attests(ctx context.Context, name string) bool {
	if !s.trusted || !s.claims.public {
		return false
	}
	var seen struct{ Public bool }
	err := s.ask(ctx, http.MethodGet, "-/package/"+escaped(name)+"/visibility", nil, &seen)
	return err == nil && seen.Public
}

// npmrcLine writes a setting for an .npmrc, so that nothing in it is taken for something else.
func npmrcLine(key, value string) string {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ReplaceAll(value, "${", `\${`))
	return key + `="` + quoted + "\"\n"
}
