package syncer_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/sqlite"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

const provider = "5c3536e9e0a6840001872799"

// remote is a JumpCloud with state: organizations that can be added, renamed
// and taken away, and calls that can be made to fail.
type remote struct {
	mu       sync.Mutex
	identity domain.Identity
	orgs     []domain.Listed
	counts   map[domain.FigureKind]int
	details  domain.Details
	logo     []byte
	// lie is added to every totalCount; unlisted are left out of the second listing.
	lie      int
	unlisted map[domain.OrgID]bool
	// view gives what the n-th call of a listing, from 1, sees; nil for all.
	view func(call string, n int, all []domain.Listed) []domain.Listed
	// fail gives the error of a call, nil where it succeeds.
	fail func(call string, org domain.OrgID) error
	// calls counts the calls by name.
	calls map[string]int
	order []domain.OrgID
	delay time.Duration
}

func newRemote(count int) *remote {
	r := &remote{
		identity: domain.Identity{Email: "sam@northwind.example", RoleName: domain.RoleAdministratorWithBilling, ProviderID: provider},
		counts:   map[domain.FigureKind]int{domain.FigureUsers: 12, domain.FigureDevices: 15, domain.FigureApplications: 3},
		details:  domain.Details{RemoteAssist: domain.RemoteAssistOn},
		calls:    map[string]int{}, unlisted: map[domain.OrgID]bool{},
		fail: func(string, domain.OrgID) error { return nil },
	}
	for i := range count {
		r.orgs = append(r.orgs, domain.Listed{ID: orgID(i), Name: fmt.Sprintf("Customer %04d", i)})
	}
	return r
}

func orgID(i int) domain.OrgID { return domain.OrgID(fmt.Sprintf("624d9eae%016x", i)) }

