package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gittest"
	"github.com/semcut/semcut/internal/signing"
	"github.com/semcut/semcut/release"
)

var signedBy = commitparse.Signature{Name: "Ada Löve", Email: "ada@example.com", When: time.Unix(gittest.Epoch, 0).UTC()}

// writeSigned makes a signed commit and a signed tag, with all that could upset the bytes to sign.
func writeSigned(t *testing.T, repo *gittest.Repo, signer release.Signer) (commit, tag string) {
	t.Helper()
	w := open(t, repo.Dir).Worktree()
	ctx := t.Context()
	commit, err := w.WriteCommit(ctx, release.CommitSpec{
		Base: repo.Commit("feat: a"), Edits: []release.Edit{{Path: "a.txt", New: []byte("a\n")}}, Author: signedBy, Committer: signedBy, Signer: signer,
		Message: "chore(release): 1.0.0\n\n gpgsig looks like a header\n-----BEGIN PGP SIGNATURE-----\n\nGrüße\xff\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	tag, err = w.WriteTag(ctx, release.TagSpec{
		Name: "v1.0.0", Commit: commit, Annotated: true, Tagger: signedBy, Signer: signer,
		Message: "v1.0.0\n\n-----BEGIN SSH SIGNATURE-----\nquoted\n\nno newline at the end",
	})
	if err != nil {
		t.Fatal(err)
	}
	return commit, tag
}

// verify asks git.
func verify(t *testing.T, repo *gittest.Repo, commit, tag string, config ...string) {
	t.Helper()
	repo.Git("update-ref", "refs/tags/v1.0.0", tag)
	for _, args := range [][]string{{"verify-commit", commit}, {"verify-tag", "v1.0.0"}, {"fsck", "--strict"}} {
		if out, err := repo.Try(append(config, args...)...); err != nil {
			t.Errorf("git %s: %v %s\n%s\n%s", strings.Join(args, " "), err, out, repo.Git("cat-file", "-p", commit), repo.Git("cat-file", "-p", tag))
		}
	}
}

func TestGitVerifiesSSHSignatures(t *testing.T) {
	for _, typ := range []string{"ed25519", "ecdsa", "rsa"} {
		t.Run(typ, func(t *testing.T) {
			dir := t.TempDir()
			file, allowed := filepath.Join(dir, "key"), filepath.Join(dir, "allowed")
			gittest.NewKeyOf(t, typ, file, "")
			gittest.AllowedSigners(t, allowed, file+".pub")
			key, err := signing.Find(t.Context(), signing.Options{Git: fixed("gpg.format", "ssh", "user.signingKey", file)}, "")
			if err != nil {
				t.Fatal(err)
			}
			repo := gittest.New(t)
			commit, tag := writeSigned(t, repo, key)
			verify(t, repo, commit, tag, "-c", "gpg.ssh.allowedSignersFile="+allowed)
		})
	}
}

func TestGitVerifiesOpenPGPSignatures(t *testing.T) {
	gpg := gittest.NewGPG(t)
	const user = "Ada Löve <ada@example.com>"
	for _, tt := range []struct{ algorithm, passphrase string }{{"ed25519", ""}, {"rsa2048", "open sesame"}, {"nistp384", ""}} {
		t.Run(tt.algorithm, func(t *testing.T) {
			user := strings.Replace(user, "ada", tt.algorithm, 1)
			gpg.NewKey(user, tt.algorithm, tt.passphrase)
			key, err := signing.Find(t.Context(), signing.Options{Key: gpg.Export(user, tt.passphrase), Passphrase: tt.passphrase, Git: fixed()}, "")
			if err != nil {
				t.Fatal(err)
			}
			repo := gittest.New(t)
			commit, tag := writeSigned(t, repo, key)
			verify(t, repo, commit, tag, "-c", "gpg.program="+gpg.Program)
		})
	}
	t.Run("by gpg itself", func(t *testing.T) {
		user := strings.Replace(user, "ada", "itself", 1)
		gpg.NewKey(user, "ed25519", "")
		key, err := signing.Find(t.Context(), signing.Options{Git: fixed("gpg.program", gpg.Program), Committer: user}, "")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(key.Name(), "openpgp key ") || strings.Contains(key.Name(), "@") {
			t.Errorf("name %q", key.Name())
		}
		repo := gittest.New(t)
		commit, tag := writeSigned(t, repo, key)
		verify(t, repo, commit, tag, "-c", "gpg.program="+gpg.Program)
	})
}

// fixed is git's configuration with a few keys.
func fixed(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// failing is a signer that can't.
type failing struct{ err error }

func (f failing) Sign(context.Context, []byte) (string, error) { return "", f.err }

// TestFailedSignatureWritesNothing: neither commit nor tag is there afterwards, and the signer's words are kept.
func TestFailedSignatureWritesNothing(t *testing.T) {
	repo := gittest.New(t)
	head := repo.Commit("feat: a")
	w := open(t, repo.Dir).Worktree()
	no := failing{release.Errorf(release.CodeAuth, "unlock it", "signing with the key: it is locked")}
	_, err := w.WriteCommit(t.Context(), release.CommitSpec{Base: head, Message: "a\n", Author: signedBy, Committer: signedBy, Signer: no})
	wantError(t, err, release.CodeAuth, "it is locked")
	_, err = w.WriteTag(t.Context(), release.TagSpec{Name: "v1", Commit: head, Annotated: true, Message: "a\n", Tagger: signedBy, Signer: no})
	wantError(t, err, release.CodeAuth, "it is locked")
	if objects := repo.Git("count-objects"); !strings.HasPrefix(objects, "2 objects") {
		t.Errorf("%s; want those of the first commit", objects)
	}
}

// TestForeignSettingsDontSign: what a repository of somebody else's says about keys and programs isn't there; that it asks
// for signatures is.
func TestForeignSettingsDontSign(t *testing.T) {
	repo := gittest.New(t)
	repo.Git("config", "commit.gpgSign", "true")
	repo.Git("config", "user.signingKey", "/tmp/theirs")
	repo.Git("config", "gpg.ssh.program", "/tmp/evil")
	r := open(t, repo.Dir)
	mine, err := r.Settings(os.Getenv)
	if err != nil || mine.Foreign || mine.Value("gpg.ssh.program") != "/tmp/evil" || !mine.On("commit.gpgSign") {
		t.Errorf("in one's own repository: %+v, %v", mine, err)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	if err := os.Chown(repo.Dir, 4711, 4711); err != nil {
		t.Fatal(err)
	}
	theirs, err := r.Settings(os.Getenv)
	if err != nil || !theirs.Foreign || theirs.Value("gpg.ssh.program") != "" || theirs.Value("user.signingKey") != "" || !theirs.On("commit.gpgSign") {
		t.Errorf("in somebody else's repository: %+v, %v", theirs, err)
	}
}
