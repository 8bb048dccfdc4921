package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/semcut/semcut/release"
	"github.com/semcut/semcut/release/versionfile"
)

// A tarball is a packed package.
type tarball struct {
	manifest *manifest
	files    []string // below the package, in the order of the archive
	data     []byte
}

// maxTarball is how big a packed package may be: it is held in memory, and no registry takes more.
const maxTarball = 512 << 20

// packed is the time of every file in a package: late enough for zip, which knows no times before 1980.
var packed = time.Date(1985, 10, 26, 8, 15, 0, 0, time.UTC)

// pack makes the package as npm 11 does, with version in its manifest. The same files make the same bytes.
func pack(f *folder, version string) (*tarball, error) {
	m, err := f.releasedManifest(version)
	if err != nil {
		return nil, err
	}
	files, err := listFiles(f, m)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&limited{to: &out, left: maxTarball}, gzip.BestCompression) // the level is one
	w := tar.NewWriter(zip)
	commands := sortedValues(m.Bin)
	for _, name := range files {
		if err := f.addTo(w, name, slices.Contains(commands, name)); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(w.Close(), zip.Close()); err != nil {
		return nil, err
	}
	return &tarball{m, files, out.Bytes()}, nil
}

// releasedManifest reads the package's manifest and sees to it that the version in it is the released one: a clone that
// finishes what another run began has not written it.
func (f *folder) releasedManifest(version string) (*manifest, error) {
	data, err := f.text("package.json")
	if err != nil {
		return nil, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return nil, fmt.Errorf("reading %q: %w", f.at("package.json"), err)
	}
	if version != "" && m.Version != version {
		if data, err = setVersion(data, m, version); err != nil {
			return nil, fmt.Errorf("writing the version into %q: %w", f.at("package.json"), err)
		}
		f.over["package.json"] = data
	}
	return readManifest(f, "")
}

// setVersion puts the version into a manifest. One without any gets it as its first key.
func setVersion(data []byte, m *manifest, version string) ([]byte, error) {
	if _, there := m.raw["version"]; there {
		return versionfile.Set("package.json", data, version, versionfile.Options{})
	}
	before, after, _ := bytes.Cut(data, []byte("{"))
	space := after[:len(after)-len(bytes.TrimLeft(after, " \t\r\n"))]
	key := fmt.Sprintf("{%s\"version\": %q", space, version)
	if len(m.raw) > 0 {
		key += ","
	}
	return slices.Concat(before, []byte(key), after), nil
}

// addTo writes one file into an archive. Commands are executable, whatever system they were written on.
func (f *folder) addTo(w *tar.Writer, name string, command bool) error {
	info, err := f.lstat(name)
	if err != nil {
		return f.cause("packing", name, err)
	}
	mode := int64(info.Mode().Perm())
	if command {
		mode |= 0o111
	}
	header := &tar.Header{Typeflag: tar.TypeReg, Name: "package/" + name, Size: info.Size(), Mode: (mode | 0o600) &^ 0o022, ModTime: packed}
	if data, ok := f.over[name]; ok {
		header.Size = int64(len(data))
		return errors.Join(w.WriteHeader(header), write(w, data))
	}
	file, err := f.root.Open(f.at(name))
	if err != nil {
		return f.cause("packing", name, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if err := w.WriteHeader(header); err != nil {
		return f.cause("packing", name, err)
	}
	n, err := io.Copy(w, io.LimitReader(file, info.Size()))
	if err == nil && n < info.Size() {
		err = errors.New("it became shorter meanwhile")
	}
	if _, told := errors.AsType[*release.Error](err); err != nil && !told {
		return f.cause("packing", name, err)
	}
	return err
}

func write(w io.Writer, data []byte) error {
	_, err := w.Write(data)
	return err
}

// limited fails when too much is written.
type limited struct {
	to   io.Writer
	left int
}

// Write passes on what still fits.
func (l *limited) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		return 0, release.Errorf(release.CodeAsset, `name what is to be published in "files" of package.json`,
			"packing the npm package: it is bigger than %d MiB", maxTarball>>20)
	}
	return l.to.Write(b)
}

// integrity is the checksum that package managers look at.
func integrity(data []byte) string {
	sum := sha512.Sum512(data)
	return "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
}

// shasum is the checksum that old ones look at.
func shasum(data []byte) string {
	sum := sha1.Sum(data)
	return hex.EncodeToString(sum[:])
}

func sortedValues(m map[string]string) []string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(m)) {
		all = append(all, m[key])
	}
	return all
}

// unpacked reads an archive: the content of its files by name, without the folder that all of them are in. It stops
// where there is more than a package may be.
func unpacked(data io.Reader) (map[string]string, error) {
	zip, err := gzip.NewReader(data)
	if err != nil {
		return nil, err
	}
	files, left := map[string]string{}, int64(maxUnpacked)
	for r := tar.NewReader(zip); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if left -= header.Size; left < 0 {
			return nil, errors.New("it is too big")
		}
		sum := sha512.New()
		if _, err := io.Copy(sum, r); err != nil {
			return nil, err
		}
		_, name, _ := strings.Cut(path.Clean(header.Name), "/")
		files[name] = string(sum.Sum(nil))
	}
}

// maxUnpacked is how much of a published package is looked at.
const maxUnpacked = 4 << 30
