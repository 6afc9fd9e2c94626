package roster_test

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/roster"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
	"github.com/orgdeck/orgdeck/backend/testkit"
)

// clock stands until a test moves it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// accounts is one account with its way to JumpCloud, which may be missing.
type accounts struct {
	account domain.Account
	remote  roster.Remote
	refused int
}

func (a *accounts) Account(domain.AccountID) (domain.Account, error) { return a.account, nil }

func (a *accounts) Remote(domain.AccountID) (roster.Remote, error) {
	if a.remote == nil {
		return nil, &domain.Error{Code: domain.CodeSignedOut, Message: "No key."}
	}
	return a.remote, nil
}

func (a *accounts) KeyRefused(domain.AccountID, roster.Remote) { a.refused++ }

// rig is a roster on a real cache, the real client and the simulator, every
// exchange of which is held against the contract.
type rig struct {
	*roster.Roster
	simulator *simulator.Running
	accounts  *accounts
	db        *sqlite.DB
	clock     *clock
	id        domain.AccountID
	org       domain.OrgID
	settled   int
}

func newRig(t *testing.T, organizations int) *rig {
	t.Helper()
	r := &rig{clock: &clock{at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}}
	r.simulator = testkit.Simulator(t, simulator.Options{Orgs: organizations, Seed: 7, Now: r.clock.now, NoDrift: true})
	client := testkit.Client(t, r.simulator)
	identity, err := client.Identify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.id = domain.NewAccountID(domain.RegionUS, identity.ProviderID, false)
	r.accounts = &accounts{remote: client, account: domain.Account{
		ID: r.id, Region: domain.RegionUS, ProviderID: identity.ProviderID, Label: "acme", Email: identity.Email, RoleName: identity.RoleName,
	}}
	r.db = testkit.Cache(t, r.clock.now)
	if err := r.db.SaveAccount(t.Context(), r.accounts.account); err != nil {
		t.Fatal(err)
	}
	listed := []domain.Listed{}
	for _, id := range r.simulator.OrganizationIDs() {
		state, err := r.simulator.Organization(id)
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, domain.Listed{ID: domain.OrgID(id), Name: state.Name})
	}
	if _, err := r.db.ApplyListing(t.Context(), r.id, listed, r.clock.now()); err != nil {
		t.Fatal(err)
	}
	if organizations > 0 {
		r.org = listed[0].ID
	}
	r.Roster = roster.New(roster.Options{
		Accounts: r.accounts, Cache: r.db, Keeper: r.db, Now: r.clock.now, Log: slog.New(slog.DiscardHandler),
		Settle: func(context.Context) { r.settled++ },
	})
	return r
}

// person adds an administrator behind the program's back, with access to a
// percentage of the organizations.
func (r *rig) person(t *testing.T, email, role string, coverage int) domain.AdministratorID {
	t.Helper()
	id, err := r.simulator.AddAdministrator(simulator.AdministratorPatch{Email: &email, Role: &role, Coverage: &coverage})
	if err != nil {
		t.Fatal(err)
	}
	return domain.AdministratorID(id)
}

// known reports whether the simulator has an administrator of an e-mail.
func (r *rig) known(email string) map[string]any {
	for _, record := range r.simulator.Administrators() {
		if record["email"] == email {
			return record
		}
	}
	return nil
}

// linked reports what the simulator itself holds of a link.
func (r *rig) linked(t *testing.T, id domain.AdministratorID, org domain.OrgID) bool {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.simulator.URL+"/api/v2/administrators/"+string(id)+"/organizationlinks?limit=100", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("x-api-key", r.simulator.APIKey())
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode == http.StatusOK && contains(t, answer, string(org))
}

// writes counts what the simulator was made to change through the API.
func (r *rig) writes() int { return len(r.simulator.History()) }

// fault breaks requests.
func (r *rig) fault(t *testing.T, faults ...simulator.Fault) {
	t.Helper()
	if err := r.simulator.AddFaults(faults...); err != nil {
		t.Fatal(err)
	}
}

// history gives the kinds, sources and results recorded, oldest first.
func (r *rig) history(t *testing.T) []string {
	t.Helper()
	lines, err := r.db.Activities(t.Context(), r.id, domain.ActivityFilter{})
	if err != nil {
		t.Fatal(err)
	}
	told := []string{}
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		told = append(told, string(l.Kind)+" "+string(l.Source)+" "+l.Before+">"+l.After+" "+l.Result)
	}
	return told
}
