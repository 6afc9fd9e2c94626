package jumpcloud

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestJudge(t *testing.T) {
	limits := Limits{Attempts: 3, LimitedAttempts: 4, BaseDelay: 100 * time.Millisecond, MaxDelay: time.Second, MaxRetryAfter: time.Minute}
	server := failure{code: domain.CodeServer, status: 503, temporary: true}
	limited := failure{code: domain.CodeRateLimited, status: 429, temporary: true}
	unsent := failure{code: domain.CodeOffline, temporary: true, neverSent: true}
	cut := failure{code: domain.CodeOffline, temporary: true}
	truncated := failure{code: domain.CodeProtocol, status: 200, temporary: true}
	with := func(f failure, change func(*failure)) *failure {
		change(&f)
		return &f
	}
	tests := []struct {
		name    string
		method  string
		attempt int
		f       *failure
		again   bool
		wait    time.Duration
	}{
		{"first failure", "GET", 1, &server, true, 50 * time.Millisecond},
		{"second failure waits longer", "GET", 2, &server, true, 100 * time.Millisecond},
		{"attempts are bounded", "GET", 3, &server, false, 0},
		{"429 has more attempts", "GET", 3, &limited, true, 200 * time.Millisecond},
		{"429 is bounded too", "GET", 4, &limited, false, 0},
		{"a cut reading can be repeated", "GET", 1, &cut, true, 50 * time.Millisecond},
		{"PUT cannot where the server failed", "PUT", 1, &server, false, 0},
		{"PUT cannot where the answer was lost", "PUT", 1, &cut, false, 0},
		{"PUT cannot where the answer broke off", "PUT", 1, &truncated, false, 0},
		{"PUT can where the server put it off", "PUT", 1, &limited, true, 50 * time.Millisecond},
		{"PUT can where it never left", "PUT", 1, &unsent, true, 50 * time.Millisecond},
		{"DELETE cannot where the server failed", "DELETE", 1, &server, false, 0},
		{"DELETE cannot where the answer was lost", "DELETE", 1, &cut, false, 0},
		{"DELETE can where the server put it off", "DELETE", 1, &limited, true, 50 * time.Millisecond},
		{"DELETE can where it never left", "DELETE", 1, &unsent, true, 50 * time.Millisecond},
		{"POST cannot", "POST", 1, &server, false, 0},
		{"POST cannot on 429", "POST", 1, &limited, false, 0},
		{"POST can where it never left", "POST", 1, &unsent, true, 50 * time.Millisecond},
		{"permanent", "GET", 1, &failure{code: domain.CodeForbidden, status: 403}, false, 0},
		{"canceled", "GET", 1, &failure{code: domain.CodeCanceled, temporary: true}, false, 0},
		{"the limiter holds the server's wait", "GET", 1, with(limited, func(f *failure) { f.retryAfter = time.Minute }), true, 0},
		{"too long a wait", "GET", 1, with(limited, func(f *failure) { f.retryAfter = time.Minute + 1 }), false, 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			got := judge(limits, func() float64 { return 0.5 }, call{method: tc.method}, tc.attempt, tc.f)
			if got.again != tc.again || got.wait != tc.wait {
				t.Errorf("%+v, want again %v after %v", got, tc.again, tc.wait)
			}
		})
	}
}

func TestBackoffStaysInItsWindow(t *testing.T) {
	limits := Limits{}.withDefaults()
	for attempt := 1; attempt < 200; attempt++ {
		low, high := backoff(limits, func() float64 { return 0 }, attempt), backoff(limits, func() float64 { return 0.999999 }, attempt)
		if low != 0 || high <= 0 || high > limits.MaxDelay {
			t.Fatalf("attempt %d waits %v to %v", attempt, low, high)
		}
	}
}

func TestParseRetryAfter(t *testing.T) {
	now := time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)
	later := now.Add(90 * time.Second).Format(http.TimeFormat)
	tests := []struct {
		name, value, date string
		want              time.Duration
	}{
		{"none", "", "", 0},
		{"seconds", "7", "", 7 * time.Second},
		{"seconds with space", " 7 ", "", 7 * time.Second},
		{"zero", "0", "", 0},
		{"negative", "-5", "", 0},
		{"fraction", "1.5", "", 0},
		{"words", "soon", "", 0},
		{"absurd", "18446744073709551615", "", maxWait},
		{"beyond numbers", "99999999999999999999999", "", 0},
		{"date", later, "", 90 * time.Second},
		{"date by the server's clock", later, now.Add(80 * time.Second).Format(http.TimeFormat), 10 * time.Second},
		{"date gone by", now.Add(-time.Hour).Format(http.TimeFormat), "", 0},
		{"date far away", "Fri, 31 Dec 9999 23:59:59 GMT", "", maxWait},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			header := http.Header{}
			if tc.value != "" {
				header.Set("Retry-After", tc.value)
			}
			if tc.date != "" {
				header.Set("Date", tc.date)
			}
			if got := parseRetryAfter(header, now); got != tc.want {
				t.Errorf("%v, want %v", got, tc.want)
			}
		})
	}
}

func TestSystemClock(t *testing.T) {
	clock := NewClock(time.Now)
	if err := clock.Sleep(t.Context(), time.Nanosecond); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, d := range []time.Duration{0, time.Hour} {
		if err := clock.Sleep(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("%v: %v", d, err)
		}
	}
}
