package jumpcloud

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// verdict is what to do after a failed attempt.
type verdict struct {
	again bool
	wait  time.Duration
}

// judge decides whether a call is tried again after its attempt-th attempt
// failed, and how long to wait first. It is pure but for the jitter: full
// jitter over an exponentially growing window, or the wait the server asked for.
func judge(limits Limits, random func() float64, c call, attempt int, f *failure) verdict {
	if !f.temporary || f.code == domain.CodeCanceled {
		return verdict{}
	}
	if !c.repeatable(f) {
		return verdict{}
	}
	attempts := limits.Attempts
	if f.code == domain.CodeRateLimited {
		attempts = limits.LimitedAttempts
	}
	if attempt >= attempts || f.retryAfter > limits.MaxRetryAfter {
		return verdict{}
	}
	if f.retryAfter > 0 {
		// The limiter holds all calls back for as long as this; waiting here
		// besides would only add to it.
		return verdict{again: true}
	}
	return verdict{again: true, wait: backoff(limits, random, attempt)}
}

func backoff(limits Limits, random func() float64, attempt int) time.Duration {
	window := limits.MaxDelay
	if shift := attempt - 1; shift < 30 {
		window = min(window, limits.BaseDelay<<shift)
	}
	return time.Duration(random() * float64(window))
}

const maxWait = 30 * 24 * time.Hour // so that absurd waits cannot overflow

// parseRetryAfter reads a Retry-After header, which is a number of seconds or a
// date. A date is held against the server's own Date where it sends one, so
// that this machine's clock may be wrong. What cannot be read asks for no wait.
func parseRetryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseUint(text, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(maxWait/time.Second))) * time.Second // #nosec G115 -- bounded
	}
	when, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if sent, err := http.ParseTime(header.Get("Date")); err == nil {
		now = sent
	}
	return min(max(when.Sub(now), 0), maxWait)
}
