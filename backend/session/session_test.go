package session_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestSignIn(t *testing.T) {
	r := newRig(t, 12)
	id, err := r.SignIn(t.Context(), "us", " \n"+r.simulator.APIKey()+"\t")
	if err != nil {
		t.Fatal(err)
	}
	state := r.State()
	if state.Current != id || len(state.Accounts) != 1 || state.Accounts[0].Key != domain.KeyReady || state.Accounts[0].KeyInSessionOnly {
		t.Fatalf("the state is %+v", state)
	}
	r.until(t, "the first synchronization", r.synced(id))
	organizations, err := r.db.Organizations(t.Context(), id)
	if err != nil || len(organizations) != 12 {
		t.Fatalf("%d organizations are cached, %v", len(organizations), err)
	}
	if r.keys.kept[id] != r.simulator.APIKey() {
		t.Error("the key was not kept as it was meant")
	}
}

func TestRefusedSignIns(t *testing.T) {
	r := newRig(t, 3)
	for _, c := range []struct {
		name, region, key string
		code              domain.Code
		says              string
	}{
		{"empty", "us", "", domain.CodeInvalidInput, "Enter an API key"},
		{"white space", "us", " \t\n", domain.CodeInvalidInput, "Enter an API key"},
		{"two lines", "us", "jca_one\njca_two", domain.CodeInvalidInput, "spaces, line breaks"},
		{"not ASCII", "us", "jca_größe", domain.CodeInvalidInput, "special characters"},
		{"a whole file", "us", strings.Repeat("x", 5000), domain.CodeInvalidInput, "too long"},
		{"no region", "", "jca_x", domain.CodeInvalidInput, "regions"},
		{"a region that is none", "console.jumpcloud.com", "jca_x", domain.CodeInvalidInput, "regions"},
		{"a wrong key", "us", "jca_wrong", domain.CodeUnauthorized, "refused this API key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.SignIn(t.Context(), c.region, c.key)
			if domain.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("was answered with %v", err)
			}
			if state := r.State(); len(state.Accounts) != 0 || len(r.keys.kept) != 0 {
				t.Errorf("something was kept: %+v, %d keys", state, len(r.keys.kept))
			}
		})
	}
}

func TestUnreachableSignIn(t *testing.T) {
	r := newRig(t, 3)
	if err := r.stopSimulator(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.SignIn(t.Context(), "us", "jca_x"); domain.CodeOf(err) != domain.CodeOffline {
		t.Errorf("an unreachable server was answered with %v", err)
	}
}

func TestWithoutKeychain(t *testing.T) {
	r := newRig(t, 3)
	r.keys.missing = true
	id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	state := r.State()
	if !state.Accounts[0].KeyInSessionOnly || state.KeychainProblem == nil {
		t.Fatalf("nobody is told that the key is not kept: %+v", state)
	}
	r.until(t, "the synchronization", r.synced(id))
	r.shut(t)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(r.path), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(r.simulator.APIKey())) {
			t.Errorf("%s holds the key", file)
		}
	}
	r.preferred = id
	r.open(t)
	r.Connect(t.Context())
	if state := r.State(); state.Accounts[0].Key != domain.KeyMissing || state.Current != id {
		t.Errorf("after a restart the state is %+v", state)
	}
}

func TestRestartOfflineKeepsEverything(t *testing.T) {
	r := newRig(t, 30)
	id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	r.until(t, "the synchronization", r.synced(id))
	r.shut(t)
	if err := r.stopSimulator(); err != nil {
		t.Fatal(err)
	}
	r.preferred = id
	r.open(t)
	if state := r.State(); state.Current != id || state.Accounts[0].Key != domain.KeyChecking {
		t.Fatalf("before the keychain answered the state is %+v", state)
	}
	r.Connect(t.Context())
	r.until(t, "being offline", func() bool {
		status, err := r.SyncStatus(id)
		return err == nil && !status.Online
	})
	organizations, err := r.db.Organizations(t.Context(), id)
	if err != nil || len(organizations) != 30 || organizations[0].Users.State != domain.FigureKnown {
		t.Errorf("offline %d organizations are known, %v", len(organizations), err)
	}
}

