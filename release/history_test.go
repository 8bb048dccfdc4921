package release

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/semcut/semcut/commitparse"
	"github.com/semcut/semcut/internal/lodash"
)

// lines keeps the commands that it is to run.
type lines []string

func (l *lines) RunHook(_ context.Context, call HookCall) ([]byte, error) {
	*l = append(*l, call.Hook.Line)
	return nil, nil
}

// TestTemplatesKnowTheCommits: where a release is finished its commits are read when the first template asks for them, and
// once; where they can't be read no command runs.
func TestTemplatesKnowTheCommits(t *testing.T) {
	kept, err := lodash.Keep("echo ${commits.length}", nil, []string{"commits"})
	if err != nil {
		t.Fatal(err)
	}
	hooks := Hooks{AtPrepare: {{Line: "true"}, {Line: kept, Template: true}, {Line: kept, Template: true}}}
	for _, broken := range []error{nil, errors.New("broken")} {
		reads, ran := 0, lines{}
		plan := &Plan{spec: spec{read: func(context.Context) ([]commitparse.Commit, error) {
			reads++
			return []commitparse.Commit{{Hash: "a"}, {Hash: "b"}}, broken
		}}}
		want := lines{"true", "echo 2", "echo 2"}
		if broken != nil {
			want = want[:1]
		}
		if _, err := hooks.run(t.Context(), &ran, AtPrepare, plan); !errors.Is(err, broken) || !slices.Equal(ran, want) || reads != 1 {
			t.Errorf("with %v: ran %q after %d reads: %v", broken, ran, reads, err)
		}
	}
}
