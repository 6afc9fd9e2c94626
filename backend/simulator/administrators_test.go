package simulator

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAdministrators(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 248, Now: c.now})
	rows := get(t, s, s.providerPath("/administrators?limit=100&sort=id")).list(t).Results
	emails, roles := map[string]bool{}, map[string]int{}
	var soon, suspended, withoutMFA, unregistered, everywhere, somewhere int
	for _, a := range rows {
		email := a["email"].(string)
		if emails[email] || !isMail(email) || !strings.HasSuffix(email, "@"+"northwind-msp.example") {
			t.Errorf("e-mail %q", email)
		}
		emails[email] = true
		roles[a["roleName"].(string)]++
		if hash, has := a["apiKeyHash"].(map[string]any); has != a["apiKeySet"].(bool) {
			t.Errorf("%s: key hash %v, key set %v", email, hash, a["apiKeySet"])
		} else if until, has := hash["expireAt"].(string); has {
			at, err := time.Parse(time.RFC3339, until)
			if err != nil {
				t.Fatal(err)
			}
			if left := at.Sub(c.at); left > 0 && left < 30*24*time.Hour {
				soon++
			}
		}
		suspended += count(a["suspended"] == true)
		withoutMFA += count(a["enableMultiFactor"] == false)
		unregistered += count(a["registered"] == false)
		everywhere += count(a["organizationAccessTotal"] == 248.0)
		somewhere += count(a["organizationAccessTotal"].(float64) < 248)
	}
	for _, role := range Roles() {
		if roles[role] == 0 {
			t.Errorf("nobody is %s", role)
		}
	}
	for what, n := range map[string]int{
		"keys that end soon": soon, "suspended": suspended, "without MFA": withoutMFA,
		"unregistered": unregistered, "access to all": everywhere, "access to some": somewhere,
	} {
		if n == 0 || n == len(rows) {
			t.Errorf("%s: %d of %d administrators", what, n, len(rows))
		}
	}
	self := get(t, s, "/api/users/getSelf").object(t)
	if self["email"] != "sam.rivera@northwind-msp.example" || !emails[self["email"].(string)] {
		t.Errorf("the key belongs to %v", self["email"])
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// links reads a bare link list to its short page.
func links(t *testing.T, s *Server, target, field string) []string {
	t.Helper()
	var out []string
	for {
		var page []map[string]string
		get(t, s, target+"?limit=100&skip="+plain(len(out))).decode(t, &page)
		for _, l := range page {
			out = append(out, l[field])
		}
		if len(page) < 100 {
			return out
		}
	}
}

func TestLinksAgreeFromBothSides(t *testing.T) {
	s := New(Options{Orgs: 120})
	admins := get(t, s, s.providerPath("/administrators?limit=100")).list(t).Results
	ofOrganization := map[string][]string{}
	for _, id := range s.OrganizationIDs() {
		ofOrganization[id] = links(t, s, "/api/v2/organizations/"+id+"/administratorlinks", "administrator")
	}
	for _, a := range admins {
		id := a["id"].(string)
		orgs := links(t, s, "/api/v2/administrators/"+id+"/organizationlinks", "organization")
		if len(orgs) != int(a["organizationAccessTotal"].(float64)) || distinct(orgs) != len(orgs) {
			t.Errorf("%v: %d links, told %v", a["email"], len(orgs), a["organizationAccessTotal"])
		}
		for org, linked := range ofOrganization {
			if slices.Contains(linked, id) != slices.Contains(orgs, org) {
				t.Errorf("%v and %s: the two lists differ", a["email"], org)
			}
		}
	}
	wantStatus(t, get(t, s, "/api/v2/administrators/ffffffffffffffffffffffff/organizationlinks"), http.StatusNotFound)
}

func TestGiveAndTakeAccess(t *testing.T) {
	s := New(Options{Orgs: 10})
	org := acme(t, s)
	r := send(t, s, http.MethodPost, s.providerPath("/administrators"), map[string]any{
		"email": "ada@northwind-msp.example", "firstname": "Ada", "roleName": roleHelpDesk, "bindNoOrgs": true, "enableMultiFactor": true,
	})
	wantStatus(t, r, http.StatusOK)
	made := r.object(t)
	id := made["id"].(string)
	if made["roleName"] != roleHelpDesk || made["organizationAccessTotal"] != 0.0 || made["registered"] != false || made["enableMultiFactor"] != true {
		t.Errorf("made %v", made)
	}
	path := "/api/v2/administrators/" + id + "/organizationlinks"
	give := func(org string) reply { return send(t, s, http.MethodPost, path, map[string]any{"organization": org}) }
	wantStatus(t, give(org), http.StatusCreated)
	wantStatus(t, give(org), http.StatusConflict)
	wantStatus(t, give("ffffffffffffffffffffffff"), http.StatusNotFound)
	if have := links(t, s, path, "organization"); !slices.Equal(have, []string{org}) {
		t.Errorf("access to %v", have)
	}
	take := func() reply { return send(t, s, http.MethodDelete, path+"/"+org, nil) }
	if r := take(); r.status != http.StatusNoContent || len(r.body) != 0 {
		t.Errorf("taking access: %d %q", r.status, r.body)
	}
	wantStatus(t, take(), http.StatusNotFound)
	if have := links(t, s, path, "organization"); len(have) != 0 {
		t.Errorf("still access to %v", have)
	}
	if h := s.History(); len(h) != 3 || h[1].Field != "administratorlink" || h[1].Organization != org {
		t.Errorf("history %+v", h)
	}
}

func TestCreateAndDeleteAdministrators(t *testing.T) {
	s := New(Options{Orgs: 10})
	post := func(body map[string]any) reply {
		return send(t, s, http.MethodPost, s.providerPath("/administrators"), body)
	}
	cases := []struct {
		body   map[string]any
		status int
	}{
		{map[string]any{}, 400}, {map[string]any{"email": "nobody"}, 400},
		{map[string]any{"email": "x@y.example", "roleName": "King"}, 400},
		{map[string]any{"email": "x@y.example", "age": 7}, 400},
		{map[string]any{"email": "x@y.example", "role": roleID(roleManager)}, 200},
		{map[string]any{"email": "X@y.example"}, 409},
		{map[string]any{"email": "sam.rivera@northwind-msp.example"}, 409},
	}
	for _, c := range cases {
		if r := post(c.body); r.status != c.status {
			t.Errorf("%v: %d %s", c.body, r.status, r.body)
		}
	}
	made := get(t, s, s.providerPath("/administrators?filter=email:eq:x@y.example")).list(t).Results[0]
	if made["roleName"] != roleManager || made["organizationAccessTotal"] != 10.0 {
		t.Errorf("made %v", made)
	}
	remove := func(id string) reply {
		return send(t, s, http.MethodDelete, s.providerPath("/administrators/"+id), nil)
	}
	if r := remove(made["id"].(string)); r.status != http.StatusNoContent {
		t.Errorf("delete: %d %s", r.status, r.body)
	}
	wantStatus(t, remove(made["id"].(string)), http.StatusNotFound)
	self := get(t, s, "/api/users/getSelf").object(t)["_id"].(string)
	wantStatus(t, remove(self), http.StatusForbidden)
}

func TestLocalAdministrators(t *testing.T) {
	s := New(Options{Orgs: 100})
	provider := map[string]bool{}
	for _, a := range get(t, s, s.providerPath("/administrators?limit=100")).list(t).Results {
		provider[a["id"].(string)] = true
	}
	with := 0
	for _, id := range s.OrganizationIDs() {
		l := get(t, s, "/api/users?limit=100&sort=_id", "x-org-id", id).list(t)
		if len(l.Results) != l.TotalCount {
			t.Errorf("%s: %d of %d", id, len(l.Results), l.TotalCount)
		}
		with += count(l.TotalCount > 0)
		for _, a := range l.Results {
			if a["organization"] != id || provider[a["_id"].(string)] {
				t.Errorf("%v is not local to %s", a, id)
			}
		}
	}
	if with < 30 || with == 100 {
		t.Errorf("%d of 100 organizations have local administrators", with)
	}
}