// TestTheDemoStartsOnWhatIsCached: its key is asked for only after the first
// rows, which would wait for it otherwise.
func TestTheDemoStartsOnWhatIsCached(t *testing.T) {
	r := newRig(t, 3)
	id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	r.shut(t)
	r.demo = true
	r.open(t)
	if state := r.State(); state.Current != id {
		t.Errorf("shown is %q, want %q", state.Current, id)
	}
}

// TestStartWithoutAPreferredAccount: the one that has a key is shown; where none
// has, a person is asked to sign in.
func TestStartWithoutAPreferredAccount(t *testing.T) {
	r := newRig(t, 3)
	id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []domain.AccountID{id, ""} {
		r.shut(t)
		r.open(t)
		if state := r.State(); state.Current != "" || len(state.Accounts) != 1 {
			t.Fatalf("before the keychain answered the state is %+v", state)
		}
		r.Connect(t.Context())
		if state := r.State(); state.Current != want {
			t.Errorf("shown is %q, want %q", state.Current, want)
		}
		if err := r.SignOut(t.Context(), id, false); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeyReplaced(t *testing.T) {
	r := newRig(t, 5)
	id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	r.until(t, "the synchronization", r.synced(id))
	fresh := r.simulator.NewKey()
	if err := r.StartSync(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the refusal", func() bool { return r.State().Accounts[0].Key == domain.KeyRefused })
	organizations, err := r.db.Organizations(t.Context(), id)
	if err != nil || len(organizations) != 5 {
		t.Fatalf("after the refusal %d organizations are known, %v", len(organizations), err)
	}
	again, err := r.SignIn(t.Context(), "us", fresh)
	if err != nil || again != id {
		t.Fatalf("the new key gave %q, %v", again, err)
	}
	r.until(t, "the synchronization with the new key", r.synced(id))
	if state := r.State(); len(state.Accounts) != 1 || state.Accounts[0].Key != domain.KeyReady {
		t.Errorf("the state is %+v", state)
	}
}

func TestSignOut(t *testing.T) {
	for _, erase := range []bool{false, true} {
		r := newRig(t, 8)
		id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
		if err != nil {
			t.Fatal(err)
		}
		r.until(t, "the synchronization", r.synced(id))
		if err := r.SignOut(t.Context(), id, erase); err != nil {
			t.Fatal(err)
		}
		state := r.State()
		organizations, err := r.db.Organizations(t.Context(), id)
		if err != nil || len(r.keys.kept) != 0 || state.Current != "" {
			t.Errorf("erase %v: %d keys are left, shown is %q, %v", erase, len(r.keys.kept), state.Current, err)
		}
		if erase && len(state.Accounts)+len(organizations) != 0 {
			t.Errorf("erased, but %d accounts and %d organizations are left", len(state.Accounts), len(organizations))
		}
		if !erase && (len(state.Accounts) != 1 || state.Accounts[0].Key != domain.KeyMissing || len(organizations) != 8) {
			t.Errorf("the cache should be readable: %+v, %d organizations", state, len(organizations))
		}
		if err := r.StartSync(t.Context(), id); err == nil {
			t.Error("a signed-out account was synchronized")
		}
	}
}

func TestRemote(t *testing.T) {
	r := newRig(t, 3)
	if _, err := r.Remote("us:nobody"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("an unknown account gives %v", err)
	}
	id, err := r.SignIn(t.Context(), "us", r.simulator.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	remote, err := r.Remote(id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := remote.Identify(t.Context()); err != nil {
		t.Errorf("the remote does not reach the server: %v", err)
	}
	r.Session.KeyRefused(id, remote)
	if state := r.State(); state.Accounts[0].Key != domain.KeyRefused {
		t.Errorf("after a refusal the state is %+v", state)
	}
	if err := r.SignOut(t.Context(), id, false); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Remote(id); domain.CodeOf(err) != domain.CodeSignedOut {
		t.Errorf("a signed-out account gives %v", err)
	}
}
