package simulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// order sends an order to the control plane.
func order(t *testing.T, s *Server, method, what, body string) reply {
	t.Helper()
	var raw any
	if body != "" {
		raw = json.RawMessage(body)
	}
	return send(t, s, method, "/__sim/"+what, raw, "x-api-key", "")
}

func TestControlOrganizations(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	var state OrganizationState
	r := order(t, s, "PATCH", "orgs/"+id, `{"name":"Other","remoteAssist":null,"pendingDelete":true,"maxSystemUsers":3,"users":9,"contactName":"C","contactEmail":"c@d.example"}`)
	r.decode(t, &state)
	if state.Name != "Other" || state.RemoteAssist != nil || !state.PendingDelete || state.MaxSystemUsers != 3 || state.Users != 9 || state.ContactName != "C" {
		t.Errorf("patched %+v", state)
	}
	settings := get(t, s, "/api/organizations/"+id).object(t)["settings"].(map[string]any)
	if settings["pendingDelete"] != true || settings["features"].(map[string]any)["remoteAssist"] != nil {
		t.Errorf("settings %v", settings)
	}
	order(t, s, "PATCH", "orgs/"+id, `{"remoteAssist":false}`).decode(t, &state)
	if state.RemoteAssist == nil || *state.RemoteAssist || state.Name != "Other" {
		t.Errorf("patched again %+v", state)
	}
	long := strings.Repeat("n", 500)
	order(t, s, "POST", "orgs", `{"name":"`+long+`","users":2}`).decode(t, &state)
	if state.Name != long || state.Users != 2 {
		t.Errorf("added %d letters, %d users", len(state.Name), state.Users)
	}
	order(t, s, "GET", "orgs/"+state.ID, "").decode(t, &state)
	added := state.ID
	order(t, s, "POST", "orgs", `{"name":"Other"}`).decode(t, &state) // equal names are allowed here
	var twins []OrganizationState
	order(t, s, "GET", "orgs?name=Other", "").decode(t, &twins)
	if len(twins) != 2 {
		t.Errorf("%d are called Other", len(twins))
	}
	wantStatus(t, order(t, s, "DELETE", "orgs/"+added, ""), http.StatusOK)
	wantStatus(t, order(t, s, "DELETE", "orgs/"+added, ""), http.StatusNotFound)
	wantStatus(t, get(t, s, "/api/organizations/"+added), http.StatusNotFound)
	var ids []string
	order(t, s, "GET", "orgs", "").decode(t, &ids)
	if len(ids) != 6 || slices.Contains(ids, added) || get(t, s, "/api/organizations").list(t).TotalCount != 6 {
		t.Errorf("ids %v", ids)
	}
}

func TestControlLogos(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	before := held(t, s, id).LogoID
	wantStatus(t, order(t, s, "PATCH", "orgs/"+id, `{"logo":"new"}`), http.StatusOK)
	middle := held(t, s, id).LogoID
	wantStatus(t, order(t, s, "PATCH", "orgs/"+id, `{"logo":"new"}`), http.StatusOK)
	after := held(t, s, id).LogoID
	if before == middle || middle == after || get(t, s, "/api/v2/logos/"+after).status != http.StatusOK {
		t.Errorf("logos %s, %s, %s", before, middle, after)
	}
	wantStatus(t, order(t, s, "PATCH", "orgs/"+id, `{"logo":""}`), http.StatusOK)
	if held(t, s, id).LogoID != "" {
		t.Error("the logo is still there")
	}
	wantStatus(t, order(t, s, "PATCH", "orgs/"+id, `{"logo":"what"}`), http.StatusBadRequest)
}

