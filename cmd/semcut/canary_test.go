package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/semcut/semcut/internal/fakegithub"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/internal/signing"
)

// TestNoSecretEverLeaves lets releases fail, or half succeed, in every way that comes to mind, each with a canary of every
// kind where semcut can know of it. None is seen in what it says, writes, sends or starts, in whatever form; a place that
// held it before is no hit.
func TestNoSecretEverLeaves(t *testing.T) {
	template := newWorld(t, t.TempDir())
	template.fill(t)
	gittest.At(t, filepath.Join(template.dir, "origin.git")).Git("config", "http.receivepack", "true")
	wrappers := programs(t)
	var mu sync.Mutex
	runs, places, hits := 0, 0, 0
	t.Cleanup(func() {
		t.Logf("%d failure runs, %d kinds of canaries, %d places searched, %d hits", runs, len(always())+len(others), places, hits)
	})
	for _, r := range slicesOf(atTheForge, atGit, inHooks, inTexts, inFiles, inKeys) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			ran, n, found := r.sing(t, template, wrappers)
			for _, hit := range found {
				t.Error(hit)
			}
			mu.Lock()
			defer mu.Unlock()
			runs, places, hits = runs+ran, places+n, hits+len(found)
		})
	}
}

func slicesOf(tables ...[]row) (all []row) {
	for _, rows := range tables {
		all = append(all, rows...)
	}
	return all
}

// ownCommand is the input of rows with a hook: the project's own command is the shell's argument.
func ownCommand(place string) bool { return place == "the arguments of programs" }

// writeAndCheck also asks for everything without writing.
var writeAndCheck = [][]string{{"release", "--yes"}, {"check"}}

// forgeSays is a row in which the forge fails one kind of request and tells everything.
func forgeSays(name, method, path string, status int, says string, more ...func(*cage)) row {
	return row{name: name, says: says, runs: writeAndCheck, make: func(c *cage) {
		c.forge.Fail(c.fault(method, path, status))
		for _, m := range more {
			m(c)
		}
	}}
}

// elsewhere is a server that nobody meant, which keeps what it hears.
func elsewhere(c *cage) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			c.say("a request to another host", "Authorization: "+r.Header.Get("Authorization")+"\n")
		}
		c.hear("another host", r)
		http.Error(w, c.shout(), http.StatusForbidden)
	}))
	c.t.Cleanup(s.Close)
	return strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
}

