package gitrepo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/semcut/semcut/release"
)

// refRules is where git looks for a short name, in this order (gitrevisions(7)).
var refRules = []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"}

// Resolve gives the commit that a revision means: a ref, a full or abbreviated hash, HEAD or @, each with ~N, ^N,
// ^{commit} or ^{} behind it.
func (r *Repo) Resolve(ctx context.Context, rev string) (string, error) {
	base, steps := splitRevision(rev)
	if base == "" && steps != "" {
		base = steps // "~1" means nothing
	}
	hash, err := r.resolveBase(base)
	if err == nil {
		hash, err = r.peelTo(hash)
		if err == nil && hash == "" {
			err = errNoCommit
		}
	}
	for steps != "" && err == nil {
		hash, steps, err = r.stepBack(hash, steps)
	}
	if err == nil {
		return hash, ctx.Err()
	}
	if code := release.CodeOf(err); code == release.CodeRepository || code == release.CodeShallow {
		return "", err
	}
	return "", release.Errorf(release.CodeRevision, "name a branch, a tag or a commit that is here; see \"git tag\", \"git branch -a\"", "looking for the revision %q: %w", rev, err)
}

// splitRevision parts the name from the steps back.
func splitRevision(rev string) (base, steps string) {
	if i := strings.IndexAny(rev, "~^"); i >= 0 {
		return rev[:i], rev[i:]
	}
	return rev, ""
}

func (r *Repo) resolveBase(name string) (string, error) {
	if name == "" || name == "@" {
		name = "HEAD"
	}
	t, err := r.readRefs()
	if err != nil {
		return "", err
	}
	head, err := r.readHead()
	if err != nil {
		return "", err
	}
	if head.link != "" {
		t.links["HEAD"] = head.link
	} else {
		t.own["HEAD"] = head.hash
	}
	for _, tag := range r.deepTags {
		ref := "refs/tags/" + tag.Name
		if _, _, there := t.direct(ref); !there {
			t.own[ref] = tag.Commit
		}
	}
	if isHash(name) {
		return strings.ToLower(name), nil
	}
	for _, rule := range refRules {
		if hash, ok := t.get(fmt.Sprintf(rule, name)); ok {
			return hash, nil
		}
	}
	if len(name) >= 4 && isHex(name) {
		return r.abbreviated(strings.ToLower(name))
	}
	return "", fmt.Errorf("there is no such revision")
}

// abbreviated finds the one object whose name begins so.
func (r *Repo) abbreviated(prefix string) (string, error) {
	even := prefix[:len(prefix)/2*2]
	raw := make([]byte, 0, len(even)/2)
	for i := 0; i < len(even); i += 2 {
		b, err := strconv.ParseUint(even[i:i+2], 16, 8)
		if err != nil {
			return "", err
		}
		raw = append(raw, byte(b))
	}
	hashes, err := r.store.HashesWithPrefix(raw)
	if err != nil {
		return "", err
	}
	found := ""
	for _, h := range hashes {
		name := h.String()
		if !strings.HasPrefix(name, prefix) || name == found {
			continue
		}
		if commit, err := r.peelTo(name); err != nil || commit == "" {
			continue // it leads to no commit: those are meant
		}
		if found != "" {
			return "", fmt.Errorf("it is ambiguous: %.12s and %.12s begin so", found, name)
		}
		found = name
	}
	if found == "" {
		return "", fmt.Errorf("there is no such revision")
	}
	return found, nil
}

// stepBack takes one step: ~N, ^N, ^{commit} or ^{}.
func (r *Repo) stepBack(hash, steps string) (string, string, error) {
	mark, rest := steps[0], steps[1:]
	if mark == '^' && strings.HasPrefix(rest, "{") {
		kind, after, ok := strings.Cut(rest[1:], "}")
		if !ok || kind != "" && kind != "commit" {
			return "", "", fmt.Errorf("%q is not understood", steps)
		}
		return hash, after, nil
	}
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	n := 1
	if digits > 0 {
		n, _ = strconv.Atoi(rest[:digits])
	}
	rest = rest[digits:]
	if rest != "" && rest[0] != '~' && rest[0] != '^' {
		return "", "", fmt.Errorf("%q is not understood", steps)
	}
	times, parent := n, 0
	if mark == '^' {
		times, parent = 1, n-1
	}
	for range times {
		if mark == '^' && n == 0 {
			break
		}
		parents, cut, err := r.parentsOf(hash)
		if err != nil {
			return "", "", err
		}
		if cut {
			return "", "", hidden("", hash)
		}
		if parent >= len(parents) {
			return "", "", fmt.Errorf("commit %s has no such parent", short(hash))
		}
		hash = parents[parent]
	}
	return hash, rest, nil
}
