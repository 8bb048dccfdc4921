package github

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/semcut/semcut/release"
)

// errArrivedOtherwise says that GitHub has other bytes than were sent.
var errArrivedOtherwise = errors.New("what arrived isn't what was sent")

// sendAsset uploads one asset, whose bytes are looked at first: they must be those that the release promises, and what GitHub
// says that it got is compared with them.
func (p *Provider) sendAsset(ctx context.Context, page *releasePage, a release.Asset) (*assetFile, error) {
	doing := fmt.Sprintf("uploading %q", a.Name)
	sum, size, err := measure(a)
	if _, told := errors.AsType[*release.Error](err); told {
		return nil, err
	}
	if err != nil {
		return nil, release.Errorf(release.CodeFile, "run it where the file is, or where it is built", "%s: %w", doing, err)
	}
	if size != a.Size || a.SHA256 != "" && !strings.EqualFold(sum, a.SHA256) {
		return nil, release.Errorf(release.CodeForge, "run it again at the release's tag, where the file is built as it was, or restore the file",
			"%s: the file has %d bytes (%s), the release promises %d (%s)", doing, size, digits(sum), a.Size, digits(a.SHA256))
	}
	req, err := p.uploadRequest(page, a)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	var made assetFile
	if _, err := p.send(ctx, req, &made); err != nil {
		return nil, err
	}
	a.SHA256 = sum
	if !made.holds(a) {
		return nil, fmt.Errorf("%s: %w: %d bytes (%s) of %d (%s)", doing, errArrivedOtherwise,
			made.Size, digits(strings.TrimPrefix(made.Digest, "sha256:")), size, digits(sum))
	}
	return &made, nil
}

func measure(a release.Asset) (sum string, size int64, err error) {
	file, err := a.Open()
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = file.Close() }() // it was only read
	hash := sha256.New()
	size, err = io.Copy(hash, file)
	return fmt.Sprintf("%x", hash.Sum(nil)), size, err
}

// uploadRequest goes to the address that the release names, which must be one of GitHub's own. A name that GitHub will
// change is kept as the label.
func (p *Provider) uploadRequest(page *releasePage, a release.Asset) (*http.Request, error) {
	target, _, _ := strings.Cut(page.UploadURL, "{")
	u, err := url.Parse(target)
	if err != nil || !slices.Contains(p.uploads, strings.ToLower(u.Host)) {
		return nil, fmt.Errorf("GitHub names the host %q for it, which is not its own", target)
	}
	query := url.Values{"name": {a.Name}}
	if a.Label != "" {
		query.Set("label", a.Label)
	} else if keptName(a.Name) != a.Name {
		query.Set("label", a.Name)
	}
	u.RawQuery = query.Encode()
	kind := a.MediaType
	if kind == "" {
		kind = mediaType(a.Name)
	}
	file, err := a.Open()
	if err != nil {
		return nil, err
	}
	req, err := p.client.NewUploadRequest(u.String(), file, a.Size, kind)
	if err != nil || a.Size == 0 {
		_ = file.Close() // nothing of it is read
	}
	if err != nil {
		return nil, err
	}
	if req.GetBody = a.Open; a.Size == 0 {
		req.Body, req.GetBody = http.NoBody, nil // else it would be sent as one of unknown length, which GitHub refuses
	}
	return req, nil
}

// mayUploadAgain says whether an upload that failed so may have arrived, in part or whole, or may do so the next time:
// GitHub doesn't know everywhere at once of a release that it has just made.
func mayUploadAgain(err error) bool {
	return maybeDone(err) || errors.Is(err, errArrivedOtherwise) || statusOf(err) == http.StatusNotFound
}