var atTheForge = []row{
	{name: "a wrong token", says: "401", make: func(c *cage) { c.forge.Token = "another" }},
	forgeSays("401", "GET", "/repos/", 401, "401"),
	forgeSays("403", "GET", "/repos/", 403, "403"),
	forgeSays("404", "GET", "/repos/", 404, "404"),
	forgeSays("422 of a release", "POST", "/releases", 422, "422"),
	forgeSays("500 of a release", "POST", "/releases", 500, "500"),
	forgeSays("403 of a release in a job", "POST", "/releases", 403, "403", (*cage).actions),
	{name: "the token of the gh program", says: "403", make: func(c *cage) {
		delete(c.env, "GITHUB_TOKEN")
		c.program("gh", "echo "+scriptToken)
		c.forge.Fail(c.fault("GET", "/repos/", 403))
	}},
	{name: "an answer that is no JSON", says: "no JSON", make: func(c *cage) {
		c.forge.Fail(fakegithub.Fault{Path: "/repos/", Status: 200, Body: "<html>" + c.shout(), Times: 99})
	}},
	{name: "an answer cut off", says: "semcut: ", make: func(c *cage) { c.forge.Fail(fakegithub.Fault{Method: "POST", Path: "/releases", Times: 99}) }},
	{name: "a rate limit", says: "rate limit", make: func(c *cage) {
		f := c.fault("", "/repos/", 403)
		f.Body = `{"message": ` + quoteJSON("You have exceeded a secondary rate limit "+c.shout()) + `}`
		f.Header["Retry-After"] = "7200"
		c.forge.Fail(f)
	}},
	{name: "a redirect to another host", says: "403", make: func(c *cage) {
		c.forge.Fail(fakegithub.Fault{Method: "GET", Path: "/repos/", Status: 302, Times: 99, Header: map[string]string{"Location": elsewhere(c) + "/elsewhere"}})
	}},
	{name: "a redirect of a write to another host", says: "redirects", make: func(c *cage) {
		c.forge.Fail(fakegithub.Fault{Method: "POST", Path: "/releases", Status: 307, Times: 99, Header: map[string]string{"Location": elsewhere(c) + "/elsewhere"}})
	}},
	{name: "a redirect to an address with the token", says: "semcut: ", make: func(c *cage) {
		c.forge.Fail(fakegithub.Fault{Method: "GET", Path: "/repos/", Status: 302, Times: 99, Header: map[string]string{"Location": "http://u:" + scriptToken + "@localhost:1/?t=" + scriptToken}})
	}},
	{name: "a page whose address has the token", says: "released v1.0.0", make: func(c *cage) {
		c.actions()
		c.forge.Fail(fakegithub.Fault{Method: "POST", Path: "/releases", After: true, Status: 201, Body: `{"id": 101, "tag_name": "v1.0.0", "html_url": "https://x:` + scriptToken + `@example.com/?t=` + scriptToken + `"}`})
	}},
	{name: "comments that fail", says: "released v1.0.0", make: func(c *cage) {
		c.config("github: {comments: true, labels: [done]}\n")
		c.forge.Know(c.head(), fakegithub.Commit{Login: "jane", PullRequest: 7})
		c.forge.Fail(c.fault("POST", "/issues", 403))
	}},
	{name: "questions that fail", says: "released v1.0.0", make: func(c *cage) {
		c.forge.Fail(fakegithub.Fault{Path: "/graphql", Status: 200, Times: 99, Body: `{"data": null, "errors": [{"type": "FORBIDDEN", "message": ` + quoteJSON(c.shout()) + `}]}`})
	}},
	{name: "a failure that opens an issue", says: "refuses", make: func(c *cage) {
		c.actions()
		c.hook("pre-receive", c.script(c.shout())+"; exit 1")
	}},
	{name: "a failure whose issue fails", says: "refuses", make: func(c *cage) {
		c.actions()
		c.hook("pre-receive", c.script(c.shout())+"; exit 1")
		c.forge.Fail(c.fault("POST", "/issues", 422))
	}},
	{name: "a commit that the forge refuses", says: "semcut: ", make: func(c *cage) {
		c.config("commit: {sign: api}\n")
		c.forge.Fail(fakegithub.Fault{Path: "/graphql", Match: "createCommitOnBranch", Status: 200, Times: 99, Body: `{"data": null, "errors": [{"type": "UNPROCESSABLE", "message": ` + quoteJSON(c.shout()) + `}]}`})
	}},
}

// gitSays is a row in which git's server answers with a status and tells everything.
func gitSays(name string, status int, says string, more ...func(*cage)) row {
	return row{name: name, says: says, runs: writeAndCheck, make: func(c *cage) {
		for _, m := range more {
			m(c)
		}
		c.server.Answer = func(w http.ResponseWriter, r *http.Request) bool {
			c.hear("git", r)
			w.Header().Set("WWW-Authenticate", `Basic realm="`+scriptToken+`"`)
			text := "you sent " + r.Header.Get("Authorization") + " " + r.Header.Get("Private-Token") + " " + c.known[len(c.known)-1].value
			http.Error(w, text, status)
			return true
		}
	}}
}

// with makes a function for a row that tells of more canaries.
func with(known canary, more func(*cage)) func(*cage) {
	return func(c *cage) {
		c.knows(known)
		more(c)
	}
}

func (c *cage) head() string {
	return strings.TrimSpace(c.git(c.t, c.work, "rev-parse", "HEAD"))
}

// userOf writes a user and a canary as a URL holds them.
func userOf(name string, known canary) string { return url.UserPassword(name, known.value).String() }

// shouting is a hook of the server that tells everything and refuses.
func shouting(name string) func(*cage) {
	return func(c *cage) { c.hook(name, c.script(c.shout())+" >&2; exit 1") }
}

func viaURL(c *cage) {
	c.to(c.at(userOf("jane", urlPassword)))
}

func viaInsteadOf(c *cage) {
	c.set("[url \"" + strings.Replace(c.server.URL, "://", "://"+userOf("jane", urlPassword)+"@", 1) + "/origin.git\"]\n\tinsteadOf = https://git.example.com/acme/widget.git\n")
	c.to("https://git.example.com/acme/widget.git")
}

