package npm

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// encrypted lets a rig's registry speak https with a certificate that nobody knows.
func encrypted(t *testing.T, manifest string) (r *rig, certificate string) {
	t.Helper()
	r = newRig(t, manifest)
	s := httptest.NewUnstartedServer(r.server)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	r.URL = s.URL
	r.vars["DEFAULT_NPM_REGISTRY"] = s.URL
	return r, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
}

func TestCertificates(t *testing.T) {
	for _, tt := range []struct {
		name  string
		place func(r *rig, certificate string)
		fails string
	}{
		{"nobody trusts it", func(*rig, string) {}, "certificate"},
		{"a file of the repository", func(r *rig, c string) { r.write("certs/ca.pem", c); r.write(".npmrc", "cafile=certs/ca.pem") }, ""},
		{"a file of the user", func(r *rig, c string) {
			writeFile(r.t, filepath.Join(r.vars["HOME"], "ca.pem"), c)
			writeFile(r.t, filepath.Join(r.vars["HOME"], ".npmrc"), "cafile=~/ca.pem")
		}, ""},
		{"in the environment", func(r *rig, c string) {
			writeFile(r.t, filepath.Join(r.vars["HOME"], "ca.pem"), c)
			r.vars["NPM_CONFIG_CAFILE"] = filepath.Join(r.vars["HOME"], "ca.pem")
		}, ""},
		{"in the text", func(r *rig, c string) { r.write(".npmrc", `ca[]="`+strings.ReplaceAll(c, "\n", `\n`)+`"`) }, ""},
		{"no certificates", func(r *rig, _ string) { r.write("ca.pem", "nothing"); r.write(".npmrc", "cafile=ca.pem") }, "there are none"},
		{"a file outside of the repository", func(r *rig, _ string) { r.write(".npmrc", "cafile=../ca.pem") }, "it leads out of the repository"},
		{"a file that isn't there", func(r *rig, _ string) { r.write(".npmrc", "cafile=ca.pem") }, `reading the certificates of cafile "ca.pem" (.npmrc): no such file or directory`},
		{"a transport that takes none", func(r *rig, c string) {
			r.write("ca.pem", c)
			r.write(".npmrc", "cafile=ca.pem")
			r.Transport = http.NewFileTransport(http.Dir("."))
		}, "they can't be used here"},
	} {
		r, certificate := encrypted(t, `{"name": "widget"}`)
		tt.place(r, certificate)
		_, err := r.publish("v1.0.0")
		if tt.fails == "" && err != nil || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestSettingsThatAreNotObeyed(t *testing.T) {
	r := newRig(t, `{"name": "widget"}`)
	r.write(".npmrc", "strict-ssl=false\nhttps-proxy=http://proxy.example\nnoproxy=null\n"+strings.TrimPrefix(r.URL, "http:")+"/:certfile=x.pem\n//other.example/:certfile=x.pem\n")
	if _, err := r.publish("v1.0.0"); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]bool{"strict-ssl=false of .npmrc": true, "https-proxy of .npmrc": true, ":certfile of .npmrc": true, "noproxy": false, "other.example": false} {
		if strings.Contains(r.log.String(), key) != want {
			t.Errorf("of %s the log says\n%s", key, r.log.String())
		}
	}
}
