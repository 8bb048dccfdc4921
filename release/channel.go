package release

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// ChannelNotes begins the names of the refs that say on which channels a release is: git notes on the tagged commit, one
// ref a tag. Form and meaning are semantic-release's (spec §2.4), so that both tools can take turns.
const ChannelNotes = "refs/notes/semantic-release-"

// oldChannelNotes is the one ref for all tags that older versions of semantic-release wrote.
const oldChannelNotes = "refs/notes/semantic-release"

// channelRef is where the channels of a tag are noted.
func channelRef(tag string) string { return ChannelNotes + tag }

// channelNote is the text of a note; null is the default channel.
type channelNote struct {
	Channels []*string `json:"channels"`
}

func encodeChannels(channels []string) ([]byte, error) {
	note := channelNote{Channels: []*string{}}
	for _, c := range channels {
		if c == "" {
			note.Channels = append(note.Channels, nil)
			continue
		}
		note.Channels = append(note.Channels, &c)
	}
	text, err := json.Marshal(note)
	return append(text, '\n'), err
}

func decodeChannels(text []byte) ([]string, error) {
	var note channelNote
	if err := json.Unmarshal(text, &note); err != nil {
		return nil, fmt.Errorf("%.60q is none", strings.TrimSpace(string(text)))
	}
	if note.Channels == nil {
		return nil, fmt.Errorf("%.60q names no channels", strings.TrimSpace(string(text)))
	}
	channels := make([]string, 0, len(note.Channels))
	for _, c := range note.Channels {
		name := ""
		if c != nil {
			name = *c
		}
		if !slices.Contains(channels, name) {
			channels = append(channels, name)
		}
	}
	return channels, nil
}

// channelsOf gives the channels that a tag's release is on, as its note says; noted is false where it has none. Each tag
// has its own, also where several stand on one commit. git puts the note that is made for an annotated tag on the tag
// instead of its commit, so both are looked at.
func (p *planner) channelsOf(ctx context.Context, h History, t Tag) (channels []string, noted bool, err error) {
	objects := []string{t.Commit}
	if t.Object != t.Commit {
		objects = append(objects, t.Object)
	}
	for _, ref := range []string{channelRef(t.Name), oldChannelNotes} {
		for _, object := range objects {
			text, err := h.Note(ctx, ref, object)
			if CodeOf(err) == CodeRepository {
				p.warn("%s holds no notes and doesn't count; if nobody needs it, delete it: git push origin :%s", ref, ref)
				continue
			}
			if err != nil {
				return nil, false, err
			}
			if text == nil {
				continue
			}
			more, err := decodeChannels(text)
			if err != nil {
				p.warn("the note in %s about the channels of tag %q can't be read: %s", ref, t.Name, err)
				continue
			}
			noted = true
			channels = append(channels, slices.DeleteFunc(more, func(c string) bool { return slices.Contains(channels, c) })...)
		}
		if noted {
			break
		}
	}
	return channels, noted, nil
}

// onChannel says why a tag that fits the branch is none of its channel's, "" where it is. Only pre-releases are asked:
// a stable release counts on every branch. One without a note is taken by its identifier.
func (p *planner) onChannel(ctx context.Context, h History, t *versionTag) (why string, err error) {
	if t.Version.Prerelease() == "" {
		return "", nil
	}
	channels, noted, err := p.channelsOf(ctx, h, t.Tag)
	switch {
	case err != nil:
		return "", err
	case noted && !slices.Contains(channels, p.Branch.Channel):
		return fmt.Sprintf("it is on %s, not on %s", channelNames(channels...), channelNames(p.Branch.Channel)), nil
	case !noted && p.Remote == nil:
		p.warn("this clone has no note on the channel of tag %q, so it is taken for branch %q by its identifier; get notes with: git fetch origin 'refs/notes/*:refs/notes/*'", t.Name, p.Branch.Name)
	}
	return "", nil
}

// channelNames shows channels to people.
func channelNames(channels ...string) string {
	names := make([]string, 0, len(channels))
	for _, c := range channels {
		if c == "" {
			names = append(names, "the default channel")
			continue
		}
		names = append(names, fmt.Sprintf("channel %q", c))
	}
	return strings.Join(names, " and ")
}

// notes says whether a release's channel is written down. semantic-release does it for every release; we do it for those
// on another channel than the default.
func (p *planner) notes(r *Release) bool { return !p.Policy.Own || r.Channel != "" }

// writeChannels writes the note that puts a release on channels, on top of the notes that ref holds at the remote.
func (d Deps) writeChannels(ctx context.Context, ref string, spec NoteSpec, channels []string) (hash string, err error) {
	if spec.Base != "" {
		if err := d.Remote.Fetch(ctx, ref, spec.Base); err != nil {
			return "", err
		}
	}
	if spec.Text, err = encodeChannels(channels); err != nil {
		return "", fmt.Errorf("writing %s: %w", ref, err)
	}
	hash, err = d.Worktree.WriteNote(ctx, spec)
	if code := CodeOf(err); code == CodeRepository || code == CodeRevision {
		err = Errorf(CodeRepository, fmt.Sprintf("if nobody needs it, delete it: git push origin :%s", ref), "writing %s: what the remote has there are no notes", ref)
	}
	return hash, err
}
