package changelog

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// inliner turns plain text of commits into inline Markdown that shows just that text: whatever the text holds is
// data, and only what the inliner itself adds is a link.
type inliner struct {
	prefixes []string                       // of issues: "#", "ABC-"
	issue    func(prefix, id string) string // URL of an issue, "" leaves the text
	user     func(name string) string       // URL of a user's page, "" leaves no link
}

// inline makes one line of a text, line ends and all.
func (l *inliner) inline(text string) string { return string(l.appendInline(nil, text)) }

// appendInline writes the same behind what out holds.
func (l *inliner) appendInline(out []byte, text string) []byte {
	return l.appendLine(out, strings.ReplaceAll(clean(text), "\n", " "))
}

// line writes one line that is clean.
func (l *inliner) line(text string) string { return string(l.appendLine(nil, text)) }

// appendLine writes the same behind what out holds.
func (l *inliner) appendLine(out []byte, text string) []byte {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\t", " "))
	w := lineWriter{inliner: l, text: text, out: slices.Grow(out, len(text)+len(text)/8), start: len(out), codeEnds: codeEnds(text), begin: blockBegin(text)}
	for i := 0; i < len(text); {
		i += w.next(i)
	}
	return w.out
}

// plain writes text without links.
var plain inliner

// lineWriter reads a line from left to right as a Markdown parser does, so that both agree on what is code.
type lineWriter struct {
	*inliner
	text     string
	out      []byte
	start    int         // of the line in out
	codeEnds map[int]int // see codeEnds
	begin    int         // see blockBegin
	noURL    int         // up to here URLs become text
}

// next writes what is at i and says how many bytes of the text that was.
func (w *lineWriter) next(i int) int {
	if end, code := w.codeEnds[i]; code {
		w.endMail(i)
		w.out = append(w.out, w.text[i:end]...)
		return end - i
	}
	if n := w.url(i); n > 0 {
		return n
	}
	if n := w.reference(i); n > 0 {
		return n
	}
	if n := w.mention(i); n > 0 {
		return n
	}
	return w.plain(i)
}

// endMail keeps code at i out of an e-mail address: backticks may be part of one, and goldmark takes them for that. A
// backslash ends the address already.
func (w *lineWriter) endMail(i int) {
	last := len(w.out) - 1
	if last < w.start || w.out[last] != w.text[i-1] || last > w.start && w.out[last-1] == '\\' {
		return
	}
	if mail.MatchString(w.text[i-1 : min(i+64, len(w.text))]) {
		w.out = fmt.Appendf(w.out[:last], "&#%d;", w.text[i-1])
	}
}

var mail = lazyregexp.New("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9]")

// codeEnds finds code spans: a run of backticks that begins one, and where the run of the same size behind it ends.
func codeEnds(text string) map[int]int {
	if strings.Count(text, "`") < 2 {
		return nil
	}
	var runs [][2]int
	for i := 0; i < len(text); i++ {
		if text[i] == '`' {
			end := i + runAt(text, i)
			runs = append(runs, [2]int{i, end})
			i = end
		}
	}
	below := map[int]int{} // the next run of a size
	next := make([]int, len(runs))
	for k := len(runs) - 1; k >= 0; k-- {
		size := runs[k][1] - runs[k][0]
		next[k] = below[size] // 0 is none: the first run is behind no other
		below[size] = k
	}
	ends := map[int]int{}
	for k := 0; k < len(runs); k++ {
		if closing := next[k]; closing > 0 {
			ends[runs[k][0]] = runs[closing][1]
			k = closing
		}
	}
	return ends
}

// runAt gives the size of the run of one byte that begins at i.
func runAt(text string, i int) int {
	n := 1
	for i+n < len(text) && text[i+n] == text[i] {
		n++
	}
	return n
}

// blockBegins are lines that begin a block of their own; the backslash belongs before the last byte of a group. Lines
// of equals signs, of dashes and colons make a heading or a table of the line above. Two colons are a command to GitHub
// Actions where the notes are printed.
var blockBegins = lazyregexp.New(`^(?:(#)#{0,5}(?: |$)|(>)|([-+*])(?: |$)|([0-9]{1,9}[.)])(?: |$)|` +
	`(=)=* *$|(-)[-: |]*$|(:)[: |]*-[-: |]*$|(:):)`)

// blockBegin gives the place for a backslash that keeps a line from beginning a block, -1 where it needs none.
func blockBegin(line string) int {
	if line == "" || strings.IndexByte("#>-+*=:0123456789", line[0]) < 0 {
		return -1 // as most
	}
	groups := blockBegins.FindStringSubmatchIndex(line)
	for k := 3; k < len(groups); k += 2 {
		if groups[k] > 0 {
			return groups[k] - 1
		}
	}
	return -1
}

// plain writes a character that is neither in code nor in a URL, or a run of them.
func (w *lineWriter) plain(i int) int {
	c, n := w.text[i], 1
	switch c {
	case ' ':
		if i == 0 || w.text[i-1] != ' ' {
			w.out = append(w.out, ' ')
		}
		return 1
	case '`', '*', '_', '~':
		n = runAt(w.text, i)
	default:
		if n = wordAt(w.text, i); n > 1 {
			w.out = append(w.out, w.text[i:i+n]...)
			return n
		}
	}
	for k := range n {
		if i+k == w.begin || w.special(i, n) {
			w.out = append(w.out, '\\')
		}
		w.out = append(w.out, c)
	}
	return n
}

