package session_test

import (
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestAKeyThatCouldNotBeTaken leaves the account with the key it had: told as it
// is, and synchronised as before.
func TestAKeyThatCouldNotBeTaken(t *testing.T) {
	for name, take := range map[string]func(*rig, domain.AccountID) error{
		"replaced": func(r *rig, id domain.AccountID) error { return r.ReplaceKey(t.Context(), id, r.simulator.APIKey()) },
		"signed in": func(r *rig, _ domain.AccountID) error {
			_, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, 4)
			id := r.signIn(t, r.simulator.APIKey())
			r.until(t, "the synchronization", r.synced(id))
			before := r.state(t, id).Account.LastSyncAt
			r.store.full.Store(true)
			if err := take(r, id); domain.CodeOf(err) != domain.CodeCacheFailed {
				t.Fatalf("came to %v", err)
			}
			r.store.full.Store(false)
			if state := r.state(t, id); state.Key != domain.KeyReady {
				t.Errorf("the state is %+v", state)
			}
			if _, err := r.Remote(id); err != nil {
				t.Errorf("the way to JumpCloud is lost: %v", err)
			}
			if err := r.StartSync(t.Context(), id); err != nil && domain.CodeOf(err) != domain.CodeBusy {
				t.Errorf("a synchronization came to %v", err)
			}
			r.until(t, "a synchronization with the key from before", func() bool { return r.state(t, id).Account.LastSyncAt.After(before) })
		})
	}
}

// TestAFailedTakingLeavesARefusedKeyRefused.
func TestAFailedTakingLeavesARefusedKeyRefused(t *testing.T) {
	r := newRig(t, 4)
	id := r.signIn(t, r.simulator.APIKey())
	r.until(t, "the synchronization", r.synced(id))
	fresh := r.simulator.NewKey()
	if err := r.StartSync(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	refused := func() bool { return r.state(t, id).Key == domain.KeyRefused }
	r.until(t, "the refusal", refused)
	r.store.full.Store(true)
	if err := r.ReplaceKey(t.Context(), id, fresh); domain.CodeOf(err) != domain.CodeCacheFailed {
		t.Fatalf("came to %v", err)
	}
	r.store.full.Store(false)
	if !refused() {
		t.Errorf("the state is %+v", r.state(t, id))
	}
	if err := r.ReplaceKey(t.Context(), id, fresh); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the synchronization with the new key", r.synced(id))
}

// TestALineThatIsNotKeptStopsNoSignIn: the key is good and at work all the same.
func TestALineThatIsNotKeptStopsNoSignIn(t *testing.T) {
	r := newRig(t, 4)
	r.store.noHistory.Store(true)
	id := r.signIn(t, r.simulator.APIKey())
	if state := r.state(t, id); state.Key != domain.KeyReady || r.State().Current != id {
		t.Errorf("the state is %+v", state)
	}
	r.until(t, "the synchronization", r.synced(id))
}
