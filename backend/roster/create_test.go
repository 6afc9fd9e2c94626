package roster_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func wish(email string, access domain.AccessWish, organizations ...domain.OrgID) domain.AdministratorWish {
	return domain.AdministratorWish{
		NewAdministrator: domain.NewAdministrator{
			Email: email, FirstName: "Kim", LastName: "Lee", RoleName: "Help Desk", MultiFactor: true, APIKeyAllowed: true,
		},
		Access: access, Organizations: organizations,
	}
}

func hint(err error) string {
	known, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return ""
	}
	return known.Hint
}

func TestCreate(t *testing.T) {
	r := newRig(t, 5)
	all := r.simulator.OrganizationIDs()
	chosen := []domain.OrgID{domain.OrgID(all[3]), domain.OrgID(all[1]), domain.OrgID(all[3])}
	for _, c := range []struct {
		email string
		wish  domain.AdministratorWish
		want  int
	}{
		{"default@acme.example", wish(" default@acme.example ", domain.AccessDefault), 5},
		{"none@acme.example", wish("none@acme.example", domain.AccessNone, chosen...), 0},
		{"chosen@acme.example", wish("chosen@acme.example", domain.AccessChosen, chosen...), 2},
	} {
		outcome, err := r.Create(t.Context(), r.id, c.wish)
		if err != nil || outcome.State != domain.ActApplied || outcome.Organizations != c.want || len(outcome.Failed) != 0 {
			t.Errorf("%s: %+v, %v", c.email, outcome, err)
		}
		record := r.known(c.email)
		if record == nil || record["organizationAccessTotal"] != c.want || record["roleName"] != "Help Desk" ||
			record["enableMultiFactor"] != true || record["apiKeyAllowed"] != true || record["firstname"] != "Kim" {
			t.Errorf("%s: the server holds %v", c.email, record)
		}
	}
	page, err := r.Provider(t.Context(), r.id)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(page.Administrators, func(a domain.Administrator) bool { return a.Email == "chosen@acme.example" })
	if i < 0 || len(page.Access[page.Administrators[i].ID].Organizations) != 2 {
		t.Errorf("the cache does not know the newcomer: %d", i)
	}
	// What the program did itself is not noticed once more by a refresh.
	before := r.history(t)
	if _, err := r.RefreshProvider(t.Context(), r.id); err != nil {
		t.Fatal(err)
	}
	if _, err := r.RefreshOrganization(t.Context(), r.id, chosen[0]); err != nil {
		t.Fatal(err)
	}
	if after := r.history(t); !slices.Equal(before, after) || len(before) != 5 {
		t.Errorf("the history tells\n%q\nthen\n%q", before, after)
	}
}

