package fakegithub

// Commit is what the forge knows of a commit.
type Commit struct {
	Login       string // of the author, "" where the address is nobody's
	PullRequest int    // that it came in by, 0 where it is none
}

// Know lets the forge know of a commit. The pull request that it names is made, if it isn't there.
func (f *Forge) Know(hash string, c Commit) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil {
		f.known = map[string]Commit{}
	}
	f.known[hash] = c
	if c.PullRequest > 0 && f.issue(c.PullRequest) == nil {
		f.issues = append(f.issues, &Issue{Number: c.PullRequest, State: "closed", Pull: &Pull{Merged: true}})
	}
}

// pullsOf are the pull requests that hold a commit: before the one that it came in by GitHub may know of others.
func (f *Forge) pullsOf(hash string) (pulls []*Issue) {
	known := f.known[hash].PullRequest
	if known > 0 {
		pulls = append(pulls, &Issue{Number: known + 1, State: "closed", Pull: &Pull{}}, f.issue(known))
	}
	for _, i := range f.issues {
		if i.Pull == nil || i.Number == known {
			continue
		}
		for _, c := range i.Pull.Commits {
			if c == hash {
				pulls = append(pulls, i)
			}
		}
	}
	return pulls
}
