package github

import (
	"path"
	"strings"
)

// mediaTypes are those of what releases contain. The standard library's table changes with the machine that it runs on,
// and says of a .deb or a .sha256 nothing at all.
var mediaTypes = map[string]string{
	".7z": "application/x-7z-compressed", ".apk": "application/vnd.android.package-archive", ".asc": "application/pgp-signature",
	".bz2": "application/x-bzip2", ".crate": "application/gzip", ".css": "text/css", ".csv": "text/csv", ".deb": "application/vnd.debian.binary-package",
	".dmg": "application/x-apple-diskimage", ".exe": "application/vnd.microsoft.portable-executable", ".flatpak": "application/vnd.flatpak",
	".gem": "application/x-tar", ".gz": "application/gzip", ".html": "text/html", ".iso": "application/x-iso9660-image", ".jar": "application/java-archive",
	".js": "text/javascript", ".json": "application/json", ".jsonl": "application/jsonl", ".map": "application/json", ".md": "text/markdown",
	".mjs": "text/javascript", ".msi": "application/x-msi", ".msix": "application/msix", ".nupkg": "application/zip", ".pdf": "application/pdf", ".pem": "application/x-pem-file",
	".pkg": "application/octet-stream", ".png": "image/png", ".rpm": "application/x-rpm", ".sha1": "text/plain", ".sha256": "text/plain",
	".sha512": "text/plain", ".sig": "application/pgp-signature", ".snap": "application/vnd.snap", ".svg": "image/svg+xml", ".tar": "application/x-tar",
	".tbz2": "application/x-bzip2", ".tgz": "application/gzip", ".toml": "application/toml", ".txt": "text/plain", ".vsix": "application/zip", ".war": "application/java-archive",
	".wasm": "application/wasm", ".whl": "application/zip", ".xml": "application/xml", ".xz": "application/x-xz", ".yaml": "application/yaml",
	".yml": "application/yaml", ".zip": "application/zip", ".zst": "application/zstd",
}

// mediaType is the type of a file of that name.
func mediaType(name string) string {
	if known, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return known
	}
	return "application/octet-stream"
}