func viaPushURL(c *cage) {
	c.git(c.t, c.work, "config", "remote.origin.pushurl", c.at(userOf("jane", urlPassword)))
}

func viaExtraHeader(c *cage) {
	c.set("[http \"" + c.server.URL + "/\"]\n\textraheader = AUTHORIZATION: basic " + extraHeader.basic("x-access-token") + "\n")
	c.server.Password = extraHeader.value
}

func viaPrivateHeader(c *cage) {
	c.set("[http \"" + c.server.URL + "/\"]\n\textraheader = PRIVATE-TOKEN: " + privateHeader.value + "\n")
}

func viaBareHeader(c *cage) {
	c.set("[http \"" + c.server.URL + "/\"]\n\textraheader = Authorization: " + privateHeader.value + "\n")
}

func viaHelper(c *cage) {
	c.set("[credential]\n\thelper = \"!f() { echo username=jane; echo 'password=" + helperPassword.value + "'; }; f\"\n")
	c.server.User, c.server.Password = "jane", helperPassword.value
}

// viaProxy lets a proxy with a password stand before a host that only it can reach.
func viaProxy(variable bool, status int) func(*cage) {
	return func(c *cage) {
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			c.hear("the proxy", r)
			w.Header().Set("Proxy-Authenticate", `Basic realm="`+r.Header.Get("Proxy-Authorization")+`"`)
			http.Error(w, "you sent "+r.Header.Get("Proxy-Authorization")+" "+gitProxy.value, status)
		}))
		c.t.Cleanup(proxy.Close)
		address := strings.Replace(proxy.URL, "://", "://"+userOf("jane", gitProxy)+"@", 1)
		if variable {
			c.env["HTTP_PROXY"] = address
		} else {
			c.set("[http]\n\tproxy = \"" + address + "\"\n")
		}
		c.to("http://git.example.test/acme/widget.git")
	}
}

