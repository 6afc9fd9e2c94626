package simulator

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestCreateOrganization(t *testing.T) {
	s := New(Options{Orgs: 5})
	post := func(body map[string]any) reply {
		return send(t, s, http.MethodPost, s.providerPath("/organizations"), body)
	}
	r := post(map[string]any{"name": "  Larkspur Clinics ", "maxSystemUsers": 25})
	wantStatus(t, r, http.StatusCreated)
	made := r.object(t)
	id := made["id"].(string)
	if made["name"] != "Larkspur Clinics" || made["maxSystemUsers"] != 25.0 || !isObjectID(id) {
		t.Errorf("created %v", made)
	}
	state := held(t, s, id)
	if state.Users != 0 || state.LogoID != "" || state.RemoteAssist == nil || *state.RemoteAssist {
		t.Errorf("a new organization is %+v", state)
	}
	seconds, err := strconv.ParseInt(id[:8], 16, 64)
	if err != nil || seconds != state.Created.Unix() {
		t.Errorf("id %s does not tell %v", id, state.Created)
	}
	if total := get(t, s, "/api/organizations").list(t).TotalCount; total != 6 {
		t.Errorf("%d organizations after one was added to 5", total)
	}
	for name, body := range map[string]map[string]any{
		"no name": {}, "blank": {"name": " \t"}, "too long": {"name": strings.Repeat("é", 256)},
		"negative cap": {"name": "A", "maxSystemUsers": -1}, "unknown field": {"name": "A", "colour": "red"}, "wrong type": {"name": 7},
	} {
		if r := post(body); r.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, r.status)
		}
	}
	wantStatus(t, post(map[string]any{"name": strings.Repeat("é", 255)}), http.StatusCreated)
	for _, name := range []string{"Larkspur Clinics", "larkspur clinics", "ACME dental group"} {
		wantStatus(t, post(map[string]any{"name": name}), http.StatusConflict)
	}
}

func TestRenameOrganization(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	before := held(t, s, id)
	rename := func(body map[string]any) reply {
		return send(t, s, http.MethodPut, s.providerPath("/organizations/"+id), body)
	}
	wantStatus(t, rename(map[string]any{"id": id, "name": "Barlow & Kline LLP"}), http.StatusConflict)
	wantStatus(t, rename(map[string]any{"id": id, "name": " "}), http.StatusBadRequest)
	wantStatus(t, rename(map[string]any{"id": s.OrganizationIDs()[0] + "0", "name": "X"}), http.StatusBadRequest)
	wantStatus(t, rename(map[string]any{"id": id, "name": "ACME Dental Group"}), http.StatusOK) // its own name, in other case
	wantStatus(t, rename(map[string]any{"id": id, "name": "Zenith Dental"}), http.StatusOK)
	after := held(t, s, id)
	if after.Name != "Zenith Dental" || after.ContactEmail != before.ContactEmail || after.Users != before.Users || after.LogoID != before.LogoID {
		t.Errorf("renaming changed more than the name: %+v", after)
	}
	rows := get(t, s, s.providerPath("/organizations?sort=-name")).list(t).Results
	if rows[0]["name"] != "Zenith Dental" {
		t.Errorf("the last name is %v", rows[0]["name"])
	}
	wantStatus(t, send(t, s, http.MethodPost, s.providerPath("/organizations"), map[string]any{"name": "Acme Dental Group"}), http.StatusCreated)
	if h := s.History(); len(h) != 3 || h[1].From != "ACME Dental Group" || h[1].To != "Zenith Dental" {
		t.Errorf("history %+v", h)
	}
}

func TestSettingsAreMerged(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	before := held(t, s, id)
	wantStatus(t, put(t, s, id, map[string]any{"contactEmail": "desk@acme.example"}), http.StatusOK)
	state := held(t, s, id)
	if state.ContactEmail != "desk@acme.example" || state.ContactName != before.ContactName || state.Name != before.Name {
		t.Errorf("after one field: %+v", state)
	}
	settings := get(t, s, "/api/organizations/"+id).object(t)["settings"].(map[string]any)
	if settings["contactEmail"] != "desk@acme.example" || settings["contactName"] != before.ContactName {
		t.Errorf("settings are %v", settings)
	}
	// A refused field stops the whole write.
	wantStatus(t, put(t, s, id, map[string]any{"contactName": "X", "maxSystemUsers": -3}), http.StatusBadRequest)
	wantStatus(t, put(t, s, id, map[string]any{"contactName": "X", "name": "Barlow & Kline LLP"}), http.StatusConflict)
	wantStatus(t, put(t, s, id, map[string]any{"contactEmail": "nobody"}), http.StatusBadRequest)
	wantStatus(t, put(t, s, id, map[string]any{"colour": "red"}), http.StatusBadRequest)
	wantStatus(t, send(t, s, http.MethodPut, "/api/organizations/"+id, map[string]any{"name": "X"}), http.StatusBadRequest)
	if held(t, s, id).ContactName != before.ContactName {
		t.Error("a refused write changed the contact")
	}
}

