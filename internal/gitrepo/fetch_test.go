package gitrepo

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/release"
)

func TestContainsIsTheAncestryOfTheRemote(t *testing.T) {
	for _, carrier := range carriers[2:] {
		t.Run(carrier.name, func(t *testing.T) {
			r := newRig(t)
			remote := r.to(carrier.url(t, r))
			// The remote goes on: two commits that the clone lacks, and beside them one on an older commit.
			tree := r.remote.Git("rev-parse", "main^{tree}")
			ahead := r.remote.Git("commit-tree", "-m", "ahead", "-p", r.remote.Git("commit-tree", "-m", "next", "-p", "main", tree), tree)
			beside := r.remote.Git("commit-tree", "-m", "beside", "-p", "main~1", tree)
			r.remote.Git("update-ref", "refs/heads/main", ahead)
			r.remote.Git("update-ref", "refs/heads/beside", beside)
			before := gittest.Snap(t, r.clone.Dir)
			for _, c := range []struct {
				tip, commit string
				want        bool
			}{
				{ahead, r.at("main~1"), true}, {ahead, r.at("main~3"), true}, {ahead, r.at("main"), false},
				{beside, r.at("main~1"), false}, {beside, r.at("main~2"), true}, {r.at("main~1"), r.at("main~2"), true}, {r.at("main~1"), r.at("main"), false},
			} {
				ref := "refs/heads/main"
				if c.tip == beside {
					ref = "refs/heads/beside"
				}
				if got, err := remote.Contains(t.Context(), ref, c.tip, c.commit); err != nil || got != c.want {
					t.Errorf("%.7s contains %.7s: %v, %v, want %v", c.tip, c.commit, got, err, c.want)
				}
			}
			before.Same(t, r.clone.Dir)
		})
	}
}

func TestReadOpenReadsThePlanOfTheRemote(t *testing.T) {
	for _, carrier := range carriers[2:] {
		t.Run(carrier.name, func(t *testing.T) {
			r := newRig(t)
			remote := r.to(carrier.url(t, r))
			plan, err := open(t, r.clone.Dir).Worktree().WriteOpen(t.Context(), []byte("{\"a\": 1}\n"), time.Unix(9, 0))
			if err != nil {
				t.Fatal(err)
			}
			const ref = release.OpenPrefix + "v2.0.0"
			if err := remote.Push(t.Context(), append(r.release(), release.RefUpdate{Name: ref, New: plan})); err != nil {
				t.Fatal(err)
			}
			r.landed()
			dir, _ := cloned(t, r.remote)
			other, err := open(t, dir).Remote(RemoteOptions{URL: remote.url, Env: remote.options.Env, Token: remote.options.Token})
			if err != nil {
				t.Fatal(err)
			}
			before := gittest.Snap(t, dir)
			if data, err := other.ReadOpen(t.Context(), ref, plan); err != nil || string(data) != "{\"a\": 1}\n" {
				t.Errorf("the plan is %q, %v", data, err)
			}
			before.Same(t, dir)
			_, err = other.ReadOpen(t.Context(), "refs/heads/main", r.at("main"))
			wantError(t, err, release.CodeOpen, "plan.json")
			_, err = other.ReadOpen(t.Context(), ref, strings.Repeat("1", 40))
			clearError(t, err)
		})
	}
}