var atGit = []row{
	gitSays("git: 401", 401, "wants other credentials"),
	gitSays("git: 403", 403, "refuses this access"),
	gitSays("git: 404", 404, "no such repository"),
	gitSays("git: 500", 500, "semcut: "),
	{name: "git: pre-receive tells everything", says: "refuses", make: shouting("pre-receive")},
	{name: "git: update tells everything", says: "refuses", make: shouting("update")},
	{name: "git: post-receive tells everything", says: "released v1.0.0", make: shouting("post-receive")},
	{name: "git: an ERR line", says: "semcut: ", make: func(c *cage) {
		c.server.Answer = func(w http.ResponseWriter, r *http.Request) bool {
			c.hear("git", r)
			w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
			line := "ERR you sent " + r.Header.Get("Authorization") + scriptToken
			fmt.Fprintf(w, "%04x%s", len(line)+4, line)
			return true
		}
	}},
	{name: "git: a redirect to another host", says: "semcut: ", make: func(c *cage) {
		to := elsewhere(c)
		c.server.Answer = func(w http.ResponseWriter, r *http.Request) bool {
			c.hear("git", r)
			http.Redirect(w, r, to+r.URL.String(), http.StatusFound)
			return true
		}
	}},
	{name: "git: a redirect to another host with another header", says: "semcut: ", make: with(privateHeader, func(c *cage) {
		viaPrivateHeader(c)
		to := elsewhere(c)
		c.server.Answer = func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, to+r.URL.String(), http.StatusFound)
			return true
		}
	})},
	{name: "git: a redirect to an address with credentials", says: "semcut: ", make: func(c *cage) {
		c.server.Answer = func(w http.ResponseWriter, r *http.Request) bool {
			c.hear("git", r)
			http.Redirect(w, r, "http://u:"+scriptToken+"@localhost:1/?t="+scriptToken, http.StatusFound)
			return true
		}
	}},
	gitSays("a password in the remote's URL", 403, "refuses", with(urlPassword, viaURL)),
	gitSays("a password in the remote's URL, unescaped", 401, "semcut: ", with(urlPassword, func(c *cage) { c.to(c.at("jane:" + urlPassword.value)) })),
	gitSays("a password in a URL that is none", 403, "semcut: ", with(urlPassword, func(c *cage) { c.to("https://jane:" + urlPassword.value + "@[host/acme/widget.git") })),
	gitSays("a password in insteadOf", 403, "refuses", with(urlPassword, viaInsteadOf)),
	gitSays("a password in pushurl", 403, "refuses", with(urlPassword, viaPushURL)),
	gitSays("a token as the user of a URL", 403, "refuses", with(urlUser, func(c *cage) { c.to(c.at(urlUser.value + ":x-oauth-basic")) })),
	gitSays("a token as the only user of a URL", 403, "refuses", with(urlUser, func(c *cage) { c.to(c.at(urlUser.value)) })),
	gitSays("a token as the user in insteadOf", 403, "refuses", with(urlUser, func(c *cage) {
		c.set("[url \"" + c.at(urlUser.value) + "\"]\n\tinsteadOf = https://git.example.com/acme/widget.git\n")
		c.to("https://git.example.com/acme/widget.git")
	})),
	gitSays("actions/checkout's header", 403, "refuses", with(extraHeader, viaExtraHeader)),
	gitSays("another header", 403, "refuses", with(privateHeader, viaPrivateHeader)),
	gitSays("a header without a scheme", 403, "refuses", with(privateHeader, viaBareHeader)),
	{name: "a helper's password", says: "refuses", make: with(helperPassword, func(c *cage) {
		viaHelper(c)
		shouting("pre-receive")(c)
	})},
	{name: "a header that a hook finds", says: "released v1.0.0", runs: [][]string{{"release", "--yes", "--no-push"}}, make: with(extraHeader, func(c *cage) {
		viaExtraHeader(c)
		c.config("hooks: {prepare: 'cat \"$GIT_CONFIG_GLOBAL\"'}\n")
	})},
	{name: "a password that a hook finds in .git/config", says: "released v1.0.0", runs: [][]string{{"release", "--yes", "--no-push"}}, make: with(urlPassword, func(c *cage) {
		c.git(c.t, c.work, "config", "remote.mirror.url", c.at(userOf("jane", urlPassword)))
		c.config("hooks: {prepare: 'cat .git/config'}\n")
	})},
	{name: "a proxy of the environment: 407", says: "semcut: ", make: with(gitProxy, viaProxy(true, 407))},
	{name: "a proxy of the environment: 403", says: "semcut: ", make: with(gitProxy, viaProxy(true, 403))},
	{name: "a proxy of git's: 407", says: "semcut: ", make: with(gitProxy, viaProxy(false, 407))},
	{name: "a proxy that is no URL", says: "semcut: ", make: with(gitProxy, func(c *cage) {
		c.set("[http]\n\tproxy = \"http://jane:" + gitProxy.value + "@[proxy\"\n")
	})},
	{name: "a broken .git/config", says: "semcut: ", make: with(urlPassword, func(c *cage) {
		c.set("[remote \"x\"]\n\turl = " + c.at(userOf("jane", urlPassword)) + " \\q\n")
	})},
}

// inHook is a row with hooks that print the environment and everything in every form.
func inHook(point, end string, says string, more ...func(*cage)) row {
	return row{name: "a " + point + " hook" + end, says: says, make: func(c *cage) {
		c.config("hooks: {" + point + ": \"env; env | base64 -w0; " + c.script(c.shout()) + end + "\"}\n")
		for _, m := range more {
			m(c)
		}
	}}
}

// inVariable is a row in which a hook prints a variable in all forms, and in lines as programs break them.
func inVariable(name, variable, value string, known canary) row {
	return row{name: name, says: "verify| ", make: with(known, func(c *cage) {
		c.env[variable] = value
		c.config("hooks: {verify: \"env; printf %s $" + variable + " | base64; printf %s $" + variable + " | od -An -v -tx1 | tr -d ' \\n' | fold -w 60; " + c.script(c.shout()) + "; exit 1\"}\n")
	})}
}