func (r *remote) called(ctx context.Context, call string, org domain.OrgID) error {
	r.mu.Lock()
	delay := r.delay
	r.mu.Unlock()
	if delay > 0 {
		select {
		case <-ctx.Done():
			return &domain.Error{Code: domain.CodeCanceled, Cause: ctx.Err()}
		case <-time.After(delay):
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls[call]++
	if org != "" {
		r.order = append(r.order, org)
	}
	return r.fail(call, org)
}

func (r *remote) set(change func(*remote)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(r)
}

func (r *remote) Identify(ctx context.Context) (domain.Identity, error) {
	err := r.called(ctx, "identify", "")
	return r.identity, err
}

func (r *remote) Provider(ctx context.Context, id string) (domain.Provider, error) {
	return domain.Provider{ID: id}, r.called(ctx, "provider", "")
}

func (r *remote) ProviderOrganizations(ctx context.Context, _ string) iter.Seq2[domain.ListedPage, error] {
	return r.pages(ctx, "names", func(item domain.Listed) (domain.Listed, bool) { item.LogoURL = nil; return item, true })
}

func (r *remote) Organizations(ctx context.Context) iter.Seq2[domain.ListedPage, error] {
	return r.pages(ctx, "logos", func(item domain.Listed) (domain.Listed, bool) {
		item.CapUnknown = true
		if item.LogoURL == nil {
			none := ""
			item.LogoURL = &none
		}
		return item, !r.unlisted[item.ID]
	})
}

func (r *remote) pages(ctx context.Context, call string, shape func(domain.Listed) (domain.Listed, bool)) iter.Seq2[domain.ListedPage, error] {
	return func(yield func(domain.ListedPage, error) bool) {
		for skip, more := 0, true; more; skip += 100 {
			if err := r.called(ctx, call, ""); err != nil {
				yield(domain.ListedPage{}, err)
				return
			}
			r.mu.Lock()
			all := slices.Clone(r.orgs)
			if r.view != nil {
				all = r.view(call, r.calls[call], all)
			}
			page := domain.ListedPage{Total: max(0, len(all)+r.lie)}
			r.mu.Unlock()
			for _, item := range all[min(skip, len(all)):min(skip+100, len(all))] {
				if shaped, ok := shape(item); ok {
					page.Items = append(page.Items, shaped)
				}
			}
			more = skip+100 < len(all)
			if !yield(page, nil) {
				return
			}
		}
	}
}

func (r *remote) Details(ctx context.Context, org domain.OrgID) (domain.Details, error) {
	err := r.called(ctx, "details", org)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.details, err
}

func (r *remote) Count(ctx context.Context, org domain.OrgID, kind domain.FigureKind) (int, error) {
	err := r.called(ctx, string(kind), org)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.counts[kind], err
}

func (r *remote) Logo(ctx context.Context, _ string) ([]byte, error) {
	return r.logo, r.called(ctx, "logo", "")
}

// watcher keeps what it was told.
type watcher struct {
	mu       sync.Mutex
	statuses []domain.SyncStatus
	// read gives organizations as they are cached.
	read    func(domain.AccountID, []domain.OrgID) []domain.Organization
	rows    map[domain.OrgID]domain.Organization
	refused int
	// named is how many rows were told of when all names were read, run by run.
	named []int
	// ended is called when a run has ended; nil for nothing.
	ended    func()
	finished chan domain.SyncStatus
}

func newWatcher() *watcher {
	return &watcher{rows: map[domain.OrgID]domain.Organization{}, finished: make(chan domain.SyncStatus, 100)}
}

func (w *watcher) StatusChanged(_ domain.AccountID, s domain.SyncStatus) {
	w.mu.Lock()
	w.statuses = append(w.statuses, s)
	ended := w.ended
	w.mu.Unlock()
	if s.Run.Phase != domain.PhaseFinished {
		return
	}
	w.finished <- s
	if ended != nil {
		ended()
	}
}

func (w *watcher) RowsChanged(account domain.AccountID, orgs []domain.OrgID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, row := range w.read(account, orgs) {
		w.rows[row.ID] = row
	}
}

func (w *watcher) NamesRead(domain.AccountID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.named = append(w.named, len(w.rows))
}

func (w *watcher) AccountChanged(domain.Account) {}

func (w *watcher) KeyRefused(domain.AccountID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refused++
}

// bench is an engine with a real cache and a remote that can be made to fail.
type bench struct {
	remote  *remote
	watcher *watcher
	db      *sqlite.DB
	account domain.Account
	// store is what engines keep things in; db, or something around it.
	store syncer.Store
	// beside is what runs read beside; nil for nothing.
	beside func(context.Context) error
	// identified says that the engine is made right after a sign-in.
	identified bool
}

func newBench(t *testing.T, count int) *bench {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cache.db"), sqlite.Options{Now: time.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Check(context.Background()); err != nil {
			t.Errorf("the cache is not sound: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bench{remote: newRemote(count), watcher: newWatcher(), db: db, store: db, account: domain.Account{
		ID: domain.NewAccountID(domain.RegionUS, provider, false), Region: domain.RegionUS, ProviderID: provider, Label: "northwind.example",
	}}
	b.watcher.read = func(account domain.AccountID, orgs []domain.OrgID) []domain.Organization {
		rows, err := db.OrganizationsByID(context.Background(), account, orgs)
		if err != nil {
			t.Error(err)
		}
		return rows
	}
	if err := db.SaveAccount(t.Context(), b.account); err != nil {
		t.Fatal(err)
	}
	return b
}

// engine makes an engine as a start of the program does.
func (b *bench) engine(t *testing.T) *syncer.Engine {
	t.Helper()
	account, err := b.db.Account(t.Context(), b.account.ID)
	if err != nil {
		t.Fatal(err)
	}
	last, _, err := b.db.LastRun(t.Context(), b.account.ID)
	if err != nil {
		t.Fatal(err)
	}
	return syncer.New(syncer.Options{
		Account: account, Remote: b.remote, Store: b.store, Watcher: b.watcher, Now: time.Now, Log: slog.New(slog.DiscardHandler), Beside: b.beside, Identified: b.identified,
		Thumbnail: func(data []byte) (domain.Thumbnail, error) {
			if len(data) == 0 {
				return domain.Thumbnail{}, &domain.Error{Code: domain.CodeProtocol, Message: "no picture"}
			}
			return tinyLogo(data), nil
		},
	}, last)
}

// sync does one run, as at a start of the program, and gives how it ended.
func (b *bench) sync(t *testing.T) domain.SyncStatus {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	engine, ended := b.engine(t), make(chan struct{})
	go func() { defer close(ended); engine.Run(ctx) }()
	status := <-b.watcher.finished
	cancel()
	<-ended
	for len(b.watcher.finished) > 0 {
		<-b.watcher.finished
	}
	return status
}

func (b *bench) cached(t *testing.T) map[domain.OrgID]domain.Organization {
	t.Helper()
	organizations, err := b.db.Organizations(t.Context(), b.account.ID)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[domain.OrgID]domain.Organization{}
	for _, o := range organizations {
		byID[o.ID] = o
	}
	return byID
}

// tinyLogo is a thumbnail of one pixel with the hash of its bytes.
func tinyLogo(data []byte) domain.Thumbnail {
	sum := sha256.Sum256(data)
	return domain.Thumbnail{Hash: hex.EncodeToString(sum[:]), PNG: data, Width: 1, Height: 1}
}
