package simulator

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func BenchmarkNew50000(b *testing.B) {
	for range b.N {
		New(Options{Orgs: 50_000, Seed: 7})
	}
}

func benchmarkGet(b *testing.B, n int, target func(s *Server, i int) (path, org string)) {
	b.Helper()
	s := New(Options{Orgs: n, Seed: 7})
	key := s.APIKey()
	b.ResetTimer()
	for i := range b.N {
		path, org := target(s, i)
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("x-api-key", key)
		if org != "" {
			r.Header.Set("x-org-id", org)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code, w.Body)
		}
	}
}

func BenchmarkPageOf50000ByID(b *testing.B) {
	benchmarkGet(b, 50_000, func(_ *Server, i int) (string, string) {
		return "/api/organizations?limit=100&sort=_id&skip=" + plain(i*100%50_000), ""
	})
}

func BenchmarkPageOf50000ByName(b *testing.B) {
	benchmarkGet(b, 50_000, func(s *Server, i int) (string, string) {
		return s.providerPath("/organizations?limit=100&sort=name&skip=" + plain(i*100%50_000)), ""
	})
}

func BenchmarkSearch50000(b *testing.B) {
	benchmarkGet(b, 50_000, func(_ *Server, _ int) (string, string) {
		return "/api/organizations?limit=100&search=dental", ""
	})
}

func BenchmarkCountOf50000(b *testing.B) {
	benchmarkGet(b, 50_000, func(s *Server, i int) (string, string) {
		return "/api/systemusers?limit=1", s.state.orgs.ids.rows[i%50_000].id
	})
}

func BenchmarkDrawLogo(b *testing.B) {
	faces := loadTypefaces()
	names := organizationNames(7, 1000, true)
	b.ResetTimer()
	for i := range b.N {
		drawLogo(faces, mix(uint64(i)), names[i%1000])
	}
}
