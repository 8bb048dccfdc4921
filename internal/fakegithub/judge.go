package fakegithub

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// judge holds requests and answers against the official description of GitHub's API.
type judge struct {
	t      testing.TB
	router routers.Router // nil where there is no description at hand
}

// description names the file with the official description: .ci/run makes it.
const description = "SEMCUT_GITHUB_OPENAPI"

// loadRouter reads the description once a process; it takes a second.
var loadRouter = sync.OnceValues(func() (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(os.Getenv(description))
	if err != nil {
		return nil, err
	}
	doc.Servers = nil
	// The description's words name the state of an upload that broke off, its list of states forgets it.
	state := doc.Components.Schemas["release-asset"].Value.Properties["state"].Value
	state.Enum = append(state.Enum, "starter")
	closed := false
	for _, path := range doc.Paths.Map() {
		path.Servers = nil
		for _, op := range path.Operations() {
			op.Servers = nil
			closeBody(op, &closed)
		}
	}
	return gorillamux.NewRouter(doc)
})

// closeBody makes unknown properties of a request's body an error: the description lets them pass, so that
// a misspelt optional one would, too. Uploads may have any media type, as on GitHub itself.
func closeBody(op *openapi3.Operation, closed *bool) {
	if op.RequestBody == nil || op.RequestBody.Value == nil {
		return
	}
	content := op.RequestBody.Value.Content
	if body := content.Get("application/json"); body != nil && body.Schema != nil && body.Schema.Value != nil && len(body.Schema.Value.Properties) > 0 {
		*closed = false
		body.Schema.Value.AdditionalProperties = openapi3.AdditionalProperties{Has: closed}
	}
	if upload, ok := content["application/octet-stream"]; ok {
		content["*/*"] = upload
	}
}

func newJudge(t testing.TB) *judge {
	if os.Getenv(description) == "" {
		if os.Getenv("CI") == "true" && os.Getenv("SEMCUT_INTEGRATION") != "" {
			t.Fatalf("fakegithub: %s names no description of GitHub's API", description)
		}
		return &judge{t: t}
	}
	router, err := loadRouter()
	if err != nil {
		t.Fatalf("fakegithub: reading the description of GitHub's API: %v", err)
	}
	return &judge{t: t, router: router}
}

// request says what is wrong with a request, "" where nothing is.
func (j *judge) request(r *http.Request, body []byte) string {
	if j.router == nil {
		return ""
	}
	input, wrong := j.input(r, body)
	if wrong != "" {
		return wrong
	}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
		return firstLine(err)
	}
	return ""
}

func (j *judge) input(r *http.Request, body []byte) (*openapi3filter.RequestValidationInput, string) {
	clone := r.Clone(context.Background())
	clone.Body = io.NopCloser(bytes.NewReader(body))
	route, params, err := j.router.FindRoute(clone)
	if err != nil {
		return nil, firstLine(err)
	}
	return &openapi3filter.RequestValidationInput{
		Request: clone, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}, ""
}

// answer fails the test where the forge's own answer isn't GitHub's.
func (j *judge) answer(r *http.Request, rec *httptest.ResponseRecorder) {
	if j.router == nil || rec.Code >= 400 {
		return
	}
	input, wrong := j.input(r, nil)
	if wrong != "" {
		return // judged before
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: rec.Code, Header: rec.Header()}
	answer.SetBodyBytes(rec.Body.Bytes())
	if err := openapi3filter.ValidateResponse(context.Background(), answer); err != nil {
		j.t.Errorf("fakegithub: the forge's own answer to %s %s is not GitHub's: %s", r.Method, r.URL.Path, firstLine(err))
	}
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
