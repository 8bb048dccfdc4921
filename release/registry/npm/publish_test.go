package npm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/releasetest"
)

func TestWhatIsSent(t *testing.T) {
	r := newRig(t, `{"name": "@acme/widget", "version": "0.0.0-development", "bin": "./cli.js", "_x": 1, "author": "Jane <jane@example.com> (https://example.com)", "publishConfig": {"access": "public"}, "repository": "acme/widget"}`)
	r.write("README.md", "# Widget\n\nIt is\none.\n\nMore.\n")
	r.write("cli.js", "2\n")
	receipt, err := r.publish("v1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if want := (release.Receipt{Publisher: "npm", Name: "npm package (@latest dist-tag)", URL: "https://www.npmjs.com/package/@acme/widget/v/1.2.3", Done: "created"}); receipt != want {
		t.Errorf("the receipt is %+v", receipt)
	}
	if want := []string{"GET /@acme%2fwidget Bearer " + token, "PUT /@acme%2fwidget Bearer " + token}; !slices.Equal(r.asked(), want) {
		t.Errorf("asked was %q", r.asked())
	}
	p := r.packages["@acme/widget"]
	m := p.Versions["1.2.3"]
	for key, want := range map[string]any{
		"name": "@acme/widget", "version": "1.2.3", "_id": "@acme/widget@1.2.3", "description": "It is one.", "readmeFilename": "README.md", "gitHead": releasetest.Release("v1.2.3").Commit,
		"bin": map[string]any{"widget": "cli.js"}, "author": map[string]any{"name": "Jane", "email": "jane@example.com", "url": "https://example.com"},
		"repository": map[string]any{"type": "git", "url": "git+https://github.com/acme/widget.git"}, "homepage": "https://github.com/acme/widget#readme", "_x": nil,
	} {
		if !reflect.DeepEqual(m[key], want) {
			t.Errorf("%s is %v, want %v", key, m[key], want)
		}
	}
	if p.access != "public" || p.Tags["latest"] != "1.2.3" {
		t.Errorf("access is %v, the tags %q", p.access, p.Tags)
	}
	want := "0755 cli.js\n0644 index.js\n0644 package.json\n0644 README.md\n"
	if got := listing(t, p.files["@acme/widget-1.2.3.tgz"]); got != want {
		t.Errorf("the package has\n%s", got)
	}
	if text, _ := os.ReadFile(filepath.Join(r.dir, "package.json")); !strings.Contains(string(text), "0.0.0-development") {
		t.Error("the file in the work tree was changed")
	}
	if slices.Contains(r.hidden, "") || !slices.Contains(r.hidden, token) {
		t.Errorf("the masker was told %q", r.hidden)
	}
}

func TestAManifestWithoutVersion(t *testing.T) {
	for _, manifest := range []string{`{"name": "widget"}`, "{\n  \"name\": \"widget\"\n}\n", "\xef\xbb\xbf{ \"name\":\"widget\" }"} {
		r := newRig(t, manifest)
		if _, err := r.publish("v1.0.0"); err != nil {
			t.Errorf("%q: %v", manifest, err)
		}
	}
}

func TestAccess(t *testing.T) {
	for _, tt := range []struct {
		name, manifest, npmrc string
		options               Options
		want                  any
		fails                 string
	}{
		{"nobody says", `{"name": "@acme/widget"}`, "", Options{}, nil, ""},
		{"publishConfig", `{"name": "@acme/widget", "publishConfig": {"access": "restricted"}}`, "access=public", Options{}, "restricted", ""},
		{"a file", `{"name": "@acme/widget"}`, "access=public", Options{}, "public", ""},
		{"the configuration", `{"name": "@acme/widget", "publishConfig": {"access": "restricted"}}`, "", Options{Access: "public"}, "public", ""},
		{"without a scope", `{"name": "widget", "publishConfig": {"access": "restricted"}}`, "", Options{}, nil, "only packages in a scope can be restricted"},
		{"nonsense", `{"name": "@acme/widget", "publishConfig": {"access": "all"}}`, "", Options{}, nil, `there is no access "all"`},
	} {
		r := newRig(t, tt.manifest)
		r.write(".npmrc", tt.npmrc)
		r.Options = tt.options
		_, err := r.publish("v1.0.0")
		switch {
		case tt.fails != "":
			if err == nil || !strings.Contains(err.Error(), tt.fails) || r.writes != 0 || r.registry().Check(t.Context(), &release.Plan{}) == nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		case err != nil || r.last["access"] != tt.want:
			t.Errorf("%s: access is %v, %v", tt.name, r.last["access"], err)
		}
	}
}

