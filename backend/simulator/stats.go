package simulator

import (
	"maps"
	"sync"
)

// Stats are what the API has been asked. The control plane is not counted.
type Stats struct {
	Requests    int            `json:"requests"`
	ByRoute     map[string]int `json:"byRoute"` // "GET /api/organizations/{id}" and so on
	InFlight    int            `json:"inFlight"`
	MaxInFlight int            `json:"maxInFlight"`
	Rejected    int            `json:"rejected"` // 429 by the rate limit
}

type statistics struct {
	mu  sync.Mutex
	now Stats
}

func (s *statistics) begin(route string) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now.ByRoute == nil {
		s.now.ByRoute = map[string]int{}
	}
	s.now.Requests++
	s.now.ByRoute[route]++
	s.now.InFlight++
	s.now.MaxInFlight = max(s.now.MaxInFlight, s.now.InFlight)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.now.InFlight--
	}
}

func (s *statistics) reject() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now.Rejected++
}

// clear starts counting anew; requests under way stay in flight.
func (s *statistics) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = Stats{ByRoute: map[string]int{}, InFlight: s.now.InFlight, MaxInFlight: s.now.InFlight}
}

// Stats gives the counts so far.
func (s *Server) Stats() Stats {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	out := s.stats.now
	out.ByRoute = maps.Clone(out.ByRoute)
	if out.ByRoute == nil {
		out.ByRoute = map[string]int{}
	}
	return out
}

// ClearStats sets all counts to zero; requests under way stay in flight.
func (s *Server) ClearStats() { s.stats.clear() }
