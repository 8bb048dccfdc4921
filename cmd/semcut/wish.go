package main

import (
	"github.com/spf13/cobra"

	"github.com/semcut/semcut/release"
)

// wishes are the flags with which a person says what the next version shall be.
type wishes struct {
	Bump, As, Prerelease, Allow string
	AllowModulePath             bool
}

func (w *wishes) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&w.Bump, "bump", "", "release with this `KIND` of bump, whatever the commits say: major, minor or patch")
	f.StringVar(&w.As, "as", "", "release exactly version `X.Y.Z`")
	f.StringVar(&w.Prerelease, "prerelease", "", "make it a pre-release with the identifier `ID`, on a channel of that name")
	f.StringVar(&w.Allow, "allow", "", "let a bump up to this `KIND` pass maxBump")
	f.BoolVar(&w.AllowModulePath, "allow-module-path", false, "let a Go module get a version that its path doesn't fit")
	cmd.MarkFlagsMutuallyExclusive("bump", "as")
}

// into puts the wishes into what is planned.
func (w wishes) into(o *release.Options) (err error) {
	if w.Bump != "" {
		if o.Wish.Bump, err = wishedBump("--bump", w.Bump); err != nil {
			return err
		}
	}
	if w.Allow != "" {
		if o.Wish.Allow, err = wishedBump("--allow", w.Allow); err != nil {
			return err
		}
	}
	if w.As != "" {
		v, ok := release.ParseVersion(w.As)
		if !ok {
			return release.Errorf(release.CodeUsage, "write it like --as 2.0.0", "reading --as %q: it is no version", w.As)
		}
		o.Wish.As = v
	}
	if w.Prerelease != "" {
		if _, ok := release.ParseVersion("1.0.0-" + w.Prerelease + ".1"); !ok {
			return release.Errorf(release.CodeUsage, "use letters, digits and hyphens, like --prerelease rc", "reading --prerelease %q: it can't stand in a version", w.Prerelease)
		}
		o.Branch.Kind, o.Branch.Prerelease, o.Branch.Channel, o.Branch.First = release.PrereleaseBranch, w.Prerelease, w.Prerelease, false
	}
	o.Policy.AnyModulePath = w.AllowModulePath
	return nil
}

func wishedBump(flag, name string) (release.Bump, error) {
	bump, err := release.ParseBump(name)
	if err != nil || bump == release.None {
		return release.None, release.Errorf(release.CodeUsage, "write "+flag+" major, minor or patch", "reading %s %q: it is no bump", flag, name)
	}
	return bump, nil
}
