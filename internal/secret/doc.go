// Package secret finds credentials where people and programs write them: in variables, URLs and HTTP headers. It keeps
// nothing; whoever asks hides what it finds.
package secret
