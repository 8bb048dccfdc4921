package npm

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/internal/lazyregexp"
	"github.com/semcut/semcut/release"
)

// A publication is one version on its way to a registry.
type publication struct {
	*session
	registry *Registry
	way      way
	folder   *folder
	tarball  *tarball
	release  release.Release
	name     string
	version  string
	tag      string  // the dist-tag
	access   *string // nil leaves it to the registry
	doing    string  // begins errors
}

// Publish makes the version be there, under the dist-tag of its channel. Assets are not npm's. Where the version is there
// already with the same content, only the tag is put right, unless a later version has it.
func (r *Registry) Publish(ctx context.Context, rel release.Release, _ []release.Asset) (release.Receipt, error) {
	f, m, done, err := r.opened()
	if err != nil {
		return release.Receipt{}, err
	}
	defer done()
	if r.skips(m) {
		return release.Receipt{Publisher: r.Name(), Done: "skipped"}, nil
	}
	p, err := r.publication(ctx, f, m, rel)
	if err != nil {
		return release.Receipt{}, err
	}
	doneWhat, err := p.publish(ctx)
	if err != nil {
		return release.Receipt{}, p.explain(p.doing, err)
	}
	return p.receipt(doneWhat), nil
}

// publication gets ready for what publishing a version takes. Nothing is sent yet.
func (r *Registry) publication(ctx context.Context, f *folder, m *manifest, rel release.Release) (*publication, error) {
	p := &publication{registry: r, folder: f, release: rel, name: m.Name, version: rel.Version.String()}
	p.doing = doing("publishing", p.name, p.version)
	var err error
	if p.tarball, err = r.packed(f, p.version); err != nil {
		return nil, err
	}
	if p.session, err = r.session(ctx, f, m); err != nil {
		return nil, err
	}
	if p.tag, err = r.tag(p.settings, rel.Channel); err != nil {
		return nil, err
	}
	if p.access, err = r.access(p.settings, m.Name); err != nil {
		return nil, err
	}
	if p.way, err = r.way(ctx, p.session, m); err != nil {
		return nil, err
	}
	return p, nil
}

// publish looks, and sends what isn't there. It says what was done.
func (p *publication) publish(ctx context.Context) (string, error) {
	there, err := p.look(ctx, p.name, p.version)
	if err != nil {
		return "", err
	}
	if there.version != nil {
		return p.found(ctx, there, "found")
	}
	if err := p.atRelease(); err != nil {
		return "", err
	}
	if p.release.Channel == "" && later(there.tags[p.tag], p.release.Version) {
		return p.publishBehind(ctx, there.tags[p.tag])
	}
	return p.send(ctx)
}

// superseded is a dist-tag for a moment: npm publishes nothing without one.
const superseded = "superseded"

// publishBehind publishes a version that is finished late: a later one has the tag of the default channel, and keeps it.
func (p *publication) publishBehind(ctx context.Context, latest string) (string, error) {
	p.registry.Log.Info(fmt.Sprintf("the dist-tag %s stays with the later version %s", p.tag, latest))
	p.tag = superseded
	done, err := p.send(ctx)
	if err != nil {
		return "", err
	}
	p.tag = ""
	if err := p.removeTag(ctx, p.name, superseded); err != nil {
		p.registry.warn(fmt.Sprintf("the dist-tag %s of %s could not be removed (npm dist-tag rm %[2]s %[1]s): %[3]s", superseded, p.name, plain(err)))
	}
	return done, nil
}

// send publishes the version, whatever is there.
func (p *publication) send(ctx context.Context) (string, error) {
	if err := p.registry.ready(ctx, &p.way, p.tarball.manifest); err != nil {
		return "", err
	}
	if !p.way.built() {
		for _, text := range p.tarball.missing() {
			p.registry.warn(text)
		}
	}
	if p.registry.TarballDir != "" {
		if _, err := p.registry.leave(ctx, p.folder, p.settings, p.tarball); err != nil {
			return "", err
		}
	}
	if p.way.program {
		return "created", p.throughNpm(ctx)
	}
	doc, err := p.document()
	if err != nil {
		return "", err
	}
	return p.put(ctx, doc)
}

// put sends the version. Where the answer doesn't say whether it arrived, or that it is there, we look, and try again if
// it isn't.
func (p *publication) put(ctx context.Context, doc *document) (string, error) {
	for try := 1; ; try++ {
		err := p.ask(ctx, http.MethodPut, escaped(p.name), doc, nil)
		if err == nil {
			return "created", nil
		}
		taken := saysTaken(err)
		if !taken && !maybeDone(err) {
			return "", err
		}
		if err := p.pause(ctx, try); err != nil {
			return "", err
		}
		there, lookErr := p.look(ctx, p.name, p.version)
		switch {
		case lookErr == nil && there.version != nil && taken:
			return p.found(ctx, there, "found")
		case lookErr == nil && there.version != nil:
			return p.found(ctx, there, "created")
		case try == httpx.WriteTries:
			return "", err
		case lookErr != nil && !maybeDone(lookErr):
			return "", lookErr
		}
	}
}

