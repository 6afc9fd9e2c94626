package roster_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/roster"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func contains(t *testing.T, answer *http.Response, text string) bool {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(body), text)
}

// circumstance is something that may happen to a write, and what must be told.
type circumstance struct {
	name   string
	faults func(method, path string) []simulator.Fault
	state  domain.ActState
	code   domain.Code
}

func circumstances() []circumstance {
	const reading = "/api/v2/"
	one := func(kind simulator.FaultKind, status int) func(string, string) []simulator.Fault {
		return func(method, path string) []simulator.Fault {
			return []simulator.Fault{{Method: method, Path: path, Kind: kind, Status: status, Times: 1}}
		}
	}
	always := func(kind simulator.FaultKind, status int) func(string, string) []simulator.Fault {
		return func(method, path string) []simulator.Fault {
			return []simulator.Fault{{Method: method, Path: path, Kind: kind, Status: status}}
		}
	}
	return []circumstance{
		{"nothing", func(string, string) []simulator.Fault { return nil }, domain.ActApplied, ""},
		{"lost answer", one(simulator.FaultLost, 0), domain.ActApplied, ""},
		{"truncated answer", one(simulator.FaultTruncate, 0), domain.ActApplied, ""},
		{"refused", always(simulator.FaultStatus, http.StatusForbidden), "", domain.CodeForbidden},
		{"rejected", always(simulator.FaultStatus, http.StatusUnprocessableEntity), "", domain.CodeRejected},
		{"key refused", always(simulator.FaultStatus, http.StatusUnauthorized), "", domain.CodeUnauthorized},
		{"server fails", always(simulator.FaultStatus, http.StatusInternalServerError), domain.ActNotApplied, ""},
		{"connection cut", always(simulator.FaultReset, 0), domain.ActNotApplied, ""},
		{"accepted, nothing changed", always(simulator.FaultStatus, http.StatusNoContent), domain.ActNotApplied, ""},
		{"lost, then offline", func(method, path string) []simulator.Fault {
			return []simulator.Fault{
				{Method: method, Path: path, Kind: simulator.FaultLost},
				{Method: http.MethodGet, Path: reading, Kind: simulator.FaultReset, After: lookCalls},
			}
		}, domain.ActUncertain, ""},
	}
}

// lookCalls is how many reading calls to the second version of the API come
// before a change of access is sent.
const lookCalls = 2

// TestWhatIsToldIsWhatTheServerHolds runs both acts of access through every
// circumstance: told as applied or unchanged, the server holds the wish; told as
// refused or not applied, it does not; and nothing is ever written twice.
func TestWhatIsToldIsWhatTheServerHolds(t *testing.T) {
	for _, give := range []bool{true, false} {
		for _, c := range circumstances() {
			name, method, coverage := "take/"+c.name, http.MethodDelete, 100
			if give {
				name, method, coverage = "give/"+c.name, http.MethodPost, 0
			}
			if give && c.name == "accepted, nothing changed" {
				continue // a 204 to this POST is none of its answers
			}
			t.Run(name, func(t *testing.T) {
				r := newRig(t, 3)
				who := r.person(t, "kim@other.example", "Help Desk", coverage)
				r.fault(t, c.faults(method, "/api/v2/administrators/")...)
				act := r.TakeAccess
				if give {
					act = r.GiveAccess
				}
				outcome, err := act(t.Context(), r.id, r.org, who)
				r.simulator.ClearFaults()
				if domain.CodeOf(err) != c.code || outcome.State != c.state {
					t.Fatalf("told %q %q, %v; want %q, %q", outcome.State, outcome.Message, err, c.state, c.code)
				}
				holds := r.linked(t, who, r.org) == give
				if (outcome.State == domain.ActApplied) != holds && outcome.State != domain.ActUncertain {
					t.Errorf("told %q, but the server holds the wish: %v", outcome.State, holds)
				}
				if r.writes() > 1 {
					t.Errorf("written %d times", r.writes())
				}
				told := r.history(t)
				want := "ok"
				if c.state != domain.ActApplied {
					want = string(c.state) + string(c.code)
				}
				if len(told) != 1 || !strings.Contains(told[0], "kim@other.example") || !strings.HasSuffix(told[0], " "+want) {
					t.Errorf("the history tells %q, want one line with %s", told, want)
				}
				if c.code == domain.CodeUnauthorized && r.accounts.refused == 0 {
					t.Error("nobody was told that the key is refused")
				}
				if c.state == domain.ActUncertain || c.code != "" {
					return
				}
				cached, err := r.Organization(t.Context(), r.id, r.org)
				if err != nil || slices.Contains(cached.Linked, who) != r.linked(t, who, r.org) {
					t.Errorf("the cache differs from the server: %v, %v", cached.Linked, err)
				}
			})
		}
	}
}

