package fakegithub

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"unicode/utf16"
)

// Release is one release as the forge remembers it.
type Release struct {
	ID         int64
	Tag        string
	Target     string
	Name       string
	Body       string
	Draft      bool
	Prerelease bool
	MakeLatest string
	Assets     []Asset
	Immutable  bool   `json:",omitempty"`
	Discussion string `json:",omitempty"` // the category of the discussion that was opened with it
}

// Add puts a release there that somebody else made.
func (f *Forge) Add(r Release) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nextID++
	r.ID = f.nextID
	f.rels = append(f.rels, &r)
}

// Releases gives what the forge contains.
func (f *Forge) Releases() []Release {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]Release, 0, len(f.rels))
	for _, r := range f.rels {
		out = append(out, *r)
	}
	return out
}

func (f *Forge) byTag(w http.ResponseWriter, repo, tag string) {
	for _, r := range f.rels {
		if r.Tag == tag && !r.Draft {
			send(w, http.StatusOK, f.releaseJSON(repo, r))
			return
		}
	}
	problem(w, http.StatusNotFound, "Not Found")
}

func (f *Forge) get(w http.ResponseWriter, repo string, id int64) {
	if r := f.byID(id); r != nil {
		send(w, http.StatusOK, f.releaseJSON(repo, r))
		return
	}
	problem(w, http.StatusNotFound, "Not Found")
}

func (f *Forge) list(w http.ResponseWriter, r *http.Request, repo string) {
	all := make([]any, 0, len(f.rels))
	for _, rel := range slices.Backward(f.rels) {
		all = append(all, f.releaseJSON(repo, rel))
	}
	f.paged(w, r, all)
}

// maxBody is how long a release's text may be.
const maxBody = 125_000

// input is the body of a request that creates or edits a release; nil means not given.
type input struct {
	TagName         *string `json:"tag_name"`
	TargetCommitish *string `json:"target_commitish"`
	Name            *string `json:"name"`
	Body            *string `json:"body"`
	Draft           *bool   `json:"draft"`
	Prerelease      *bool   `json:"prerelease"`
	MakeLatest      *string `json:"make_latest"`
	Discussion      *string `json:"discussion_category_name"`
}

func (f *Forge) create(w http.ResponseWriter, repo string, body []byte) {
	var in input
	if err := json.Unmarshal(body, &in); err != nil || in.TagName == nil {
		problem(w, http.StatusUnprocessableEntity, "Validation Failed")
		return
	}
	if in.Body != nil && len(utf16.Encode([]rune(*in.Body))) > maxBody {
		problem(w, http.StatusUnprocessableEntity, "Validation Failed: body is too long (maximum is 125000 characters)")
		return
	}
	if in.Draft == nil || !*in.Draft {
		for _, r := range f.rels {
			if r.Tag == *in.TagName && !r.Draft {
				invalid(w, "Release", "tag_name", "already_exists")
				return
			}
		}
	}
	r := &Release{}
	in.into(r)
	if !f.mayDiscuss(w, r) {
		return
	}
	f.nextID++
	r.ID, r.Immutable = f.nextID, f.Immutable && !r.Draft
	f.rels = append(f.rels, r)
	send(w, http.StatusCreated, f.releaseJSON(repo, r))
}

// mayDiscuss refuses a discussion that can't be opened.
func (f *Forge) mayDiscuss(w http.ResponseWriter, r *Release) bool {
	if r.Discussion == "" || !r.Draft && slices.Contains(f.Categories, r.Discussion) {
		return true
	}
	invalid(w, "Release", "discussion_category_name", "invalid")
	return false
}

func (in input) into(r *Release) {
	set := func(to, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&r.Tag, in.TagName)
	set(&r.Target, in.TargetCommitish)
	set(&r.Name, in.Name)
	set(&r.Body, in.Body)
	set(&r.MakeLatest, in.MakeLatest)
	set(&r.Discussion, in.Discussion)
	if in.Draft != nil {
		r.Draft = *in.Draft
	}
	if in.Prerelease != nil {
		r.Prerelease = *in.Prerelease
	}
}

func (f *Forge) edit(w http.ResponseWriter, repo string, id int64, body []byte) {
	r := f.byID(id)
	var in input
	if r == nil || json.Unmarshal(body, &in) != nil {
		problem(w, http.StatusNotFound, "Not Found")
		return
	}
	after := *r
	in.into(&after)
	if !f.mayDiscuss(w, &after) {
		return
	}
	after.Immutable = r.Immutable || f.Immutable && r.Draft && !after.Draft
	*r = after
	send(w, http.StatusOK, f.releaseJSON(repo, r))
}

func (f *Forge) byID(id int64) *Release {
	for _, r := range f.rels {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (f *Forge) releaseJSON(repo string, r *Release) map[string]any {
	api := fmt.Sprintf("%s/repos/%s/releases/%d", f.URL, repo, r.ID)
	assets := []any{}
	for _, a := range r.Assets {
		assets = append(assets, f.assetJSON(repo, a))
	}
	published := any(when)
	if r.Draft {
		published = nil
	}
	return map[string]any{
		"id": r.ID, "node_id": "R_1", "url": api, "assets_url": api + "/assets", "upload_url": api + "/assets{?name,label}",
		"html_url": fmt.Sprintf("https://github.com/%s/releases/tag/%s", repo, r.Tag), "tarball_url": nil, "zipball_url": nil,
		"tag_name": r.Tag, "target_commitish": r.Target, "name": r.Name, "body": r.Body, "draft": r.Draft, "prerelease": r.Prerelease,
		"created_at": when, "published_at": published, "author": f.userJSON(f.Viewer), "assets": assets, "immutable": r.Immutable,
	}
}
