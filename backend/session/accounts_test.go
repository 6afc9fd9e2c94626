package session_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func (r *rig) signIn(t *testing.T, key string) domain.AccountID {
	t.Helper()
	id, err := r.SignIn(t.Context(), "us", key)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (r *rig) state(t *testing.T, id domain.AccountID) domain.AccountState {
	t.Helper()
	for _, a := range r.State().Accounts {
		if a.Account.ID == id {
			return a
		}
	}
	t.Fatalf("%s is not known", id)
	return domain.AccountState{}
}

func TestRename(t *testing.T) {
	r := newRig(t, 5)
	id := r.signIn(t, r.simulator.APIKey())
	before := r.state(t, id).Account.Label
	for _, text := range []string{"", " \t", strings.Repeat("x", 61), "two\nlines", "\xff", "a\u202eb"} {
		if err := r.Rename(t.Context(), id, text); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q came to %v", text, err)
		}
	}
	if got := r.state(t, id).Account.Label; got != before {
		t.Errorf("a refused name was kept: %q", got)
	}
	if err := r.Rename(t.Context(), "us:nobody", "x"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("an unknown account came to %v", err)
	}
	// Renamed while its first run is under way, which saves the account as it was.
	if err := r.Rename(t.Context(), id, "  "+strings.Repeat("ü", 60)+" "); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the synchronization", r.synced(id))
	want := strings.Repeat("ü", 60)
	if got := r.state(t, id).Account.Label; got != want {
		t.Errorf("after a run the label is %q", got)
	}
	r.shut(t)
	r.open(t)
	if got := r.state(t, id).Account.Label; got != want {
		t.Errorf("after a restart the label is %q", got)
	}
	if again := r.signIn(t, r.simulator.APIKey()); r.state(t, again).Account.Label != want {
		t.Errorf("after signing in again the label is %q", r.state(t, again).Account.Label)
	}
}

func TestReplaceKey(t *testing.T) {
	r := newRig(t, 5)
	r.startOther(t, 3)
	id := r.signIn(t, r.simulator.APIKey())
	r.until(t, "the synchronization", r.synced(id))
	fresh := r.simulator.NewKey()
	kept := r.keys.kept[id]
	for _, c := range []struct {
		name, key string
		account   domain.AccountID
		code      domain.Code
		says      string
	}{
		{"of another provider", r.other.APIKey(), id, domain.CodeInvalidInput, "another provider"},
		{"the one that was replaced", kept, id, domain.CodeUnauthorized, "refused this API key"},
		{"nothing", " ", id, domain.CodeInvalidInput, "Enter an API key"},
		{"for nobody", fresh, "us:nobody", domain.CodeNotFound, "not known"},
	} {
		err := r.ReplaceKey(t.Context(), c.account, c.key)
		if domain.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: came to %v", c.name, err)
		}
		if state := r.State(); len(state.Accounts) != 1 || len(r.keys.kept) != 1 || r.keys.kept[id] != kept {
			t.Errorf("%s: something was kept: %+v", c.name, state)
		}
	}
	if err := r.ReplaceKey(t.Context(), id, fresh); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the synchronization with the new key", r.synced(id))
	if state := r.state(t, id); state.Key != domain.KeyReady || r.keys.kept[id] != fresh {
		t.Errorf("the state is %+v", state)
	}
	organizations, err := r.db.Organizations(t.Context(), id)
	if err != nil || len(organizations) != 5 {
		t.Errorf("%d organizations are cached, %v", len(organizations), err)
	}
}

// TestReplaceKeyLeavesWhatIsShown: the answer may come after another account was chosen.
func TestReplaceKeyLeavesWhatIsShown(t *testing.T) {
	r := newRig(t, 3)
	r.startOther(t, 3)
	first := r.signIn(t, r.simulator.APIKey())
	second := r.signIn(t, r.other.APIKey())
	if err := r.ReplaceKey(t.Context(), first, r.simulator.NewKey()); err != nil {
		t.Fatal(err)
	}
	if state := r.State(); state.Current != second || len(state.Accounts) != 2 {
		t.Errorf("the state is %+v", state)
	}
}

