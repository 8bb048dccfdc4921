package fakegithub

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Asset is one uploaded file.
type Asset struct {
	ID    int64
	Name  string
	Label string
	Type  string
	Data  string
	State string `json:",omitempty"` // "" is "uploaded"; "starter" is an upload that broke off
}

func (f *Forge) upload(w http.ResponseWriter, r *http.Request, repo string, id int64, body []byte) {
	rel, name := f.byID(id), keptName(r.URL.Query().Get("name"))
	switch {
	case rel == nil:
		problem(w, http.StatusNotFound, "Not Found")
		return
	case rel.Immutable:
		problem(w, http.StatusUnprocessableEntity, "Cannot upload assets to an immutable release.")
		return
	case slices.ContainsFunc(rel.Assets, func(a Asset) bool { return a.Name == name }):
		invalid(w, "ReleaseAsset", "name", "already_exists")
		return
	}
	f.nextID++
	a := Asset{ID: f.nextID, Name: name, Label: r.URL.Query().Get("label"), Type: r.Header.Get("Content-Type"), Data: string(body)}
	rel.Assets = append(rel.Assets, a)
	send(w, http.StatusCreated, f.assetJSON(repo, a))
}

var strange = regexp.MustCompile(`[^A-Za-z0-9_+@-]+`)

// keptName is the name that GitHub gives to a file: every other run of characters becomes a dot.
func keptName(name string) string { return strings.Trim(strange.ReplaceAllString(name, "."), ".") }

// brokeOff marks the newest asset as one whose upload broke off.
func (f *Forge) brokeOff() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rels {
		for i := range r.Assets {
			if r.Assets[i].ID == f.nextID {
				r.Assets[i].State = "starter"
			}
		}
	}
}

func (f *Forge) deleteAsset(w http.ResponseWriter, id int64) {
	for _, r := range f.rels {
		if r.Immutable && slices.ContainsFunc(r.Assets, func(a Asset) bool { return a.ID == id }) {
			problem(w, http.StatusUnprocessableEntity, "Cannot delete assets of an immutable release.")
			return
		}
		r.Assets = slices.DeleteFunc(r.Assets, func(a Asset) bool { return a.ID == id })
	}
	w.WriteHeader(http.StatusNoContent)
}

func (f *Forge) assetJSON(repo string, a Asset) map[string]any {
	api := fmt.Sprintf("%s/repos/%s/releases/assets/%d", f.URL, repo, a.ID)
	state, digest := a.State, any(fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(a.Data))))
	if state == "" {
		state = "uploaded"
	}
	if f.NoDigests || state != "uploaded" {
		digest = nil
	}
	return map[string]any{
		"id": a.ID, "node_id": "A_1", "url": api, "browser_download_url": api + "/download", "name": a.Name, "label": a.Label,
		"state": state, "content_type": a.Type, "size": len(a.Data), "digest": digest, "download_count": 0, "created_at": when, "updated_at": when,
		"uploader": f.userJSON(f.Viewer),
	}
}

// Overwrite puts other bytes into the asset of this name, as nobody should.
func (f *Forge) Overwrite(name, data string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rels {
		for i := range r.Assets {
			if r.Assets[i].Name == name {
				r.Assets[i].Data = data
			}
		}
	}
}
