// Package diskfile writes files at once, and says what went wrong with one in the words that our own don't have already.
package diskfile