var inHooks = []row{
	inHook("verify", "; exit 1", "verify| "),
	inHook("prepare", "; exit 1", "prepare| "),
	inHook("prepare", "", "released v1.0.0"),
	inHook("publish", "; exit 1", "publish| "),
	inHook("success", "; exit 1", "success| "),
	inHook("version", "; exit 1", "version| "),
	inHook("version", "", "version| "),
	inHook("notes", "; exit 1", "notes| "),
	inHook("fail", "", "fail| ", func(c *cage) { c.actions(); shouting("pre-receive")(c) }),
	inVariable("a variable with signs that a log obeys", "DB_PASSWORD", short.value, short),
	inVariable("a variable with one word for a password", "PGPASSWORD", short.value, short),
	inVariable("a variable with JSON", "GOOGLE_CREDENTIALS", "{\"type\": \"service_account\", \"a\": [{\"private_key\": \"-----BEGIN-----\\n"+inJSON.value+"\\n-----END-----\"}]}", inJSON),
	inVariable("a variable with a long token", "GITHUB_PAT", long.value, long),
	inVariable("a variable with a webhook", "SLACK_WEBHOOK_URL", webhook.value, webhook),
	{name: "git's configuration in the environment", says: "verify| ", make: with(extraHeader, func(c *cage) {
		c.env["GIT_CONFIG_COUNT"], c.env["GIT_CONFIG_KEY_0"] = "1", "http."+c.server.URL+"/.extraheader"
		c.env["GIT_CONFIG_VALUE_0"] = "AUTHORIZATION: basic " + extraHeader.basic("x-access-token")
		c.config("hooks: {verify: \"env; exit 1\"}\n")
	}), runs: [][]string{{"release", "--yes"}, {"release", "--yes", "--no-push"}}},
	{name: "a hook that takes too long", says: "time limit", make: func(c *cage) {
		c.config("hooks: {verify: {run: \"env; printf $DEPLOY_TOKEN; sleep 20\", timeout: 1s}}\n")
	}},
	{name: "a hook's line with the token", says: "semcut: ", make: func(c *cage) {
		c.config("hooks: {verify: 'false " + scriptToken + "'}\n")
	}, input: ownCommand},
	{name: "notes of a hook", says: `"released": true`, runs: [][]string{{"release", "--yes", "--json"}}, make: func(c *cage) {
		c.actions()
		c.config("hooks: {notes: '" + c.script(c.shout()) + "'}\n")
	}},
	{name: "a receipt of a hook", says: "released v1.0.0", runs: [][]string{{"release", "--yes", "--verbose"}}, make: func(c *cage) {
		c.actions()
		receipt := `{"name": ` + quotePlainJSON("npm "+from("DEPLOY_TOKEN").value) + `, "url": "https://x:` + scriptToken + `@npm.example.com/?t=` + scriptToken + `"}`
		c.config("github: {addReleases: bottom}\nhooks: {publish: \"" + c.script(receipt) + "\", success: exit 1}\n")
	}},
	{name: "a receipt of a release that isn't finished", says: "500", make: func(c *cage) {
		c.config("hooks: {publish: \"" + c.script(`{"name": "npm `+scriptToken+`", "url": "https://x:`+scriptToken+`@npm.example.com"}`) + "\"}\n")
		c.forge.Fail(fakegithub.Fault{Method: "POST", Path: "/releases", Status: 500, Times: 99})
	}},
}

// messages puts the canaries into commit messages, in every place of them.
func messages(c *cage) {
	for i, known := range c.known {
		if strings.Contains(known.value, "\n") {
			continue
		}
		c.commit("f", fmt.Sprint(i), fmt.Sprintf("feat(s%d): add %s\n\nIt says `%[2]s` and <%[2]s>.\n\nBREAKING CHANGE: gone is %[2]s\nCloses #%[1]d\nCo-authored-by: %[2]s <a@example.com>", i, known.value))
	}
}

// inLayout is a row with canaries in commit messages, whose notes have a layout.
func inLayout(layout, more string) row {
	return row{name: "messages in the layout " + layout, says: "released v1.0.0", make: func(c *cage) {
		c.actions()
		messages(c)
		c.config("notes: {layout: " + layout + more + "}\n")
	}, runs: [][]string{{"release", "--yes"}}}
}

