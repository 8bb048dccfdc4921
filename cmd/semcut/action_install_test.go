package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semcut/semcut/internal/gittest"
)

// installer runs the action's scripts as its steps do, on a runner of its own.
type installer struct {
	t         *testing.T
	action    string // the folder of the scripts
	temp      string
	downloads *downloads
}

const telltale = `#!/bin/sh
echo ran
for argument; do printf '<%s>\n' "$argument"; done
printf 'token %s %s\n' "$GH_TOKEN" "$GITHUB_TOKEN"
`

// newInstaller offers a program that tells when it runs and what it was given, where semcut would be.
func newInstaller(t *testing.T) *installer {
	t.Helper()
	gittest.Counterpart(t, "bash")
	gittest.Counterpart(t, "curl")
	i := &installer{t: t, temp: t.TempDir()}
	i.action = filepath.Join(i.temp, "action")
	if err := os.CopyFS(i.action, os.DirFS("../../.github/action")); err != nil {
		t.Fatal(err)
	}
	i.write("action/VERSION", actionVersion+"\n")
	i.downloads = newDownloads(t, []byte(telltale))
	return i
}

func (i *installer) write(name, text string) {
	i.t.Helper()
	file := filepath.Join(i.temp, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		i.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
		i.t.Fatal(err)
	}
}

