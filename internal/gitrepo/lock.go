package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/semcut/semcut/internal/diskfile"
	"github.com/semcut/semcut/internal/process"
	"github.com/semcut/semcut/release"
)

// lock is git's lock of a file, FILE.lock: who made it may change the file. Ours says which process made it, so that
// one that a killed run left behind locks nobody out.
type lock struct{ file string }

// lockPatience is how long a lock of somebody else is waited for; git's commands hold one for a blink.
const lockPatience = 500 * time.Millisecond

// takeLock locks a file. It makes the folder of one that isn't there yet.
func takeLock(file string) (*lock, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, release.Errorf(release.CodeFile, "check the folder's rights", "writing %q: %w", file, diskfile.Cause(err))
	}
	l := &lock{file}
	for end := time.Now().Add(lockPatience); ; time.Sleep(20 * time.Millisecond) {
		err := l.make()
		switch {
		case err == nil:
			return l, nil
		case !errors.Is(err, fs.ErrExist):
			return nil, release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", file, diskfile.Cause(err))
		case l.abandoned():
			l.release()
		case time.Now().After(end):
			return nil, l.inTheWay()
		}
	}
}

func (l *lock) inTheWay() error {
	return release.Errorf(release.CodeFile, "wait for the other git command; if none runs, delete that file", "writing %q: %q is there already", l.file, l.name())
}

func (l *lock) taken() bool {
	_, err := os.Lstat(l.name())
	return err == nil
}

func (l *lock) name() string { return l.file + ".lock" }

const lockForm = "semcut %d %s\n" // process, host

// make makes the lock with its content at once, so that a kill leaves none that says nothing: by a second name of a
// written file, which the system gives only if there is none yet. A file system without such names gets it in two steps.
func (l *lock) make() error {
	temp := fmt.Sprintf("%s.semcut-%d.lock", l.file, os.Getpid())
	defer func() { _ = os.Remove(temp) }() // it may not be there
	content := fmt.Appendf(nil, lockForm, os.Getpid(), process.Host())
	if err := os.WriteFile(temp, content, 0o644); err != nil {
		return err
	}
	err := os.Link(temp, l.name())
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(l.name(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		l.release()
	}
	return err
}

// abandoned says whether the lock is one of ours whose process is dead.
func (l *lock) abandoned() bool {
	data, err := os.ReadFile(l.name())
	if err != nil {
		return false
	}
	pid, host := 0, ""
	if n, err := fmt.Sscanf(string(data), lockForm, &pid, &host); n != 2 || err != nil {
		return false
	}
	return host == process.Host() && !process.Alive(pid)
}

// dropAbandonedLocks removes the locks below refs that killed runs of ours left: git itself would wait for them for ever.
func (r *Repo) dropAbandonedLocks() {
	_ = filepath.WalkDir(filepath.Join(r.commonDir, "refs"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what can't be read is none of ours
		}
		if l := (&lock{strings.TrimSuffix(name, ".lock")}); strings.HasSuffix(name, ".lock") && l.abandoned() {
			l.release()
		}
		return nil
	})
}

func (l *lock) release() { _ = os.Remove(l.name()) } // nothing more can be done about it

// replace puts new content in the place of the file: written beside it and renamed. The name ends as git's locks do,
// so that below refs nobody takes it for a ref.
func (l *lock) replace(data []byte) error {
	temp := l.file + ".semcut.lock"
	err := writeSyncedFile(temp, data)
	if err == nil {
		err = os.Rename(temp, l.file)
	}
	if err != nil {
		_ = os.Remove(temp) // it may not be there
		return release.Errorf(release.CodeFile, "check the folder's rights and the free space", "writing %q: %w", l.file, diskfile.Cause(err))
	}
	return nil
}

func writeSyncedFile(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
