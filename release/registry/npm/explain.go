package npm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// explain turns what a registry says into one line for people: what was being done, why it failed, and what mends it.
func (s *session) explain(doing string, err error) error {
	if _, told := errors.AsType[*release.Error](err); told || errors.Is(err, context.Canceled) {
		return err
	}
	a, answered := errors.AsType[*answer](err)
	if !answered {
		return s.explainNone(doing, err)
	}
	if until, limited := httpx.Limited(a.resp, a.words, time.Now()); limited {
		when := ""
		if !until.IsZero() {
			when = " until " + until.UTC().Format(time.RFC3339)
		}
		return release.Errorf(release.CodeRateLimit, "run again later; what is done stays done", "%s: %s asks to slow down%s", doing, s.base.Host, when)
	}
	code, hint := s.mend(a)
	return release.Errorf(code, hint, "%s: %s answers %s", doing, s.base.Host, strings.TrimSpace(fmt.Sprintf("%d %s", a.resp.StatusCode, a.words)))
}

// explainNone explains what is no answer of a registry's.
func (s *session) explainNone(doing string, err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return release.Errorf(release.CodeForge, "check the network and the registry's address, and run again",
			"%s: %s", doing, secret.Hidden(e.Err.Error()))
	}
	return release.Errorf(release.CodeForge, "see whether "+s.address+" is an npm registry ("+s.target.from+" says so)",
		"%s: %s: %w", doing, s.base.Host, err)
}

// mend says what kind of trouble an answer is, and what to do.
func (s *session) mend(a *answer) (release.Code, string) {
	token := "the token of " + s.credential.from
	switch status := a.resp.StatusCode; {
	case status == http.StatusUnauthorized && asksForOTP(a):
		return release.CodeAuth, token + " wants a one-time password, which no job can give: use an automation token, a granular one that bypasses " +
			"two-factor authentication, or trusted publishing"
	case status == http.StatusUnauthorized:
		return release.CodeAuth, token + " is wrong or has expired: replace it by one that may publish at " + s.address
	case status == http.StatusPaymentRequired:
		return release.CodeForbidden, `restricted packages are paid for: publish it with "access": "public" in publishConfig of package.json`
	case status == http.StatusForbidden:
		return release.CodeForbidden, token + " may not do that: give it the right to publish the package, and its scope"
	case status == http.StatusNotFound:
		return release.CodeForbidden, "see that the package's scope exists at " + s.address + " and that " + token + " may publish there"
	case status == http.StatusRequestEntityTooLarge:
		return release.CodeForge, `the package is too big for this registry: name less in "files" of package.json`
	case status >= 500:
		return release.CodeForge, "that is the registry's own trouble; run again later"
	}
	return release.CodeForge, "the registry found the request itself wrong; see its words"
}

// asksForOTP says whether a registry wants a second factor, which nobody can give in a job.
func asksForOTP(a *answer) bool {
	return strings.Contains(strings.ToLower(a.resp.Header.Get("WWW-Authenticate")), "otp") || strings.Contains(strings.ToLower(a.words), "one-time pass")
}