func TestKeyHealth(t *testing.T) {
	const all = "read_provider:granted list_organizations:granted "
	for _, c := range []struct{ role, want string }{
		{"Administrator With Billing", all + "add_organizations:granted read_administrators:granted read_invoices:granted"},
		{"Administrator", all + "add_organizations:denied read_administrators:granted read_invoices:denied"},
		{"Read Only", all + "add_organizations:denied read_administrators:granted read_invoices:denied"},
		{"Billing Only", "read_provider:granted list_organizations:denied add_organizations:denied read_administrators:denied read_invoices:granted"},
	} {
		t.Run(c.role, func(t *testing.T) {
			r := newRig(t, 3)
			id := r.signIn(t, r.simulator.APIKey())
			r.until(t, "the synchronization", r.synced(id))
			if err := r.simulator.SetRole(c.role, 0); err != nil {
				t.Fatal(err)
			}
			health, err := r.KeyHealth(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, right := range health.Rights {
				told = append(told, string(right.Name)+":"+string(right.State))
				if (right.State == domain.RightGranted) != (right.Message == "" && right.Hint == "") {
					t.Errorf("the words of a right are %+v", right)
				}
			}
			if got := strings.Join(told, " "); got != c.want {
				t.Errorf("the key may\n%s\nwant\n%s", got, c.want)
			}
			if health.Account.RoleName != c.role || !strings.HasPrefix(r.simulator.APIKey(), health.Account.KeyPrefix) || health.Key != domain.KeyReady {
				t.Errorf("the health is %+v", health)
			}
			if state := r.state(t, id); !reflect.DeepEqual(state.Account, health.Account) {
				t.Errorf("what was learnt is not kept: %+v", state.Account)
			}
			if written := r.simulator.History(); len(written) != 0 {
				t.Errorf("asking changed something: %+v", written)
			}
		})
	}
}

func TestHealthOfARefusedKey(t *testing.T) {
	r := newRig(t, 3)
	id := r.signIn(t, r.simulator.APIKey())
	r.until(t, "the synchronization", r.synced(id))
	r.simulator.NewKey()
	health, err := r.KeyHealth(t.Context(), id)
	if err != nil || health.Key != domain.KeyRefused || len(health.Rights) != 0 {
		t.Errorf("the health is %+v, %v", health, err)
	}
	if err := r.SignOut(t.Context(), id, false); err != nil {
		t.Fatal(err)
	}
	if _, err := r.KeyHealth(t.Context(), id); domain.CodeOf(err) != domain.CodeSignedOut {
		t.Errorf("without a key it came to %v", err)
	}
}

// refuse has the server refuse the key, and waits until that is known.
func (r *rig) refuse(t *testing.T, id domain.AccountID) {
	t.Helper()
	if err := r.simulator.AddFaults(simulator.Fault{Kind: simulator.FaultStatus, Status: http.StatusUnauthorized}); err != nil {
		t.Fatal(err)
	}
	if err := r.StartSync(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the refusal", func() bool {
		status, err := r.SyncStatus(id)
		return err == nil && status.Run.State != domain.SyncRunning && r.state(t, id).Key == domain.KeyRefused
	})
	r.simulator.ClearFaults()
}

// TestARefusedKeyThatIsGoodAgain: API access was turned off and on again. A look
// at the key, or the next run, finds out.
func TestARefusedKeyThatIsGoodAgain(t *testing.T) {
	for name, find := range map[string]func(*rig, domain.AccountID) error{
		"by a look at the key": func(r *rig, id domain.AccountID) error {
			health, err := r.KeyHealth(t.Context(), id)
			if health.Key != domain.KeyReady {
				t.Errorf("the key's health is %+v", health)
			}
			return err
		},
		"by a run": func(r *rig, id domain.AccountID) error { return r.StartSync(t.Context(), id) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, 3)
			id := r.signIn(t, r.simulator.APIKey())
			r.until(t, "the synchronization", r.synced(id))
			r.refuse(t, id)
			if err := find(r, id); err != nil {
				t.Fatal(err)
			}
			r.until(t, "a synchronization with the key that is good again", func() bool {
				return r.synced(id)() && r.state(t, id).Key == domain.KeyReady
			})
		})
	}
}

// TestALateRefusalOfTheOldKey says nothing of the one that took its place.
func TestALateRefusalOfTheOldKey(t *testing.T) {
	r := newRig(t, 3)
	id := r.signIn(t, r.simulator.APIKey())
	r.until(t, "the synchronization", r.synced(id))
	old, err := r.Remote(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.ReplaceKey(t.Context(), id, r.simulator.NewKey()); err != nil {
		t.Fatal(err)
	}
	r.Session.KeyRefused(id, old)
	if state := r.state(t, id); state.Key != domain.KeyReady {
		t.Errorf("a late refusal of the old key makes it %q", state.Key)
	}
	remote, err := r.Remote(id)
	if err != nil {
		t.Fatal(err)
	}
	r.Session.KeyRefused(id, remote)
	if state := r.state(t, id); state.Key != domain.KeyRefused {
		t.Errorf("a refusal of the new key leaves it %q", state.Key)
	}
}

// TestASecondKeyOfAProvider does not take the place of the first unasked.
func TestASecondKeyOfAProvider(t *testing.T) {
	r := newRig(t, 3)
	first := r.simulator.APIKey()
	id := r.signIn(t, first)
	r.until(t, "the synchronization", r.synced(id))
	before := r.state(t, id)
	second := r.simulator.NewKey()
	if _, err := r.SignIn(t.Context(), "us", second); domain.CodeOf(err) != domain.CodeAlreadyHere || !strings.Contains(err.Error(), before.Account.Label) {
		t.Fatalf("a second key came to %v", err)
	}
	if state := r.state(t, id); !reflect.DeepEqual(state, before) || r.keys.kept[id] != first {
		t.Errorf("the second key left %+v, and kept is another key: %v", state, r.keys.kept[id] != first)
	}
	// The first is refused by now; once that is known, signing in is the way back.
	if _, err := r.KeyHealth(t.Context(), id); err != nil || r.state(t, id).Key != domain.KeyRefused {
		t.Fatalf("the first key is %+v, %v", r.state(t, id), err)
	}
	if again := r.signIn(t, second); again != id || r.keys.kept[id] != second || r.state(t, id).Key != domain.KeyReady {
		t.Errorf("after the refusal the state is %+v", r.state(t, id))
	}
	if again := r.signIn(t, second); again != id || r.state(t, id).Key != domain.KeyReady {
		t.Errorf("signing in with the same key again came to %+v", r.state(t, id))
	}
	if err := r.SignOut(t.Context(), id, false); err != nil {
		t.Fatal(err)
	}
	if again := r.signIn(t, r.simulator.NewKey()); again != id {
		t.Errorf("after signing out the account is %q", again)
	}
}
