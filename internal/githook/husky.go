package githook

import (
	"os"
	"path/filepath"
	"strings"
)

// huskyDir finds the folder of husky's files: the one above core.hooksPath since version 9 (".husky/_"), the very one
// before, and ".husky" where husky wasn't run yet.
func huskyDir(r Repo) (dir string, old bool) {
	hooks := r.hooksDir()
	switch {
	case r.HooksPath != "" && filepath.Base(hooks) == "_" && filepath.Base(filepath.Dir(hooks)) == ".husky":
		return filepath.Dir(hooks), false
	case r.HooksPath != "" && filepath.Base(hooks) == ".husky":
		return hooks, true
	case r.HooksPath == "":
		dir = filepath.Join(r.Root, ".husky")
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, false
		}
	}
	return "", false
}

// oldHusky begins a file of a husky before version 9, which git runs itself.
const oldHusky = "#!/usr/bin/env sh\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n\n"

// addLine puts our line at the end of a file of husky's. A file that no newline ends gets one before the line and none
// after it, which is how takeLine knows what was there.
func (s Spot) addLine(h Hook, file string) (string, error) {
	text, there, err := read(file)
	mine := h.inThisForm(text)
	switch {
	case err != nil:
		return "", err
	case mine != text:
		return Changed, s.change(file, mine)
	case s.holds(h, file, text):
		return There, nil
	case !there:
		return Wrote, replace(file, s.newHusky(h), 0o755)
	case strings.HasSuffix(text, "\n"):
		return Added, s.change(file, text+h.line+"\n")
	}
	return Added, s.change(file, text+"\n"+h.line)
}

// change writes a file of husky's anew.
func (s Spot) change(file, text string) error {
	if !s.repo.holds(file) {
		return wrong("writing", file, errOutside)
	}
	info, err := os.Stat(file)
	if err != nil {
		return wrong("reading", file, err)
	}
	return replace(resolve(file), text, info.Mode().Perm())
}

func (s Spot) newHusky(h Hook) string {
	if s.old {
		return oldHusky + h.line + "\n"
	}
	return h.line + "\n"
}

// takeLine takes our line out again; a file that we made goes with it.
func (s Spot) takeLine(h Hook, file, text string) (string, error) {
	text = h.inThisForm(text)
	rest, found := withoutLine(text, h.line)
	switch {
	case !found:
		return There, nil
	case text == s.newHusky(h):
		return Removed, wrong("removing", file, os.Remove(file))
	}
	return TookOut, s.change(file, rest)
}

func withoutLine(text, line string) (rest string, found bool) {
	if before, ok := strings.CutSuffix(text, "\n"+line); ok {
		return before, true
	}
	if after, ok := strings.CutPrefix(text, line+"\n"); ok {
		return after, true
	}
	before, after, ok := strings.Cut(text, "\n"+line+"\n")
	if !ok {
		return text, false
	}
	return before + "\n" + after, true
}