var inTexts = []row{
	inLayout("semcut", ""), inLayout("github", ""), inLayout("keepachangelog", ""), inLayout("angular", ""), inLayout("conventionalcommits", ""),
	{name: "messages in a template", says: "released v1.0.0", make: func(c *cage) {
		messages(c)
		c.write("notes.tmpl", "{{range .Groups}}{{range .Entries}}{{.Text}}\n{{end}}{{end}}")
		c.config("notes: {layout: template, template: notes.tmpl}\n")
	}},
	{name: "messages that are read", says: "1.0.0", make: messages, runs: [][]string{
		{"next", "--json", "--explain"}, {"notes"}, {"notes", "--json"}, {"changelog"}, {"changelog", "--json"}, {"parse", "--from", "HEAD~2"}, {"replay", "--json"},
		{"release", "--dry-run", "--verbose"}, {"release", "--dry-run", "--json"}, {"check", "--json"},
		{"preview", "--base", "HEAD~1", "--title", "Feat: " + scriptToken}, {"preview", "--base", "HEAD~1", "--title", "Feat: " + scriptToken, "--json"},
	}},
	{name: "messages in files", says: "", make: messages, runs: [][]string{
		{"changelog", "-o", "OUT.md"}, {"changelog", "--prepend", "CHANGELOG.md"}, {"changelog", "--html", "out.html"}, {"notes", "--html", "notes.html"},
	}},
	{name: "a message of a release that is refused", says: "refuses", runs: [][]string{{"release", "--yes", "--json"}}, make: func(c *cage) {
		c.actions()
		messages(c)
		shouting("pre-receive")(c)
	}},
	{name: "a message of a release that is finished", says: "released v1.0.0", runs: [][]string{{"release", "--yes"}, {"release", "--yes"}}, make: func(c *cage) {
		messages(c)
		c.forge.Fail(fakegithub.Fault{Method: "POST", Path: "/releases", Status: 404, Times: 1})
	}},
	{name: "notes of a release that somebody else began", says: "released v1.0.0", runs: [][]string{{"release", "--yes"}}, make: func(c *cage) {
		c.begin(scriptToken)
	}},
	{name: "a branch's name", says: "refuses", make: func(c *cage) {
		c.actions()
		branch := "b-" + scriptToken
		c.env["GITHUB_REF"] = "refs/heads/" + branch
		c.commit(".semcut.yaml", "branches: [main, "+branch+"]\n", "fix: a")
		c.git(c.t, c.work, "checkout", "-q", "-b", branch)
		c.push()
		shouting("pre-receive")(c)
	}, input: func(place string) bool { // whatever speaks of the ref has to name it: git, the open release and the channel
		return strings.HasPrefix(place, "the object work: blob") || place == "a request to git"
	}},
	{name: "arguments of our own", says: "semcut: ", make: func(*cage) {}, runs: [][]string{
		{"release", "--" + scriptToken}, {"release", scriptToken}, {scriptToken}, {"release", "--branch", scriptToken}, {"notes", scriptToken}, {"release", "--json", "--as", scriptToken},
		{"release", "--finish", scriptToken}, {"check", "--config", scriptToken + ".yaml"}, {"-C", scriptToken, "check"},
	}},
}