func TestInitMakesWhatGitTakesForARepository(t *testing.T) {
	for _, bare := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "new")
		if err := Init(dir, bare, "trunk", "/some/where"); err != nil {
			t.Fatal(err)
		}
		repo := gittest.At(t, dir)
		if got := repo.Git("rev-parse", "--is-bare-repository") + " " + repo.Git("symbolic-ref", "HEAD") + " " + repo.Git("remote", "get-url", "origin"); (got != "false refs/heads/trunk /some/where") != bare {
			t.Errorf("bare is %v, git says %s", bare, got)
		}
		if head, err := open(t, dir).Head(t.Context()); err != nil || head.Branch != "trunk" || !head.Unborn {
			t.Errorf("HEAD is %v, %v", head, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	overwrite(t, file, nil)
	wantError(t, Init(filepath.Join(file, "x"), false, "main", ""), release.CodeFile, "file")
}

func TestIdentityIsThatOfGit(t *testing.T) {
	repo := gittest.New(t)
	for _, c := range []struct {
		env    map[string]string
		config string
		want   string // author <address> committer <address>
		ok     bool
	}{
		{nil, "", " <>  <>", false},
		{nil, "[user]\n\tname = U\n\temail = u@x\n", "U <u@x> U <u@x>", true},
		{nil, "[user]\n\tname = U\n", "U <> U <>", false},
		{map[string]string{"EMAIL": "e@x"}, "[user]\n\tname = U\n", "U <e@x> U <e@x>", true},
		{nil, "[user]\n\tname = U\n\temail = u@x\n[author]\n\tname = A\n[committer]\n\temail = c@x\n", "A <u@x> U <c@x>", true},
		{map[string]string{"GIT_AUTHOR_NAME": "EA", "GIT_COMMITTER_EMAIL": "ec@x"}, "[user]\n\tname = U\n\temail = u@x\n", "EA <u@x> U <ec@x>", true},
	} {
		global := filepath.Join(t.TempDir(), "gitconfig")
		overwrite(t, global, []byte(c.config))
		author, committer, ok := open(t, repo.Dir).Identity(func(name string) string {
			if name == "GIT_CONFIG_GLOBAL" {
				return global
			}
			return c.env[name]
		})
		got := author.Name + " <" + author.Email + "> " + committer.Name + " <" + committer.Email + ">"
		if got != c.want || ok != c.ok {
			t.Errorf("%q gives %q, %v, want %q, %v", c.config, got, ok, c.want, c.ok)
		}
	}
}

// The configuration holds as git reads it: files in their order, includes, conditions.
func TestConfigurationIsThatOfGit(t *testing.T) {
	repo := small(t)
	home := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		overwrite(t, file, []byte(text))
	}
	write("included", "[x]\n\ta = included\n")
	write("nested/one", "[include]\n\tpath = two\n[x]\n\tnested = one\n")
	write("nested/two", "[x]\n\tnested = two\n\tdeep = yes\n")
	write("never", "[x]\n\ta = never\n\tb = never\n")
	write(".gitconfig", "[x]\n\ta = global ; comment\n\tquoted = \"a # b\"\n\tflag\n\tempty =\n[X \"Sub.Dot\"]\n\tKey = v\n"+
		"[include]\n\tpath = included\n\tpath = missing\n\tpath = ~/nested/one\n"+
		"[includeIf \"gitdir:/nowhere/\"]\n\tpath = never\n[includeIf \"onbranch:side\"]\n\tpath = never\n[includeIf \"onbranch:ma*\"]\n\tpath = branch\n"+
		"[includeIf \"gitdir:**/r/.git\"]\n\tpath = folder\n[includeIf \"hasconfig:remote.*.url:x\"]\n\tpath = never\n")
	write("branch", "[x]\n\tbranch = main\n")
	write("folder", "[x]\n\tfolder = r\n")
	repo.Git("config", "x.local", "1")
	repo.Git("config", "x.a", "local")
	env := map[string]string{"HOME": home, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "x.fromenv", "GIT_CONFIG_VALUE_0": "v"}
	config, err := open(t, repo.Dir).readConfig(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"a": "local", "quoted": "a # b", "empty": "", "nested": "one", "deep": "yes", "branch": "main", "folder": "r", "local": "1", "fromenv": "v",
	} {
		if got, ok := config.get("x", "", key); !ok || got != want {
			t.Errorf("x.%s is %q, %v, want %q", key, got, ok, want)
		}
	}
	if got, _ := config.get("x", "Sub.Dot", "key"); got != "v" {
		t.Errorf("x.Sub.Dot.key is %q", got)
	}
	if got, ok := config.get("x", "", "b"); ok {
		t.Errorf("a file was included that should not be: %q", got)
	}
}

// TestConditionsOnRemotes: people keep a signing key for each forge in files of their own. git is asked what holds.
func TestConditionsOnRemotes(t *testing.T) {
	repo := small(t)
	repo.Git("remote", "add", "origin", "https://github.com/acme/widget.git")
	repo.Git("remote", "add", "work", "git@ghe.example.com:acme/widget.git")
	home := t.TempDir()
	config := filepath.Join(home, ".gitconfig")
	env := map[string]string{"HOME": home, "GIT_CONFIG_NOSYSTEM": "1"}
	overwrite(t, filepath.Join(home, "included"), []byte("[user]\n\tsigningKey = theirs\n"))
	held := 0
	for _, pattern := range []string{
		"x", "https://github.com/acme/widget.git", "https://github.com/**", "https://github.com/", "https://github.com/*", "https://*/**", "https://*/*/widget.git",
		"git@ghe.example.com:acme/**", "git@ghe.example.com:*/**", "git@*:*/*", "git@*:**", "**", "**/widget.git", "*", "https://gitlab.com/**", "HTTPS://github.com/**", "",
	} {
		overwrite(t, config, []byte("[user]\n\tsigningKey = mine\n[includeIf \"hasconfig:remote.*.url:"+pattern+"\"]\n\tpath = included\n"))
		settings, err := open(t, repo.Dir).Settings(func(name string) string { return env[name] })
		if err != nil {
			t.Fatal(err)
		}
		ask := exec.Command("git", "-C", repo.Dir, "config", "user.signingKey")
		ask.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "GIT_CONFIG_NOSYSTEM=1"}
		want, err := ask.Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := settings.Value("user.signingKey"); got+"\n" != string(want) {
			t.Errorf("%q: got %q, git says %q", pattern, got, want)
		}
		if string(want) == "theirs\n" {
			held++
		}
	}
	if held < 3 {
		t.Errorf("git takes %d of the patterns", held)
	}
}
