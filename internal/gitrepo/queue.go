package gitrepo

// queued is a commit in the queue of a walk.
type queued struct {
	when  int64
	order int32 // of commits of one second, the one that came first goes first, as in git
	node  int32
}

func (a queued) before(b queued) bool {
	if a.when != b.when {
		return a.when > b.when
	}
	return a.order < b.order
}

// queue has the newest commit on top.
type queue []queued

func (q *queue) push(c queued) {
	all := append(*q, c)
	i := len(all) - 1
	for i > 0 {
		above := (i - 1) / 2
		if !c.before(all[above]) {
			break
		}
		all[i] = all[above]
		i = above
	}
	all[i] = c
	*q = all
}

func (q *queue) pop() queued {
	all := *q
	top, last := all[0], all[len(all)-1]
	all = all[:len(all)-1]
	*q = all
	for i := 0; len(all) > 0; {
		below := 2*i + 1
		if below+1 < len(all) && all[below+1].before(all[below]) {
			below++
		}
		if below >= len(all) || !all[below].before(last) {
			all[i] = last
			break
		}
		all[i] = all[below]
		i = below
	}
	return top
}
