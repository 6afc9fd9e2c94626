package simulator

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestKeys(t *testing.T) {
	s := New(Options{Orgs: 3})
	r := get(t, s, "/api/organizations", "x-api-key", "")
	if r.status != http.StatusFound || r.header.Get("Location") != "/login" {
		t.Errorf("without a key: %d to %q", r.status, r.header.Get("Location"))
	}
	wantStatus(t, get(t, s, "/api/organizations", "x-api-key", "jca_wrong"), http.StatusUnauthorized)
	old := s.APIKey()
	if !strings.HasPrefix(old, "jca_") || len(old) != 40 {
		t.Errorf("the key is %q", old)
	}
	fresh := s.NewKey()
	if fresh == old {
		t.Fatal("the new key is the old one")
	}
	wantStatus(t, get(t, s, "/api/organizations", "x-api-key", old), http.StatusUnauthorized)
	wantStatus(t, get(t, s, "/api/organizations", "x-api-key", fresh), http.StatusOK)
	hash := get(t, s, "/api/users/getSelf").object(t)["apiKeyHash"].(map[string]any)
	if hash["prefix"] != fresh[:8] {
		t.Errorf("the new key's prefix is told as %v", hash["prefix"])
	}
}

func TestOrganizationHeader(t *testing.T) {
	s := New(Options{Orgs: 3})
	ids := s.OrganizationIDs()
	unknown := "ffffffffffffffffffffffff"
	links := "/api/v2/organizations/" + ids[0] + "/administratorlinks"
	cases := []struct {
		target, header string
		status         int
	}{
		{"/api/systemusers", "", 401}, {"/api/systems", "", 401}, {"/api/applications", "", 401}, {"/api/users", "", 401},
		{"/api/systemusers", ids[0], 200}, {"/api/users", ids[0], 200},
		{"/api/systemusers", "abc", 400}, {"/api/systemusers", strings.ToUpper(unknown), 400}, {"/api/systemusers", ids[0][:23] + "g", 400},
		{"/api/systemusers", unknown, 404},
		{"/api/organizations/" + ids[0], "", 200}, {"/api/organizations/" + ids[0], ids[0], 200},
		{"/api/organizations/" + ids[0], ids[1], 400}, {"/api/organizations/" + ids[0], "abc", 400},
		{"/api/organizations/" + unknown, "", 404}, {"/api/organizations/abc", "", 404},
		{links, "", 200}, {links, ids[0], 200}, {links, ids[1], 400},
		{"/api/organizations", ids[0], 403}, {"/api/users/getSelf", ids[0], 403},
		{s.providerPath(""), ids[0], 403}, {s.providerPath("/organizations"), ids[0], 403},
		{s.providerPath("/administrators"), ids[0], 403}, {s.providerPath("/invoices"), ids[0], 403},
		{"/api/v2/providers/" + unknown + "/organizations", "", 404},
	}
	for _, c := range cases {
		if r := get(t, s, c.target, "x-org-id", c.header); r.status != c.status {
			t.Errorf("%s with %q: %d, want %d: %s", c.target, c.header, r.status, c.status, r.body)
		}
	}
}

// write is a request that changes something, and the roles that may send it.
type write struct {
	name, method string
	target       func(s *Server, id string) string
	body         func(id string) any
	roles        string // initials, as in roleInitials
}

func roleInitials() map[string]string {
	return map[string]string{
		"B": roleBilling, "A": roleAdministrator, "M": roleManager, "c": roleRunnerBilling,
		"C": roleRunner, "H": roleHelpDesk, "b": roleBillingOnly, "R": roleReadOnly,
	}
}

func organizationPath(_ *Server, id string) string { return "/api/organizations/" + id }

func settingsOnly(settings map[string]any) func(string) any {
	return func(string) any { return map[string]any{"settings": settings} }
}

