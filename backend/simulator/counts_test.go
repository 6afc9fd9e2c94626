package simulator

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestTotalsAgreeWithRecords(t *testing.T) {
	s := New(Options{Orgs: 6, Seed: 9})
	for _, org := range s.OrganizationIDs() {
		state := held(t, s, org)
		want := map[string]int{"systemusers": state.Users, "systems": state.Devices, "applications": state.Applications}
		for path, n := range want {
			ids := pageThrough(t, s, "/api/"+path+"?sort=_id", "_id", 100, "x-org-id", org)
			if len(ids) != n || distinct(ids) != n || !slices.IsSorted(ids) {
				t.Errorf("%s of %s: %d listed, %d distinct, %d held", path, org, len(ids), distinct(ids), n)
			}
			down := pageThrough(t, s, "/api/"+path+"?sort=-_id", "_id", 100, "x-org-id", org)
			slices.Reverse(down)
			if !slices.Equal(ids, down) {
				t.Errorf("%s of %s: descending is not the mirror", path, org)
			}
		}
	}
}

func TestApplicationKinds(t *testing.T) {
	s := New(Options{Orgs: 30})
	all := map[string]int{}
	for _, org := range s.OrganizationIDs() {
		saml := 0
		for skip := 0; ; skip += 100 {
			l := get(t, s, "/api/applications?limit=100&fields=_id+name+sso&sort=_id&skip="+plain(skip), "x-org-id", org).list(t)
			for _, a := range l.Results {
				kind := a["sso"].(map[string]any)["type"].(string)
				all[kind]++
				saml += count(kind == kindSAML)
				if a["config"] == nil || a["ssoUrl"] == nil {
					t.Fatalf("a field the schema requires is missing: %v", a)
				}
			}
			if len(l.Results) < 100 {
				break
			}
		}
		if want := held(t, s, org).SAMLApplications; saml != want {
			t.Errorf("%s: %d SAML applications listed, %d held", org, saml, want)
		}
	}
	for _, kind := range []string{kindSAML, kindOIDC, kindBookmark} {
		if all[kind] == 0 {
			t.Errorf("no application is %s: %v", kind, all)
		}
	}
}

func TestUsersAreSearchedAndSorted(t *testing.T) {
	s := New(Options{Orgs: 3})
	org := acme(t, s)
	one := get(t, s, "/api/systemusers?limit=1&skip=40", "x-org-id", org).list(t).Results[0]
	name := one["username"].(string)
	for _, target := range []string{"?search=" + name, "?filter=username:$eq:" + name, "?filter=email:$eq:" + one["email"].(string)} {
		if l := get(t, s, "/api/systemusers"+target, "x-org-id", org).list(t); l.TotalCount < 1 || l.Results[0]["username"] != name {
			t.Errorf("%s finds %d", target, l.TotalCount)
		}
	}
	names := texts(get(t, s, "/api/systemusers?sort=username&limit=100", "x-org-id", org).list(t).Results, "username")
	if !slices.IsSorted(names) {
		t.Error("users are not sorted by name")
	}
}

func TestCountsDriftButStayNear(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 248, Now: c.now})
	ids := s.OrganizationIDs()
	before := make(map[string]OrganizationState, len(ids))
	for _, id := range ids {
		before[id] = held(t, s, id)
	}
	changed := func() int {
		n := 0
		for _, id := range ids {
			now := held(t, s, id)
			n += count(now.Users != before[id].Users || now.Devices != before[id].Devices || now.Applications != before[id].Applications)
		}
		return n
	}
	if changed() != 0 {
		t.Fatal("counts move while the clock stands")
	}
	c.at = c.at.Add(15 * time.Minute)
	if n := changed(); n == 0 || n > 60 {
		t.Errorf("%d of 248 organizations changed in a quarter of an hour", n)
	}
	c.at = c.at.Add(365 * 24 * time.Hour)
	for _, id := range ids {
		was, is := float64(before[id].Users), float64(held(t, s, id).Users)
		if math.Abs(was-is) > 5+0.4*was {
			t.Errorf("%s: %v users became %v in a year", id, was, is)
		}
	}
}

func TestFlowsNeverRunBackwards(t *testing.T) {
	for seed := range uint64(50) {
		f := newFlow(seed, int(seed*40), 0.004, driftEpoch().Add(-1000*time.Hour))
		lo, hi := f.span(driftEpoch())
		for h := range 24 * 400 {
			l, u := f.span(driftEpoch().Add(time.Duration(h) * time.Hour))
			if l < lo || u < hi || l > u {
				t.Fatalf("seed %d hour %d: from [%d,%d) to [%d,%d)", seed, h, lo, hi, l, u)
			}
			lo, hi = l, u
		}
		for n := lo + 1; n < hi; n++ {
			if f.id(n) <= f.id(n-1) {
				t.Fatalf("seed %d: ids of %d and %d are out of order", seed, n-1, n)
			}
		}
	}
}

func TestDriftCanStopOrHurry(t *testing.T) {
	total := func(opts Options, forward time.Duration) int {
		c := newClock()
		opts.Orgs, opts.Now = 50, c.now
		s := New(opts)
		c.at = c.at.Add(forward)
		n := 0
		for _, id := range s.OrganizationIDs() {
			n += held(t, s, id).Users * (1 + len(id)) // any fingerprint
		}
		return n
	}
	if total(Options{NoDrift: true}, 0) != total(Options{NoDrift: true}, 1000*time.Hour) {
		t.Error("counts drift although they must not")
	}
	if total(Options{DriftSpeed: 100}, 10*time.Hour) != total(Options{}, 1000*time.Hour) {
		t.Error("a hundred times the speed is not a hundred times the way")
	}
}

func TestPinnedCounts(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 5, Now: c.now})
	id := acme(t, s)
	before := held(t, s, id)
	if err := s.PatchOrganization(id, OrganizationPatch{Users: ptr(7), Devices: ptr(0), Applications: ptr(105)}); err != nil {
		t.Fatal(err)
	}
	c.at = c.at.Add(1000 * time.Hour)
	for path, want := range map[string]int{"systemusers": 7, "systems": 0, "applications": 105} {
		if ids := pageThrough(t, s, "/api/"+path+"?sort=_id", "_id", 100, "x-org-id", id); len(ids) != want || distinct(ids) != want {
			t.Errorf("%s: %d records, want %d", path, len(ids), want)
		}
	}
	c.at = c.at.Add(-1000 * time.Hour)
	if err := s.PatchOrganization(id, OrganizationPatch{Users: ptr(-1), Devices: ptr(-1), Applications: ptr(-1)}); err != nil {
		t.Fatal(err)
	}
	if after := held(t, s, id); after.Users != before.Users || after.Devices != before.Devices || after.Applications != before.Applications {
		t.Errorf("unpinned %+v, was %+v", after, before)
	}
}