var inFiles = []row{
	{name: "the commit's message in the configuration", says: "released v1.0.0", make: func(c *cage) {
		c.config("commit: {message: \"chore(release): ${version} " + scriptToken + "\"}\n")
	}},
	{name: "the configuration that is shown", says: "default", make: func(c *cage) {
		c.config("commit: {message: \"${version} " + scriptToken + "\"}\nhooks: {prepare: \"echo " + scriptToken + "\"}\nlint: {helpUrl: \"https://x/" + scriptToken + "\"}\n")
	}, runs: [][]string{
		{"config", "--all"}, {"config", "--json"}, {"config", "commit.message"}, {"config", "hooks"}, {"config", "lint"}, {"config", scriptToken}, {"config", "check"}, {"config", "check", "--json"},
		{"config", "check", scriptToken + ".yaml"},
	}, input: ownCommand},
	{name: "a password in a configuration that is shown", says: "***", make: with(urlPassword, func(c *cage) {
		c.config("github: {url: \"https://" + userOf("jane", urlPassword) + "@ghe.example.com\"}\nnotes: {links: {commit: \"ftp://" + userOf("jane", urlPassword) + "@x\"}}\n")
	}), runs: [][]string{{"config", "check"}, {"config", "check", "--json"}, {"config"}}},
	{name: "the tag's message in the configuration", says: "released v1.0.0", make: func(c *cage) {
		c.config("tag: {message: \"${tag} " + scriptToken + "\"}\n")
	}},
	{name: "the page's texts in the configuration", says: "released v1.0.0", make: func(c *cage) {
		c.config("github: {title: \"${tag} " + scriptToken + "\", body: \"${notes} " + scriptToken + "\", comments: \"see " + scriptToken + "\", labels: [\"x" + scriptToken + "\"]}\n")
		c.forge.Know(c.head(), fakegithub.Commit{Login: "jane", PullRequest: 7})
	}},
	{name: "the issue's texts in the configuration", says: "refuses", make: func(c *cage) {
		c.actions()
		c.config("github: {failureIssue: {title: \"failed " + scriptToken + "\", labels: [\"" + scriptToken + "\"]}}\n")
		shouting("pre-receive")(c)
	}},
	{name: "an asset's name", says: "credential", make: func(c *cage) {
		c.env["FLAVOUR"] = scriptToken
		c.config("github: {assets: [{path: CHANGELOG.md, name: \"log-${env.FLAVOUR}.md\"}]}\n")
	}},
	{name: "the author in the configuration", says: "released v1.0.0", make: func(c *cage) {
		c.config("commit: {author: \"Jane " + scriptToken + " <jane@example.com>\"}\n")
	}},
	{name: "the changelog's title in the configuration", says: "released v1.0.0", make: func(c *cage) {
		c.config("changelog: {file: NEWS.md, title: \"# News of " + scriptToken + "\"}\n")
	}},
	{name: "an asset's label", says: "released v1.0.0", make: func(c *cage) {
		c.config("github: {assets: [{path: CHANGELOG.md, label: \"log " + scriptToken + "\"}]}\n")
	}},
	{name: "an asset's file name", says: "credential", make: func(c *cage) {
		c.config("hooks: {prepare: \"mkdir dist; echo x >dist/$GITHUB_TOKEN.txt\"}\ngithub: {assets: [dist]}\n")
	}, input: func(place string) bool { return strings.HasPrefix(place, "the name of the file work/dist/") }}, // the hook wrote it
	{name: "an asset that isn't there", says: "semcut: ", make: func(c *cage) {
		c.config("github: {assets: [\"dist/" + scriptToken + "\"]}\n")
	}},
	{name: "a committed file that isn't there", says: "semcut: ", make: func(c *cage) {
		c.config("commit: {files: [\"dist/" + scriptToken + "\"]}\n")
	}},
	{name: "a broken YAML file", says: "semcut: ", make: func(c *cage) {
		c.actions()
		c.config("repositoryUrl: \"https://jane:" + urlPassword.value + "@example.com\", tagFormat: [" + scriptToken + "\n")
	}},
	{name: "an unknown key", says: "semcut: ", make: func(c *cage) { c.config("{" + scriptToken + ": 1}\n") }},
	{name: "a wrong value", says: "semcut: ", make: func(c *cage) {
		c.config("{preset: " + scriptToken + ", repositoryUrl: 'https://jane:" + urlPassword.value + "@example.com/a/b'}\n")
	}},
	{name: "a broken JSON file", says: "semcut: ", make: func(c *cage) {
		c.commit(".semcut.json", `{"repositoryUrl": "https://jane:`+urlPassword.value+`@example.com/a/b", "bogus": "`+scriptToken+`"`, "chore: configure")
	}},
	{name: "a broken TOML file", says: "semcut: ", make: func(c *cage) {
		c.commit(".semcut.toml", `repositoryUrl = "https://jane:`+urlPassword.value+`@example.com/a/b" tagFormat = "`+scriptToken+"\"\n", "chore: configure")
	}},
	{name: "a password in repositoryUrl", says: "semcut: ", make: with(urlPassword, func(c *cage) {
		c.config("repositoryUrl: \"" + c.at(userOf("jane", urlPassword)) + "\"\n")
		c.server.Password = "another"
	}), runs: [][]string{{"release", "--yes"}, {"check"}, {"notes"}, {"release", "--dry-run"}}},
	{name: "a password in github.url", says: "semcut: ", make: with(urlPassword, func(c *cage) {
		c.config("github: {url: \"http://jane:" + url.QueryEscape(urlPassword.value) + "@localhost:1\"}\n")
		delete(c.env, "GITHUB_API_URL")
	})},
	{name: "a password in GITHUB_API_URL", says: "semcut: ", make: with(urlPassword, func(c *cage) {
		nowhere := httptest.NewServer(http.NotFoundHandler())
		c.t.Cleanup(nowhere.Close)
		c.env["GITHUB_API_URL"] = strings.Replace(nowhere.URL, "://", "://"+userOf("jane", urlPassword)+"@", 1)
	})},
	{name: "a changelog with the token", says: "semcut: ", make: func(c *cage) {
		c.write("CHANGELOG.md", "# Changelog\n\n"+scriptToken+"\n") // not committed, so in the way
	}},
}

