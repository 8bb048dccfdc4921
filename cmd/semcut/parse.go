package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/gitrepo"
	"github.com/semcut/semcut/release"
)

type parseOptions struct {
	Preset   string
	Nul      bool
	From, To string
	JSON     bool
}

func parseCommand(a *app) *cobra.Command {
	var o parseOptions
	cmd := &cobra.Command{
		Use:   "parse",
		Short: "Print parsed commit messages, one JSON object a line",
		Long: `Reads one commit message from standard input, many with -z, or those of a range of commits, and prints what
semcut reads in each: one JSON object a line, in input order (for a range newest first).`,
		Example: "  git log -1 --format=%B | semcut parse\n  semcut parse --from v1.0.0 --to HEAD",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runParse(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.Preset, "preset", "conventionalcommits", "read messages as `NAME` does: conventionalcommits or angular")
	f.BoolVarP(&o.Nul, "null", "z", false, "a NUL ends each message of standard input")
	f.StringVar(&o.From, "from", "", "take the commits after `REV` instead of standard input")
	f.StringVar(&o.To, "to", "", "take the commits up to `REV` (default with --from: HEAD)")
	f.BoolVar(&o.JSON, "json", false, "as always: the output is JSON; errors are, too")
	return cmd
}

func runParse(ctx context.Context, a *app, o parseOptions) error {
	format, ok := commitparse.FormatByName(o.Preset)
	if !ok {
		return release.Errorf(release.CodeUsage, "write --preset conventionalcommits or angular", "reading the command line: preset %q is not known", o.Preset)
	}
	out := bufio.NewWriter(a.Out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	var err error
	if o.From != "" || o.To != "" {
		err = parseRange(ctx, a, o, format, enc)
	} else {
		err = eachMessage(a.In, o.Nul, func(text string) error { return enc.Encode(newParsed("", text, format)) })
	}
	return errors.Join(err, out.Flush())
}

func parseRange(ctx context.Context, a *app, o parseOptions, format commitparse.Format, enc *json.Encoder) error {
	repo, err := gitrepo.Open(a.Directory)
	if err != nil {
		return err
	}
	if o.To == "" {
		o.To = "HEAD"
	}
	to, err := repo.Resolve(ctx, o.To)
	if err != nil {
		return err
	}
	from := ""
	if o.From != "" {
		if from, err = repo.Resolve(ctx, o.From); err != nil {
			return err
		}
	}
	commits, err := repo.Commits(ctx, from, to)
	if err != nil {
		return err
	}
	for _, c := range commits {
		if err := enc.Encode(newParsed(c.Hash, c.Raw, format)); err != nil {
			return err
		}
	}
	return nil
}

// maxMessage is the size of what can still be a commit message.
const maxMessage = 32 << 20

// eachMessage hands on the messages of a stream: one, or those that a NUL ends each (the last may lack it).
func eachMessage(r io.Reader, nul bool, each func(string) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		text, last, err := readMessage(in, nul)
		if err != nil {
			hint := "check what is piped in"
			return release.Errorf(release.CodeMessage, hint, "reading message %d from standard input: %w", n, err)
		}
		if last && nul && text == "" {
			return nil
		}
		if err := each(text); err != nil || last {
			return err
		}
	}
}

func readMessage(in *bufio.Reader, nul bool) (text string, last bool, err error) {
	var b bytes.Buffer
	for {
		piece, err := in.ReadSlice(0)
		b.Write(piece)
		if b.Len() > maxMessage {
			return "", true, errors.New("it is larger than 32 MiB: that is no commit message")
		}
		switch {
		case err == nil && nul:
			return string(b.Bytes()[:b.Len()-1]), false, nil
		case err == io.EOF:
			return b.String(), true, nil
		case err != nil && err != bufio.ErrBufferFull:
			return "", true, err
		}
	}
}

// parsed is the contract of "semcut parse" (docs/cli.md).
type parsed struct {
	Hash         string            `json:"hash"`
	Header       string            `json:"header"`
	Type         string            `json:"type"`
	Scope        string            `json:"scope"`
	Description  string            `json:"description"`
	Body         *string           `json:"body"`
	Breaking     bool              `json:"breaking"`
	Notes        []parsedNote      `json:"notes"`
	Footers      []parsedFooter    `json:"footers"`
	References   []parsedReference `json:"references"`
	Mentions     []string          `json:"mentions"`
	Revert       *parsedRevert     `json:"revert"`
	Merge        bool              `json:"merge"`
	Conventional bool              `json:"conventional"`
	Bump         release.Bump      `json:"bump"`
}

type parsedNote struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

type parsedFooter struct {
	Token string `json:"token"`
	Value string `json:"value"`
}

type parsedReference struct {
	Action     string `json:"action"`
	Owner      string `json:"owner"`
	Repository string `json:"repository"`
	Prefix     string `json:"prefix"`
	Issue      string `json:"issue"`
}

type parsedRevert struct {
	Header string `json:"header"`
	Hash   string `json:"hash"`
}

func newParsed(hash, text string, format commitparse.Format) parsed {
	m := commitparse.Parse(text, format)
	bump, _ := release.Decide(commitparse.Parse(release.TrimMessage(text), format))
	p := parsed{
		Hash: hash, Header: m.Header, Type: m.Type, Scope: m.Scope, Description: m.Description, Breaking: m.Breaking,
		Notes: []parsedNote{}, Footers: []parsedFooter{}, References: []parsedReference{}, Mentions: []string{},
		Merge: m.Merge, Conventional: m.Conventional, Bump: bump,
	}
	if m.Body != "" {
		p.Body = &m.Body
	}
	for _, n := range m.Notes {
		p.Notes = append(p.Notes, parsedNote(n))
	}
	for _, f := range m.Footers {
		p.Footers = append(p.Footers, parsedFooter(f))
	}
	for _, r := range m.References {
		p.References = append(p.References, parsedReference{r.Action, r.Owner, r.Repository, r.Prefix, r.Issue})
	}
	p.Mentions = append(p.Mentions, m.Mentions...)
	if m.Revert != nil {
		p.Revert = &parsedRevert{m.Revert.Header, m.Revert.Hash}
	}
	return p
}
