package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/transport"

	"github.com/semcut/semcut/release"
)

// Push moves all the refs or none. It doesn't use go-git's own push, which decides for itself what to send
// and when to call it a success: the commands carry the old values that the caller expects, the server must
// promise to be atomic, its report must name every ref, and a second listing must show them.
func (r *Remote) Push(ctx context.Context, updates []release.RefUpdate) error {
	var words bytes.Buffer
	err := r.talk(ctx, "pushing to the remote", func(c transport.Transport, ep *transport.Endpoint, auth transport.AuthMethod) error {
		words.Reset()
		return r.pushOnce(ctx, c, ep, auth, updates, &words)
	})
	if err != nil {
		return err
	}
	return r.verify(ctx, updates)
}

// verify lists the remote once more. A branch that somebody moved on in the meantime was moved by us before.
func (r *Remote) verify(ctx context.Context, updates []release.RefUpdate) error {
	refs, err := r.Refs(ctx)
	if err != nil {
		return err
	}
	for _, u := range updates {
		got := refs.Refs[u.Name]
		movedOn := strings.HasPrefix(u.Name, "refs/heads/") && got != "" && got != u.Old && len(updates) > 1
		if got != u.New && !movedOn {
			return release.Errorf(release.CodeRemote, "run again: it finishes what was begun; if it stays so, the server doesn't do what it says",
				"pushing to the remote %q: it took the push, but %s is %s, not %s", r.shown(), u.Name, orNothing(got), orNothing(u.New))
		}
	}
	return nil
}

func orNothing(hash string) string {
	if hash == "" {
		return "not there"
	}
	return hash[:min(7, len(hash))]
}

func (r *Remote) pushOnce(ctx context.Context, c transport.Transport, ep *transport.Endpoint, auth transport.AuthMethod, updates []release.RefUpdate, words *bytes.Buffer) error {
	session, err := c.NewReceivePackSession(ep, auth)
	if err != nil {
		return err
	}
	defer session.Close()
	adv, err := session.AdvertisedReferencesContext(ctx)
	if err != nil && !errors.Is(err, transport.ErrEmptyRemoteRepository) {
		return err
	}
	todo, err := r.compareOld(adv, updates)
	if err != nil || len(todo) == 0 {
		return err
	}
	if len(todo) > 1 && !adv.Capabilities.Supports(capability.Atomic) {
		return r.notAtomic()
	}
	req, err := r.request(ctx, adv, todo, words)
	if err != nil {
		return err
	}
	report, err := session.ReceivePack(ctx, req)
	return r.judge(report, err, todo, words.String())
}

func (r *Remote) notAtomic() error {
	return release.Errorf(release.CodeRefused, "ask for a server that knows atomic pushes; until then push branch and tag by hand (--no-push)",
		"pushing to the remote %q: it can't move several refs at once, so half a release could be left there", r.shown())
}

// MayPush asks whether the credentials may push, and whether the server moves several refs at once. It begins as a push does
// and ends where the server has said what it has: nothing is sent. Rules for single branches and tags don't show so.
func (r *Remote) MayPush(ctx context.Context) error {
	return r.talk(ctx, "asking whether one may push to the remote", func(c transport.Transport, ep *transport.Endpoint, auth transport.AuthMethod) error {
		session, err := c.NewReceivePackSession(ep, auth)
		if err != nil {
			return err
		}
		defer session.Close()
		adv, err := session.AdvertisedReferencesContext(ctx)
		if err != nil && !errors.Is(err, transport.ErrEmptyRemoteRepository) {
			return err
		}
		if adv != nil && !adv.Capabilities.Supports(capability.Atomic) {
			return r.notAtomic()
		}
		return nil
	})
}

// compareOld holds the expected old values against what the server shows. What has its new value already is done.
func (r *Remote) compareOld(adv *packp.AdvRefs, updates []release.RefUpdate) ([]release.RefUpdate, error) {
	var todo []release.RefUpdate
	for _, u := range updates {
		have := ""
		if adv != nil {
			if hash, ok := adv.References[u.Name]; ok {
				have = hash.String()
			}
		}
		switch {
		case have == u.New:
		case have == u.Old:
			todo = append(todo, u)
		case strings.HasPrefix(u.Name, "refs/tags/"):
			return nil, release.Errorf(release.CodeTagTaken, "see it with \"git ls-remote --tags\"; run again to release the next version",
				"pushing to the remote %q: tag %q exists there already, as %s", r.shown(), strings.TrimPrefix(u.Name, "refs/tags/"), orNothing(have))
		default:
			return nil, r.moved(u.Name, orNothing(have), u.Old)
		}
	}
	return todo, nil
}

func (r *Remote) moved(name, have, old string) error {
	return release.Errorf(release.CodeMoved, "get the new commits with \"git pull\" and run again",
		"pushing to the remote %q: %s moved there meanwhile, from %s to %s", r.shown(), strings.TrimPrefix(name, "refs/heads/"), orNothing(old), have)
}

