package config

import "cmp"

func getGitHubURL(c *Config) any        { return text(c.GitHub.URL) }
func getGitHubAPI(c *Config) any        { return text(c.GitHub.API) }
func getGitHubTitle(c *Config) any      { return cmp.Or(c.GitHub.Title, "${tag}") }
func getGitHubBody(c *Config) any       { return cmp.Or(c.GitHub.Body, "${notes}") }
func getGitHubDraft(c *Config) any      { return c.GitHub.Draft }
func getGitHubDiscussion(c *Config) any { return text(c.GitHub.Discussion) }

func getAssets(c *Config) any {
	list := []any{}
	for _, a := range c.GitHub.Assets {
		p := Pairs{{"path", a.Path}}
		if a.Name != "" {
			p = append(p, Pair{"name", a.Name})
		}
		if a.Label != "" {
			p = append(p, Pair{"label", a.Label})
		}
		if len(p) == 1 {
			list = append(list, a.Path)
		} else {
			list = append(list, p)
		}
		for _, out := range a.Not {
			list = append(list, "!"+out)
		}
	}
	return list
}

func getAddReleases(c *Config) any {
	if c.GitHub.AddReleases == "" {
		return false
	}
	return c.GitHub.AddReleases
}

// getGitHubComments says who is told of a release: true is everybody, in the usual words.
func getGitHubComments(c *Config) any {
	o := c.GitHub.Comments
	all := o.Pulls && o.Issues && len(o.Unless) == 0
	switch {
	case o.Off, !o.Pulls && !o.Issues:
		return false
	case all && o.Text == "":
		return true
	case all:
		return o.Text
	}
	var p Pairs
	if o.Text != "" {
		p = append(p, Pair{"text", o.Text})
	}
	p = append(p, Pair{"pulls", o.Pulls}, Pair{"issues", o.Issues})
	if len(o.Unless) > 0 {
		p = append(p, Pair{"unless", textList(o.Unless)})
	}
	return p
}

func getGitHubLabels(c *Config) any {
	if c.GitHub.Labels == nil {
		return []any{"released"}
	}
	return textList(c.GitHub.Labels)
}

func getFailureIssue(c *Config) any {
	o := c.GitHub.FailureIssue
	var p Pairs
	if o.Title != "" {
		p = append(p, Pair{"title", o.Title})
	}
	if len(o.Labels) > 0 {
		p = append(p, Pair{"labels", textList(o.Labels)})
	}
	if len(o.Assignees) > 0 {
		p = append(p, Pair{"assignees", textList(o.Assignees)})
	}
	if !o.On || p == nil {
		return o.On
	}
	return p
}
