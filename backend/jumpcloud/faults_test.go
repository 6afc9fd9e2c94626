package jumpcloud_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func TestEveryFaultHasItsError(t *testing.T) {
	tests := []struct {
		name      string
		fault     simulator.Fault
		code      domain.Code
		calls     int64
		retryable bool
		words     string // a piece of the message
	}{
		{"wrong key", simulator.Fault{Kind: "status", Status: 401}, domain.CodeUnauthorized, 1, false, "did not accept the API key"},
		{"to the sign-in page", simulator.Fault{Kind: "status", Status: 302}, domain.CodeUnauthorized, 1, false, "did not accept the API key"},
		{"forbidden", simulator.Fault{Kind: "status", Status: 403}, domain.CodeForbidden, 1, false, "role"},
		{"not found", simulator.Fault{Kind: "status", Status: 404}, domain.CodeNotFound, 1, false, "does not have it"},
		{"conflict", simulator.Fault{Kind: "status", Status: 409}, domain.CodeConflict, 1, false, "exists already"},
		{"bad request", simulator.Fault{Kind: "status", Status: 400}, domain.CodeRejected, 1, false, "status 400"},
		{"payment required", simulator.Fault{Kind: "status", Status: 402}, domain.CodeRejected, 1, false, "status 402"},
		{"too many", simulator.Fault{Kind: "status", Status: 429}, domain.CodeRateLimited, 8, true, "asks for a pause"},
		{"server", simulator.Fault{Kind: "status", Status: 500}, domain.CodeServer, 5, true, "status 500"},
		{"bad gateway", simulator.Fault{Kind: "status", Status: 502}, domain.CodeServer, 5, true, "status 502"},
		{"unavailable", simulator.Fault{Kind: "status", Status: 503}, domain.CodeServer, 5, true, "status 503"},
		{"network sign-in", simulator.Fault{Kind: "status", Status: 511}, domain.CodeProtocol, 1, false, "web page"},
		{"reset", simulator.Fault{Kind: "reset"}, domain.CodeOffline, 5, true, "was cut"},
		{"no answer", simulator.Fault{Kind: "timeout"}, domain.CodeOffline, 5, true, "in time"},
		{"stalled answer", simulator.Fault{Kind: "slow", DelayMS: 60_000}, domain.CodeOffline, 5, true, "in time"},
		{"truncated", simulator.Fault{Kind: "truncate"}, domain.CodeProtocol, 5, true, "broke off"},
		{"captive portal", simulator.Fault{Kind: "html"}, domain.CodeProtocol, 1, false, "web page came"},
		{"garbage", simulator.Fault{Kind: "garbage"}, domain.CodeProtocol, 1, false, "not what JumpCloud's API promises"},
		{"empty", simulator.Fault{Kind: "empty"}, domain.CodeProtocol, 1, false, "not what JumpCloud's API promises"},
		{"64 MiB", simulator.Fault{Kind: "huge"}, domain.CodeProtocol, 1, false, "far larger"},
		{"null list", simulator.Fault{Kind: "null"}, domain.CodeProtocol, 1, false, "not what JumpCloud's API promises"},
		{"wrong types", simulator.Fault{Kind: "wrongtype"}, domain.CodeProtocol, 1, false, "not what JumpCloud's API promises"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, simulator.Options{Orgs: 5}, func(o *jumpcloud.Options) {
				if tc.fault.Kind == simulator.FaultTimeout || tc.fault.Kind == simulator.FaultSlow {
					o.Limits.CallTimeout = 30 * time.Millisecond
				}
			})
			r.spoil(tc.fault)
			var err error
			for _, err = range r.client.ProviderOrganizations(t.Context(), r.sim.ProviderID()) {
				continue
			}
			failed := wantCode(t, err, tc.code)
			if !strings.Contains(failed.Message, tc.words) || failed.Hint == "" || failed.Uncertain || failed.Retryable != tc.retryable {
				t.Errorf("%+v; want %q in the message, retryable %v", failed, tc.words, tc.retryable)
			}
			if calls := r.client.Load().Calls; calls != tc.calls {
				t.Errorf("%d calls, want %d", calls, tc.calls)
			}
			if load := r.client.Load(); load.InFlight != 0 {
				t.Errorf("%d permits were not given back", load.InFlight)
			}
		})
	}
}