func roleWrites() []write {
	rename := func(s *Server, id string) string { return s.providerPath("/organizations/" + id) }
	return []write{
		{"create", "POST", func(s *Server, _ string) string { return s.providerPath("/organizations") },
			func(string) any { return map[string]any{"name": "Brand New"} }, "B"},
		{"rename", "PUT", rename, func(id string) any { return map[string]any{"id": id, "name": "Renamed"} }, "BA"},
		{"cap", "PUT", rename, func(id string) any { return map[string]any{"id": id, "maxSystemUsers": 12345} }, "B"},
		{"cap by settings", "PUT", organizationPath, settingsOnly(map[string]any{"maxSystemUsers": 12345}), "B"},
		{"rename by settings", "PUT", organizationPath, settingsOnly(map[string]any{"name": "Renamed"}), "BA"},
		{"contact", "PUT", organizationPath, settingsOnly(map[string]any{"contactName": "Someone Else"}), "BA"},
		{"no logo", "PUT", organizationPath, settingsOnly(map[string]any{"logo": ""}), "BA"},
		{"remote assist", "PUT", organizationPath, settingsOnly(map[string]any{"features": map[string]any{"remoteAssist": map[string]any{"enabled": false}}}), "BAM"},
		{"another setting", "PUT", organizationPath, settingsOnly(map[string]any{"showIntro": true}), "BA"},
		{"administrator", "POST", func(s *Server, _ string) string { return s.providerPath("/administrators") },
			func(string) any { return map[string]any{"email": "new@northwind-msp.example"} }, "B"},
	}
}

func TestRolesAndWrites(t *testing.T) {
	for initial, role := range roleInitials() {
		for _, w := range roleWrites() {
			t.Run(role+"/"+w.name, func(t *testing.T) {
				s := New(Options{Orgs: 5, Role: role})
				id := acme(t, s)
				r := send(t, s, w.method, w.target(s, id), w.body(id))
				if strings.Contains(w.roles, initial) {
					if r.status != http.StatusOK && r.status != http.StatusCreated {
						t.Fatalf("status %d: %s", r.status, r.body)
					}
					return
				}
				wantStatus(t, r, http.StatusForbidden)
				if len(s.History()) != 0 {
					t.Errorf("a refused write changed %v", s.History())
				}
			})
		}
	}
}

func TestRolesAndReads(t *testing.T) {
	for initial, role := range roleInitials() {
		s := New(Options{Orgs: 5, Role: role})
		id := acme(t, s)
		portal := []string{
			"/api/organizations", "/api/organizations/" + id, s.providerPath("/organizations"), s.providerPath("/administrators"),
			"/api/v2/organizations/" + id + "/administratorlinks",
		}
		want := http.StatusOK
		if role == roleBillingOnly {
			want = http.StatusForbidden
		}
		for _, target := range portal {
			wantStatus(t, get(t, s, target), want)
		}
		wantStatus(t, get(t, s, "/api/systemusers", "x-org-id", id), want)
		want = http.StatusForbidden
		if strings.Contains("Bcb", initial) {
			want = http.StatusOK
		}
		wantStatus(t, get(t, s, s.providerPath("/invoices")), want)
		self := get(t, s, "/api/users/getSelf").object(t)
		if self["roleName"] != role || self["provider"] != s.ProviderID() {
			t.Errorf("getSelf says %v of %v", self["roleName"], self["provider"])
		}
		wantStatus(t, get(t, s, s.providerPath("")), http.StatusOK)
	}
}

func TestScopedAdministratorSeesLess(t *testing.T) {
	s := New(Options{Orgs: 200, Scope: 40})
	seen := map[string]bool{}
	for _, id := range pageThrough(t, s, "/api/organizations?sort=_id", "_id", 100) {
		seen[id] = true
	}
	if len(seen) < 40 || len(seen) > 120 {
		t.Fatalf("sees %d of 200 at 40 percent", len(seen))
	}
	byName := pageThrough(t, s, s.providerPath("/organizations?sort=name"), "id", 100)
	if len(byName) != len(seen) {
		t.Errorf("the lists have %d and %d", len(seen), len(byName))
	}
	for _, id := range s.OrganizationIDs() {
		want := http.StatusNotFound
		if seen[id] {
			want = http.StatusOK
		}
		wantStatus(t, get(t, s, "/api/organizations/"+id), want)
		wantStatus(t, get(t, s, "/api/systems", "x-org-id", id), want)
	}
}

