package changelog

import (
	"strings"

	"github.com/semcut/semcut/commitparse"
)

// PullRequest gives the number of the pull or merge request that a commit came in by, "" where its message doesn't
// say. It knows what GitHub, GitLab, Gitea, Bitbucket and Azure DevOps write; a mere #12 may be any issue.
func PullRequest(c commitparse.Commit) string { return pullRequest(c.Raw) }

func pullRequest(raw string) string {
	header, body := cutHeader(raw)
	for _, number := range []string{
		mergedPullRequest(header),
		mergedBranch(header),
		mergedAzure(header),
		inBrackets(header, " (!"),
		mergeRequest(body), // before (#12), which on GitLab is an issue
		inBrackets(header, " (#"),
	} {
		if number != "" {
			return number
		}
	}
	return ""
}

// mergedPullRequest reads "Merge pull request #12 from …" of GitHub and "Merge pull request 'title' (#12) from …" of
// Gitea.
func mergedPullRequest(header string) string {
	rest, ok := strings.CutPrefix(header, "Merge pull request ")
	if !ok {
		return ""
	}
	if number, plain := strings.CutPrefix(rest, "#"); plain {
		number, _, _ = strings.Cut(number, " ")
		return asNumber(number)
	}
	const behind = "' (#"
	at := strings.LastIndex(rest, behind)
	if at < 0 {
		return ""
	}
	number, _, ok := strings.Cut(rest[at+len(behind):], ") from ")
	if !ok {
		return ""
	}
	return asNumber(number)
}

// mergedBranch reads "Merged in branch (pull request #12)" of Bitbucket.
func mergedBranch(header string) string {
	if !strings.HasPrefix(header, "Merged in ") {
		return ""
	}
	return inBrackets(header, " (pull request #")
}

// mergedAzure reads "Merged PR 12: title" of Azure DevOps.
func mergedAzure(header string) string {
	rest, ok := strings.CutPrefix(header, "Merged PR ")
	number, _, titled := strings.Cut(rest, ":")
	if !ok || !titled {
		return ""
	}
	return asNumber(number)
}

// inBrackets reads the number in the brackets that a header ends with. Behind `Revert "x (#12)"` stands a quote: that
// number is of what was reverted.
func inBrackets(header, opening string) string {
	text, ok := strings.CutSuffix(header, ")")
	if !ok {
		return ""
	}
	before := strings.TrimRight(text, "0123456789")
	if !strings.HasSuffix(before, opening) {
		return ""
	}
	return asNumber(text[len(before):])
}

// mergeRequest reads the last line "See merge request group/project!12" of GitLab, which may have a URL in its place.
func mergeRequest(body string) string {
	const see = "See merge request "
	last := ""
	if !strings.Contains(body, see) {
		return last
	}
	for line := range strings.Lines(body) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), see)
		if !ok || strings.Contains(rest, " ") {
			continue
		}
		for _, mark := range []string{"!", "/merge_requests/"} {
			at := strings.LastIndex(rest, mark)
			if at < 0 {
				continue
			}
			if number := asNumber(rest[at+len(mark):]); number != "" {
				last = number
			}
		}
	}
	return last
}

// cutHeader parts a message behind its first line that isn't blank, without the white space around that.
func cutHeader(raw string) (header, body string) {
	header, body, _ = strings.Cut(strings.TrimLeftFunc(raw, commitparse.IsSpace), "\n")
	return strings.TrimRightFunc(header, commitparse.IsSpace), body
}

// asNumber gives a text that is the number of a request, "" for any other.
func asNumber(text string) string {
	if !areDigits(text) || text[0] == '0' {
		return ""
	}
	return text
}