func remoteAssist(enabled bool) map[string]any {
	return map[string]any{"features": map[string]any{"remoteAssist": map[string]any{"enabled": enabled}}}
}

func TestRemoteAssist(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	read := func() any {
		features := get(t, s, "/api/organizations/"+id).object(t)["settings"].(map[string]any)["features"].(map[string]any)
		switch ra := features["remoteAssist"].(type) {
		case nil:
			return nil
		default:
			return ra.(map[string]any)["enabled"]
		}
	}
	if read() != true {
		t.Fatal("Acme starts with Remote Assist on")
	}
	wantStatus(t, put(t, s, id, remoteAssist(false)), http.StatusOK)
	if read() != false {
		t.Error("the write did not stick")
	}
	if err := s.PatchOrganization(id, OrganizationPatch{RemoteAssist: Absent}); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, put(t, s, id, remoteAssist(true)), http.StatusOK)
	if read() != nil {
		t.Error("an organization without the feature has got it by a write")
	}
}

func TestWriteModes(t *testing.T) {
	type kind struct {
		name     string
		set      func(*Behaviour, WriteMode)
		settings map[string]any
		changed  func(before, after OrganizationState) bool
	}
	kinds := []kind{
		{"remote assist", func(b *Behaviour, m WriteMode) { b.RemoteAssistWrites = m }, remoteAssist(false),
			func(b, a OrganizationState) bool { return *a.RemoteAssist != *b.RemoteAssist }},
		{"logo", func(b *Behaviour, m WriteMode) { b.LogoWrites = m }, map[string]any{"logo": ""},
			func(b, a OrganizationState) bool { return a.LogoID != b.LogoID }},
		{"contact", func(b *Behaviour, m WriteMode) { b.ContactWrites = m }, map[string]any{"contactName": "New Person"},
			func(b, a OrganizationState) bool { return a.ContactName != b.ContactName }},
		{"cap", func(b *Behaviour, m WriteMode) { b.CapWrites = m }, map[string]any{"maxSystemUsers": 777},
			func(b, a OrganizationState) bool { return a.MaxSystemUsers != b.MaxSystemUsers }},
		{"name", func(b *Behaviour, m WriteMode) { b.RenameWrites = m }, map[string]any{"name": "Another Name"},
			func(b, a OrganizationState) bool { return a.Name != b.Name }},
	}
	for _, k := range kinds {
		for mode, status := range map[WriteMode]int{"": 200, Apply: 200, Ignore: 200, Refuse: 403} {
			var b Behaviour
			k.set(&b, mode)
			s := New(Options{Orgs: 3})
			if err := s.SetBehaviour(b); err != nil {
				t.Fatal(err)
			}
			id := acme(t, s)
			before := held(t, s, id)
			wantStatus(t, put(t, s, id, k.settings), status)
			if got, want := k.changed(before, held(t, s, id)), mode == "" || mode == Apply; got != want {
				t.Errorf("%s with %q: changed = %v", k.name, mode, got)
			}
		}
	}
	if err := New(Options{}).SetBehaviour(Behaviour{CapWrites: "maybe"}); err == nil {
		t.Error("an unknown mode was taken")
	}
}

func TestNewOrganizationsCanLagInOneList(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 4, Now: c.now, Behaviour: Behaviour{ListLagSeconds: 30}})
	wantStatus(t, send(t, s, http.MethodPost, s.providerPath("/organizations"), map[string]any{"name": "Late"}), http.StatusCreated)
	lists := func() (first, second int) {
		return get(t, s, "/api/organizations").list(t).TotalCount, get(t, s, s.providerPath("/organizations")).list(t).TotalCount
	}
	if first, second := lists(); first != 4 || second != 5 {
		t.Errorf("at once: %d and %d", first, second)
	}
	c.at = c.at.Add(31 * time.Second)
	if first, second := lists(); first != 5 || second != 5 {
		t.Errorf("later: %d and %d", first, second)
	}
}

func TestDetails(t *testing.T) {
	s := New(Options{Orgs: 40})
	for _, id := range s.OrganizationIDs() {
		o := get(t, s, "/api/organizations/"+id).object(t)
		state := held(t, s, id)
		seconds, err := strconv.ParseInt(id[:8], 16, 64)
		if err != nil || o["created"] != stamp(time.Unix(seconds, 0)) {
			t.Errorf("%s was created at %v", id, o["created"])
		}
		ent := o["entitlement"].(map[string]any)
		if o["totalBillingEstimate"] != ent["pricePerUserSum"].(float64)*float64(state.Users) {
			t.Errorf("%s: estimate %v for %d users at %v", id, o["totalBillingEstimate"], state.Users, ent["pricePerUserSum"])
		}
		if len(ent["entitlementProducts"].([]any)) == 0 {
			t.Errorf("%s has no products", id)
		}
	}
	only := get(t, s, "/api/organizations/"+acme(t, s)+"?fields=settings+created").object(t)
	if len(only) != 3 {
		t.Errorf("fields=settings created gives %v", only)
	}
}
