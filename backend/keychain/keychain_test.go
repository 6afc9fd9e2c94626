package keychain

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// canary is a key that must not be in any error.
const canary = "jca_CANARY-0123456789"

// fake is a keychain with switches.
type fake struct {
	kept    map[string]string
	fail    error
	panics  bool
	blocked chan struct{} // while set and open, calls hang
	calls   atomic.Int32
}

func (f *fake) enter() error {
	f.calls.Add(1)
	if f.panics {
		panic("panicked with " + canary)
	}
	if f.blocked != nil {
		<-f.blocked
	}
	return f.fail
}

func (f *fake) Get(service, user string) (string, error) {
	if err := f.enter(); err != nil {
		return "", err
	}
	secret, ok := f.kept[service+"/"+user]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return secret, nil
}

func (f *fake) Set(service, user, secret string) error {
	if err := f.enter(); err != nil {
		return err
	}
	f.kept[service+"/"+user] = secret
	return nil
}

func (f *fake) Delete(service, user string) error {
	if err := f.enter(); err != nil {
		return err
	}
	if _, ok := f.kept[service+"/"+user]; !ok {
		return keyring.ErrNotFound
	}
	delete(f.kept, service+"/"+user)
	return nil
}

func newFake() *fake { return &fake{kept: map[string]string{}} }

// exercise does everything with a working keychain; every implementation must pass.
func exercise(t *testing.T, k *Keychain) {
	t.Helper()
	ctx := context.Background()
	const account = domain.AccountID("us:5f0000000000000000000001")
	if err := k.Probe(ctx); err != nil {
		t.Fatalf("Probe: %v", err)
	}
	_, err := k.Get(ctx, account)
	if domain.CodeOf(err) != domain.CodeSignedOut || !errors.Is(err, ErrNotFound) {
		t.Fatalf("Get of a key that is not there: %v", err)
	}
	for _, key := range []string{canary, "other " + strings.Repeat("ü", 200)} {
		if err := k.Set(ctx, account, key); err != nil {
			t.Fatalf("Set: %v", err)
		}
		if got, err := k.Get(ctx, account); err != nil || got != key {
			t.Fatalf("Get: %q, %v; want %q", got, err, key)
		}
	}
	if _, err := k.Get(ctx, "eu:other"); !errors.Is(err, ErrNotFound) {
		t.Fatalf("Get for another account: %v", err)
	}
	for range 2 { // the second time there is nothing to forget
		if err := k.Delete(ctx, account); err != nil {
			t.Fatalf("Delete: %v", err)
		}
	}
	if _, err := k.Get(ctx, account); !errors.Is(err, ErrNotFound) {
		t.Fatalf("Get after Delete: %v", err)
	}
}

func TestFake(t *testing.T) { exercise(t, newKeychain(Options{}, newFake())) }

func TestMockedSystem(t *testing.T) {
	keyring.MockInit()
	exercise(t, New(Options{Service: "Orgdeck (test)"}))
}

func TestServiceName(t *testing.T) {
	f := newFake()
	if err := newKeychain(Options{}, f).Set(context.Background(), "us:1", "k"); err != nil {
		t.Fatal(err)
	}
	if f.kept["Orgdeck/us:1"] != "k" {
		t.Errorf("kept %v, want the service Orgdeck and the account as user", f.kept)
	}
}

func TestFailures(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(f *fake)
		code  domain.Code
	}{
		{"no keychain", func(f *fake) { f.fail = errors.New("exec: \"dbus-launch\": executable file not found") }, domain.CodeKeychain},
		{"too big", func(f *fake) { f.fail = keyring.ErrSetDataTooBig }, domain.CodeKeychain},
		{"panic", func(f *fake) { f.panics = true }, domain.CodeKeychain},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake()
			test.spoil(f)
			k := newKeychain(Options{}, f)
			ctx := context.Background()
			_, getErr := k.Get(ctx, "us:1")
			for op, err := range map[string]error{
				"Probe": k.Probe(ctx), "Get": getErr, "Set": k.Set(ctx, "us:1", canary), "Delete": k.Delete(ctx, "us:1"),
			} {
				failure, ok := errors.AsType[*domain.Error](err)
				if !ok || failure.Code != test.code || failure.Message == "" || failure.Hint == "" {
					t.Errorf("%s: %v, want %s with words", op, err, test.code)
				}
				if strings.Contains(err.Error(), canary) {
					t.Errorf("%s: the key is in the error", op)
				}
			}
		})
	}
}

// TestStuckPrompt hangs one call: it and those after it end at their deadlines,
// and only one goroutine is left behind the prompt. Once that is gone, all works.
func TestStuckPrompt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.blocked = make(chan struct{})
		k := newKeychain(Options{Timeout: time.Minute}, f)
		ctx := context.Background()
		begun := time.Now()
		for range 5 {
			_, err := k.Get(ctx, "us:1")
			if domain.CodeOf(err) != domain.CodeKeychain || !errors.Is(err, ErrTimeout) {
				t.Fatalf("Get: %v, want a timeout", err)
			}
		}
		if waited := time.Since(begun); waited != 5*time.Minute || f.calls.Load() != 1 {
			t.Errorf("waited %v in five calls, %d reached the keychain; want 5m0s and 1", waited, f.calls.Load())
		}
		close(f.blocked)
		synctest.Wait()
		if err := k.Set(ctx, "us:1", canary); err != nil {
			t.Errorf("Set afterwards: %v", err)
		}
	})
}

func TestCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.blocked = make(chan struct{})
		defer close(f.blocked)
		k := newKeychain(Options{}, f)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		for range 2 { // under way, then not begun
			if _, err := k.Get(ctx, "us:1"); domain.CodeOf(err) != domain.CodeCanceled {
				t.Errorf("Get: %v, want canceled", err)
			}
		}
	})
}