func TestAccessThatIsSoAlreadyIsLeftAlone(t *testing.T) {
	r := newRig(t, 2)
	who := r.person(t, "kim@other.example", "Help Desk", 100)
	outcome, err := r.GiveAccess(t.Context(), r.id, r.org, who)
	if err != nil || outcome.State != domain.ActUnchanged || r.writes() != 0 || len(r.history(t)) != 0 {
		t.Errorf("%+v, %v, %d writes, %v", outcome, err, r.writes(), r.history(t))
	}
	// Someone else takes the access between the reading and the request.
	r.fault(t, simulator.Fault{Method: http.MethodDelete, Path: "/api/v2/administrators/", Kind: simulator.FaultStatus, Status: http.StatusNotFound})
	if outcome, err = r.TakeAccess(t.Context(), r.id, r.org, who); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("still there, and told as %+v, %v", outcome, err)
	}
}

func TestWhoMustStay(t *testing.T) {
	r := newRig(t, 2)
	var self domain.AdministratorID
	for _, record := range r.simulator.Administrators() {
		id := domain.AdministratorID(record["id"].(string))
		if record["email"] == r.accounts.account.Email {
			self = id
		} else if record["roleName"] == domain.RoleAdministratorWithBilling {
			if err := r.simulator.DeleteAdministrator(string(id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	suspended, yes := r.person(t, "asleep@acme.example", domain.RoleAdministratorWithBilling, 100), true
	if err := r.simulator.PatchAdministrator(string(suspended), simulator.AdministratorPatch{Suspended: &yes}); err != nil {
		t.Fatal(err)
	}
	check := func(name string, err error, says string) {
		t.Helper()
		if domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := r.TakeAccess(t.Context(), r.id, r.org, self)
	check("taking access from yourself", err, "This is you")
	_, err = r.Delete(t.Context(), r.id, self, r.accounts.account.Email)
	check("deleting yourself", err, "This is you")
	preview, err := r.PreviewDeletion(t.Context(), r.id, self)
	if err != nil || !strings.Contains(preview.Refused, "This is you") || len(preview.Organizations) != 2 {
		t.Errorf("the preview is %+v, %v", preview, err)
	}
	if r.writes() != 0 {
		t.Errorf("%d writes were sent", r.writes())
	}
	if outcome, err := r.Delete(t.Context(), r.id, suspended, "ASLEEP@acme.example "); err != nil || outcome.State != domain.ActApplied || outcome.Organizations != 2 {
		t.Errorf("one that is suspended, while an active one is left: %+v, %v", outcome, err)
	}
}

// TestTheLastAdministratorWithBilling uses a key that may manage and is itself
// counted out, because it is suspended.
func TestTheLastAdministratorWithBilling(t *testing.T) {
	r := newRig(t, 2)
	yes := true
	var last domain.AdministratorID
	for _, record := range r.simulator.Administrators() {
		id := record["id"].(string)
		switch {
		case record["email"] == r.accounts.account.Email:
			if err := r.simulator.PatchAdministrator(id, simulator.AdministratorPatch{Suspended: &yes}); err != nil {
				t.Fatal(err)
			}
		case record["roleName"] == domain.RoleAdministratorWithBilling:
			last = domain.AdministratorID(id)
		}
	}
	email := ""
	for _, record := range r.simulator.Administrators() {
		if record["id"] == string(last) {
			email = record["email"].(string)
		}
	}
	if _, err := r.Delete(t.Context(), r.id, last, email); err == nil || !strings.Contains(err.Error(), "last Administrator With Billing") {
		t.Errorf("deleting: %v", err)
	}
	if _, err := r.TakeAccess(t.Context(), r.id, r.org, last); err == nil || !strings.Contains(err.Error(), "last Administrator With Billing") {
		t.Errorf("taking access: %v", err)
	}
	r.person(t, "another@acme.example", domain.RoleAdministratorWithBilling, 100)
	if outcome, err := r.TakeAccess(t.Context(), r.id, r.org, last); err != nil || outcome.State != domain.ActApplied {
		t.Errorf("with another one: %+v, %v", outcome, err)
	}
}

func TestLocalAdministratorsAreReadOnly(t *testing.T) {
	r := newRig(t, 30)
	for _, id := range r.simulator.OrganizationIDs() {
		org := domain.OrgID(id)
		found, err := r.RefreshOrganization(t.Context(), r.id, org)
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Local) == 0 {
			continue
		}
		_, err = r.TakeAccess(t.Context(), r.id, org, found.Local[0].ID)
		if domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(err.Error(), "belongs to") || r.writes() != 0 {
			t.Errorf("%v, %d writes", err, r.writes())
		}
		if _, err = r.Delete(t.Context(), r.id, found.Local[0].ID, found.Local[0].Email); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("deleting: %v", err)
		}
		return
	}
	t.Fatal("no organization has local administrators: nothing was proven")
}

func TestDelete(t *testing.T) {
	for _, c := range circumstances() {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 4)
			who := r.person(t, "Kim@other.example", "Manager", 100)
			faults := c.faults(http.MethodDelete, "/api/v2/providers/")
			for i := range faults {
				if faults[i].Method == http.MethodGet {
					faults[i].Path = "/api/v2/providers/"
					faults[i].After = 1 // the look at all administrators
				}
			}
			r.fault(t, faults...)
			outcome, err := r.Delete(t.Context(), r.id, who, "kim@OTHER.example")
			r.simulator.ClearFaults()
			if domain.CodeOf(err) != c.code || outcome.State != c.state {
				t.Fatalf("told %q %q, %v; want %q, %q", outcome.State, outcome.Message, err, c.state, c.code)
			}
			gone := r.known("Kim@other.example") == nil
			if (outcome.State == domain.ActApplied) != gone && outcome.State != domain.ActUncertain {
				t.Errorf("told %q, but gone is %v", outcome.State, gone)
			}
			if c.state == domain.ActApplied && (outcome.Organizations != 4 || !strings.Contains(outcome.Message, "4")) {
				t.Errorf("told %+v", outcome)
			}
			if r.writes() > 1 || len(r.history(t)) != 1 {
				t.Errorf("%d writes, the history tells %q", r.writes(), r.history(t))
			}
		})
	}
}