func TestTagsOfReleases(t *testing.T) {
	r := newRig(t, `{"name": "widget", "publishConfig": {"tag": "stable"}}`)
	on := func(tag, channel string) release.Release {
		rel := releasetest.Release(tag)
		rel.Channel = channel
		return rel
	}
	for _, rel := range []release.Release{on("v1.0.0", ""), on("v1.1.0", "next"), on("v0.9.1", "0.x")} {
		if _, err := r.registry().Publish(t.Context(), rel, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{"stable": "1.0.0", "next": "1.1.0", "release-0.x": "0.9.1"}
	if got := r.packages["widget"].Tags; !reflect.DeepEqual(got, want) {
		t.Errorf("the tags are %q, want %q", got, want)
	}
	// 1.1.0 gets to the default channel, and then 1.0.0 is published again: its tag stays with the later release.
	for done, rel := range map[string]release.Release{"changed": on("v1.1.0", "")} {
		if receipt, err := r.registry().Promote(t.Context(), rel); err != nil || receipt.Done != done || receipt.Name != "npm package (@stable dist-tag)" {
			t.Errorf("promoting gives %+v, %v", receipt, err)
		}
	}
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" || r.packages["widget"].Tags["stable"] != "1.1.0" {
		t.Errorf("publishing again gives %+v, %v; the tags are %q", receipt, err, r.packages["widget"].Tags)
	}
	// But who asks for it may move it back.
	if receipt, err := r.registry().Promote(t.Context(), on("v1.0.0", "")); err != nil || receipt.Done != "changed" || r.packages["widget"].Tags["stable"] != "1.0.0" {
		t.Errorf("promoting gives %+v, %v", receipt, err)
	}
	if _, err := r.registry().Publish(t.Context(), on("v2.0.0", "feature/x"), nil); err == nil || !strings.Contains(err.Error(), `npm has no dist-tag "feature/x"`) {
		t.Errorf("a channel with a slash: %v", err)
	}
}

// TestFinishedLate: a version of the default channel whose tag a later one has by now.
func TestFinishedLate(t *testing.T) {
	for _, npm := range []bool{false, true} {
		r := newRig(t, `{"name": "widget"}`)
		if _, err := r.publish("v1.1.0"); err != nil {
			t.Fatal(err)
		}
		if npm {
			r.Client = "always"
			r.through()
		}
		receipt, err := r.publish("v1.0.0")
		if want := map[string]string{"latest": "1.1.0"}; err != nil || receipt.Done != "created" || receipt.Name != "npm package" || !reflect.DeepEqual(r.packages["widget"].Tags, want) {
			t.Errorf("got %+v, %v; the tags are %q", receipt, err, r.packages["widget"].Tags)
		}
		r.fail(fault{method: http.MethodDelete, status: http.StatusForbidden})
		if _, err := r.registry().Publish(t.Context(), releasetest.Release("v0.9.0"), nil); !npm && (err != nil || !strings.Contains(r.log.String(), "npm dist-tag rm widget superseded")) {
			t.Errorf("%v\n%s", err, r.log.String())
		}
	}
}

func TestOtherBytes(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	if _, err := r.publish("v1.0.0"); err != nil {
		t.Fatal(err)
	}
	there := r.packages["widget"].Versions["1.0.0"]["dist"].(map[string]any)["integrity"].(string)
	r.write("index.js", "2\n")
	writes := r.writes
	_, err := r.publish("v1.0.0")
	if e, ok := err.(*release.Error); !ok || e.Code != release.CodeAsset || e.Hint == "" || !strings.Contains(err.Error(), there+" there, sha512-") || r.writes != writes {
		t.Errorf("publishing other bytes: %v", err)
	}
	rel := releasetest.Release("v1.0.0")
	plan := &release.Plan{Changes: []release.Change{{Next: &rel}}}
	if err := r.registry().Check(t.Context(), plan); err == nil || !strings.Contains(err.Error(), "with other bytes") {
		t.Errorf("checking other bytes: %v", err)
	}
	plan.Changes[0].Edits = []release.Edit{{Path: "index.js", New: []byte("1\n")}, {Path: "new.txt", New: []byte("x")}}
	if err := r.registry().Check(t.Context(), plan); err != nil {
		t.Errorf("checking what the edits make the same: %v", err)
	}
}

// TestTheSameOtherwiseCompressed: what npm published has other bytes, and the same content.
func TestTheSameOtherwiseCompressed(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	if _, err := r.publish("v1.0.0"); err != nil {
		t.Fatal(err)
	}
	p := r.packages["widget"]
	files, err := unpacked(strings.NewReader(string(p.files["widget-1.0.0.tgz"])))
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	p.files["widget-1.0.0.tgz"] = recompressed(t, p.files["widget-1.0.0.tgz"])
	p.Versions["1.0.0"]["dist"].(map[string]any)["integrity"] = integrity(p.files["widget-1.0.0.tgz"])
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" {
		t.Errorf("got %+v, %v", receipt, err)
	}
	p.Versions["1.0.0"]["dist"] = map[string]any{"shasum": strings.ToUpper(shasum(p.files["widget-1.0.0.tgz"])), "tarball": "https://127.0.0.1:1/x.tgz"}
	r.write("index.js", "2\n")
	if _, err := r.publish("v1.0.0"); err == nil {
		t.Error("other content was taken for the same")
	}
}

