package prompt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestByLines: in accessible mode questions and answers are lines, an answer that doesn't do is asked for again, and an
// empty one takes what is there.
func TestByLines(t *testing.T) {
	ctx, out := context.Background(), &bytes.Buffer{}
	term := &Terminal{In: strings.NewReader("9\n2\n\nfull\n\none\ntwo\n\ny\n"), Out: out, Accessible: true}
	options := []Option{{"a", "first"}, {"b", "second"}}
	chosen, err := term.Select(ctx, "Which?", options, "a")
	if chosen != "b" || err != nil {
		t.Errorf("chose %q, %v", chosen, err)
	}
	check := func(answer string) error {
		if answer == "" {
			return errors.New("nothing is too little")
		}
		return nil
	}
	line, err := term.Input(ctx, Line{Title: "What?", Check: check})
	if line != "full" || err != nil {
		t.Errorf("wrote %q, %v", line, err)
	}
	line, err = term.Input(ctx, Line{Title: "What?", Start: "as before"})
	if line != "as before" || err != nil {
		t.Errorf("kept %q, %v", line, err)
	}
	text, err := term.Text(ctx, "More?", "")
	if text != "one\ntwo" || err != nil {
		t.Errorf("wrote %q, %v", text, err)
	}
	yes, err := term.Confirm(ctx, "Sure?", false)
	if !yes || err != nil {
		t.Errorf("sure %v, %v", yes, err)
	}
	for _, want := range []string{"1. first\n2. second\n", "nothing is too little", "[as before]", "[y/N]"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Errorf("an escape in %q", out)
	}
}

// TestInputEnds: whoever closes the input has stopped, at any question, and nothing loops or panics.
func TestInputEnds(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		in   io.Reader
		want error
	}{{strings.NewReader(""), ErrStopped}, {errorReader{broken}, broken}} {
		for name, ask := range map[string]func(*Terminal) error{
			"select": func(term *Terminal) error {
				_, err := term.Select(context.Background(), "?", []Option{{"a", "a"}}, "")
				return err
			},
			"input": func(term *Terminal) error {
				_, err := term.Input(context.Background(), Line{Title: "?", Check: func(string) error { return errors.New("never") }})
				return err
			},
			"text": func(term *Terminal) error {
				_, err := term.Text(context.Background(), "?", "")
				return err
			},
			"confirm": func(term *Terminal) error {
				_, err := term.Confirm(context.Background(), "?", true)
				return err
			},
		} {
			if err := ask(&Terminal{In: c.in, Out: io.Discard, Accessible: true}); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