func TestCreateInBadCircumstances(t *testing.T) {
	const people = "/api/v2/providers/"
	for _, c := range []struct {
		name   string
		faults []simulator.Fault
		state  domain.ActState
		code   domain.Code
		exists bool
		failed int
	}{
		{"lost answer", []simulator.Fault{{Method: "POST", Path: people, Kind: simulator.FaultLost}}, domain.ActApplied, "", true, 0},
		{"cut before it was done", []simulator.Fault{{Method: "POST", Path: people, Kind: simulator.FaultReset}}, domain.ActNotApplied, "", false, 0},
		{"server fails", []simulator.Fault{{Method: "POST", Path: people, Kind: simulator.FaultStatus, Status: 503}}, domain.ActNotApplied, "", false, 0},
		{"refused", []simulator.Fault{{Method: "POST", Path: people, Kind: simulator.FaultStatus, Status: 403}}, "", domain.CodeForbidden, false, 0},
		{"taken meanwhile", []simulator.Fault{{Method: "POST", Path: people, Kind: simulator.FaultStatus, Status: 409}}, "", domain.CodeConflict, false, 0},
		{"paused", []simulator.Fault{{Method: "POST", Path: people, Kind: simulator.FaultStatus, Status: 429, RetryAfter: "1"}}, "", domain.CodeRateLimited, false, 0},
		{"lost, then offline", []simulator.Fault{
			{Method: "POST", Path: people, Kind: simulator.FaultLost},
			{Method: "GET", Path: people, Kind: simulator.FaultReset, After: 1},
		}, domain.ActUncertain, "", true, 0},
		{"one organization refused", []simulator.Fault{
			{Method: "POST", Path: "/api/v2/administrators/", Kind: simulator.FaultStatus, Status: 403, Times: 1},
		}, domain.ActPartial, "", true, 1},
		{"offline between organizations", []simulator.Fault{
			{Method: "POST", Path: "/api/v2/administrators/", Kind: simulator.FaultReset, After: 1},
		}, domain.ActPartial, "", true, 2},
		{"the answer to one access lost", []simulator.Fault{
			{Method: "POST", Path: "/api/v2/administrators/", Kind: simulator.FaultLost, After: 2},
		}, domain.ActApplied, "", true, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 4)
			ids := r.simulator.OrganizationIDs()
			r.fault(t, c.faults...)
			outcome, err := r.Create(t.Context(), r.id, wish("kim@new.example", domain.AccessChosen,
				domain.OrgID(ids[0]), domain.OrgID(ids[1]), domain.OrgID(ids[2])))
			r.simulator.ClearFaults()
			if outcome.State != c.state || domain.CodeOf(err) != c.code || len(outcome.Failed) != c.failed {
				t.Fatalf("told %+v, %v", outcome, err)
			}
			record := r.known("kim@new.example")
			if (record != nil) != c.exists {
				t.Errorf("the server holds %v", record)
			}
			if c.state == domain.ActApplied || c.state == domain.ActPartial {
				if record["organizationAccessTotal"] != outcome.Organizations || outcome.Organizations != 3-c.failed {
					t.Errorf("told %d organizations, the server holds %v", outcome.Organizations, record["organizationAccessTotal"])
				}
			}
			created := 0
			for _, mutation := range r.simulator.History() {
				if mutation.Field == "administrator" {
					created++
				}
			}
			if created > 1 {
				t.Errorf("created %d times", created)
			}
		})
	}
}

func TestWishesThatAreRefusedBeforeAnythingIsSent(t *testing.T) {
	r := newRig(t, 2)
	requests := r.simulator.Stats().Requests
	long := strings.Repeat("x", 256)
	for name, change := range map[string]func(*domain.AdministratorWish){
		"no e-mail":               func(w *domain.AdministratorWish) { w.Email = "" },
		"no address":              func(w *domain.AdministratorWish) { w.Email = "kim" },
		"a name with the address": func(w *domain.AdministratorWish) { w.Email = "Kim <kim@x.example>" },
		"two addresses":           func(w *domain.AdministratorWish) { w.Email = "a@x.example, b@x.example" },
		"a header":                func(w *domain.AdministratorWish) { w.Email = "a@x.example\r\nBcc: b@x.example" },
		"too long an address":     func(w *domain.AdministratorWish) { w.Email = long + "@x.example" },
		"too long a name":         func(w *domain.AdministratorWish) { w.FirstName = long },
		"a line break":            func(w *domain.AdministratorWish) { w.LastName = "a\nb" },
		"no role":                 func(w *domain.AdministratorWish) { w.RoleName = "" },
		"a role that is none":     func(w *domain.AdministratorWish) { w.RoleName = "administrator with billing" },
		"no choice":               func(w *domain.AdministratorWish) { w.Access = "" },
		"nothing chosen":          func(w *domain.AdministratorWish) { w.Access = domain.AccessChosen },
	} {
		bad := wish("kim@x.example", domain.AccessNone)
		change(&bad)
		if _, err := r.Create(t.Context(), r.id, bad); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sent := r.simulator.Stats().Requests - requests; sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
	if _, err := r.Create(t.Context(), r.id, wish(strings.ToUpper(r.accounts.account.Email), domain.AccessNone)); domain.CodeOf(err) != domain.CodeConflict {
		t.Errorf("an e-mail that is there already, in another case: %v", err)
	}
	if r.writes() != 0 {
		t.Errorf("%d writes", r.writes())
	}
}

func TestRefreshesNoticeWhatOthersDo(t *testing.T) {
	r := newRig(t, 3)
	stays := r.person(t, "stays@acme.example", "Help Desk", 0)
	leaves := r.person(t, "leaves@acme.example", "Help Desk", 100)
	for range 2 {
		if _, err := r.RefreshOrganization(t.Context(), r.id, r.org); err != nil {
			t.Fatal(err)
		}
		if _, err := r.RefreshProvider(t.Context(), r.id); err != nil {
			t.Fatal(err)
		}
		if told := r.history(t); len(told) != 0 {
			t.Fatalf("nothing changed, and the history tells %q", told)
		}
	}
	if err := r.simulator.DeleteAdministrator(string(leaves)); err != nil {
		t.Fatal(err)
	}
	if err := r.simulator.SetLink(string(stays), string(r.org), true); err != nil {
		t.Fatal(err)
	}
	r.person(t, "comes@acme.example", "Read Only", 0)
	if _, err := r.RefreshOrganization(t.Context(), r.id, r.org); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"administrator_added sync >comes@acme.example ok", "administrator_removed sync leaves@acme.example> ok",
		"access_given sync >stays@acme.example ok",
	}
	if told := r.history(t); !slices.Equal(told, want) {
		t.Errorf("the history tells\n%q\nwant\n%q", told, want)
	}
	if err := r.simulator.SetLink(string(stays), string(r.org), false); err != nil {
		t.Fatal(err)
	}
	if _, err := r.RefreshProvider(t.Context(), r.id); err != nil {
		t.Fatal(err)
	}
	if told := r.history(t); told[len(told)-1] != "access_taken sync stays@acme.example> ok" {
		t.Errorf("the matrix told %q", told)
	}
}

