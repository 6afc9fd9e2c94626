package jumpcloud

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// testLimiter makes a limiter that lives by the clock of a synctest bubble.
func testLimiter(change func(*Limits)) *limiter {
	limits := Limits{}.withDefaults()
	if change != nil {
		change(&limits)
	}
	return newLimiter(limits, NewClock(time.Now))
}

func (l *limiter) mustAcquire(t *testing.T) permit {
	t.Helper()
	p, err := l.acquire(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLimiterGrowsAndHalves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(nil)
		if got := l.load().Limit; got != 8 {
			t.Errorf("starts at %d", got)
		}
		for range 32 {
			l.release(l.mustAcquire(t), outcomeGood, 0)
		}
		if got := l.load().Limit; got != 24 {
			t.Errorf("after 32 good answers %d", got)
		}
		for range 1000 {
			l.release(l.mustAcquire(t), outcomeGood, 0)
		}
		if got := l.load().Limit; got != 24 {
			t.Errorf("grows beyond its ceiling, to %d", got)
		}
		var flight []permit
		for range 24 {
			flight = append(flight, l.mustAcquire(t))
		}
		for _, p := range flight {
			l.release(p, outcomeLimited, 0)
		}
		if got := l.load().Limit; got != 12 {
			t.Errorf("24 calls refused at once made %d of 24; one congestion halves once", got)
		}
		for range 10 {
			l.release(l.mustAcquire(t), outcomeLimited, 0)
		}
		if got := l.load().Limit; got != 1 {
			t.Errorf("after ten congestions %d", got)
		}
		l.release(l.mustAcquire(t), outcomeNeutral, 0)
		if got := l.load().Limit; got != 1 {
			t.Errorf("grew to %d on nothing", got)
		}
		good := 0
		for ; l.load().Limit < 24 && good < 10000; good++ {
			l.release(l.mustAcquire(t), outcomeGood, 0)
		}
		if good < 200 || good > 400 {
			t.Errorf("took %d good answers from 1 to 24; slow growth takes about 290", good)
		}
	})
}

func TestLimiterBoundsCallsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(func(limits *Limits) { limits.StartInFlight, limits.MaxInFlight = 3, 3 })
		var mu sync.Mutex
		now, most := 0, 0
		var all sync.WaitGroup
		start := time.Now()
		for range 30 {
			all.Go(func() {
				p, err := l.acquire(t.Context(), false)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
				_ = l.clock.Sleep(t.Context(), time.Second) // of the bubble's time
				mu.Lock()
				now--
				mu.Unlock()
				l.release(p, outcomeGood, 0)
			})
		}
		all.Wait()
		if most != 3 || time.Since(start) != 10*time.Second {
			t.Errorf("%d at once, in %v; want 3 in 10 s", most, time.Since(start))
		}
	})
}

func TestLimiterPausesEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(nil)
		start := time.Now()
		l.release(l.mustAcquire(t), outcomeLimited, 7*time.Second)
		l.release(l.mustAcquireLater(t, start.Add(7*time.Second)), outcomeLimited, 3*time.Second)
		// A shorter wait does not cut a longer one short.
		p := l.mustAcquireLater(t, start.Add(10*time.Second))
		l.limit = 2
		other := l.mustAcquire(t)
		l.release(p, outcomeLimited, 5*time.Second)
		l.release(other, outcomeLimited, time.Second)
		l.mustAcquireLater(t, start.Add(15*time.Second))
	})
}

func (l *limiter) mustAcquireLater(t *testing.T, when time.Time) permit {
	t.Helper()
	p := l.mustAcquire(t)
	if now := time.Now(); !now.Equal(when) {
		t.Errorf("let through at %v, want %v", now, when)
	}
	return p
}

func TestLimiterAnswersItselfDuringALongPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(nil)
		l.release(l.mustAcquire(t), outcomeLimited, time.Hour)
		_, err := l.acquire(t.Context(), false)
		paused, ok := errors.AsType[*pausedError](err)
		if !ok || paused.wait != time.Hour {
			t.Fatalf("error %v", err)
		}
		if load := l.load(); load.InFlight != 0 {
			t.Errorf("%d permits are lost", load.InFlight)
		}
	})
}

func TestLimiterLetsGoWhenTheContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(func(limits *Limits) { limits.StartInFlight, limits.MaxInFlight = 1, 1 })
		held := l.mustAcquire(t)
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := l.acquire(ctx, false); !errors.Is(err, context.Canceled) {
					t.Errorf("error %v", err)
				}
			})
		}
		synctest.Wait()
		cancel()
		all.Wait()
		l.release(held, outcomeLimited, time.Minute)
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.acquire(ctx, false); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v during a pause", err)
		}
		if load := l.load(); load.InFlight != 0 || l.rest.Len() != 0 {
			t.Errorf("%d permits and %d waiters are left", load.InFlight, l.rest.Len())
		}
		l.mustAcquire(t)
	})
}

func TestRepeatedCallsGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(func(limits *Limits) { limits.StartInFlight, limits.MaxInFlight = 1, 1 })
		held := l.mustAcquire(t)
		var mu sync.Mutex
		var order []string
		var all sync.WaitGroup
		for _, name := range []string{"new", "again"} {
			all.Go(func() {
				p, err := l.acquire(t.Context(), name == "again")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
				l.release(p, outcomeGood, 0)
			})
			synctest.Wait()
		}
		l.release(held, outcomeGood, 0)
		all.Wait()
		if order[0] != "again" {
			t.Errorf("order %v", order)
		}
	})
}

func TestCeilingOnCallsASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := testLimiter(func(limits *Limits) { limits.PerSecond, limits.StartInFlight, limits.MaxInFlight = 10, 5, 5 })
		start := time.Now()
		for range 105 {
			l.release(l.mustAcquire(t), outcomeGood, 0)
		}
		if took := time.Since(start); took < 9900*time.Millisecond || took > 10100*time.Millisecond {
			t.Errorf("105 calls at 10 a second with a burst of 5 took %v", took)
		}
	})
}

// TestACeilingOf500CostsNothingAtTheUsualLatency: with 24 calls in flight at 50 ms
// each, every call leaves when it would leave without a ceiling.
func TestACeilingOf500CostsNothingAtTheUsualLatency(t *testing.T) {
	took := map[float64]time.Duration{}
	for _, perSecond := range []float64{0, 500, 400} {
		synctest.Test(t, func(t *testing.T) {
			l := testLimiter(func(limits *Limits) { limits.PerSecond, limits.StartInFlight = perSecond, limits.MaxInFlight })
			start := time.Now()
			var workers sync.WaitGroup
			var begun atomic.Int32
			for range 32 {
				workers.Go(func() {
					for begun.Add(1) <= 4000 {
						p, err := l.acquire(t.Context(), false)
						if err != nil {
							t.Error(err)
							return
						}
						if err := l.clock.Sleep(t.Context(), 50*time.Millisecond); err != nil {
							t.Error(err)
						}
						l.release(p, outcomeGood, 0)
					}
				})
			}
			workers.Wait()
			took[perSecond] = time.Since(start)
		})
	}
	if took[500] != took[0] || took[400] <= took[0] {
		t.Errorf("4,000 calls took %v", took)
	}
}