func TestPassingFaultsAreSurvived(t *testing.T) {
	for _, fault := range []simulator.Fault{
		{Kind: "status", Status: 503, Times: 4}, {Kind: "status", Status: 429, Times: 7}, {Kind: "reset", Times: 3},
		{Kind: "truncate", Times: 2}, {Kind: "status", Status: 429, RetryAfter: "3", Times: 2}, {Kind: "slow", DelayMS: 1},
	} {
		r := newRig(t, simulator.Options{Orgs: 5})
		r.spoil(fault)
		if got := len(r.organizations()); got != 5 {
			t.Errorf("%+v: %d organizations", fault, got)
		}
	}
}

func TestForbiddenShowsTheServersWords(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 2})
	id := r.organizations()[0].ID
	if err := r.sim.SetRole("Billing Only", 0); err != nil {
		t.Fatal(err)
	}
	_, err := r.client.Count(t.Context(), id, domain.FigureUsers)
	failed := wantCode(t, err, domain.CodeForbidden)
	if !strings.Contains(failed.Message, "JumpCloud says: “") || !strings.Contains(failed.Hint, "Administrator With Billing") {
		t.Errorf("%+v", failed)
	}
}

func TestReplacedKey(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 2})
	r.sim.NewKey()
	_, err := r.client.Identify(t.Context())
	wantCode(t, err, domain.CodeUnauthorized)
}

func TestUnreachable(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	named := func(err error) http.RoundTripper {
		return roundTripFunc(func(*http.Request) (*http.Response, error) { return nil, err })
	}
	tests := []struct {
		name  string
		base  http.RoundTripper
		words string
	}{
		{"refused", &http.Transport{}, "refused the connection"},
		{"no such name", named(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}), "could not be looked up"},
		{"anything else", named(errors.New("cable bitten through")), "could not be reached"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			client := newClient(t, "http://"+address, tc.base)
			_, err := client.Identify(t.Context())
			failed := wantCode(t, err, domain.CodeOffline)
			if !strings.Contains(failed.Message, tc.words) || !failed.Retryable {
				t.Errorf("%+v; want %q", failed, tc.words)
			}
		})
	}
}

func TestCanceled(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 2})
	r.spoil(simulator.Fault{Kind: "timeout"})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for r.sim.Stats().InFlight == 0 && ctx.Err() == nil {
			if err := jumpcloud.NewClock(time.Now).Sleep(ctx, time.Millisecond); err != nil {
				return
			}
		}
		cancel()
	}()
	_, err := r.client.Identify(ctx)
	if failed := wantCode(t, err, domain.CodeCanceled); failed.Retryable {
		t.Errorf("%+v", failed)
	}
	_, err = r.client.Identify(ctx)
	wantCode(t, err, domain.CodeCanceled)
	expired, stop := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer stop()
	_, err = r.client.Identify(expired)
	wantCode(t, err, domain.CodeOffline)
	if load := r.client.Load(); load.InFlight != 0 {
		t.Errorf("%d permits were not given back", load.InFlight)
	}
}

func TestCanceledWhileWaiting(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 2})
	r.spoil(simulator.Fault{Kind: "status", Status: 503})
	ctx, cancel := context.WithCancel(t.Context())
	r.clock.onSleep = func(time.Duration) { cancel() }
	_, err := r.client.Identify(ctx)
	wantCode(t, err, domain.CodeCanceled)
	if calls := r.client.Load().Calls; calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// newClient makes a client for a server that need not follow the contract.
func newClient(t *testing.T, url string, base http.RoundTripper, change ...func(*jumpcloud.Options)) *jumpcloud.Client {
	t.Helper()
	opts := jumpcloud.Options{APIURL: url, APIKey: "jca_test", Version: "1", Clock: newFakeClock(), Transport: base, Rand: func() float64 { return 0.5 }}
	for _, f := range change {
		f(&opts)
	}
	client, err := jumpcloud.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}
