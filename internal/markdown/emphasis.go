package markdown

import "unicode"

// run is a run of stars or underlines that may emphasize.
type run struct {
	token             int
	mark              byte
	size, whole       int // what is left of it, and what it was
	canOpen, canClose bool
	previous, next    *run
}

func (p *inlineParser) run(rest string) int {
	size := runOf(rest)
	before, after := runesAround(p.text, p.at, p.at+size)
	left := !unicode.IsSpace(after) && (!isMark(after) || unicode.IsSpace(before) || isMark(before))
	right := !unicode.IsSpace(before) && (!isMark(before) || unicode.IsSpace(after) || isMark(after))
	p.push(token{Inline: &Inline{Kind: Text, Text: rest[:size]}})
	r := &run{token: len(p.tokens) - 1, mark: rest[0], size: size, whole: size, canOpen: left, canClose: right}
	if r.mark == '_' {
		r.canOpen, r.canClose = left && (!right || isMark(before)), right && (!left || isMark(after))
	}
	p.runs = append(p.runs, r)
	return size
}

// bottom is below what runs of a kind needn't be looked for: nothing there fits.
type bottom struct {
	mark    byte
	canOpen bool
	third   int
}

// emphasize finds what belongs together, as CommonMark's appendix has it, in time that is linear.
func emphasize(tokens []token, runs []*run) {
	for i, r := range runs {
		r.previous, r.next = nil, nil
		if i > 0 {
			r.previous, runs[i-1].next = runs[i-1], r
		}
	}
	bottoms := map[bottom]int{} // the token of the lowest run that may fit
	var closer *run
	if len(runs) > 0 {
		closer = runs[0]
	}
	for closer != nil {
		if !closer.canClose {
			closer = closer.next
			continue
		}
		kind := bottom{closer.mark, closer.canOpen, closer.whole % 3}
		opener := closer.previous
		for opener != nil && opener.token >= bottoms[kind] && !opener.fits(closer) {
			opener = opener.previous
		}
		if opener == nil || opener.token < bottoms[kind] {
			bottoms[kind] = closer.token
			next := closer.next
			if !closer.canOpen {
				closer.remove()
			}
			closer = next
			continue
		}
		closer = join(tokens, opener, closer)
	}
}

// join emphasizes what stands between two runs, and gives the next one that may close.
func join(tokens []token, opener, closer *run) *run {
	kind, n := Emphasis, 1
	if opener.size > 1 && closer.size > 1 {
		kind, n = Strong, 2
	}
	o, c := &tokens[opener.token], &tokens[closer.token]
	o.opens = append(o.opens, &Inline{Kind: kind})
	c.closes++
	o.Text, c.Text = o.Text[n:], c.Text[n:]
	opener.size, closer.size = opener.size-n, closer.size-n
	opener.next, closer.previous = closer, opener
	if opener.size == 0 {
		opener.remove()
	}
	if closer.size > 0 {
		return closer
	}
	closer.remove()
	return closer.next
}

func (r *run) fits(closer *run) bool {
	if r.mark != closer.mark || !r.canOpen {
		return false
	}
	odd := (r.canClose || closer.canOpen) && (r.whole+closer.whole)%3 == 0 && (r.whole%3 != 0 || closer.whole%3 != 0)
	return !odd
}

func (r *run) remove() {
	if r.previous != nil {
		r.previous.next = r.next
	}
	if r.next != nil {
		r.next.previous = r.previous
	}
}

// tree puts the pieces between what opens and what closes into it. What is deeper than blocks may be loses its looks.
func tree(tokens []token) []*Inline {
	root := &Inline{}
	within := []*Inline{root}
	for _, t := range tokens {
		within = within[:len(within)-t.closes]
		if t.Inline != nil && (t.Kind != Text || t.Text != "") {
			in := within[len(within)-1]
			in.Inlines = append(in.Inlines, t.Inline)
		}
		for i := len(t.opens) - 1; i >= 0; i-- {
			in := within[len(within)-1]
			if len(within) > deepest {
				within = append(within, in)
				continue
			}
			in.Inlines = append(in.Inlines, t.opens[i])
			within = append(within, t.opens[i])
		}
	}
	return root.Inlines
}
