package jumpcloud_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func TestWaitsGrowAndAreJittered(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1})
	r.spoil(simulator.Fault{Kind: "status", Status: 500})
	_, err := r.client.Identify(t.Context())
	failed := wantCode(t, err, domain.CodeServer)
	want := []time.Duration{150 * time.Millisecond, 300 * time.Millisecond, 600 * time.Millisecond, 1200 * time.Millisecond}
	if got := r.clock.sleeps(); !slices.Equal(got, want) {
		t.Errorf("waited %v, want %v (half of each window)", got, want)
	}
	if !strings.Contains(failed.Message, "status 500") || !strings.Contains(failed.Error(), "GET /api/users/getSelf: status 500") {
		t.Errorf("the last status is lost: %v", failed)
	}
	if load := r.client.Load(); load.Calls != 5 || load.Retries != 4 {
		t.Errorf("%+v", load)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	start := newFakeClock().Now()
	for name, value := range map[string]string{"seconds": "17", "date": start.Add(17 * time.Second).Format(http.TimeFormat)} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			base := roundTripFunc(func(req *http.Request) (*http.Response, error) {
				calls++
				if calls == 1 {
					return reply(req, 429, http.Header{"Retry-After": {value}}, `{"message":"slow down"}`), nil
				}
				return reply(req, 200, nil, `{"id":"`+someProvider+`"}`), nil
			})
			clock := newFakeClock()
			client := newClient(t, "http://127.0.0.1", base, func(o *jumpcloud.Options) { o.Clock = clock })
			if _, err := client.Provider(t.Context(), someProvider); err != nil {
				t.Fatal(err)
			}
			if waited := clock.Now().Sub(start); waited != 17*time.Second {
				t.Errorf("waited %v", waited)
			}
		})
	}
}

func TestOthersWaitWhileTheServerAsksForIt(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1})
	r.spoil(simulator.Fault{Path: "/api/users/getSelf", Kind: "status", Status: 429, RetryAfter: "30", Times: 1})
	start := r.clock.Now()
	var during jumpcloud.Load
	r.clock.onSleep = func(d time.Duration) {
		if d > 0 {
			during = r.client.Load()
		}
	}
	if _, err := r.client.Identify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !during.PausedUntil.Equal(start.Add(30*time.Second)) || during.Limit != 4 {
		t.Errorf("while waiting: %+v", during)
	}
}

func TestTooLongAWaitIsTheCallersToKnow(t *testing.T) {
	for _, status := range []int{429, 503} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			r := newRig(t, simulator.Options{Orgs: 1})
			r.spoil(simulator.Fault{Kind: "status", Status: status, RetryAfter: "600", Times: 1})
			_, err := r.client.Identify(t.Context())
			code := map[int]domain.Code{429: domain.CodeRateLimited, 503: domain.CodeServer}[status]
			failed := wantCode(t, err, code)
			if failed.RetryAfter != 10*time.Minute || !failed.Retryable || !strings.Contains(failed.Hint, "10 minutes") || len(r.clock.sleeps()) != 0 {
				t.Errorf("%+v after %v", failed, r.clock.sleeps())
			}
			before := r.client.Load().Calls
			_, err = r.client.Identify(t.Context())
			if status == 503 {
				if err != nil {
					t.Errorf("a server in maintenance is asked no more: %v", err)
				}
				return
			}
			failed = wantCode(t, err, domain.CodeRateLimited)
			if failed.RetryAfter != 10*time.Minute || r.client.Load().Calls != before {
				t.Errorf("asked again in spite of the wait: %+v", failed)
			}
			if err := r.clock.Sleep(t.Context(), 10*time.Minute); err != nil {
				t.Fatal(err)
			}
			if _, err := r.client.Identify(t.Context()); err != nil {
				t.Errorf("after the wait: %v", err)
			}
		})
	}
}

func TestAnAbsurdWaitDoesNotLockTheClientForGood(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1})
	r.spoil(simulator.Fault{Kind: "status", Status: 429, RetryAfter: "31536000", Times: 1})
	_, err := r.client.Identify(t.Context())
	wantCode(t, err, domain.CodeRateLimited)
	if err := r.clock.Sleep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := r.client.Identify(t.Context()); err != nil {
		t.Errorf("after an hour: %v", err)
	}
}

func TestLimiterMeetsARateLimit(t *testing.T) {
	now := newFakeClock()
	r := newRig(t, simulator.Options{Orgs: 1500, Now: now.Now, Rate: 5}, func(o *jumpcloud.Options) { o.Clock = now })
	r.clock = now
	if got := len(r.organizations()); got != 1500 {
		t.Errorf("%d organizations", got)
	}
	if r.sim.Stats().Rejected == 0 {
		t.Error("the simulator refused nothing; the test shows nothing")
	}
}

// reply makes an answer without a server.
func reply(req *http.Request, status int, header http.Header, body string) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Type", "application/json")
	recorder := &http.Response{StatusCode: status, Header: header, Body: http.NoBody, Request: req}
	if body != "" {
		recorder.Body = readCloser{strings.NewReader(body)}
	}
	return recorder
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }
