package session_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// self patches the administrator whose key it is.
func (r *rig) self(t *testing.T, patch simulator.AdministratorPatch) {
	t.Helper()
	remote, err := r.dial("us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	who, err := remote.Identify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.simulator.PatchAdministrator(who.AdministratorID, patch); err != nil {
		t.Fatal(err)
	}
}

func (r *rig) behave(t *testing.T, b simulator.Behaviour) {
	t.Helper()
	if err := r.simulator.SetBehaviour(b); err != nil {
		t.Fatal(err)
	}
}

// TestSignInsThatTheServerRefuses: every reason has words, for the server has
// none that a person could use, and nothing is kept.
func TestSignInsThatTheServerRefuses(t *testing.T) {
	yesterday, off := time.Now().Add(-24*time.Hour), false
	for _, c := range []struct {
		name          string
		organizations int
		arrange       func(t *testing.T, r *rig)
		// foreign signs in with a key that another region's server gave out.
		foreign bool
		code    domain.Code
		says    []string
	}{
		{"of another region", 3, func(*testing.T, *rig) {}, true, domain.CodeUnauthorized, []string{"JumpCloud United States refused this API key", "belongs to another region"}},
		{"expired", 3, func(t *testing.T, r *rig) { r.self(t, simulator.AdministratorPatch{KeyExpire: &yesterday}) }, false, domain.CodeUnauthorized, []string{"refused this API key", "has expired"}},
		{"API access off", 3, func(t *testing.T, r *rig) { r.self(t, simulator.AdministratorPatch{KeyAllowed: &off}) }, false, domain.CodeUnauthorized, []string{"refused this API key", "API access is off"}},
		{"of one organization", 3, func(t *testing.T, r *rig) { r.behave(t, simulator.Behaviour{SingleTenant: true}) }, false, domain.CodeNoProvider, []string{"single organization", "Multi-Tenant Portal"}},
		{"without a provider or an organization", 0, func(t *testing.T, r *rig) { r.behave(t, simulator.Behaviour{HideProvider: true}) }, false, domain.CodeNoProvider, []string{"does not tell which provider", "sees no organization"}},
		{"that may read nothing", 3, func(t *testing.T, r *rig) {
			if err := r.simulator.AddFaults(simulator.Fault{Kind: simulator.FaultStatus, Status: 403}); err != nil {
				t.Fatal(err)
			}
		}, false, domain.CodeForbidden, []string{"may not be used", "multi-tenant rights"}},
		{"without a provider, at organizations it may not list", 3, func(t *testing.T, r *rig) {
			r.behave(t, simulator.Behaviour{HideProvider: true})
			if err := r.simulator.AddFaults(simulator.Fault{Path: "/api/organizations", Kind: simulator.FaultStatus, Status: 403}); err != nil {
				t.Fatal(err)
			}
		}, false, domain.CodeNoProvider, []string{"does not tell which provider"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, c.organizations)
			c.arrange(t, r)
			key := r.simulator.APIKey()
			if c.foreign {
				elsewhere, err := simulator.Start("127.0.0.1:0", simulator.Options{Orgs: 3, Seed: 9, Now: time.Now})
				if err != nil {
					t.Fatal(err)
				}
				key = elsewhere.APIKey()
				if err := elsewhere.Close(); err != nil {
					t.Fatal(err)
				}
			}
			_, err := r.SignIn(t.Context(), "us", key)
			told, ok := errors.AsType[*domain.Error](err)
			if !ok || told.Code != c.code {
				t.Fatalf("was answered with %v", err)
			}
			for _, words := range append(c.says, "Nothing was kept") {
				if !strings.Contains(told.Message+" "+told.Hint, words) {
					t.Errorf("%q, %q do not say %q", told.Message, told.Hint, words)
				}
			}
			if state := r.State(); len(state.Accounts) != 0 || len(r.keys.kept) != 0 {
				t.Errorf("something was kept: %+v, %d keys", state, len(r.keys.kept))
			}
		})
	}
}

// TestAKnownAccountNeedsNotBeToldItsProvider: a server that does not name it, in
// a moment when nothing can be listed, has not refused the key.
func TestAKnownAccountNeedsNotBeToldItsProvider(t *testing.T) {
	r := newRig(t, 5)
	id := r.signIn(t, r.simulator.APIKey())
	r.until(t, "the synchronization", r.synced(id))
	before := r.state(t, id).Account.LastSyncAt
	r.behave(t, simulator.Behaviour{HideProvider: true})
	if err := r.simulator.AddFaults(simulator.Fault{Path: "/api/organizations", Query: "limit=1&", Kind: simulator.FaultStatus, Status: 403}); err != nil {
		t.Fatal(err)
	}
	if err := r.StartSync(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the next synchronization", func() bool { return r.state(t, id).Account.LastSyncAt.After(before) })
	if state := r.state(t, id); state.Key != domain.KeyReady {
		t.Errorf("the state is %+v", state)
	}
}