// TestAnotherRunWasFaster: the version appears between our look and our sending.
func TestAnotherRunWasFaster(t *testing.T) {
	for _, refusal := range []fault{
		{method: http.MethodPut, status: http.StatusConflict, body: `{"error":"this package is already present"}`, after: true},
		{method: http.MethodPut, status: http.StatusForbidden, body: `{"error":"You cannot publish over the previously published versions: 1.0.0."}`, after: true},
	} {
		r := newRig(t, `{"name": "widget"}`)
		r.fail(refusal)
		if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "found" || r.writes != 1 {
			t.Errorf("got %+v, %v after %d writes", receipt, err, r.writes)
		}
	}
}

// TestARequestIsNotRepeatedBlindly: it may have arrived, and is looked for before it is sent again.
func TestARequestIsNotRepeatedBlindly(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	r.fail(fault{method: http.MethodPut, status: http.StatusBadGateway})
	r.fail(fault{method: http.MethodPut, status: http.StatusBadGateway, after: true})
	if receipt, err := r.publish("v1.0.0"); err != nil || receipt.Done != "created" || r.writes != 1 {
		t.Errorf("got %+v, %v after %d writes", receipt, err, r.writes)
	}
	var verbs []string
	for _, line := range r.asked() {
		verbs = append(verbs, strings.Fields(line)[0])
	}
	if want := []string{"GET", "PUT", "GET", "PUT", "GET"}; !slices.Equal(verbs, want) {
		t.Errorf("asked was %q", verbs)
	}
}

