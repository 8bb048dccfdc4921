// Package pullrequest knows which commits a pull request leaves on its branch, by each of the ways in which a forge merges
// it. The rules are GitHub's. It only computes.
package pullrequest