// run runs one of the scripts; what it says comes without the folder's name.
func (i *installer) run(script string, env map[string]string) (said string, ok bool) {
	i.t.Helper()
	all := map[string]string{
		"PATH": filepath.Join(i.temp, "bin") + ":" + os.Getenv("PATH"), "HOME": i.temp, "RUNNER_OS": "Linux", "RUNNER_ARCH": runnerArch(),
		"RUNNER_TEMP": i.temp, "RUNNER_TOOL_CACHE": filepath.Join(i.temp, "cache"), "GITHUB_SERVER_URL": i.downloads.URL,
		"GITHUB_PATH": filepath.Join(i.temp, "path"), "GITHUB_OUTPUT": filepath.Join(i.temp, "output"), "JOB_TOKEN": "job",
		"INPUT_VERSION": "", "INPUT_ATTESTATION": "auto", "INPUT_TOKEN": "",
		"INPUT_COMMAND": "release", "INPUT_ARGS": "", "INPUT_DRY_RUN": "false", "INPUT_CONFIG": "", "INPUT_DIRECTORY": ".",
	}
	maps.Copy(all, env)
	cmd := exec.Command("bash", filepath.Join(i.action, script))
	for name, value := range all {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Dir = i.temp
	out, err := cmd.CombinedOutput()
	return strings.ReplaceAll(string(out), i.downloads.URL, "SERVER"), err == nil
}

// TestActionMasks tells the runner of a token that it may not know, before anything else.
func TestActionMasks(t *testing.T) {
	i := newInstaller(t)
	for token, want := range map[string]string{"mine": "::add-mask::mine\n", "a%b\nc": "::add-mask::a%25b%0Ac\n", "": "ran\n"} {
		if said, ok := i.run("install.sh", map[string]string{"INPUT_TOKEN": token}); !ok || !strings.HasPrefix(said, want) || strings.Count(said, "mask") != strings.Count(want, "mask") {
			t.Errorf("%q: %q", token, said)
		}
	}
}

// runnerArch is this machine's as the runner calls it.
func runnerArch() string {
	if strings.Contains(asset(), "arm64") {
		return "ARM64"
	}
	return "X64"
}

// cached is the archive in the tool cache.
func (i *installer) cached() string {
	return filepath.Join("cache/semcut", actionVersion, runnerArch(), asset())
}

// TestActionInstalls says which version is installed, and what is asked of the network for it.
func TestActionInstalls(t *testing.T) {
	i := newInstaller(t)
	fresh := "checksums.txt " + asset()
	for _, tt := range []struct{ version, asked string }{
		{"", fresh}, {"", "checksums.txt"}, {"1.2.3", "checksums.txt"}, {"v1.2.3", "checksums.txt"}, {"latest", "checksums.txt"},
	} {
		said, ok := i.run("install.sh", map[string]string{"INPUT_VERSION": tt.version})
		if !ok || !strings.HasPrefix(said, "ran\n<version>\n") {
			t.Errorf("version %q: %s", tt.version, said)
		}
		if asked := i.downloads.taken(); asked != tt.asked {
			t.Errorf("version %q: it asked for %q, want %q", tt.version, asked, tt.asked)
		}
	}
	output, err := os.ReadFile(filepath.Join(i.temp, "output"))
	if err != nil {
		t.Fatal(err)
	}
	binary, _, _ := strings.Cut(strings.TrimPrefix(string(output), "binary="), "\n")
	if out, err := exec.Command(binary).CombinedOutput(); err != nil {
		t.Errorf("the output binary is %q: %v\n%s", binary, err, out)
	}
}

// TestActionRefuses says what is never installed. Nothing of it runs, and nothing of it is kept.
func TestActionRefuses(t *testing.T) {
	always := map[string]string{"INPUT_ATTESTATION": "always"}
	refuse, accept := "#!/bin/sh\necho \"gh: $*\" >&2\nexit 1\n", "#!/bin/sh\necho \"gh: $*\" >&2\n"
	for _, tt := range []struct {
		name, says string
		env        map[string]string
		prepare    func(i *installer)
	}{
		{"other bytes", "verifying " + asset() + " from SERVER/semcut/semcut/releases: its SHA-256 is", nil,
			func(i *installer) {
				i.downloads.spoil(func(files map[string][]byte) { files[asset()] = append(files[asset()], 0) })
			}},
		{"not among the checksums", "the release says nothing of it", nil,
			func(i *installer) {
				i.downloads.spoil(func(files map[string][]byte) { files["checksums.txt"] = []byte("00  other\n") })
			}},
		{"no checksums", "checksums.txt failed", nil, func(i *installer) {
			i.downloads.spoil(func(files map[string][]byte) { delete(files, "checksums.txt") })
		}},
		{"a tool cache that was tampered with", "/cache/semcut/1.2.3/" + runnerArch() + ": its SHA-256 is", nil,
			func(i *installer) {
				i.run("install.sh", nil)
				i.write(i.cached(), string(tarball(i.t, []byte("#!/bin/sh\necho ran\n"))))
			}},
		{"an attestation that doesn't fit", "verifying the attestation of " + asset() + " failed", always,
			func(i *installer) { i.write("bin/gh", refuse) }},
		{"a cached file whose attestation doesn't fit", "verifying the attestation of", always,
			func(i *installer) {
				i.write("bin/gh", accept)
				i.run("install.sh", always)
				i.write("bin/gh", refuse)
			}},
		{"another word for the attestation", "none of auto, always, never", map[string]string{"INPUT_ATTESTATION": "maybe"}, nil},
		{"a version that isn't there", "SERVER/semcut/semcut/releases/download/v9.9.9/checksums.txt failed%0Asee that",
			map[string]string{"INPUT_VERSION": "9.9.9"}, nil},
		{"a version that is a path", `"../../../evil/1.2.3" is none`, map[string]string{"INPUT_VERSION": "../../../evil/1.2.3"}, nil},
		{"a version that is a command", `is none`, map[string]string{"INPUT_VERSION": "1.2.3$(echo ran >&2)\n::set-output name=a::b"}, nil},
		{"another system", "a runner of Plan9", map[string]string{"RUNNER_OS": "Plan9"}, nil},
		{"another processor", "a runner of ARM", map[string]string{"RUNNER_ARCH": "ARM"}, nil},
		{"source that doesn't build", "building semcut's source failed", map[string]string{"INPUT_VERSION": "source"},
			func(i *installer) { i.write("bin/go", "#!/bin/sh\nexit 1\n") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := newInstaller(t)
			if tt.prepare != nil {
				tt.prepare(i)
			}
			said, ok := i.run("install.sh", tt.env)
			if ok || strings.Contains(said, "ran\n") || !strings.Contains(said, "::error title=semcut::") || !strings.Contains(said, tt.says) {
				t.Errorf("ok is %v:\n%s", ok, said)
			}
			if strings.Contains(said, "\n::set-output") {
				t.Errorf("a text became a command of the runner: %s", said)
			}
			again, ok := i.run("install.sh", tt.env)
			if ok || strings.Contains(again, "ran\n") {
				t.Errorf("the second time it is taken:\n%s", again)
			}
		})
	}
}

// TestActionAttests asks gh, with the token that the step has.
func TestActionAttests(t *testing.T) {
	i := newInstaller(t)
	i.write("bin/gh", "#!/bin/sh\necho \"gh $GH_TOKEN: $*\" >&2\n")
	want := "gh job: attestation verify " + asset() + " --repo semcut/semcut --signer-workflow semcut/semcut/.github/workflows/release.yml\n"
	if said, ok := i.run("install.sh", map[string]string{"INPUT_ATTESTATION": "always"}); !ok || !strings.HasPrefix(said, want) {
		t.Error(said)
	}
	if said, ok := i.run("install.sh", nil); !ok || strings.Contains(said, "gh job") { // auto, and this is not github.com
		t.Error(said)
	}
}

// TestActionArguments says what semcut is called with.
func TestActionArguments(t *testing.T) {
	i := newInstaller(t)
	if said, ok := i.run("install.sh", nil); !ok {
		t.Fatal(said)
	}
	output, err := os.ReadFile(filepath.Join(i.temp, "output"))
	if err != nil {
		t.Fatal(err)
	}
	binary := strings.TrimSpace(strings.TrimPrefix(string(output), "binary="))
	for _, tt := range []struct {
		name string
		env  map[string]string
		says string
		ok   bool
	}{
		{"plain", nil, "<release>\n<--directory>\n<.>\ntoken  job\n", true},
		{"everything", map[string]string{"INPUT_COMMAND": "lint", "INPUT_CONFIG": "a b.yaml", "INPUT_DRY_RUN": "true", "INPUT_DIRECTORY": "/x y"},
			"<lint>\n<--directory>\n</x y>\n<--config>\n<a b.yaml>\n<--dry-run>\n", true},
		{"words", map[string]string{"INPUT_ARGS": "  --bump  minor\n\n\t--as 1.2.3\n"}, "<.>\n<--bump>\n<minor>\n<--as>\n<1.2.3>\n", true},
		{"quotes", map[string]string{"INPUT_ARGS": `'a b' "c 'd'" e\ f \" ''`}, "<.>\n<a b>\n<c 'd'>\n<e f>\n<\">\n<>\n", true},
		{"nothing is expanded", map[string]string{"INPUT_ARGS": "$HOME `id` $(id) * ~ ;id |id &id >x %0A ${{x}} {a,b} !! \\\\n"},
			"<.>\n<$HOME>\n<`id`>\n<$(id)>\n<*>\n<~>\n<;id>\n<|id>\n<&id>\n<>x>\n<%0A>\n<${{x}}>\n<{a,b}>\n<!!>\n<\\n>\n", true},
		{"a quote that isn't closed", map[string]string{"INPUT_ARGS": `it's`}, "a quote is not closed", false},
		{"a flag as command", map[string]string{"INPUT_COMMAND": "--version"}, `"--version" is no command`, false},
		{"two words as command", map[string]string{"INPUT_COMMAND": "notes v1.0.0"}, `"notes v1.0.0" is no command`, false},
		{"a wrong dry-run", map[string]string{"INPUT_DRY_RUN": "yes"}, `"yes" is neither true nor false`, false},
		{"a token that is given", map[string]string{"INPUT_TOKEN": "mine", "GH_TOKEN": "other"}, "token  mine\n", true},
		{"a token of the step's environment", map[string]string{"GITHUB_TOKEN": "step"}, "token  step\n", true},
		{"another of the step's environment", map[string]string{"GH_TOKEN": "step"}, "token step \n", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			env := map[string]string{"INPUT_BINARY": binary}
			maps.Copy(env, tt.env)
			if said, ok := i.run("run.sh", env); ok != tt.ok || !strings.Contains(said, tt.says) {
				t.Errorf("ok is %v:\n%s", ok, said)
			}
		})
	}
}
