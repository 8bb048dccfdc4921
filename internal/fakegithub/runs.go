package fakegithub

import (
	"fmt"
	"net/http"
	"strings"
)

// Run is a run of GitHub Actions.
type Run struct {
	Status  string // "queued", "in_progress", "completed"
	Attempt int
}

// run answers what is known of a run.
func (f *Forge) run(w http.ResponseWriter, repo string, id int64) {
	r, known := f.Runs[id]
	if !known {
		problem(w, http.StatusNotFound, "Not Found")
		return
	}
	api := fmt.Sprintf("%s/repos/%s/actions/runs/%d", f.URL, repo, id)
	m := map[string]any{
		"id": id, "node_id": "WFR_1", "head_branch": "main", "run_number": 1, "run_attempt": r.Attempt, "display_title": "release", "event": "push",
		"status": r.Status, "conclusion": nil, "head_sha": strings.Repeat("0", 40), "path": ".github/workflows/release.yml@main", "workflow_id": 1,
		"url": api, "html_url": fmt.Sprintf("https://github.com/%s/actions/runs/%d", repo, id), "created_at": when, "updated_at": when, "head_commit": nil,
		"head_repository": f.repoJSON(repo, true), "repository": f.repoJSON(repo, true), "pull_requests": []any{}, "check_suite_url": f.URL + "/check-suites/1",
		"workflow_url": f.URL + "/repos/" + repo + "/actions/workflows/1",
	}
	for _, part := range []string{"jobs", "logs", "cancel", "rerun", "artifacts"} {
		m[part+"_url"] = api + "/" + part
	}
	send(w, http.StatusOK, m)
}
