package editor_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/logo"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// accounts is a session with one account, which can be signed out.
type accounts struct {
	mu        sync.Mutex
	account   domain.Account
	remote    editor.Remote
	signedOut bool
	refused   bool
}

func (a *accounts) Account(id domain.AccountID) (domain.Account, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id != a.account.ID {
		return domain.Account{}, &domain.Error{Code: domain.CodeNotFound, Message: "no such account"}
	}
	return a.account, nil
}

func (a *accounts) Remote(domain.AccountID) (editor.Remote, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.signedOut {
		return nil, &domain.Error{Code: domain.CodeSignedOut, Message: "no key"}
	}
	return a.remote, nil
}

func (a *accounts) KeyRefused(domain.AccountID, editor.Remote) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refused = true
}

func (a *accounts) signOut() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.signedOut = true
}

// watcher keeps what it is told.
type watcher struct {
	mu       sync.Mutex
	rows     []domain.OrgID
	statuses []domain.ImportStatus
	changed  chan struct{}
	// onImport, where it is set, is called with every status.
	onImport func(domain.ImportStatus)
}

func (w *watcher) RowsChanged(_ domain.AccountID, rows []domain.OrgID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows = append(w.rows, rows...)
}

func (w *watcher) ImportChanged(_ domain.AccountID, status domain.ImportStatus) {
	w.mu.Lock()
	w.statuses = append(w.statuses, status)
	w.mu.Unlock()
	if w.onImport != nil {
		w.onImport(status)
	}
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

func (w *watcher) shown() []domain.OrgID {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rows
}

// wire counts the writes that leave the client, and lets a test do something
// right after the server has answered one, or before it is asked.
type wire struct {
	base http.RoundTripper

	mu                      sync.Mutex
	writes                  int
	beforeWrite, afterWrite func()
	// late is where a write goes that is postponed; nil where none is.
	late chan *http.Request
}

// postpone keeps the next write from the server, while the client is told that
// the connection broke, until arrive is called.
func (w *wire) postpone() (arrive func()) {
	late := make(chan *http.Request, 1)
	w.mu.Lock()
	w.late = late
	w.mu.Unlock()
	return func() {
		answer, err := w.base.RoundTrip(<-late)
		if err == nil {
			_ = answer.Body.Close()
		}
	}
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		return w.base.RoundTrip(r)
	}
	w.mu.Lock()
	w.writes++
	before, after, late := w.beforeWrite, w.afterWrite, w.late
	w.late = nil
	w.mu.Unlock()
	if late != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		again := r.Clone(context.WithoutCancel(r.Context()))
		again.Body = io.NopCloser(bytes.NewReader(body))
		late <- again
		return nil, io.ErrUnexpectedEOF
	}
	if before != nil {
		before()
	}
	answer, err := w.base.RoundTrip(r)
	if after != nil {
		after()
	}
	return answer, err
}

func (w *wire) sent() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.writes
}

// rig is an editor on a real cache, the real client and the simulator, every
// exchange of which is held against the contract.
type rig struct {
	*editor.Editor
	t         *testing.T
	simulator *simulator.Running
	db        *sqlite.DB
	accounts  *accounts
	watcher   *watcher
	wire      *wire
	client    *jumpcloud.Client
	options   editor.Options
	id        domain.AccountID
	settled   int
	// paused are the waits of an import; onPause, where it is set, is called in each.
	paused  []time.Duration
	onPause func(context.Context)
	ahead   atomic.Int64
	stop    func() error
}

// advance moves the editor's clock.
func (r *rig) advance(d time.Duration) { r.ahead.Add(int64(d)) }

func (r *rig) now() time.Time { return time.Now().Add(time.Duration(r.ahead.Load())) }

// checker reads the contract once for all tests, because that takes long.
var checker = sync.OnceValues(func() (*contract.Checker, error) { return contract.Load("") })

