package gitpack

import (
	"errors"
	"io"
	"os"
)

// file is a file of the repository, mapped into memory where the system can.
type file struct {
	name string
	size int64
	data []byte // all of it, where it is mapped
	f    *os.File
}

var errOutside = errors.New("a part of it lies outside of the file")

// openFile opens a file for reading.
func openFile(name string) (*file, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close() // it was only opened
		return nil, err
	}
	file := &file{name: name, size: info.Size(), f: f}
	if data, ok := mapFile(f, file.size); ok {
		file.data, file.f = data, nil
		_ = f.Close() // the mapping holds it
	}
	return file, nil
}

func (f *file) close() {
	if f.data != nil {
		unmapFile(f.data)
		f.data = nil
	}
	if f.f != nil {
		_ = f.f.Close() // it was only read
	}
}

// at gives n bytes from an offset. They are valid until the file is closed, and must not be changed.
func (f *file) at(offset int64, n int) ([]byte, error) {
	if offset < 0 || n < 0 || offset > f.size || int64(n) > f.size-offset {
		return nil, f.corrupt(errOutside.Error())
	}
	if f.f == nil {
		return f.data[offset : offset+int64(n) : offset+int64(n)], nil
	}
	buffer := make([]byte, n)
	if _, err := f.f.ReadAt(buffer, offset); err != nil && !(err == io.EOF && n == 0) {
		return nil, err
	}
	return buffer, nil
}

// upTo gives at most n bytes from an offset, fewer at the end of the file.
func (f *file) upTo(offset int64, n int) ([]byte, error) {
	return f.at(offset, int(min(int64(n), max(0, f.size-offset))))
}

func (f *file) corrupt(why string) error { return &CorruptError{File: f.name, Why: why} }
