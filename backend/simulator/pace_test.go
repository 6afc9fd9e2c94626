package simulator

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestLatencyAndJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Orgs: 3, Latency: 50 * time.Millisecond, Jitter: 20 * time.Millisecond})
		var waits []time.Duration
		for range 20 {
			from := time.Now()
			wantStatus(t, get(t, s, "/api/organizations"), http.StatusOK)
			waits = append(waits, time.Since(from))
		}
		different := false
		for _, w := range waits {
			if w < 50*time.Millisecond || w >= 70*time.Millisecond {
				t.Errorf("waited %v", w)
			}
			different = different || w != waits[0]
		}
		if !different {
			t.Error("no jitter")
		}
		from := time.Now()
		if r := get(t, s, "/__sim/stats"); r.status != http.StatusOK || time.Since(from) != 0 {
			t.Errorf("the control plane waits %v", time.Since(from))
		}
	})
}

func TestTheContextEndsAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p := pacer{latency: time.Hour}
		done := make(chan bool)
		go func() { done <- p.wait(ctx) }()
		synctest.Wait()
		cancel()
		if <-done {
			t.Error("the wait says it ended by itself")
		}
		if sleep(ctx, 0) {
			t.Error("an ended context may go on")
		}
	})
}

func TestRateLimit(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 3, Rate: 4, Now: c.now})
	ask := func() reply { return get(t, s, "/api/organizations") }
	for range 4 {
		wantStatus(t, ask(), http.StatusOK)
	}
	r := ask()
	wantStatus(t, r, http.StatusTooManyRequests)
	if r.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", r.header.Get("Retry-After"))
	}
	wantStatus(t, get(t, s, "/__sim/stats"), http.StatusOK)
	c.at = c.at.Add(250 * time.Millisecond)
	wantStatus(t, ask(), http.StatusOK)
	wantStatus(t, ask(), http.StatusTooManyRequests)
	if st := s.Stats(); st.Rejected != 2 || st.Requests != 7 {
		t.Errorf("stats %+v", st)
	}
	c.at = c.at.Add(time.Hour)
	for range 4 {
		wantStatus(t, ask(), http.StatusOK)
	}
	wantStatus(t, ask(), http.StatusTooManyRequests)
}

func TestStats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Orgs: 3, Latency: time.Second})
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { get(t, s, "/api/organizations") })
		}
		synctest.Wait()
		if st := s.Stats(); st.InFlight != 5 || st.MaxInFlight != 5 {
			t.Errorf("under way: %+v", st)
		}
		wg.Wait()
		get(t, s, "/api/organizations/"+acme(t, s))
		get(t, s, "/nowhere")
		st := s.Stats()
		if st.InFlight != 0 || st.Requests != 7 || st.ByRoute["GET /api/organizations"] != 5 || st.ByRoute["GET /api/organizations/{id}"] != 1 || st.ByRoute["other"] != 1 {
			t.Errorf("afterwards: %+v", st)
		}
		s.ClearStats()
		if st := s.Stats(); st.Requests != 0 || len(st.ByRoute) != 0 {
			t.Errorf("cleared: %+v", st)
		}
	})
}
