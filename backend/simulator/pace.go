package simulator

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// pacer makes requests wait and turns away those above the rate.
type pacer struct {
	latency, jitter time.Duration
	seed            uint64
	turns           atomic.Uint64

	mu     sync.Mutex
	rate   float64
	burst  float64
	tokens float64
	last   time.Time
}

func (p *pacer) start(o Options) {
	p.latency, p.jitter, p.seed = o.Latency, o.Jitter, o.Seed
	p.rate, p.burst = max(0, o.Rate), math.Max(1, math.Ceil(o.Rate))
	p.refill(o.Now())
}

func (p *pacer) refill(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tokens, p.last = p.burst, now
}

// limited takes a token; without one it says how long until the next.
func (p *pacer) limited(now time.Time) (time.Duration, bool) {
	if p.rate <= 0 {
		return 0, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if past := now.Sub(p.last); past > 0 {
		p.tokens = math.Min(p.burst, p.tokens+past.Seconds()*p.rate)
		p.last = now
	}
	if p.tokens >= 1 {
		p.tokens--
		return 0, false
	}
	return time.Duration((1 - p.tokens) / p.rate * float64(time.Second)), true
}

// wait makes the request take its time; false when the client left meanwhile.
func (p *pacer) wait(ctx context.Context) bool {
	d := p.latency
	if p.jitter > 0 {
		d += time.Duration(mix(p.seed, forJitter, p.turns.Add(1)) % uint64(p.jitter)) //nolint:gosec // below jitter
	}
	return sleep(ctx, d)
}

func tooMany(wait time.Duration) answer {
	a := fail(http.StatusTooManyRequests, "too many requests").answer()
	a.header = map[string]string{"Retry-After": strconv.Itoa(int(math.Max(1, math.Ceil(wait.Seconds()))))}
	return a
}
