package session_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// keys is a keychain with state, which can be missing or locked.
type keys struct {
	mu      sync.Mutex
	kept    map[domain.AccountID]string
	missing bool
}

var errNoKeychain = &domain.Error{Code: domain.CodeKeychain, Message: "no keychain"}

func (k *keys) Probe(context.Context) error {
	if k.missing {
		return errNoKeychain
	}
	return nil
}

func (k *keys) Get(_ context.Context, account domain.AccountID) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key, ok := k.kept[account]; ok {
		return key, nil
	}
	return "", &domain.Error{Code: domain.CodeSignedOut, Message: "no key"}
}

func (k *keys) Set(_ context.Context, account domain.AccountID, key string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.missing {
		return errNoKeychain
	}
	k.kept[account] = key
	return nil
}

func (k *keys) Delete(_ context.Context, account domain.AccountID) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.missing {
		return errNoKeychain
	}
	delete(k.kept, account)
	return nil
}

// watcher turns what it is told into a channel of wake-ups.
type watcher struct{ changed chan struct{} }

func (w watcher) wake() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

func (w watcher) SessionChanged()                                   { w.wake() }
func (w watcher) StatusChanged(domain.AccountID, domain.SyncStatus) { w.wake() }
func (w watcher) RowsChanged(domain.AccountID, []domain.OrgID)      { w.wake() }
func (w watcher) NamesRead(domain.AccountID)                        { w.wake() }

// store is the cache, the disk of which may be full.
type store struct {
	session.Store
	full, noHistory atomic.Bool
}

var errFull = &domain.Error{Code: domain.CodeCacheFailed, Message: "The cache is full."}

func (s *store) SaveAccount(ctx context.Context, account domain.Account) error {
	if s.full.Load() {
		return errFull
	}
	return s.Store.SaveAccount(ctx, account)
}

func (s *store) AppendActivity(ctx context.Context, activities ...domain.Activity) error {
	if s.full.Load() || s.noHistory.Load() {
		return errFull
	}
	return s.Store.AppendActivity(ctx, activities...)
}

// rig is a session on a real cache, the real client and the simulator, every
// exchange of which is held against the contract.
type rig struct {
	*session.Session
	simulator *simulator.Running
	// other is a second provider's server, reached with its keys; nil for none.
	other         *simulator.Running
	stopSimulator func() error
	keys          *keys
	db            *sqlite.DB
	store         *store
	path          string
	watcher       watcher
	now           func() time.Time
	dial          session.Dial
	thumbnail     func([]byte) (domain.Thumbnail, error)
	// patience is how long a call may take; zero for the client's own idea.
	patience time.Duration
	// preferred is the account that the next start shows.
	preferred domain.AccountID
	// demo says that the next start is the demo's.
	demo bool
}

func newRig(t *testing.T, organizations int) *rig {
	t.Helper()
	r := startRig(t, simulator.Options{Orgs: organizations, Seed: 7, Now: time.Now})
	r.open(t)
	return r
}

// startRig makes a rig whose session is not open yet.
func startRig(t *testing.T, options simulator.Options) *rig {
	t.Helper()
	running, err := simulator.Start("127.0.0.1:0", options)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{
		stopSimulator: sync.OnceValue(running.Close),
		simulator:     running, keys: &keys{kept: map[domain.AccountID]string{}}, now: time.Now,
		path: filepath.Join(t.TempDir(), "cache.db"), watcher: watcher{make(chan struct{}, 1)},
		thumbnail: func([]byte) (domain.Thumbnail, error) {
			return domain.Thumbnail{}, errors.New("no pictures in this test")
		},
	}
	t.Cleanup(func() { _ = r.stopSimulator() })
	return r
}

// checker reads the contract once for all tests, because that takes long.
var checker = sync.OnceValues(func() (*contract.Checker, error) { return contract.Load("") })

// open starts the session as a start of the program does, with preferred shown.
func (r *rig) open(t *testing.T) {
	t.Helper()
	checker, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	report := func(err error) { t.Errorf("contract: %v", err) }
	r.dial = func(region domain.Region, key string) (session.Remote, error) {
		return jumpcloud.New(jumpcloud.Options{
			Region: region, APIURL: r.address(key), APIKey: key, Version: "test", Clock: jumpcloud.NewClock(r.now),
			Limits: jumpcloud.Limits{BaseDelay: time.Millisecond, MaxDelay: 5 * time.Millisecond, CallTimeout: r.patience},
			Transport: checker.RoundTripper(http.DefaultTransport.(*http.Transport).Clone(), report,
				contract.ExemptAnswers(func(_ int, header http.Header) bool { return header.Get(simulator.FaultHeader) != "" })),
		})
	}
	if r.db, err = sqlite.Open(t.Context(), r.path, sqlite.Options{Now: r.now}); err != nil {
		t.Fatal(err)
	}
	r.store = &store{Store: r.db}
	r.Session, err = session.Open(t.Context(), session.Options{
		Store: r.store, Keys: r.keys, Preferred: r.preferred, Demo: r.demo, Watcher: r.watcher, Now: r.now, Log: slog.New(slog.DiscardHandler),
		Dial:      r.dial,
		Thumbnail: r.thumbnail,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.shut(t) })
}

// address gives the server that knows a key.
func (r *rig) address(key string) string {
	if r.other != nil && key == r.other.APIKey() {
		return r.other.URL
	}
	return r.simulator.URL
}

// startOther starts a second provider's server.
func (r *rig) startOther(t *testing.T, organizations int) {
	t.Helper()
	running, err := simulator.Start("127.0.0.1:0", simulator.Options{
		Orgs: organizations, Seed: 8, Company: "Borealis Managed IT", Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	r.other = running
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
}

// shut ends the session as closing the program does.
func (r *rig) shut(t *testing.T) {
	t.Helper()
	if r.db == nil {
		return
	}
	r.Session.Close()
	if err := r.db.Check(context.Background()); err != nil {
		t.Errorf("the cache is not sound: %v", err)
	}
	if err := r.db.Close(); err != nil {
		t.Error(err)
	}
	r.db = nil
}

// until waits for a state that the session comes to by itself.
func (r *rig) until(t *testing.T, what string, reached func() bool) {
	t.Helper()
	deadline := time.After(time.Minute)
	for !reached() {
		select {
		case <-r.watcher.changed:
		case <-deadline:
			t.Fatalf("waited for %s in vain; the state is %+v", what, r.State())
		}
	}
}

func (r *rig) synced(id domain.AccountID) func() bool {
	return func() bool {
		status, err := r.SyncStatus(id)
		return err == nil && status.Run.State == domain.SyncDone
	}
}
