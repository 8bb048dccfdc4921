package github

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// RunOver says whether a run of GitHub Actions in this repository has ended, or goes on as a later attempt. id is
// "github-actions/<run id>/<attempt>"; of any other nothing is known.
func (p *Provider) RunOver(ctx context.Context, id string) (bool, error) {
	rest, ours := strings.CutPrefix(id, "github-actions/")
	run, attempt, whole := strings.Cut(rest, "/")
	number, err := strconv.ParseInt(run, 10, 64)
	tried, notNumber := strconv.Atoi(attempt)
	if !ours || !whole || err != nil || notNumber != nil || p.Token == "" {
		return false, nil
	}
	var answer struct {
		Status  string `json:"status"`
		Attempt int    `json:"run_attempt"`
	}
	if _, err := p.do(ctx, http.MethodGet, []string{"actions", "runs", strconv.FormatInt(number, 10)}, nil, &answer); err != nil {
		return false, p.explainFor(fmt.Sprintf("asking whether the run %s is over", run), err, needs{{"actions", "read"}})
	}
	return answer.Status == "completed" || answer.Attempt > tried, nil
}