func TestWhatRegistriesSay(t *testing.T) {
	put := func(status int, body string) fault {
		return fault{method: http.MethodPut, status: status, body: body, times: 9}
	}
	otp := put(http.StatusUnauthorized, `{}`)
	otp.header = map[string]string{"WWW-Authenticate": "OTP"}
	for _, tt := range []struct {
		name  string
		fault fault
		code  release.Code
		text  string
		hint  string
	}{
		{"a second factor", otp, release.CodeAuth, "answers 401", "automation token"},
		{"in words", put(401, `{"error":"You must provide a one-time pass."}`), release.CodeAuth, "one-time pass", "automation token"},
		{"not paid", put(402, `{"error":"You must sign up for private packages"}`), release.CodeForbidden, "402", `"access": "public"`},
		{"no right", put(403, `{"error":"no"}`), release.CodeForbidden, `answers 403 "no"`, "right to publish"},
		{"no scope", put(404, `{"error":"Scope not found"}`), release.CodeForbidden, "Scope not found", "scope exists"},
		{"too big", put(413, "<html>413</html>"), release.CodeForge, "answers 413", "too big"},
		{"a page", put(400, "<html>no</html>"), release.CodeForge, "answers 400", "see its words"},
		{"much text", put(400, strings.Repeat("x ", 9000)), release.CodeForge, "…", "see its words"},
		{"a login page", fault{method: http.MethodGet, status: 200, body: "<html>log in</html>"}, release.CodeForge, "is no JSON of a registry", "see whether http://"},
		{"something else", fault{method: http.MethodGet, status: 200, body: `{"hello": 1}`}, release.CodeForge, "is no JSON of a registry", "see whether"},
		{"a list", fault{method: http.MethodGet, status: 200, body: `[]`}, release.CodeForge, "is no JSON of a registry", "see whether"},
		{"strange versions", fault{method: http.MethodGet, status: 200, body: `{"name":"widget","versions":[1]}`}, release.CodeForge, "is no JSON of a registry", "see whether"},
		{"another package", fault{method: http.MethodGet, status: 200, body: `{"name":"gadget"}`}, release.CodeForge, `about the package "gadget"`, "see whether"},
		{"cut off", fault{method: http.MethodGet, status: 200, body: `{"name":"widget","versions":{`}, release.CodeForge, "breaks off", "see whether"},
	} {
		r := newRig(t, `{"name": "widget"}`)
		r.fail(tt.fault)
		_, err := r.publish("v1.0.0")
		e, ok := err.(*release.Error)
		if !ok || e.Code != tt.code || !strings.Contains(err.Error(), tt.text) || !strings.Contains(e.Hint, tt.hint) || strings.Contains(err.Error(), "\n") || len(err.Error()) > 800 {
			t.Errorf("%s: %v\nhint %v", tt.name, err, e)
		}
	}
}

// TestRedirects: the token stays with its host, and nothing is published elsewhere.
func TestRedirects(t *testing.T) {
	leaked, reached := "", 0
	other := newServer(t)
	other.hook = func(w http.ResponseWriter, r *http.Request) {
		leaked += r.Header.Get("Authorization")
		if r.Method == http.MethodPut {
			reached++
		}
		_, _ = fmt.Fprint(w, `{"name":"widget","dist-tags":{},"versions":{}}`)
	}
	r := newRig(t, `{"name": "widget"}`)
	for _, method := range []string{http.MethodGet, http.MethodPut} {
		r.fail(fault{method: method, status: http.StatusTemporaryRedirect, header: map[string]string{"Location": other.URL + "/widget"}})
	}
	_, err := r.publish("v1.0.0")
	if leaked != "" || reached > 0 {
		t.Errorf("the other host was sent %q and %d packages", leaked, reached)
	}
	if err == nil || !strings.Contains(err.Error(), "the registry's address may have changed") {
		t.Errorf("got %v", err)
	}
}

// TestAHugeDocument: only what is asked for is kept of it.
func TestAHugeDocument(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	version := `"%d.0.0":{"name":"widget","readme":"` + strings.Repeat("x", 1<<20) + `"}`
	r.hook = func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `{"versions":{`)
		for n := range 50 {
			_, _ = fmt.Fprintf(w, version+",", n+2)
		}
		_, _ = fmt.Fprintf(w, version+`},"dist-tags":{"latest":"2.0.0"},"name":"widget"}`, 99)
	}
	f, done, err := r.registry().folder()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	s, err := r.registry().session(t.Context(), f, &manifest{Name: "widget"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.look(t.Context(), "widget", "1.0.0")
	if err != nil || p.version != nil || p.tags["latest"] != "2.0.0" || !p.any {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestInterrupted(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	ctx, cancel := context.WithCancel(t.Context())
	r.hook = func(http.ResponseWriter, *http.Request) { cancel() }
	if _, err := r.registry().Publish(ctx, releasetest.Release("v1.0.0"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	p := &tarball{manifest: &manifest{Files: []string{"dist", "./lib", "src/*.js", "!x", "gone"}, Bin: map[string]string{"a": "cli.js"}}, files: []string{"dist/a/b.js", "lib/x.js"}}
	got := strings.Join(p.missing(), "\n")
	for name, want := range map[string]bool{`"dist"`: false, `"./lib"`: false, `"!x"`: false, `"src/*.js"`: true, `"gone"`: true, `"cli.js"`: true} {
		if strings.Contains(got, name) != want {
			t.Errorf("of %s: said is\n%s", name, got)
		}
	}
}