func TestControlKeyRoleBehaviourAndReset(t *testing.T) {
	s := New(Options{Orgs: 60})
	first := s.APIKey()
	var key struct{ APIKey string }
	order(t, s, "POST", "key", "").decode(t, &key)
	if key.APIKey == first || key.APIKey != s.APIKey() {
		t.Errorf("new key %q", key.APIKey)
	}
	wantStatus(t, order(t, s, "POST", "role", `{"role":"Help Desk","scope":50}`), http.StatusOK)
	if get(t, s, "/api/users/getSelf").object(t)["roleName"] != "Help Desk" || get(t, s, "/api/organizations").list(t).TotalCount >= 60 {
		t.Error("role or scope were not taken")
	}
	wantStatus(t, order(t, s, "POST", "role", `{"role":"King"}`), http.StatusBadRequest)
	wantStatus(t, order(t, s, "POST", "behaviour", `{"logoWrites":"ignore"}`), http.StatusOK)
	wantStatus(t, order(t, s, "POST", "behaviour", `{"capWrites":"refuse"}`), http.StatusOK)
	var b Behaviour
	order(t, s, "GET", "behaviour", "").decode(t, &b)
	if b.LogoWrites != Ignore || b.CapWrites != Refuse {
		t.Errorf("behaviour %+v", b)
	}
	wantStatus(t, order(t, s, "POST", "faults", `{"kind":"status","retryAfter":7}`), http.StatusOK)
	wantStatus(t, order(t, s, "POST", "reset", ""), http.StatusOK)
	if s.APIKey() != first || len(s.Faults()) != 0 || s.Behaviour() != (Behaviour{}) || s.Stats().Requests != 0 || len(s.History()) != 0 {
		t.Error("the reset left something")
	}
	if get(t, s, "/api/users/getSelf").object(t)["roleName"] != roleBilling || get(t, s, "/api/organizations").list(t).TotalCount != 60 {
		t.Error("the reset left the role")
	}
}

func TestControlFaultsAndHistory(t *testing.T) {
	s := New(Options{Orgs: 5})
	wantStatus(t, order(t, s, "POST", "faults", `[{"method":"GET","path":"/api/org","kind":"status","status":429,"retryAfter":7},{"kind":"reset","path":"/x","times":3}]`), http.StatusOK)
	r := get(t, s, "/api/organizations")
	wantStatus(t, r, http.StatusTooManyRequests)
	if r.header.Get("Retry-After") != "7" {
		t.Errorf("Retry-After %q", r.header.Get("Retry-After"))
	}
	var faults []Fault
	order(t, s, "GET", "faults", "").decode(t, &faults)
	if len(faults) != 2 || faults[1].Times != 3 {
		t.Errorf("faults %+v", faults)
	}
	wantStatus(t, order(t, s, "DELETE", "faults", ""), http.StatusOK)
	wantStatus(t, get(t, s, "/api/organizations"), http.StatusOK)
	wantStatus(t, put(t, s, acme(t, s), map[string]any{"maxSystemUsers": 4242}), http.StatusOK)
	var history []Mutation
	order(t, s, "GET", "history", "").decode(t, &history)
	if len(history) != 1 || history[0].Field != "maxSystemUsers" || history[0].To != "4242" || history[0].Method != "PUT" {
		t.Errorf("history %+v", history)
	}
}

func TestControlRefusals(t *testing.T) {
	s := New(Options{Orgs: 5})
	for _, c := range []struct {
		method, what, body string
		status             int
	}{
		{"POST", "faults", `[{"kind":"fire"}]`, 400}, {"POST", "faults", `nonsense`, 400}, {"POST", "faults", `{"kind":"reset","tmies":3}`, 400},
		{"PATCH", "orgs/abc", `{}`, 404}, {"GET", "orgs/abc", "", 404}, {"POST", "orgs", `{"nmae":"x"}`, 400},
		{"PATCH", "orgs/" + acme(t, s), `{"remoteAssist":"sometimes"}`, 400},
		{"GET", "nothing", "", 404}, {"PUT", "stats", "", 404}, {"POST", "behaviour", `{"logoWrites":"maybe"}`, 400},
	} {
		var raw any
		if c.body == "nonsense" {
			raw = "nonsense"
		} else if c.body != "" {
			raw = json.RawMessage(c.body)
		}
		if r := send(t, s, c.method, "/__sim/"+c.what, raw); r.status != c.status {
			t.Errorf("%s %s %s: %d %s", c.method, c.what, c.body, r.status, r.body)
		}
	}
	wantStatus(t, get(t, s, "/__sim/stats", "Origin", "https://evil.example"), http.StatusForbidden)
	for _, origin := range []string{"http://127.0.0.1:34115", "http://localhost:5173", "http://[::1]:80"} {
		wantStatus(t, get(t, s, "/__sim/stats", "Origin", origin), http.StatusOK)
	}
	if s.Stats().Requests != 0 {
		t.Error("the control plane is counted")
	}
}

