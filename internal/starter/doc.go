// Package starter proposes what a repository needs so that semcut releases it: a configuration, as far as the defaults don't
// do, workflows, a changelog. It looks at files, tags and settings, decides, and gives a value back: it writes nothing
// and asks nobody, so that the same repository always gets the same proposal, and none once it was followed.
//
// What another tool's configuration says stays where it is. Where something can't be proposed, or somebody has to decide,
// the proposal says so in a note.
package starter
