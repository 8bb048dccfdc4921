package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// open tells the releases that are under way at the remote: whose, and since when. Such a one is no failure, and neither is
// what somebody else put under that name: a release passes over it.
func (c *checker) open(ctx context.Context, r *releaser) {
	for _, ref := range slices.Sorted(maps.Keys(r.refs.Refs)) {
		tag, open := strings.CutPrefix(ref, release.OpenPrefix)
		if !open {
			continue
		}
		data, err := r.remote.ReadOpen(ctx, ref, r.refs.Refs[ref])
		var o release.OpenRelease
		if err == nil {
			o, err = release.DecodeOpen(tag, data)
		}
		switch code := release.CodeOf(err); {
		case err == nil:
			c.say("open release", fmt.Sprintf("%s, begun by %s, at work since %s", tag, whose(o.Process), o.Since.UTC().Format("2006-01-02 15:04 UTC")), nil)
		case code == "" || code == release.CodeOpen:
			c.say("open release", tag+" is left alone: "+err.Error(), nil)
		default:
			c.say("open release", "", err)
		}
	}
}

// whose names a process for people.
func whose(p release.Process) string {
	if p.Run != "" {
		return p.Run
	}
	return fmt.Sprintf("process %d on %s", p.PID, p.Host)
}
