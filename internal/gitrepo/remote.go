package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/transport"

	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/internal/secret"
	"github.com/semcut/semcut/release"
)

// RemoteOptions say which remote to talk to, and with which credentials.
type RemoteOptions struct {
	Name string // "origin"
	URL  string // goes before the remote's own URL; "" takes that
	Env  func(string) string
	// Interactive says that a person runs this: the agent's and helpers' questions may reach them.
	Interactive bool
	// Token gives the token for an http(s) address, "" where there is none.
	Token func(*url.URL) string
	// Secret is told every credential that is found, so that it can be kept out of the output.
	Secret func(string)
}

// Remote is another repository, as the one to push to.
type Remote struct {
	repo    *Repo
	options RemoteOptions
	config  gitConfig
	url     string   // after insteadOf
	secrets []string // every credential found, to be kept out of errors
}

var _ release.Remote = (*Remote)(nil)

// RemoteURL gives a remote's URL as it is written in the configuration; ok is false where there is no such
// remote.
func (r *Repo) RemoteURL(name string) (written string, ok bool, err error) {
	config, err := r.readConfig(nil)
	if err != nil {
		return "", false, err
	}
	written, ok = config.get("remote", name, "url")
	return written, ok, nil
}

// Remote finds out how to talk to a remote. It doesn't talk yet.
func (r *Repo) Remote(o RemoteOptions) (*Remote, error) {
	if o.Env == nil {
		o.Env = func(string) string { return "" }
	}
	if o.Secret == nil {
		o.Secret = func(string) {}
	}
	config, err := r.readConfig(o.Env)
	if err != nil {
		return nil, err
	}
	remote := &Remote{repo: r, options: o, config: config}
	remote.options.Secret = func(secret string) {
		remote.secrets = append(remote.secrets, secret)
		o.Secret(secret)
	}
	written := o.URL
	if written == "" {
		if push, ok := config.get("remote", o.Name, "pushurl"); ok {
			remote.url = r.fromRoot(config.rewrite(push, false))
			return remote, remote.start()
		}
		if written, _ = config.get("remote", o.Name, "url"); written == "" {
			return nil, release.Errorf(release.CodeRemote, fmt.Sprintf("add one with \"git remote add %s URL\"", o.Name), "looking for the remote %q: this repository has none", o.Name)
		}
	}
	remote.url = r.fromRoot(config.rewrite(strings.TrimPrefix(written, "git+"), true))
	return remote, remote.start()
}

// start refuses what could be taken for an option, and tells of the URL's own credentials.
func (r *Remote) start() error {
	if strings.HasPrefix(r.url, "-") {
		return release.Errorf(release.CodeConfig, "write a URL", "reading the remote's URL %q: it begins with a hyphen", r.url)
	}
	for _, credential := range secret.InURL(r.url) {
		r.options.Secret(credential)
	}
	return nil
}

// fromRoot completes a path in the place of a URL: it starts at the root of the work tree, as for git.
func (r *Repo) fromRoot(address string) string {
	colon, slash := strings.IndexByte(address, ':'), strings.IndexByte(address, '/')
	if filepath.IsAbs(address) || strings.HasPrefix(address, "-") || colon >= 0 && (slash < 0 || colon < slash) {
		return address // a path, a URL, or host:path
	}
	base := r.root
	if base == "" {
		base = r.gitDir
	}
	return filepath.Join(base, filepath.FromSlash(address))
}

// shown is the URL for people: without credentials. Over http even the user may be one.
func (r *Remote) shown() string {
	if u, err := url.Parse(r.url); err == nil && u.User != nil && u.Scheme == "ssh" {
		u.User = url.User(u.User.Username())
		return u.String()
	}
	return secret.WithoutUser(r.url)
}

// Refs lists what the remote has.
func (r *Remote) Refs(ctx context.Context) (*release.RemoteRefs, error) {
	var refs *release.RemoteRefs
	err := r.talk(ctx, "listing the remote", func(c transport.Transport, ep *transport.Endpoint, auth transport.AuthMethod) error {
		session, err := c.NewUploadPackSession(ep, auth)
		if err != nil {
			return err
		}
		defer session.Close()
		adv, err := session.AdvertisedReferencesContext(ctx)
		if errors.Is(err, transport.ErrEmptyRemoteRepository) {
			refs = &release.RemoteRefs{Refs: map[string]string{}, Peeled: map[string]string{}}
			return nil
		}
		if err != nil {
			return err
		}
		refs = refsOf(adv)
		return nil
	})
	return refs, err
}

func refsOf(adv *packp.AdvRefs) *release.RemoteRefs {
	refs := &release.RemoteRefs{Refs: map[string]string{}, Peeled: map[string]string{}}
	for name, hash := range adv.References {
		refs.Refs[name] = hash.String()
	}
	for name, hash := range adv.Peeled {
		refs.Peeled[name] = hash.String()
	}
	for _, pair := range adv.Capabilities.Get("symref") {
		if branch, ok := strings.CutPrefix(pair, "HEAD:refs/heads/"); ok {
			refs.Head = branch
		}
	}
	return refs
}

