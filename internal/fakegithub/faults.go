package fakegithub

import (
	"net/http"
	"net/http/httptest"
	"strings"
)

// Fault makes a request fail.
type Fault struct {
	Method string // "" for any
	Path   string // a part of the path
	Match  string // a part of the body
	Status int    // 0 cuts the connection
	Header map[string]string
	Body   string // what is answered; "" says the status in JSON
	// After lets the request have its effect first.
	After bool
	// Truncate lets an upload arrive by half.
	Truncate bool
	Times    int
}

// Fail adds a fault.
func (f *Forge) Fail(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fault.Times == 0 {
		fault.Times = 1
	}
	f.faults = append(f.faults, &fault)
}

// Mend ends all faults.
func (f *Forge) Mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = nil
}

func (f *Forge) fault(r *http.Request, body []byte) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range f.faults {
		if fault.Times > 0 && (fault.Method == "" || fault.Method == r.Method) && strings.Contains(r.URL.Path, fault.Path) && strings.Contains(string(body), fault.Match) {
			fault.Times--
			return fault
		}
	}
	return nil
}

// answer is what a client gets that meets the fault.
func (fault *Fault) answer() *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	for k, v := range fault.Header {
		rec.Header().Set(k, v)
	}
	if fault.Body == "" {
		problem(rec, fault.Status, http.StatusText(fault.Status))
		return rec
	}
	rec.WriteHeader(fault.Status)
	_, _ = rec.WriteString(fault.Body) // into a recorder
	return rec
}
