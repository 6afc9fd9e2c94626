package jumpcloud_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// fakeClock moves only when someone sleeps, and remembers every sleep.
type fakeClock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
	// onSleep, where it is set, is called before a sleep.
	onSleep func(time.Duration)
}

func newFakeClock() *fakeClock {
	return &fakeClock{now: time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)}
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Sleep(ctx context.Context, d time.Duration) error {
	if c.onSleep != nil {
		c.onSleep(d)
	}
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return nil
}

func (c *fakeClock) sleeps() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.slept...)
}

// logBuffer is a log that tests can read while it is written.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func (b *logBuffer) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// loadContract reads the contract once: it is large, and never changes. The
// variable ORGDECK_CONTRACT names another OpenAPI file to hold everything
// against, such as the vendor's own; its objects are closed first.
var loadContract = sync.OnceValues(func() (*contract.Checker, error) {
	path := os.Getenv("ORGDECK_CONTRACT")
	checker, err := contract.Load(path)
	if err == nil && path != "" {
		checker.CloseObjects()
	}
	return checker, err
})

// rig is a client before a simulator, with every exchange held against the contract.
type rig struct {
	t      *testing.T
	sim    *simulator.Running
	client *jumpcloud.Client
	clock  *fakeClock
	log    *logBuffer
	// spoiled says that the simulator's answers are broken on purpose.
	spoiled atomic.Bool
}

func newRig(t *testing.T, options simulator.Options, change ...func(*jumpcloud.Options)) *rig {
	t.Helper()
	sim, err := simulator.Start("127.0.0.1:0", options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Errorf("close simulator: %v", err)
		}
	})
	r := &rig{t: t, sim: sim, clock: newFakeClock(), log: &logBuffer{}}
	checker, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	base := &http.Transport{MaxIdleConnsPerHost: 32}
	t.Cleanup(base.CloseIdleConnections)
	exempt := contract.ExemptAnswers(func(int, http.Header) bool { return r.spoiled.Load() })
	opts := jumpcloud.Options{
		APIURL: sim.URL, APIKey: sim.APIKey(), Version: "1.2.3", Clock: r.clock, Logger: r.log.logger(),
		Transport: checker.RoundTripper(base, func(err error) { t.Errorf("%v", err) }, exempt),
		Rand:      func() float64 { return 0.5 },
	}
	for _, f := range change {
		f(&opts)
	}
	r.client, err = jumpcloud.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.client.Close)
	t.Cleanup(func() {
		if strings.Contains(r.log.String(), sim.APIKey()) {
			t.Error("the log holds the key")
		}
	})
	return r
}

// spoil puts faults in force; from then on answers need not follow the contract.
func (r *rig) spoil(faults ...simulator.Fault) {
	r.t.Helper()
	r.spoiled.Store(true)
	if err := r.sim.AddFaults(faults...); err != nil {
		r.t.Fatal(err)
	}
}

// organizations reads the provider's listing whole.
func (r *rig) organizations() []domain.Listed {
	r.t.Helper()
	var all []domain.Listed
	for page, err := range r.client.ProviderOrganizations(r.t.Context(), r.sim.ProviderID()) {
		if err != nil {
			r.t.Fatal(err)
		}
		all = append(all, page.Items...)
	}
	return all
}

// wantCode fails the test unless err is a *domain.Error of the code with words
// in it, and gives it.
func wantCode(t *testing.T, err error, code domain.Code) *domain.Error {
	t.Helper()
	found, ok := errors.AsType[*domain.Error](err)
	if !ok || found.Code != code {
		t.Fatalf("error %T %v, want code %q", err, err, code)
	}
	if !strings.HasSuffix(found.Message, ".") {
		t.Errorf("message %q is no sentence", found.Message)
	}
	return found
}