// takenWords are what registries say of a version that is there.
var takenWords = lazyregexp.New(`(?i)publish over|previously published|already (?:present|exist)`)

// saysTaken says whether a registry refuses a version because it is there.
func saysTaken(err error) bool {
	switch statusOf(err) {
	case http.StatusConflict:
		return true
	case http.StatusForbidden, http.StatusBadRequest:
		return takenWords.MatchString(err.Error())
	}
	return false
}

// found sees that the version that is there is ours, and puts its tag right. done is what to say where nothing was to
// be put right.
func (p *publication) found(ctx context.Context, there *packument, done string) (string, error) {
	if err := p.ours(ctx, there.version); err != nil {
		return "", err
	}
	return p.tagged(ctx, there, done)
}

// ours sees that a version that is there is what would be published now: by its content, or, where scripts make that or
// the work tree is at another commit, by the commit that it was published from, as far as the registry knows it.
func (p *publication) ours(ctx context.Context, doc *versionDoc) error {
	if p.way.built() || p.elsewhere() {
		if doc.GitHead != "" && p.release.Commit != "" && doc.GitHead != p.release.Commit {
			return release.Errorf(release.CodeAsset, "what is published stays as it is: release the next version",
				"%s: the registry has it already, published from the commit %.12q, and the release is of %.12q", p.doing, doc.GitHead, p.release.Commit)
		}
		return nil
	}
	same, err := p.sameAs(ctx, doc, p.tarball)
	if err == nil && !same {
		err = otherBytes(p.doing, doc, p.tarball, p.version)
	}
	return err
}

// elsewhere says whether the work tree is known to be at another commit than the release.
func (p *publication) elsewhere() bool {
	if p.registry.Head == nil {
		return false
	}
	head := p.registry.Head()
	return head != "" && p.release.Commit != "" && head != p.release.Commit
}

// atRelease refuses to publish the files of another commit under the release's version.
func (p *publication) atRelease() error {
	if !p.elsewhere() {
		return nil
	}
	tag := p.release.Tag
	return release.Errorf(release.CodeOpen, "take the work tree there, build, and finish it: git checkout "+tag+", then semcut release --finish "+tag,
		"%s: the work tree is at the commit %.12q, and the release is of %.12q", p.doing, p.registry.Head(), p.release.Commit)
}

// tagged puts the dist-tag on the version, unless it is there, or a later release got it meanwhile.
func (p *publication) tagged(ctx context.Context, there *packument, done string) (string, error) {
	has := there.tags[p.tag]
	if has == p.version || later(has, p.release.Version) {
		return done, nil
	}
	if err := p.setTag(ctx, p.name, p.tag, p.version); err != nil {
		return "", err
	}
	if done == "found" {
		done = "finished"
	}
	return done, nil
}

// receipt says what was done. Only the default registry has a page for people that we know of.
func (p *publication) receipt(done string) release.Receipt {
	r := release.Receipt{Publisher: p.registry.Name(), Name: "npm package", Done: done}
	if p.tag != "" {
		r.Name = fmt.Sprintf("npm package (@%s dist-tag)", p.tag)
	}
	if p.usual {
		r.URL = "https://www.npmjs.com/package/" + p.name + "/v/" + p.version
	}
	return r
}

// missing tells what a manifest names and the package hasn't.
func (t *tarball) missing() []string {
	var lines []string
	say := func(key, name string) {
		lines = append(lines, fmt.Sprintf("the npm package has no file for %q, which %s of package.json names", name, key))
	}
	for _, entry := range t.manifest.Files {
		p := parsePattern(strings.TrimPrefix(entry, "./"))
		if !p.negated && !slices.ContainsFunc(t.files, func(file string) bool { return p.within(file) }) {
			say("files", entry)
		}
	}
	for _, name := range sortedValues(t.manifest.Bin) {
		if !slices.Contains(t.files, name) {
			say("bin", name)
		}
	}
	return lines
}

// within says whether the pattern is a file, or a folder that it is in.
func (p pattern) within(file string) bool {
	for at := file; at != "."; at = path.Dir(at) {
		if p.match("/"+at, false) || p.match(at, false) || p.match(at+"/", false) || p.match("/"+at+"/", false) {
			return true
		}
	}
	return false
}