// talk runs one conversation, a second time with other credentials where the first ones were not enough, and
// turns what went wrong into words.
func (r *Remote) talk(ctx context.Context, doing string, conversation func(transport.Transport, *transport.Endpoint, transport.AuthMethod) error) error {
	ep, err := transport.NewEndpoint(r.url)
	if err != nil {
		return release.Errorf(release.CodeRemote, "see \"git remote -v\"", "%s %q: it is no URL", doing, r.shown())
	}
	link, err := r.link(ctx, ep)
	if err != nil {
		return err
	}
	for again := 0; ; {
		// A copy: go-git moves the endpoint where the server redirects to, and the next credential is for here.
		there := *link.endpoint
		err = conversation(link.client, &there, link.auth)
		if errors.Is(err, transport.ErrAuthenticationRequired) && link.next(ctx) {
			continue
		}
		if ctx.Err() == nil && brokeOff(err) && again < tries-1 {
			again++
			if rest(ctx, time.Duration(again)*breath) {
				continue
			}
		}
		break
	}
	if err == nil {
		return nil
	}
	if told, ok := errors.AsType[*release.Error](err); ok {
		return told
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return r.explain(doing, err)
}

// tries bounds how often a conversation that breaks off is begun. Each may be: listing and fetching change nothing,
// and a push first looks what has arrived.
const tries = 3

// breath is the pause before a conversation is begun anew; before the third time it is twice as long.
const breath = 300 * time.Millisecond

// rest waits; false where ctx ended before.
func rest(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}

// troubled is how go-git words a server's own trouble, and Go one that says nothing for too long.
var troubled = lazyregexp.New(`status code: 5\d\d$|timeout awaiting response headers$`)

// brokeOff says whether the other side went away in the middle, or has trouble of its own. Over ssh it is also what go-git makes of a server
// that has said everything and is gone before go-git has closed its own side.
func brokeOff(err error) bool {
	if _, told := errors.AsType[*release.Error](err); told || err == nil {
		return false
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		return true
	}
	text := err.Error() // go-git loses what it wraps
	return strings.HasSuffix(text, "EOF") || strings.HasSuffix(text, "connection reset by peer") || strings.HasSuffix(text, "broken pipe") || troubled.MatchString(text)
}

// explain turns an error of the transport into one line with a mend.
func (r *Remote) explain(doing string, err error) error {
	code, hint, why := release.CodeRemote, "check the network and \"git remote -v\", then run again", tidy(err)
	text := err.Error()
	switch {
	case errors.Is(err, transport.ErrAuthenticationRequired), errors.Is(err, transport.ErrInvalidAuthMethod):
		code, why = release.CodeAuth, "the server wants other credentials"
		hint = "set GITHUB_TOKEN or GH_TOKEN to a token that may push, or set up a credential helper"
	case errors.Is(err, transport.ErrAuthorizationFailed):
		code, why = release.CodeForbidden, "the server refuses this access"+reason(err, transport.ErrAuthorizationFailed)
		hint = "check the rights of the token or account"
	case errors.Is(err, transport.ErrRepositoryNotFound):
		code, why = release.CodeRemote, "there is no such repository, or the credentials may not see it"
		hint = "see \"git remote -v\"; for a private repository set GITHUB_TOKEN or GH_TOKEN"
	case strings.Contains(text, "knownhosts: key mismatch"):
		code, why = release.CodeAuth, "the host key is not the one in known_hosts"
		hint = "if the server's key was changed on purpose, put the new one into ~/.ssh/known_hosts"
	case strings.Contains(text, "knownhosts: key is unknown"):
		code, why = release.CodeAuth, "the host key is not in known_hosts"
		hint = "check the host's key and add it to ~/.ssh/known_hosts (ssh-keyscan)"
	case strings.Contains(text, "unable to authenticate"):
		code, why = release.CodeAuth, "the server takes none of the keys"
		hint = "add a key that may push to the ssh agent, or name its file with GIT_SSH_COMMAND=\"ssh -i FILE\""
	}
	return &release.Error{Code: code, Hint: hint, Err: fmt.Errorf("%s %q: %s", doing, r.shown(), r.hide(why))}
}

// reason gives what the server says beside the status, where it is a line for people.
func reason(err, status error) string {
	text := strings.TrimSpace(strings.TrimPrefix(err.Error(), status.Error()+":"))
	if text == "" || len(text) > 300 || strings.ContainsAny(text, "<\n\r") {
		return ""
	}
	return ": " + text
}

// tidy gives an error as one line, without the library's own preamble.
func tidy(err error) string {
	text := err.Error()
	for _, noise := range []string{"unexpected client error: ", "unknown error: "} {
		text = strings.TrimPrefix(text, noise)
	}
	return strings.Join(strings.Fields(text), " ")
}

// hide takes the credentials out of a text.
func (r *Remote) hide(text string) string {
	for _, secret := range r.secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
			text = strings.ReplaceAll(text, url.QueryEscape(secret), "***")
		}
	}
	return text
}
