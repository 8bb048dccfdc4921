package gitrepo

import (
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func TestInsteadOfDecidesWhereItGoes(t *testing.T) {
	for _, c := range []struct{ name, written, config string }{
		{"insteadOf", "short:o/r.git", "[url \"%s/\"]\n\tinsteadOf = short:\n"},
		{"the longest one", "short:o/r.git", "[url \"http://127.0.0.1:1/\"]\n\tinsteadOf = short:\n[url \"%s/o/\"]\n\tinsteadOf = short:o/\n"},
		{"pushInsteadOf before it", "short:o/r.git", "[url \"http://127.0.0.1:1/\"]\n\tinsteadOf = short:\n[url \"%s/\"]\n\tpushInsteadOf = short:\n"},
		{"a known host", "https://github.com/o/r.git", "[url \"%s/\"]\n\tinsteadOf = https://github.com/\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.clone.Git("config", "remote.origin.url", c.written)
			global := filepath.Join(t.TempDir(), "gitconfig")
			overwrite(t, global, []byte(strings.ReplaceAll(c.config, "%s", r.server.URL)))
			r.env["GIT_CONFIG_GLOBAL"] = global
			if err := r.to("").Push(t.Context(), r.release()); err != nil {
				t.Fatal(err)
			}
			r.landed()
			if written, ok, err := open(t, r.clone.Dir).RemoteURL("origin"); !ok || err != nil || written != c.written {
				t.Errorf("the URL as written is %q, %v, %v", written, ok, err)
			}
		})
	}
}

func TestPushURLGoesBeforeURL(t *testing.T) {
	r := newRig(t)
	r.clone.Git("config", "remote.origin.pushurl", r.server.URL+"/o/r.git")
	r.clone.Git("config", "remote.origin.url", "http://127.0.0.1:1/o/r.git")
	if err := r.to("").Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

func TestRelativePathsStartAtTheRoot(t *testing.T) {
	r := newRig(t)
	path, err := filepath.Rel(r.clone.Dir, r.remote.Dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := r.to(path).Push(t.Context(), r.release()); err != nil {
		t.Fatal(err)
	}
	r.landed()
}

func TestRemotesThatAreNoneSaySo(t *testing.T) {
	r := open(t, small(t).Dir)
	for _, c := range []struct {
		options RemoteOptions
		code    release.Code
		words   string
	}{
		{RemoteOptions{Name: "origin"}, release.CodeRemote, `"origin"`},
		{RemoteOptions{URL: "--upload-pack=touch x"}, release.CodeConfig, "hyphen"},
	} {
		_, err := r.Remote(c.options)
		wantError(t, err, c.code, c.words)
	}
}

// proxied serves the rig's server under the name git.example.test, through a proxy only.
func proxied(t *testing.T, r *rig) (proxy *httptest.Server, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	proxy = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		*asked = append(*asked, q.Header.Get("Proxy-Authorization"))
		there := q.Clone(q.Context())
		there.RequestURI, there.URL.Host = "", strings.TrimPrefix(r.server.URL, "http://")
		answer, err := http.DefaultTransport.RoundTrip(there)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		for name, values := range answer.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body) // a client that went away is no matter
	}))
	t.Cleanup(proxy.Close)
	return proxy, asked
}

func TestProxiesAreUsed(t *testing.T) {
	const url = "http://git.example.test/o/r.git"
	for _, c := range []struct {
		name string
		set  func(r *rig, proxy string)
		used bool
		auth string
	}{
		{"HTTP_PROXY", func(r *rig, proxy string) { r.env["HTTP_PROXY"] = proxy }, true, ""},
		{"http_proxy", func(r *rig, proxy string) { r.env["http_proxy"] = proxy }, true, ""},
		{"http.proxy", func(r *rig, proxy string) { r.clone.Git("config", "http.proxy", proxy) }, true, ""},
		{"http.proxy without a scheme", func(r *rig, proxy string) { r.clone.Git("config", "http.proxy", strings.TrimPrefix(proxy, "http://")) }, true, ""},
		{"http.<url>.proxy", func(r *rig, proxy string) { r.clone.Git("config", "http.http://git.example.test/.proxy", proxy) }, true, ""},
		{"with a password", func(r *rig, proxy string) {
			r.env["HTTP_PROXY"] = strings.Replace(proxy, "://", "://p:w@", 1)
		}, true, basic("p", "w")},
		{"NO_PROXY", func(r *rig, proxy string) { r.env["HTTP_PROXY"], r.env["NO_PROXY"] = proxy, "example.test" }, false, ""},
		{"http.proxy is empty", func(r *rig, proxy string) {
			r.env["HTTP_PROXY"] = proxy
			r.clone.Git("config", "http.proxy", "")
		}, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			proxy, asked := proxied(t, r)
			c.set(r, proxy.URL)
			err := r.to(url).Push(t.Context(), r.release())
			if !c.used {
				wantError(t, err, release.CodeRemote, "git.example.test")
				if len(*asked) > 0 {
					t.Error("the proxy was used")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			r.landed()
			if len(*asked) == 0 || (*asked)[0] != c.auth {
				t.Errorf("the proxy was asked with %v", *asked)
			}
		})
	}
}

func TestPrivateCertificatesAreTaken(t *testing.T) {
	r := newRig(t)
	server := gittest.Serve(t, filepath.Dir(filepath.Dir(r.remote.Dir)), true)
	file := filepath.Join(t.TempDir(), "ca.pem")
	overwrite(t, file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	for _, c := range []struct {
		name string
		set  func()
		code release.Code
	}{
		{"nothing", func() {}, release.CodeRemote},
		{"SSL_CERT_FILE", func() { r.env["SSL_CERT_FILE"] = file }, ""},
		{"GIT_SSL_CAINFO", func() { r.env["GIT_SSL_CAINFO"] = file }, ""},
		{"http.sslCAInfo", func() { r.clone.Git("config", "http.sslCAInfo", file) }, ""},
		{"http.sslCAInfo at home", func() { r.clone.Git("config", "http.sslCAInfo", "~/ca.pem") }, ""},
		{"a file that isn't there", func() { r.clone.Git("config", "http.sslCAInfo", file+"-nope") }, release.CodeConfig},
		{"a file without any", func() { r.clone.Git("config", "http.sslCAInfo", objectFile(r.clone, r.at("main"))) }, release.CodeConfig},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.env = map[string]string{"HOME": filepath.Dir(file), "GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1"}
			r.clone.Git("config", "http.sslCAInfo", "")
			r.clone.Git("config", "--unset", "http.sslCAInfo")
			c.set()
			_, err := r.to(server.URL + "/o/r.git").Refs(t.Context())
			if c.code != "" {
				wantError(t, err, c.code, "certificate")
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}