func TestProviderCanBeHiddenAndForbidCreation(t *testing.T) {
	s := New(Options{Orgs: 5, Behaviour: Behaviour{HideProvider: true, DisallowOrgCreation: true}})
	if _, has := get(t, s, "/api/users/getSelf").object(t)["provider"]; has {
		t.Error("getSelf tells the provider")
	}
	if got := get(t, s, "/api/organizations/"+acme(t, s)).object(t)["provider"]; got != s.ProviderID() {
		t.Errorf("the organization's provider is %v", got)
	}
	if got := get(t, s, s.providerPath("")).object(t)["disallowOrgCreation"]; got != true {
		t.Errorf("disallowOrgCreation = %v", got)
	}
	wantStatus(t, send(t, s, http.MethodPost, s.providerPath("/organizations"), map[string]any{"name": "New"}), http.StatusForbidden)
}

func TestKeyWithoutAProvider(t *testing.T) {
	s := New(Options{Orgs: 5, Behaviour: Behaviour{SingleTenant: true}})
	self := get(t, s, "/api/users/getSelf").object(t)
	own, _ := self["organization"].(string)
	if self["provider"] != nil || !isObjectID(own) {
		t.Errorf("getSelf says %v", self)
	}
	l := get(t, s, "/api/organizations").list(t)
	if l.TotalCount != 1 || l.Results[0]["_id"] != own {
		t.Errorf("organizations %v", l)
	}
	if o := get(t, s, "/api/organizations/"+own).object(t); o["provider"] != nil {
		t.Errorf("the organization tells the provider %v", o["provider"])
	}
	wantStatus(t, get(t, s, "/api/systems"), http.StatusOK)
	wantStatus(t, get(t, s, "/api/organizations/"+s.OrganizationIDs()[1]), http.StatusNotFound)
	wantStatus(t, get(t, s, s.providerPath("/organizations")), http.StatusForbidden)
}

func TestKeyExpires(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 5, Now: c.now})
	self := get(t, s, "/api/users/getSelf").object(t)["_id"].(string)
	if err := s.PatchAdministrator(self, AdministratorPatch{KeyExpire: ptr(c.at.Add(time.Hour))}); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, get(t, s, "/api/organizations"), http.StatusOK)
	c.at = c.at.Add(time.Hour)
	wantStatus(t, get(t, s, "/api/organizations"), http.StatusUnauthorized)
}

func TestAPIAccessIsOff(t *testing.T) {
	s := New(Options{Orgs: 5})
	self := get(t, s, "/api/users/getSelf").object(t)["_id"].(string)
	for allowed, want := range map[bool]int{false: http.StatusUnauthorized, true: http.StatusOK} {
		if err := s.PatchAdministrator(self, AdministratorPatch{KeyAllowed: &allowed}); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, get(t, s, "/api/organizations"), want)
	}
}

func TestCompaniesDiffer(t *testing.T) {
	a, b := New(Options{Orgs: 60}), New(Options{Orgs: 60, Company: "Cobalt Ridge IT"})
	if a.APIKey() == b.APIKey() || a.ProviderID() == b.ProviderID() || len(b.OrganizationsNamed("Acme Dental Group")) != 0 {
		t.Error("another company is the same provider")
	}
	if mail := get(t, b, "/api/users/getSelf").object(t)["email"].(string); !strings.HasSuffix(mail, "@cobalt-ridge-it.example") {
		t.Errorf("its administrator is %s", mail)
	}
	for _, id := range a.OrganizationIDs() {
		if _, err := b.Organization(id); err == nil {
			t.Errorf("%s is an organization of both", id)
		}
	}
}
