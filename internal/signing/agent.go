package signing

import (
	"bytes"
	"context"
	"errors"

	"github.com/xanzy/ssh-agent"
	"golang.org/x/crypto/ssh"

	"github.com/semcut/semcut/release"
)

// agentKey is an ssh key that the agent holds.
type agentKey struct{ public ssh.PublicKey }

func (k agentKey) Name() string { return sshName(k.public) }

func (k agentKey) Sign(ctx context.Context, payload []byte) (signature string, err error) {
	err = k.with(ctx, func(signer ssh.Signer) error {
		signature, err = sshSign(signer, payload)
		return err
	})
	return signature, err
}

// Check only looks whether the agent has the key: to use it may need a person's consent.
func (k agentKey) Check(ctx context.Context) error {
	return k.with(ctx, func(ssh.Signer) error { return nil })
}

// with hands the key on while there is a connection to the agent.
func (k agentKey) with(ctx context.Context, use func(ssh.Signer) error) error {
	fail := func(why error) error {
		return release.Errorf(release.CodeConfig, "add it with \"ssh-add FILE\", and see \"ssh-add -l\"", "asking the ssh agent for the %s: %w", k.Name(), why)
	}
	if !sshagent.Available() {
		return fail(errors.New("there is no agent"))
	}
	agent, conn, err := sshagent.New()
	if err != nil {
		return fail(err)
	}
	if conn != nil { // on Windows an agent may be talked to without one
		defer conn.Close()
		defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends a question that nobody answers
	}
	signers, err := agent.Signers()
	if err != nil {
		return fail(err)
	}
	for _, signer := range signers {
		if sameKey(signer.PublicKey(), k.public) {
			err = use(signer)
			return errors.Join(ctx.Err(), err)
		}
	}
	return fail(errors.New("it doesn't hold this key"))
}

func sameKey(a, b ssh.PublicKey) bool { return bytes.Equal(a.Marshal(), b.Marshal()) }
