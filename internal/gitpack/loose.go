package gitpack

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// looseFile is where a loose object stands.
func looseFile(dir string, id ID) string {
	name := id.String()
	return filepath.Join(dir, name[:2], name[2:])
}

// openLoose reads the beginning of a loose object; the rest of in is its data.
func openLoose(dir string, id ID) (f *os.File, in *bufio.Reader, kind Kind, size int64, err error) {
	name := looseFile(dir, id)
	if f, err = os.Open(name); err != nil {
		return nil, nil, 0, 0, err
	}
	corrupt := func(why string) error {
		_ = f.Close() // it was only read
		return &CorruptError{File: name, Why: why}
	}
	z, err := zlib.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, nil, 0, 0, corrupt(err.Error())
	}
	in = bufio.NewReaderSize(z, 512)
	head, err := in.ReadSlice(0)
	if err != nil || len(head) > 64 {
		return nil, nil, 0, 0, corrupt("it doesn't begin like an object")
	}
	word, number, _ := bytes.Cut(head[:len(head)-1], []byte(" "))
	kind = map[string]Kind{"commit": Commit, "tree": Tree, "blob": Blob, "tag": Tag}[string(word)]
	size, err = strconv.ParseInt(string(number), 10, 64)
	if kind == 0 || err != nil || size < 0 {
		return nil, nil, 0, 0, corrupt("it doesn't begin like an object")
	}
	return f, in, kind, size, nil
}

func readLoose(dir string, id ID, limit int) (Kind, []byte, error) {
	f, in, kind, size, err := openLoose(dir, id)
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	if size > int64(limit) {
		return 0, nil, ErrTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(in, size+1))
	if err != nil || int64(len(data)) != size {
		return 0, nil, &CorruptError{File: f.Name(), Why: "it has not the size that it says"}
	}
	return kind, data, nil
}

func looseSize(dir string, id ID) (Kind, int64, error) {
	f, _, kind, size, err := openLoose(dir, id)
	if err != nil {
		return 0, 0, err
	}
	return kind, size, f.Close()
}