var inKeys = []row{
	{name: "a wrong passphrase", says: "passphrase", make: func(c *cage) {
		c.env[signing.PassphraseVariable] = "not the " + from(signing.PassphraseVariable).mark
		c.config("tag: {sign: ssh}\n")
	}},
	{name: "a broken key", says: "semcut: ", make: func(c *cage) {
		c.env[signing.KeyVariable] = strings.Replace(from(signing.KeyVariable).given, from(signing.KeyVariable).value, from(signing.KeyVariable).value[1:], 1)
		c.config("tag: {sign: ssh}\n")
	}},
	{name: "a key in the place of an OpenPGP key", says: "semcut: ", make: func(c *cage) { c.config("tag: {sign: openpgp}\ncommit: {sign: openpgp}\n") }},
	{name: "a key that signs", says: "released v1.0.0", make: func(c *cage) {
		c.config("tag: {sign: ssh}\ncommit: {sign: ssh}\nhooks: {prepare: \"env; cat /proc/self/environ /proc/self/cmdline | tr '\\\\0' '\\\\n'; " + c.script(c.shout()) + "\"}\n")
	}},
	{name: "a program that signs", says: "semcut: ", make: func(c *cage) {
		delete(c.env, signing.KeyVariable)
		c.set("[gpg]\n\tprogram = " + c.program("mygpg", c.script(c.shout())+" >&2; env >&2; exit 1") + "\n[user]\n\tsigningKey = ABCDEF\n")
		c.config("tag: {sign: openpgp}\n")
	}},
	{name: "an output file that can't be written", says: "semcut: ", make: func(c *cage) {
		c.actions()
		c.env["GITHUB_OUTPUT"] = filepath.Join(c.dir, scriptToken, "output")
	}},
	{name: "a fault of our own", says: "semcut: ", make: func(c *cage) { c.env[crashVariable] = "0 panic" }},
	{name: "a summary that can't be written", says: "warning: ", make: func(c *cage) {
		c.actions()
		c.env["GITHUB_STEP_SUMMARY"] = filepath.Join(c.dir, scriptToken, "summary")
	}},
}

// TestOrdinaryWordsAreNotEaten releases where variables that sound like credentials hold names and short words, and a URL a
// user: nothing that is said, written or sent lacks one.
func TestOrdinaryWordsAreNotEaten(t *testing.T) {
	template := newWorld(t, t.TempDir())
	template.fill(t)
	c := newCage(t, template, programs(t))
	gittest.At(t, filepath.Join(c.dir, "origin.git")).Git("config", "http.receivepack", "true")
	maps.Copy(c.env, map[string]string{
		"NPM_TOKEN": "feat", "GL_TOKEN": "release", "SMTP_PASS": "main", "DB_PASSWORD": "secret", "GIT_AUTHOR_NAME": "Ada Lovelace", "GIT_AUTHOR_EMAIL": "ada@example.com",
		"GIT_COMMITTER_NAME": "semantic-release-bot", "GIT_COMMITTER_EMAIL": "bot@example.com", "AUTHOR": "Ada Lovelace", "TOKEN_USER": "jane-of-acme", "KEYBOARD": "released v1",
	})
	c.to(c.at("jane-of-acme"))
	c.commit("f", "f", "feat: release the secret main feature of jane-of-acme\n\nBREAKING CHANGE: semantic-release-bot pushes to main")
	before := c.start()
	if status, said := c.run("release", "--yes", "--verbose"); status != 0 {
		t.Fatal(said)
	}
	for where, text := range c.places(before) {
		if strings.Contains(text, "***") {
			t.Errorf("%s lacks something: %q", where, text)
		}
	}
	notes, err := os.ReadFile(filepath.Join(c.dir, c.work, "CHANGELOG.md"))
	if err != nil || !strings.Contains(string(notes), "release the secret main feature of jane-of-acme") {
		t.Errorf("the changelog is %q, %v", notes, err)
	}
}
