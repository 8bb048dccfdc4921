package github

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/semcut/semcut/internal/httpx"
	"github.com/semcut/semcut/release"
)

var _ release.Committer = (*Provider)(nil)

// maxFiles is how large the files of a commit may be together. GitHub takes about as much in one request.
const maxFiles = 40 << 20

// CommitOnBranch lets GitHub make the commit: it is by whose token it is, and GitHub signs it.
func (p *Provider) CommitOnBranch(ctx context.Context, branch string, spec release.CommitSpec) (string, error) {
	doing := fmt.Sprintf("letting GitHub commit on the branch %q", branch)
	changes, size := fileChanges(spec.Edits)
	if size > maxFiles {
		return "", release.Errorf(release.CodeForge, "take large files out of commit.files, or sign with a key", "%s: the files have %d bytes, GitHub takes %d", doing, size, maxFiles)
	}
	headline, body := headlineOf(spec.Message)
	input := map[string]any{
		"branch":          map[string]any{"repositoryNameWithOwner": p.fullName(), "branchName": branch},
		"message":         map[string]any{"headline": headline, "body": body},
		"expectedHeadOid": spec.Base, "fileChanges": changes,
	}
	for try := 1; ; try++ {
		hash, err := p.commit(ctx, input)
		if err == nil {
			return hash, nil
		}
		if e, ok := asStale(err); ok {
			return "", movedOn(doing, spec.Base, e)
		}
		if !maybeDone(err) || try == httpx.WriteTries {
			return "", p.explain(doing, err)
		}
		if err := httpx.Pause(ctx, p.Wait, try); err != nil {
			return "", err
		}
		if hash, err := p.committed(ctx, branch, spec.Base, headline); err != nil || hash != "" {
			return hash, p.explainUnlessNil(doing, err)
		}
	}
}

func (p *Provider) explainUnlessNil(doing string, err error) error {
	if err == nil {
		return nil
	}
	return p.explain(doing, err)
}

func (p *Provider) commit(ctx context.Context, input map[string]any) (string, error) {
	var answer struct {
		CreateCommitOnBranch *struct{ Commit *struct{ Oid string } }
	}
	err := p.graph(ctx, "mutation($input:CreateCommitOnBranchInput!){createCommitOnBranch(input:$input){commit{oid}}}", map[string]any{"input": input}, &answer)
	if err != nil {
		return "", err
	}
	if made := answer.CreateCommitOnBranch; made != nil && made.Commit != nil && wholeHash.MatchString(made.Commit.Oid) {
		return made.Commit.Oid, nil
	}
	return "", errNotAsked
}

// committed looks what came of a commit whose answer was lost: its hash if the branch has it, "" if the branch stands
// where it stood.
func (p *Provider) committed(ctx context.Context, branch, base, headline string) (string, error) {
	var answer struct {
		Repository *struct {
			Ref *struct {
				Target struct {
					Oid, Message string
					Parents      struct{ Nodes []struct{ Oid string } }
				}
			}
		}
	}
	err := p.insist(ctx, func() error {
		return p.question(ctx, "query($owner:String!,$name:String!,$ref:String!){repository(owner:$owner,name:$name){"+
			"ref(qualifiedName:$ref){target{oid ...on Commit{message parents(first:2){nodes{oid}}}}}}}", map[string]any{"ref": "refs/heads/" + branch}, &answer)
	})
	if err != nil || answer.Repository == nil || answer.Repository.Ref == nil {
		return "", err
	}
	at := answer.Repository.Ref.Target
	first, _, _ := strings.Cut(at.Message, "\n")
	if len(at.Parents.Nodes) == 1 && at.Parents.Nodes[0].Oid == base && first == headline {
		return at.Oid, nil
	}
	return "", nil // where it stands elsewhere the next try says so
}

// fileChanges are the edits as GitHub wants them.
func fileChanges(edits []release.Edit) (changes map[string]any, size int) {
	additions, deletions := []map[string]string{}, []map[string]string{}
	for _, e := range edits {
		if e.New == nil {
			deletions = append(deletions, map[string]string{"path": e.Path})
			continue
		}
		size += len(e.New)
		additions = append(additions, map[string]string{"path": e.Path, "contents": base64.StdEncoding.EncodeToString(e.New)})
	}
	return map[string]any{"additions": additions, "deletions": deletions}, size
}

// headlineOf parts a message where git does.
func headlineOf(message string) (headline, body string) {
	headline, body, _ = strings.Cut(strings.TrimSpace(message), "\n")
	return strings.TrimRight(headline, " \t\r"), strings.TrimSpace(body)
}

// asStale says whether GitHub refused since the branch is elsewhere.
func asStale(err error) (string, bool) {
	e, ok := err.(*graphError)
	if !ok {
		return "", false
	}
	stale := slices.ContainsFunc(e.Problems, func(p graphProblem) bool {
		return p.Type == "STALE_DATA" || strings.Contains(p.Message, "Expected branch to point to")
	})
	return oneLine(e.Error()), stale
}

func movedOn(doing, base, said string) error {
	return release.Errorf(release.CodeMoved, "run again: it begins with what is there now", "%s: it isn't at %.7s any more (%.200q)", doing, base, said)
}
