package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/config"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/internal/signing"
	"github.com/semcut/semcut/release"
)

// withoutSigningKey takes the signing key and its passphrase out of the process's environment, so that no program that we start
// gets them, and gives an environment that still knows them.
func withoutSigningKey(env func(string) string) func(string) string {
	kept := map[string]string{}
	for _, name := range []string{signing.KeyVariable, signing.PassphraseVariable} {
		kept[name] = strings.TrimRight(env(name), "\r\n") // what echo leaves behind a passphrase
		_ = os.Unsetenv(name)                             // can't fail for such a name
	}
	return func(name string) string {
		if value, ok := kept[name]; ok {
			return value
		}
		return env(name)
	}
}

// hideSigningKey makes the signing key and the passphrase unspeakable.
func (a *app) hideSigningKey() {
	a.Secrets.Add(a.Env(signing.PassphraseVariable))
	a.Secrets.Add(a.Env(signing.KeyVariable))
}

// foundKey is a key to sign with, or why there is none; the zero one signs nothing.
type foundKey struct {
	signing.Key
	err error
}

// wanted says whether there is to be a signature.
func (k foundKey) wanted() bool { return k.Key != nil || k.err != nil }

// releaseKeys are the keys that a release is signed with.
type releaseKeys struct{ commit, tag foundKey }

// findKeys finds the keys that the configuration asks for, and tries them.
func (r *releaser) findKeys(ctx context.Context, committer commitparse.Signature) (keys releaseKeys, err error) {
	git, err := r.repo.Settings(r.a.Env)
	if err != nil {
		return keys, err
	}
	if r.cfg.TagSign == config.SignAuto && git.On("tag.gpgSign") && !r.cfg.TagAnnotated {
		r.a.Log.Warn("tag.gpgSign is on, but lightweight tags can't be signed: set tag.annotated to true")
	}
	o := r.keySources(git, committer)
	known := map[signing.Kind]foundKey{}
	find := func(sign config.Sign, gitSigns bool) foundKey {
		kind := signing.Kind(sign)
		switch {
		case sign == config.SignNone, sign == config.SignAPI, sign == config.SignAuto && !gitSigns:
			return foundKey{}
		case sign == config.SignAuto:
			kind = ""
		}
		if _, asked := known[kind]; !asked {
			known[kind] = findKey(ctx, o, kind)
		}
		return known[kind]
	}
	keys.commit = find(r.cfg.CommitSign, git.On("commit.gpgSign"))
	if r.cfg.TagAnnotated {
		keys.tag = find(r.cfg.TagSign, git.On("tag.gpgSign") || git.On("tag.forceSignAnnotated"))
	}
	if o.Key != "" && len(known) == 0 && (r.cfg.CommitSign == config.SignAuto || r.cfg.TagSign == config.SignAuto) {
		r.a.Log.Warn(signing.KeyVariable + " is set, but nothing asks for a signature: see commit.sign and tag.sign")
	}
	return keys, nil
}

// keySources say where keys may come from.
func (r *releaser) keySources(git gitrepo.Settings, committer commitparse.Signature) signing.Options {
	o := signing.Options{
		Key: r.a.Env(signing.KeyVariable), Passphrase: r.a.Env(signing.PassphraseVariable),
		Git: git.Value, Foreign: git.Foreign, Dir: r.repo.Root(), Home: cmp.Or(r.a.Env("HOME"), r.a.Env("USERPROFILE")),
	}
	if committer.Email != "" {
		o.Committer = fmt.Sprintf("%s <%s>", committer.Name, committer.Email)
	}
	return o
}

func findKey(ctx context.Context, o signing.Options, kind signing.Kind) foundKey {
	key, err := signing.Find(ctx, o, kind)
	if err == nil {
		err = key.Check(ctx)
	}
	if err != nil {
		return foundKey{err: err}
	}
	return foundKey{Key: key}
}

// judgeKeys refuses a release that would lack a signature, before anything is written; what writes nothing warns.
func (r *releaser) judgeKeys(plan *release.Plan) error {
	if r.checks || !plan.Due() {
		return nil
	}
	err := r.keys.tag.err
	if len(r.cfg.CommitFiles) > 0 || slices.ContainsFunc(plan.Changes, func(c release.Change) bool { return len(c.Edits) > 0 }) { // so there is a commit
		err = cmp.Or(r.keys.commit.err, err)
	}
	if err != nil && !r.mayWrite() {
		r.warn(err)
		return nil
	}
	return err
}

// signing tells the keys of commit and tag, where there are to be any.
func (c *checker) signing(keys releaseKeys) {
	found := ""
	switch commit, tag := keys.commit, keys.tag; {
	case !commit.wanted() && !tag.wanted():
		return
	case commit.err != nil || tag.err != nil:
	case !tag.wanted():
		found = "commit: " + commit.Name()
	case !commit.wanted():
		found = "tag: " + tag.Name()
	case commit.Name() == tag.Name():
		found = tag.Name()
	default:
		found = "commit: " + commit.Name() + ", tag: " + tag.Name()
	}
	c.say("signing", found, cmp.Or(keys.commit.err, keys.tag.err))
}