func newRig(t *testing.T, organizations int) *rig {
	t.Helper()
	running, err := simulator.Start("127.0.0.1:0", simulator.Options{Orgs: organizations, Seed: 7, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	checker, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cache.db"), sqlite.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	r := &rig{
		t: t, simulator: running, db: db, accounts: &accounts{}, watcher: &watcher{changed: make(chan struct{}, 1)},
		wire: &wire{base: transport}, stop: sync.OnceValue(running.Close),
	}
	client, err := jumpcloud.New(jumpcloud.Options{
		APIURL: running.URL, APIKey: running.APIKey(), Version: "test", Clock: jumpcloud.NewClock(r.now),
		Limits: jumpcloud.Limits{BaseDelay: time.Millisecond, MaxDelay: 2 * time.Millisecond, Attempts: 3, LimitedAttempts: 3, CallTimeout: 10 * time.Second},
		Transport: checker.RoundTripper(r.wire, func(err error) { t.Errorf("contract: %v", err) },
			contract.ExemptAnswers(func(_ int, header http.Header) bool { return header.Get(simulator.FaultHeader) != "" })),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Close()
		client.Close()
		transport.CloseIdleConnections()
		if err := db.Check(context.Background()); err != nil {
			t.Errorf("the cache is not sound: %v", err)
		}
		_ = db.Close()
		_ = r.stop()
	})
	r.accounts.remote, r.client = client, client
	r.options = editor.Options{
		Accounts: r.accounts, Cache: db, Originals: db, Journal: db, Watcher: r.watcher, Now: r.now, Log: slog.New(slog.DiscardHandler),
		Thumbnail: func(data []byte) (domain.Thumbnail, error) { return logo.Thumbnail(data, 300, 100) }, SameLogo: logo.Same,
		Settle: func(context.Context) { r.settled++ },
		Pause: func(ctx context.Context, wait time.Duration) {
			r.paused = append(r.paused, wait)
			r.advance(wait)
			if r.onPause != nil {
				r.onPause(ctx)
			}
		},
	}
	r.Editor = editor.New(r.options)
	r.signIn(client)
	return r
}

// signIn fills the account and the cache as a synchronisation does.
func (r *rig) signIn(client *jumpcloud.Client) {
	r.t.Helper()
	ctx := r.t.Context()
	identity, err := client.Identify(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	r.id = domain.NewAccountID(domain.RegionUS, identity.ProviderID, false)
	r.accounts.account = domain.Account{
		ID: r.id, Region: domain.RegionUS, ProviderID: identity.ProviderID, Label: "test",
		Email: identity.Email, RoleName: identity.RoleName,
	}
	if err := r.db.SaveAccount(ctx, r.accounts.account); err != nil {
		r.t.Fatal(err)
	}
	for page, err := range client.ProviderOrganizations(ctx, identity.ProviderID) {
		if err != nil {
			r.t.Fatal(err)
		}
		if _, err := r.db.ApplyListing(ctx, r.id, page.Items, time.Now()); err != nil {
			r.t.Fatal(err)
		}
	}
}

// organization gives one organization a known state, here and on the server.
func (r *rig) organization() domain.OrgID {
	r.t.Helper()
	id := r.simulator.OrganizationIDs()[0]
	name, contact, mail, most := "Zebra Dental", "Ada Byron", "ada@acme.example", 50
	err := r.simulator.PatchOrganization(id, simulator.OrganizationPatch{
		Name: &name, ContactName: &contact, ContactEmail: &mail, MaxSystemUsers: &most, RemoteAssist: simulator.Off,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	org, at := domain.OrgID(id), time.Now()
	if _, err := r.db.ApplyListing(r.t.Context(), r.id, []domain.Listed{{ID: org, Name: name, MaxSystemUsers: &most}}, at); err != nil {
		r.t.Fatal(err)
	}
	_, err = r.db.ApplyUpdates(r.t.Context(), r.id, []domain.OrgUpdate{{ID: org, At: at, Details: &domain.Details{
		ContactName: contact, ContactEmail: mail, RemoteAssist: domain.RemoteAssistOff,
	}}})
	if err != nil {
		r.t.Fatal(err)
	}
	return org
}

func (r *rig) server(org domain.OrgID) simulator.OrganizationState {
	r.t.Helper()
	state, err := r.simulator.Organization(string(org))
	if err != nil {
		r.t.Fatal(err)
	}
	return state
}

func (r *rig) cached(org domain.OrgID) domain.Organization {
	r.t.Helper()
	found, err := r.db.Organization(r.t.Context(), r.id, org)
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

// lastLine gives the newest line of the history, and how many there are.
func (r *rig) lastLine() (domain.Activity, int) {
	r.t.Helper()
	lines, err := r.db.Activities(r.t.Context(), r.id, domain.ActivityFilter{Limit: 100_000})
	if err != nil {
		r.t.Fatal(err)
	}
	if len(lines) == 0 {
		return domain.Activity{}, 0
	}
	return lines[0], len(lines)
}

func (r *rig) faults(faults ...simulator.Fault) {
	r.t.Helper()
	if err := r.simulator.AddFaults(faults...); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) behave(b simulator.Behaviour) {
	r.t.Helper()
	if err := r.simulator.SetBehaviour(b); err != nil {
		r.t.Fatal(err)
	}
}