// wordAt gives the size of the letters and digits that stand at i, up to one behind which a URL might begin; 1 for any other byte.
func wordAt(text string, i int) int {
	n := 1
	for isLetter(text[i+n-1]) && i+n < len(text) && isLetterOrDigit(text[i+n]) {
		n++
	}
	return n
}

// special says whether the run of n at i means something in Markdown.
func (w *lineWriter) special(i, n int) bool {
	before, after := w.text[:i], w.text[i+n:]
	switch w.text[i] {
	case '`', '<', '|':
		return true
	case '[': // also one whose ] is in the line below
		return !strings.HasPrefix(after, "]") || after != "]" && strings.IndexByte("([:", after[1]) >= 0
	case '*':
		return !strings.HasSuffix(before, " ") || !strings.HasPrefix(after, " ")
	case '_':
		return !isWithin(before, after) && (!strings.HasSuffix(before, " ") || !strings.HasPrefix(after, " "))
	case '~': // the first of two may stay, for what strikes through ends behind a word
		return n > 1 || before != "" && !strings.HasSuffix(before, " ")
	case '\\': // goldmark takes one before a space and a URL for one before what follows
		return after == "" || after[0] == ' ' || isPunctuation(after[0])
	case '&':
		name := entity.FindString(w.text[i:min(i+40, len(w.text))])
		return html.UnescapeString(name) != name
	}
	return false
}

// entity is what a character may be written as; not every name is one's.
var entity = lazyregexp.New(`^&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[Xx][0-9A-Fa-f]+);`)

// isWithin says whether what stands between the two is within a word, where _ emphasizes nothing.
func isWithin(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return (unicode.IsLetter(a) || unicode.IsDigit(a)) && (unicode.IsLetter(b) || unicode.IsDigit(b))
}

func isPunctuation(b byte) bool { return b > ' ' && b < 0x7f && (b == '_' || !isWord(b)) }

func isWordOrDot(b byte) bool { return isWord(b) || b == '.' }

// reference writes a link to the issue that is named at i, if there is one.
func (w *lineWriter) reference(i int) int {
	if w.issue == nil || i > 0 && (isWord(w.text[i-1]) || strings.IndexByte(`/\&`, w.text[i-1]) >= 0) {
		return 0
	}
	for _, p := range w.prefixes {
		ok := isLetterOrDigit
		if p == "#" {
			ok = isDigit
		}
		prefix, id := issueAt(w.text[i:], []string{p}, ok)
		n := len(prefix) + len(id)
		if p == "" || n == 0 || i+n < len(w.text) && isWord(w.text[i+n]) { // #1e1e1e is a colour
			continue
		}
		if url := w.issue(prefix, id); url != "" {
			w.link(i, plain.line(prefix+id), url)
			return n
		}
	}
	return 0
}

func isLetter(b byte) bool { return isLower(b | 0x20) }

func isLetterOrDigit(b byte) bool { return b != '_' && isWord(b) }

// link writes a link in place of what stands at i. What stands before must not make an image of it.
func (w *lineWriter) link(i int, label, url string) {
	if i > 0 && w.text[i-1] == '!' {
		w.out = append(w.out[:len(w.out)-1], `\!`...)
	}
	for _, part := range [...]string{"[", label, "](", destination.write(url), ")"} {
		w.out = append(w.out, part...)
	}
}

// destination writes what would end the address of a link otherwise.
var destination = newEscaper(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "|", "%7C", "\n", "%0A")

// groups are names that are nobody's page, but that some platforms send to everybody.
var groups = map[string]bool{"everyone": true, "here": true, "all": true, "channel": true}

// mention writes a link in place of the name at i. Where there is none, a space that nobody sees keeps the name from
// being read as somebody who wants to be notified.
func (w *lineWriter) mention(i int) int {
	if w.text[i] != '@' || i > 0 && (isWordOrDot(w.text[i-1]) || w.text[i-1] == '/') {
		return 0
	}
	name := loginAt(w.text[i+1:])
	if name == "" {
		return 0
	}
	url := ""
	if w.user != nil && len(name) < 40 && !groups[strings.ToLower(name)] && !goesOn(w.text[i+1+len(name):]) {
		url = w.user(name)
	}
	if url == "" {
		w.out = append(w.out, "@&#8203;"...)
		return 1
	}
	w.link(i, "@"+name, url)
	return 1 + len(name)
}

// loginAt reads the name of a user at the start of text; one of more than 39 bytes is too long and cut off.
func loginAt(text string) string {
	n := 0
	for n < min(len(text), 40) && (isLetterOrDigit(text[n]) || n > 0 && text[n] == '-' && text[n-1] != '-') {
		n++
	}
	return strings.TrimSuffix(text[:n], "-")
}

// goesOn says whether text makes something else of the name before it: a team, a package, a file, no name at all.
func goesOn(text string) bool {
	if rest, dot := strings.CutPrefix(text, "."); dot {
		return rest != "" && isWord(rest[0])
	}
	return text != "" && (isWord(text[0]) || text[0] == '/' || text[0] == '-')
}
