// Package signing finds the key that a release is to be signed with, and signs: in this process where the key is at
// hand, else through the ssh agent or the program that git's configuration names.
//
// Keys come from the environment first, then from where git would look for them. The package reads key files and what
// it is told of git's configuration, and knows nothing of repositories, commits and tags.
package signing
