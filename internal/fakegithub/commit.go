package fakegithub

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// mutationType is what can be changed in GraphQL.
func (f *Forge) mutationType() *object {
	return &object{[]string{"Mutation"}, map[string]any{
		"createCommitOnBranch": func(a arguments) (any, error) {
			input, _ := a["input"].(map[string]any)
			hash, err := f.commitOnBranch(arguments(input))
			if err != nil {
				return nil, err
			}
			commit := f.commitType(f.Renamed, hash)
			return &object{[]string{"CreateCommitOnBranchPayload"}, map[string]any{"commit": commit}}, nil
		},
	}}
}

// commitOnBranch makes a real commit, by whom GitHub would make it, if the branch stands where it is expected to.
func (f *Forge) commitOnBranch(in arguments) (string, error) {
	if f.Rights != "push" {
		return "", &graphProblem{"FORBIDDEN", "Resource not accessible by integration"}
	}
	branch, message := arguments(nested(in, "branch")), arguments(nested(in, "message"))
	ref, head := "refs/heads/"+branch.text("branchName"), in.text("expectedHeadOid")
	at, err := f.git(nil, "rev-parse", "--verify", "--quiet", ref)
	if err != nil {
		return "", &graphProblem{"NOT_FOUND", "Could not resolve to a Branch with the name '" + branch.text("branchName") + "'."}
	}
	if at != head {
		return "", &graphProblem{"STALE_DATA", fmt.Sprintf("Expected branch to point to %q but it did not. Pull and try again.", head)}
	}
	tree, err := f.editedTree(head, nested(in, "fileChanges"))
	if err != nil {
		return "", err
	}
	text := message.text("headline")
	if body := message.text("body"); body != "" {
		text += "\n\n" + body
	}
	hash, err := f.git(nil, "commit-tree", "-p", head, "-m", text, tree)
	if err != nil {
		return "", err
	}
	_, err = f.git(nil, "update-ref", ref, hash, head)
	return hash, err
}

func nested(in arguments, name string) map[string]any {
	m, _ := in[name].(map[string]any)
	return m
}

// editedTree puts files into a commit's tree, and takes others out.
func (f *Forge) editedTree(commit string, changes map[string]any) (string, error) {
	dir, err := os.MkdirTemp("", "fakegithub")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left there harms nobody
	index := []string{"GIT_INDEX_FILE=" + filepath.Join(dir, "index"), "GIT_WORK_TREE=" + dir}
	if _, err := f.git(index, "read-tree", commit); err != nil {
		return "", err
	}
	for i, a := range files(changes["additions"]) {
		content, err := base64.StdEncoding.DecodeString(a.text("contents"))
		name := filepath.Join(dir, fmt.Sprint(i))
		if err == nil {
			err = os.WriteFile(name, content, 0o600)
		}
		if err != nil {
			return "", err
		}
		blob, err := f.git(nil, "hash-object", "-w", "--no-filters", name)
		if err != nil {
			return "", err
		}
		if _, err := f.git(index, "update-index", "--add", "--cacheinfo", "100644,"+blob+","+a.text("path")); err != nil {
			return "", err
		}
	}
	for _, d := range files(changes["deletions"]) {
		if _, err := f.git(index, "-C", dir, "update-index", "--force-remove", d.text("path")); err != nil {
			return "", err
		}
	}
	return f.git(index, "write-tree")
}

func files(v any) (list []arguments) {
	all, _ := v.([]any)
	for _, e := range all {
		if m, ok := e.(map[string]any); ok {
			list = append(list, m)
		}
	}
	return list
}

// refType is a branch.
func (f *Forge) refType(repo, name string) (any, error) {
	hash, err := f.git(nil, "rev-parse", "--verify", "--quiet", name)
	if err != nil {
		return nil, nil
	}
	text, err := f.git(nil, "log", "-1", "--format=%P%n%B", hash)
	if err != nil {
		return nil, err
	}
	parents, message, _ := strings.Cut(text, "\n")
	commit := f.commitType(repo, hash)
	commit.fields["message"] = strings.TrimRight(message, "\n")
	commit.fields["parents"] = connection("parents", func(arguments) (list []*object) {
		for parent := range strings.FieldsSeq(parents) {
			list = append(list, f.commitType(repo, parent))
		}
		return list
	})
	return &object{[]string{"Ref"}, map[string]any{"name": name, "target": commit}}, nil
}

func (f *Forge) git(env []string, args ...string) (string, error) {
	if f.Git == "" {
		return "", errors.New("the forge has no repository of git")
	}
	cmd := exec.Command("git", args...)
	cmd.Dir = f.Git
	cmd.Env = append(os.Environ(), "GIT_DIR="+f.Git, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=octo-app[bot]", "GIT_AUTHOR_EMAIL=1+octo-app[bot]@users.noreply.github.com", "GIT_AUTHOR_DATE="+when,
		"GIT_COMMITTER_NAME=GitHub", "GIT_COMMITTER_EMAIL=noreply@github.com", "GIT_COMMITTER_DATE="+when)
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
