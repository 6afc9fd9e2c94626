// Package testkit starts what the use cases are tested on: the simulator, the
// real client with every exchange held against the contract, and a cache that
// is checked at the end. It is for tests alone.
package testkit

import (
	"context"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// checker reads the contract once for all tests of a package, because that takes long.
var checker = sync.OnceValues(func() (*contract.Checker, error) { return contract.Load("") })

// Checked holds every exchange with a simulator against the contract: a request
// or an answer that breaks it fails the test.
func Checked(t testing.TB, server *simulator.Server) http.Handler {
	t.Helper()
	checker, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	return checker.Handler(server, func(err error) { t.Errorf("contract: %v", err) })
}

// CheckedSimulator is Simulator for clients that check nothing themselves.
func CheckedSimulator(t testing.TB, options simulator.Options) *simulator.Running {
	t.Helper()
	return started(t, options, func(server *simulator.Server) http.Handler { return Checked(t, server) })
}

// Simulator starts a simulated JumpCloud that ends with the test.
func Simulator(t testing.TB, options simulator.Options) *simulator.Running {
	t.Helper()
	return started(t, options, func(server *simulator.Server) http.Handler { return server })
}

func started(t testing.TB, options simulator.Options, wrap func(*simulator.Server) http.Handler) *simulator.Running {
	t.Helper()
	running, err := simulator.StartWrapped("127.0.0.1:0", options, wrap)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Errorf("close the simulator: %v", err)
		}
	})
	return running
}

// Client makes a client of a simulator that hardly waits between its attempts.
// A request or an answer that breaks the contract fails the test.
func Client(t testing.TB, running *simulator.Running) *jumpcloud.Client {
	t.Helper()
	checker, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	base := &http.Transport{}
	client, err := jumpcloud.New(jumpcloud.Options{
		APIURL: running.URL, APIKey: running.APIKey(), Version: "test", Clock: jumpcloud.NewClock(time.Now),
		Limits:    jumpcloud.Limits{BaseDelay: time.Millisecond, MaxDelay: 2 * time.Millisecond},
		Transport: checker.RoundTripper(base, func(err error) { t.Errorf("contract: %v", err) }),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		base.CloseIdleConnections()
	})
	return client
}

// Cache opens an empty cache whose soundness is checked when the test ends.
func Cache(t testing.TB, now func() time.Time) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cache.db"), sqlite.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Check(context.Background()); err != nil {
			t.Errorf("the cache is not sound: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("close the cache: %v", err)
		}
	})
	return db
}