func TestHistoryIsBounded(t *testing.T) {
	s := New(Options{Orgs: 1})
	c := &call{s: s, route: &s.routes[0], now: s.opts.Now()}
	for i := range historyCap + 50 {
		c.record("", "n", "", i)
	}
	h := s.History()
	if len(h) > historyCap || h[len(h)-1].To != plain(historyCap+49) {
		t.Errorf("%d entries, the last %s", len(h), h[len(h)-1].To)
	}
}

func TestControlAdministrators(t *testing.T) {
	s := New(Options{Orgs: 8})
	org := acme(t, s)
	var made struct{ ID string }
	order(t, s, "POST", "administrators", `{"email":"else@northwind-msp.example","roleName":"Manager","apiKeySet":true,"expireAt":"2026-07-01T00:00:00Z"}`).decode(t, &made)
	find := func() map[string]any {
		l := get(t, s, s.providerPath("/administrators?filter=id:eq:"+made.ID)).list(t)
		if len(l.Results) == 0 {
			return nil
		}
		return l.Results[0]
	}
	if a := find(); a["roleName"] != "Manager" || a["organizationAccessTotal"] != 0.0 || a["apiKeyHash"].(map[string]any)["expireAt"] != "2026-07-01T00:00:00.000Z" {
		t.Errorf("added %v", a)
	}
	wantStatus(t, order(t, s, "POST", "links", `{"administrator":"`+made.ID+`","organization":"`+org+`","linked":true}`), http.StatusOK)
	wantStatus(t, order(t, s, "PATCH", "administrators/"+made.ID, `{"suspended":true}`), http.StatusOK)
	if a := find(); a["organizationAccessTotal"] != 1.0 || a["suspended"] != true {
		t.Errorf("changed %v", a)
	}
	if have := links(t, s, "/api/v2/organizations/"+org+"/administratorlinks", "administrator"); !slices.Contains(have, made.ID) {
		t.Error("the organization does not know the link")
	}
	wantStatus(t, order(t, s, "POST", "links", `{"administrator":"`+made.ID+`","organization":"`+org+`","linked":false}`), http.StatusOK)
	if a := find(); a["organizationAccessTotal"] != 0.0 {
		t.Errorf("after taking access %v", a)
	}
	wantStatus(t, order(t, s, "DELETE", "administrators/"+made.ID, ""), http.StatusOK)
	if find() != nil {
		t.Error("deleted, but still there")
	}
	wantStatus(t, order(t, s, "DELETE", "administrators/"+made.ID, ""), http.StatusNotFound)
	wantStatus(t, order(t, s, "PATCH", "administrators/abc", `{}`), http.StatusNotFound)
	wantStatus(t, order(t, s, "POST", "links", `{"administrator":"abc"}`), http.StatusNotFound)
	wantStatus(t, order(t, s, "POST", "administrators", `{"roleName":"King"}`), http.StatusBadRequest)
	var all []map[string]any
	order(t, s, "GET", "administrators", "").decode(t, &all)
	if len(all) != len(s.Administrators()) || len(all) < 12 {
		t.Errorf("%d administrators", len(all))
	}
	if len(s.History()) != 0 {
		t.Error("someone else's changes are in the history")
	}
}
