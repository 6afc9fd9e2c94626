package simulator

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// Everything at once, for the race detector; afterwards the books must balance.
func TestConcurrentUse(t *testing.T) {
	s := New(Options{Orgs: 120})
	ids := s.OrganizationIDs()
	var wg sync.WaitGroup
	work := func(n int, do func(i int)) {
		for w := range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := w; i < n; i += 4 {
					do(i)
				}
			}()
		}
	}
	work(40, func(i int) {
		send(t, s, http.MethodPost, s.providerPath("/organizations"), map[string]any{"name": fmt.Sprintf("Concurrent %d", i%20)})
	})
	work(40, func(i int) {
		send(t, s, http.MethodPut, s.providerPath("/organizations/"+ids[i]), map[string]any{"name": fmt.Sprintf("Renamed %d", i)})
	})
	work(40, func(i int) { put(t, s, ids[i], remoteAssist(i%2 == 0)) })
	work(60, func(i int) { get(t, s, "/api/organizations?limit=100&sort=displayName&skip="+plain(i)) })
	work(60, func(i int) { get(t, s, "/api/systemusers?limit=1", "x-org-id", ids[i]) })
	work(30, func(i int) { get(t, s, s.providerPath("/administrators?limit=100")) })
	work(20, func(i int) { get(t, s, "/api/v2/logos/"+held(t, s, ids[0]).LogoID) })
	work(20, func(i int) {
		if err := s.PatchOrganization(ids[100+i], OrganizationPatch{Users: ptr(i), Logo: ptr("new")}); err != nil {
			t.Error(err)
		}
		s.Stats()
		s.History()
	})
	wg.Wait()
	r := s.state.orgs
	if n := len(r.byID); n != 140 || len(r.ids.rows) != n || len(r.names.rows) != n || len(r.foldedName.rows) != n {
		t.Errorf("%d organizations; indexes of %d, %d, %d", n, len(r.ids.rows), len(r.names.rows), len(r.foldedName.rows))
	}
	for i := 1; i < len(r.names.rows); i++ {
		if compareName(r.names.rows[i-1], r.names.rows[i]) >= 0 {
			t.Fatalf("the names are out of order at %d", i)
		}
	}
	total := 0
	for _, n := range r.sameName {
		total += n
	}
	if total != 140 {
		t.Errorf("%d names are counted", total)
	}
}

func TestResetWhileInUse(t *testing.T) {
	s := New(Options{Orgs: 50})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 30 {
				get(t, s, "/api/organizations")
				put(t, s, acmeOrFirst(s), map[string]any{"maxSystemUsers": i})
			}
		}()
	}
	for range 10 {
		s.Reset()
	}
	wg.Wait()
	if n := len(s.OrganizationIDs()); n != 50 {
		t.Errorf("%d organizations", n)
	}
}

func acmeOrFirst(s *Server) string { return s.OrganizationIDs()[0] }
