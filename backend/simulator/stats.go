package simulator

import (
	"maps"
	"slices"
	"sync"
)

// Stats are what the API has been asked. The control plane is not counted.
type Stats struct {
	Requests    int            `json:"requests"`
	ByRoute     map[string]int `json:"byRoute"` // "GET /api/organizations/{id}" and so on
	InFlight    int            `json:"inFlight"`
	MaxInFlight int            `json:"maxInFlight"`
	Rejected    int            `json:"rejected"` // 429 by the rate limit

	// What ReportViolation was told: how often, and the first messages.
	Violations        int      `json:"violations"`
	ViolationMessages []string `json:"violationMessages,omitempty"`
}

// maxViolationMessages bounds how many messages are kept.
const maxViolationMessages = 20

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
	out.ViolationMessages = slices.Clone(out.ViolationMessages)
	if out.ByRoute == nil {
		out.ByRoute = map[string]int{}
	}
	return out
}

// ReportViolation notes an exchange that broke a description of the API which
// whoever wraps the server checks against; the counts tell it.
func (s *Server) ReportViolation(err error) {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	s.stats.now.Violations++
	if len(s.stats.now.ViolationMessages) < maxViolationMessages {
		s.stats.now.ViolationMessages = append(s.stats.now.ViolationMessages, err.Error())
	}
}

// ClearStats sets all counts to zero; requests under way stay in flight.
func (s *Server) ClearStats() { s.stats.clear() }
