// Package keychain keeps API keys in the system's keychain and nowhere else:
// where there is none it says so, and never falls back to a file. Every call
// has a deadline, because a keychain may wait for a person to unlock it.
//
// Errors are *domain.Error and never hold a key.
package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// DefaultService is the name under which keys are kept.
	DefaultService = "Orgdeck"
	// DefaultTimeout leaves a person time to type a password.
	DefaultTimeout = 30 * time.Second

	// probeUser is the account that Probe asks for; no real one is called so.
	probeUser = "probe: is there a keychain"
)

var (
	// ErrNotFound is the cause where the keychain has no key for an account.
	ErrNotFound = errors.New("no key in the keychain")
	// ErrTimeout is the cause where the keychain did not answer in time: most
	// often it waits for a person to unlock it.
	ErrTimeout = errors.New("the keychain did not answer in time")
)

// Options say how keys are kept.
type Options struct {
	// Service is the name under which they are kept; empty means DefaultService.
	Service string
	// Timeout is the deadline of every call; zero means DefaultTimeout.
	Timeout time.Duration
}

// Keychain is the system's keychain.
type Keychain struct {
	service string
	timeout time.Duration
	vault   vault
	// turn is held by the one call that is under way. A call that hangs keeps
	// it beyond its deadline, so that calls do not pile up behind a prompt.
	turn chan struct{}
}

// vault is what is used of a keychain.
type vault interface {
	Get(service, user string) (string, error)
	Set(service, user, secret string) error
	Delete(service, user string) error
}

// system is the keychain of this computer.
type system struct{}

func (system) Get(service, user string) (string, error) { return keyring.Get(service, user) }         //nolint:wrapcheck // wrapped by the caller
func (system) Set(service, user, secret string) error   { return keyring.Set(service, user, secret) } //nolint:wrapcheck // wrapped by the caller
func (system) Delete(service, user string) error        { return keyring.Delete(service, user) }      //nolint:wrapcheck // wrapped by the caller

// New gives the system's keychain; nothing is asked of it yet.
func New(options Options) *Keychain { return newKeychain(options, system{}) }

func newKeychain(options Options, v vault) *Keychain {
	k := &Keychain{service: options.Service, timeout: options.Timeout, vault: v, turn: make(chan struct{}, 1)}
	if k.service == "" {
		k.service = DefaultService
	}
	if k.timeout <= 0 {
		k.timeout = DefaultTimeout
	}
	return k
}

// Probe says why keys cannot be kept; nil where they can. It changes nothing,
// but a locked keychain may ask a person to unlock it.
func (k *Keychain) Probe(ctx context.Context) error {
	_, err := k.call(ctx, func() (string, error) { return k.vault.Get(k.service, probeUser) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return explain(ctx, "find the keychain", err)
}

// Get gives an account's key; signed_out (ErrNotFound) where none is kept.
func (k *Keychain) Get(ctx context.Context, account domain.AccountID) (string, error) {
	key, err := k.call(ctx, func() (string, error) { return k.vault.Get(k.service, string(account)) })
	if err != nil {
		return "", explain(ctx, "read a key", err)
	}
	return key, nil
}

// Set keeps an account's key in place of the one kept before. Where it times
// out the keychain may still keep the key later, once it is unlocked.
func (k *Keychain) Set(ctx context.Context, account domain.AccountID, key string) error {
	_, err := k.call(ctx, func() (string, error) { return "", k.vault.Set(k.service, string(account), key) })
	return explain(ctx, "keep a key", err)
}

// Delete forgets an account's key; that there is none is no error.
func (k *Keychain) Delete(ctx context.Context, account domain.AccountID) error {
	_, err := k.call(ctx, func() (string, error) { return "", k.vault.Delete(k.service, string(account)) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return explain(ctx, "forget a key", err)
}

// answer is what a call came to.
type answer struct {
	secret string
	err    error
}

// call runs one operation, after the one before it has ended, and gives up
// waiting at the deadline. The operation itself cannot be stopped.
func (k *Keychain) call(ctx context.Context, operation func() (string, error)) (string, error) {
	deadline, cancel := context.WithTimeoutCause(ctx, k.timeout, ErrTimeout)
	defer cancel()
	if err := deadline.Err(); err != nil {
		return "", fmt.Errorf("not asked: %w", context.Cause(deadline))
	}
	select {
	case k.turn <- struct{}{}:
	case <-deadline.Done():
		return "", fmt.Errorf("waiting for another call: %w", context.Cause(deadline))
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() { <-k.turn }()
		answers <- recovered(operation)
	}()
	select {
	case a := <-answers:
		return a.secret, a.err
	case <-deadline.Done():
		return "", context.Cause(deadline)
	}
}

// recovered runs an operation and turns a panic in it into an error. What was
// panicked with is not told: it could hold the key.
func recovered(operation func() (string, error)) (a answer) {
	defer func() {
		if recover() != nil {
			a = answer{err: errPanic}
		}
	}()
	a.secret, a.err = operation()
	return a
}

// errPanic is a defect in the keychain's own code.
var errPanic = errors.New("the keychain's code panicked")

// explain turns a failure into words; nil stays nil.
func explain(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	cause := fmt.Errorf("%s: %w", op, err)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return &domain.Error{
			Code: domain.CodeSignedOut, Message: "No API key is kept for this account on this computer.",
			Hint: "Sign in with the key.", Cause: errors.Join(ErrNotFound, cause),
		}
	case ctx.Err() != nil && errors.Is(err, context.Cause(ctx)):
		return &domain.Error{
			Code: domain.CodeCanceled, Message: "Stopped waiting for the system's keychain.", Retryable: true, Cause: cause,
		}
	case errors.Is(err, ErrTimeout):
		return &domain.Error{
			Code: domain.CodeKeychain, Message: "The system's keychain did not answer in time.",
			Hint: "It may be locked: look for a window that asks for its password, then try again.", Retryable: true, Cause: cause,
		}
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return &domain.Error{
			Code: domain.CodeKeychain, Message: "The key is too long for the system's keychain. It was not kept.",
			Hint: "Check that only the key was pasted.", Cause: cause,
		}
	}
	return &domain.Error{
		Code: domain.CodeKeychain, Message: "The system's keychain cannot be used. Keys last for this session only.",
		Hint: hint, Retryable: true, Cause: cause,
	}
}
