package gitrepo

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"

	"github.com/semcut/semcut/internal/secret"
)

// Credentials tells every credential that stands in git's configuration: in URLs, those of proxies and of insteadOf among
// them, in the headers that actions/checkout leaves, and in what is called a token or a password. A configuration that can't
// be read tells none; whoever needs it says so.
func (r *Repo) Credentials(env func(string) string, tell func(string)) {
	config, err := r.readConfig(env)
	if err != nil {
		return
	}
	for _, e := range config {
		var found []string
		switch name, value, _ := strings.Cut(e.value, ":"); {
		case e.section == "http" && e.key == "extraheader":
			found = secret.InHeader(name, value)
		case secret.Name(e.key) && e.section != "user": // user.signingKey names a key
			found = []string{e.value}
		case e.key == "proxy" || strings.Contains(e.value, "://"):
			found = secret.InURL(e.value)
		}
		if strings.Contains(e.sub, "://") {
			found = append(found, secret.InURL(e.sub)...)
		}
		for _, credential := range found {
			tell(credential)
		}
	}
}

// helpers lists the credential helpers that hold for a URL (gitcredentials(7)). One of the repository's own
// configuration only counts where git would trust the repository: it is a program that would run.
func (r *Remote) helpers(u *url.URL) []string {
	var helpers []string
	for _, e := range r.config.forURL("credential", "helper", u) {
		switch {
		case e.value == "":
			helpers = nil
		case !e.local || r.repo.trusted(r.config):
			helpers = append(helpers, e.value)
		}
	}
	return helpers
}

// helperTime is how long a helper may take; a person may have to type.
const helperTime = 2 * time.Minute

// helperAuth asks one helper; nil where it knows nothing.
func (r *Remote) helperAuth(ctx context.Context, helper string, u *url.URL) githttp.AuthMethod {
	ctx, cancel := context.WithTimeout(ctx, helperTime)
	defer cancel()
	cmd := helperCommand(ctx, helper)
	if cmd == nil {
		return nil
	}
	var ask bytes.Buffer
	ask.WriteString("protocol=" + u.Scheme + "\nhost=" + u.Host + "\n")
	if use, _ := r.config.get("credential", "", "usehttppath"); use == "true" {
		ask.WriteString("path=" + strings.TrimPrefix(u.Path, "/") + "\n")
	}
	if u.User != nil {
		ask.WriteString("username=" + u.User.Username() + "\n")
	}
	ask.WriteString("\n")
	cmd.Stdin = &ask
	if !r.options.Interactive {
		cmd.Env = append(cmd.Env, "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=true", "SSH_ASKPASS=true")
	}
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	answer := map[string]string{}
	for line := range strings.SplitSeq(string(out), "\n") {
		if key, value, ok := strings.Cut(strings.TrimSuffix(line, "\r"), "="); ok {
			answer[key] = value
		}
	}
	if answer["password"] == "" {
		return nil
	}
	r.options.Secret(answer["password"])
	r.options.Secret(basicForm(answer["username"], answer["password"]))
	return &githttp.BasicAuth{Username: answer["username"], Password: answer["password"]}
}

// helperCommand makes the command that a helper's setting stands for: "!line" is for the shell, a path is a
// program, and anything else the name behind git-credential-.
func helperCommand(ctx context.Context, helper string) *exec.Cmd {
	line := helper
	switch {
	case strings.HasPrefix(helper, "!"):
		line = helper[1:]
	case !filepath.IsAbs(strings.Fields(helper + " x")[0]):
		line = "git-credential-" + helper
		if name, _, _ := strings.Cut(line, " "); !onPath(name) {
			line = "git credential-" + helper
		}
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		return nil
	}
	// A line may hold the password itself, and everybody can see the arguments of a program.
	cmd := exec.CommandContext(ctx, shell, "-c", `eval "$`+helperVariable+` get"`)
	cmd.Env = append(os.Environ(), helperVariable+"="+line)
	return cmd
}

// helperVariable hands the command of a helper to the shell.
const helperVariable = "SEMCUT_CREDENTIAL_HELPER"

func onPath(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}

// basicForm is how Basic authentication writes a credential.
func basicForm(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}