func (r *Remote) request(ctx context.Context, adv *packp.AdvRefs, todo []release.RefUpdate, words *bytes.Buffer) (*packp.ReferenceUpdateRequest, error) {
	req := packp.NewReferenceUpdateRequestFromCapabilities(adv.Capabilities)
	wanted := []capability.Capability{capability.DeleteRefs}
	if len(todo) > 1 {
		wanted = append(wanted, capability.Atomic)
	}
	for _, c := range wanted {
		if adv.Capabilities.Supports(c) {
			if err := req.Capabilities.Set(c); err != nil {
				return nil, err
			}
		}
	}
	for _, c := range []capability.Capability{capability.Sideband64k, capability.Sideband} {
		if adv.Capabilities.Supports(c) {
			req.Progress = words
			if err := req.Capabilities.Set(c); err != nil {
				return nil, err
			}
			break
		}
	}
	send := false
	var news []string
	for _, u := range todo {
		req.Commands = append(req.Commands, &packp.Command{
			Name: plumbing.ReferenceName(u.Name), Old: plumbing.NewHash(u.Old), New: plumbing.NewHash(u.New),
		})
		if u.New != "" {
			send = true
			news = append(news, u.New)
		}
	}
	if !send {
		return req, nil
	}
	pack, err := r.pack(ctx, adv, news)
	req.Packfile = pack
	return req, err
}

// pack makes the objects that the server needs for the new values. It is small (what a release adds), and
// made in memory, so that a broken object shows before anything is sent.
func (r *Remote) pack(ctx context.Context, adv *packp.AdvRefs, news []string) (io.ReadCloser, error) {
	objects, err := r.repo.newObjects(ctx, news, adv.References)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := packfile.NewEncoder(&out, r.repo.storage(), !adv.Capabilities.Supports(capability.OFSDelta)).Encode(objects, 0); err != nil {
		return nil, fmt.Errorf("packing what the remote lacks: %w", err)
	}
	return io.NopCloser(&out), nil
}

// judge reads the server's report. Its own words come over the side band.
func (r *Remote) judge(report *packp.ReportStatus, err error, todo []release.RefUpdate, words string) error {
	if report == nil && err != nil {
		return err
	}
	if report == nil {
		return release.Errorf(release.CodeRemote, "run again: it finishes what was begun", "pushing to the remote %q: it answered nothing", r.shown())
	}
	if report.UnpackStatus != "ok" {
		return r.refused("", "unpacking: "+report.UnpackStatus, words)
	}
	status := map[string]string{}
	for _, c := range report.CommandStatuses {
		status[c.ReferenceName.String()] = c.Status
	}
	var first, guilty *release.RefUpdate
	for i, u := range todo {
		switch s, told := status[u.Name]; {
		case !told:
			return release.Errorf(release.CodeRemote, "run again: it finishes what was begun", "pushing to the remote %q: it says nothing of %s", r.shown(), u.Name)
		case s == "ok":
		default:
			if first == nil {
				first = &todo[i]
			}
			if guilty == nil && !strings.HasPrefix(s, "atomic ") && !strings.HasPrefix(s, "pre-receive") {
				guilty = &todo[i]
			}
		}
	}
	if first == nil {
		return nil
	}
	if raced(words, status) {
		return r.moved(lockedRef(words, todo, *first), "something else", first.Old)
	}
	if guilty != nil {
		return r.refused(guilty.Name, status[guilty.Name], words)
	}
	return r.refused("", status[first.Name], words)
}

// raced says whether a ref moved between our listing and the server's own lock. A ref that is in the way of another
// (a/b of a) is no such case: it stays there.
func raced(words string, status map[string]string) bool {
	if strings.Contains(words, "; cannot create '") || strings.Contains(words, "Unable to create '") {
		return false // another name, or a lock of the server's own, is in the way
	}
	if strings.Contains(words, "cannot lock ref") {
		return true
	}
	for _, s := range status {
		if strings.HasPrefix(s, "failed to update ref") || strings.Contains(s, "atomic transaction failed") || s == "non-fast-forward" || strings.Contains(s, "failed to lock") {
			return true
		}
	}
	return false
}

// lockedRef gives the ref that the server's words are about; the statuses of an atomic push name them all.
func lockedRef(words string, todo []release.RefUpdate, first release.RefUpdate) string {
	for _, u := range todo {
		if strings.Contains(words, "cannot lock ref '"+u.Name+"'") {
			return u.Name
		}
	}
	return first.Name
}

// refused quotes the server.
func (r *Remote) refused(ref, status, words string) error {
	said := r.hide(strings.Join(strings.Fields(strings.ReplaceAll(words, "\x00", " ")), " "))
	if said == "" {
		said = status
	}
	what := "the push"
	if ref != "" {
		what = ref
	}
	cause := &release.RefusedError{Ref: ref, Words: fmt.Sprintf("the server refuses %s (%s): %s", what, status, said)}
	return &release.Error{
		Code: release.CodeRefused, Err: fmt.Errorf("pushing to the remote %q: %w", r.shown(), cause),
		Hint: "nothing was moved there; let this account push here (branch protection, tag rules, hooks), then run again",
	}
}
