package jumpcloud

import (
	"container/list"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter bounds the calls in flight of one account. It starts moderately,
// grows while answers are good, halves when the server answers 429, and holds
// every call back while the server has asked for a wait.
type limiter struct {
	clock   Clock
	ceiling float64
	rate    *rate.Limiter // nil for no ceiling on calls a second
	longest time.Duration // the longest pause that is waited for

	mu       sync.Mutex
	limit    float64
	inFlight int
	// congested says that a 429 was met; from then on growth is slow.
	congested bool
	// epoch counts congestions. A call begun before the last one tells nothing new.
	epoch       int
	pausedUntil time.Time
	first, rest list.List // of *waiter: repeated calls go before new ones
	calls       int64
	retries     int64
}

type waiter struct{ granted chan struct{} }

// permit is the right to have one call in flight.
type permit struct{ epoch int }

// outcome is what a finished call tells the limiter.
type outcome int

const (
	outcomeGood    outcome = iota // the server answered, and was not overloaded
	outcomeNeutral                // nothing can be told from it
	outcomeLimited                // 429
)

func newLimiter(limits Limits, clock Clock) *limiter {
	l := &limiter{clock: clock, ceiling: float64(limits.MaxInFlight), longest: limits.MaxRetryAfter}
	l.limit = float64(min(limits.StartInFlight, limits.MaxInFlight))
	if limits.PerSecond > 0 {
		l.rate = rate.NewLimiter(rate.Limit(limits.PerSecond), limits.MaxInFlight)
	}
	return l
}

// acquire waits for a permit. It fails when ctx ends, and with *pausedError
// where the server asked for a longer pause than anyone should wait for.
func (l *limiter) acquire(ctx context.Context, again bool) (permit, error) {
	if err := context.Cause(ctx); err != nil {
		return permit{}, err
	}
	if err := l.slot(ctx, again); err != nil {
		return permit{}, err
	}
	for {
		wait := l.pause()
		if wait <= 0 {
			break
		}
		if wait > l.longest {
			l.giveBack()
			return permit{}, &pausedError{wait}
		}
		if err := l.clock.Sleep(ctx, wait); err != nil {
			l.giveBack()
			return permit{}, err //nolint:wrapcheck // the caller's own reason for stopping
		}
	}
	if err := l.ration(ctx); err != nil {
		l.giveBack()
		return permit{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
	if again {
		l.retries++
	}
	return permit{epoch: l.epoch}, nil
}

// slot waits until fewer calls than the limit are in flight.
func (l *limiter) slot(ctx context.Context, again bool) error {
	l.mu.Lock()
	if l.inFlight < int(l.limit) && (again || l.rest.Len() == 0) && l.first.Len() == 0 {
		l.inFlight++
		l.mu.Unlock()
		return nil
	}
	w := &waiter{granted: make(chan struct{})}
	queue := &l.rest
	if again {
		queue = &l.first
	}
	element := queue.PushBack(w)
	l.mu.Unlock()
	select {
	case <-w.granted:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	select {
	case <-w.granted: // it came at the same moment
		l.inFlight--
		l.grant()
	default:
		queue.Remove(element)
	}
	l.mu.Unlock()
	return context.Cause(ctx)
}

// ration holds a call back to the ceiling on calls a second.
func (l *limiter) ration(ctx context.Context) error {
	if l.rate == nil {
		return nil
	}
	now := l.clock.Now()
	if wait := l.rate.ReserveN(now, 1).DelayFrom(now); wait > 0 {
		return l.clock.Sleep(ctx, wait) //nolint:wrapcheck // the caller's own reason for stopping
	}
	return nil
}

func (l *limiter) pause() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pausedUntil.IsZero() {
		return 0
	}
	return l.pausedUntil.Sub(l.clock.Now())
}

func (l *limiter) giveBack() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
	l.grant()
}

// release ends a call. retryAfter is the wait the server asked for, if any;
// while it lasts no call leaves.
func (l *limiter) release(p permit, result outcome, retryAfter time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
	switch result {
	case outcomeGood:
		l.grow()
	case outcomeLimited:
		if p.epoch == l.epoch {
			l.epoch++
			l.congested = true
			l.limit = max(1, l.limit/2)
		}
	case outcomeNeutral:
	}
	if retryAfter > 0 {
		if until := l.clock.Now().Add(retryAfter); until.After(l.pausedUntil) {
			l.pausedUntil = until
		}
	}
	l.grant()
}

// grow adds half a call for each good answer until the first 429, which is 32
// answers from 8 to 24; after it about one call for each round of calls.
func (l *limiter) grow() {
	step := 0.5
	if l.congested {
		step = 1 / l.limit
	}
	l.limit = min(l.ceiling, l.limit+step)
}

// grant hands free slots to waiters. The caller holds the lock.
func (l *limiter) grant() {
	for l.inFlight < int(l.limit) {
		queue := &l.first
		if queue.Len() == 0 {
			queue = &l.rest
		}
		front := queue.Front()
		if front == nil {
			return
		}
		queue.Remove(front)
		w, ok := front.Value.(*waiter)
		if !ok {
			continue
		}
		l.inFlight++
		close(w.granted)
	}
}

// pausedError says that the server asked for a longer pause than is waited for.
type pausedError struct{ wait time.Duration }

// Error tells how long the pause still lasts.
func (e *pausedError) Error() string { return "paused by the server for " + e.wait.String() }

// Load is how busy a Client is.
type Load struct {
	// InFlight is how many calls are under way, Limit how many may be.
	InFlight, Limit int
	// PausedUntil is the end of the wait the server asked for; zero where none is in force.
	PausedUntil time.Time
	// PerSecond is the ceiling on calls a second; zero for none.
	PerSecond float64
	// Calls is how many calls were sent so far, Retries how many of them were repeats.
	Calls, Retries int64
}

// Load tells how busy the client is at this moment.
func (c *Client) Load() Load { return c.limiter.load() }

func (l *limiter) load() Load {
	l.mu.Lock()
	defer l.mu.Unlock()
	load := Load{InFlight: l.inFlight, Limit: int(l.limit), Calls: l.calls, Retries: l.retries}
	if l.rate != nil {
		load.PerSecond = float64(l.rate.Limit())
	}
	if l.pausedUntil.After(l.clock.Now()) {
		load.PausedUntil = l.pausedUntil
	}
	return load
}