func TestDeleteWantsTheEmail(t *testing.T) {
	r := newRig(t, 1)
	who := r.person(t, "kim@other.example", "Manager", 100)
	for _, typed := range []string{"", "kim", "kim@other.example.org", "lee@other.example"} {
		if _, err := r.Delete(t.Context(), r.id, who, typed); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q: %v", typed, err)
		}
	}
	// The e-mail is that of now, not the one that was shown.
	renamed := "kim.lee@other.example"
	if err := r.simulator.PatchAdministrator(string(who), simulator.AdministratorPatch{Email: &renamed}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Delete(t.Context(), r.id, who, "kim@other.example"); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("the old e-mail: %v", err)
	}
	if r.writes() != 0 {
		t.Errorf("%d writes", r.writes())
	}
}

// TestRoles: what each role may do is done, and what it may not is explained
// with who can grant it.
func TestRoles(t *testing.T) {
	for role, c := range map[string]struct{ reads, writes bool }{
		"Administrator With Billing": {true, true}, "Administrator": {true, false}, "Help Desk": {true, false},
		"Billing Only": {false, false}, "Read Only": {true, false},
	} {
		t.Run(role, func(t *testing.T) {
			r := newRig(t, 2)
			who := r.person(t, "kim@other.example", "Manager", 100)
			if err := r.simulator.SetRole(role, 0); err != nil {
				t.Fatal(err)
			}
			r.accounts.account.RoleName = role
			found, err := r.RefreshOrganization(t.Context(), r.id, r.org)
			want := domain.ReadKnown
			if !c.reads {
				want = domain.ReadNoAccess
			}
			if err != nil || found.LinkedReading.State() != want || found.ProviderReading.State() != want || found.LocalReading.State() != want {
				t.Errorf("reading: %+v, %v", found, err)
			}
			page, err := r.RefreshProvider(t.Context(), r.id)
			if err != nil || page.Reading.State() != want || c.reads != (len(page.Administrators) > 0) {
				t.Errorf("the page: %+v, %v", page.Reading, err)
			}
			if reason := found.Account.CannotManageAdministrators(); (reason == "") != c.writes {
				t.Errorf("the reason is %q", reason)
			}
			acts := map[string]func() (domain.ActOutcome, error){
				"take": func() (domain.ActOutcome, error) { return r.TakeAccess(t.Context(), r.id, r.org, who) },
				"create": func() (domain.ActOutcome, error) {
					return r.Create(t.Context(), r.id, wish("new@other.example", domain.AccessNone))
				},
			}
			for name, act := range acts {
				outcome, err := act()
				if c.writes && (err != nil || outcome.State != domain.ActApplied) {
					t.Errorf("%s: %+v, %v", name, outcome, err)
				}
				if !c.writes && (domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(err.Error(), role) || !strings.Contains(hint(err), "Administrator With Billing")) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if outcome, err := r.Delete(t.Context(), r.id, who, "kim@other.example"); (err == nil) != c.writes {
				t.Errorf("delete: %+v, %v", outcome, err)
			}
			if !c.writes && r.writes() != 0 {
				t.Errorf("%d writes", r.writes())
			}
		})
	}
}

// gate holds the look at the key's owner back until the test lets it through.
type gate struct {
	roster.Remote
	entered, open chan struct{}
}

func (g *gate) Identify(ctx context.Context) (domain.Identity, error) {
	close(g.entered)
	<-g.open
	return g.Remote.Identify(ctx)
}

func TestOneChangeAtATime(t *testing.T) {
	r := newRig(t, 1)
	who := r.person(t, "kim@other.example", "Manager", 100)
	remote, held := r.accounts.remote, &gate{Remote: r.accounts.remote, entered: make(chan struct{}), open: make(chan struct{})}
	r.accounts.remote = held
	first := make(chan error)
	go func() {
		_, err := r.TakeAccess(t.Context(), r.id, r.org, who)
		first <- err
	}()
	<-held.entered
	if _, err := r.Delete(t.Context(), r.id, who, "kim@other.example"); domain.CodeOf(err) != domain.CodeBusy {
		t.Errorf("beside another change: %v", err)
	}
	close(held.open)
	if err := <-first; err != nil || r.writes() != 1 {
		t.Errorf("the first change: %v, %d writes", err, r.writes())
	}
	r.accounts.remote = remote
	if outcome, err := r.Delete(t.Context(), r.id, who, "kim@other.example"); err != nil || outcome.State != domain.ActApplied {
		t.Errorf("afterwards: %+v, %v", outcome, err)
	}
	r.accounts.remote = nil
	if _, err := r.TakeAccess(t.Context(), r.id, r.org, who); domain.CodeOf(err) != domain.CodeSignedOut {
		t.Errorf("without a key: %v", err)
	}
}