func TestManyChangesAreToldInOneLine(t *testing.T) {
	r := newRig(t, 40)
	who, all := r.person(t, "kim@acme.example", "Manager", 0), 100
	if _, err := r.RefreshProvider(t.Context(), r.id); err != nil {
		t.Fatal(err)
	}
	if err := r.simulator.PatchAdministrator(string(who), simulator.AdministratorPatch{Coverage: &all}); err != nil {
		t.Fatal(err)
	}
	page, err := r.RefreshProvider(t.Context(), r.id)
	if err != nil || len(page.Access[who].Organizations) != 40 || page.Failed != 0 {
		t.Fatalf("%d, %v", len(page.Access[who].Organizations), err)
	}
	if told := r.history(t); len(told) != 1 || told[0] != "access_changed sync kim@acme.example: 0 organizations>kim@acme.example: 40 organizations ok" {
		t.Errorf("the history tells %q", told)
	}
}

// TestTheMatrixIsWhatTheServerHolds, also with more links than a page has, and
// where one administrator's could not be read.
func TestTheMatrixIsWhatTheServerHolds(t *testing.T) {
	r := newRig(t, 230)
	page, err := r.RefreshProvider(t.Context(), r.id)
	if err != nil || len(page.Organizations) != 230 {
		t.Fatalf("%d organizations, %v", len(page.Organizations), err)
	}
	for _, record := range r.simulator.Administrators() {
		id := domain.AdministratorID(record["id"].(string))
		if got := len(page.Access[id].Organizations); got != record["organizationAccessTotal"] {
			t.Errorf("%s may enter %d, the server says %v", id, got, record["organizationAccessTotal"])
		}
	}
	broken := page.Administrators[2].ID
	r.fault(t, simulator.Fault{Method: "GET", Path: "/api/v2/administrators/" + string(broken), Kind: simulator.FaultStatus, Status: http.StatusNotFound})
	again, err := r.RefreshProvider(t.Context(), r.id)
	if err != nil || again.Failed != 1 || again.Problem == nil || len(again.Access[broken].Organizations) != len(page.Access[broken].Organizations) {
		t.Errorf("with one broken: %d failed, %v, %v", again.Failed, again.Problem, err)
	}
	r.simulator.ClearFaults()
	r.fault(t, simulator.Fault{Method: "GET", Path: "/api/v2/administrators/", Kind: simulator.FaultReset})
	if _, err := r.RefreshProvider(t.Context(), r.id); domain.CodeOf(err) != domain.CodeOffline {
		t.Errorf("offline: %v", err)
	}
	cached, err := r.Provider(t.Context(), r.id)
	if err != nil || len(cached.Administrators) != len(page.Administrators) || cached.Reading.FetchedAt.IsZero() {
		t.Errorf("offline the cache gives %d, %v", len(cached.Administrators), err)
	}
}
