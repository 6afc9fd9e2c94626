package program

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// eventPause is the least time between two events of a kind: ten a second. Only
// the names of a run, once they are all there, do not wait for it.
const eventPause = 100 * time.Millisecond

// events gathers what changed and tells the page at most ten times a second.
// The first change after a pause is told at once.
type events struct {
	emit func(event string, payload any)
	read func(account domain.AccountID, ids []domain.OrgID) []domain.Organization

	mu       sync.Mutex
	revision int64
	closed   bool
	waiting  bool
	rows     map[domain.AccountID]map[domain.OrgID]struct{}
	statuses map[domain.AccountID]domain.SyncStatus
	imports  map[domain.AccountID]domain.ImportStatus
	logos    map[domain.AccountID]domain.LogoBatch
	plans    map[domain.AccountID]domain.LogoPlanProgress
}

// newEvents makes the events. read gives organizations as they are cached: who
// tells of a row may come after one who changed it since, so that what is sent
// is what is true when it is sent.
func newEvents(emit func(string, any), read func(domain.AccountID, []domain.OrgID) []domain.Organization) *events {
	return &events{
		emit: emit, read: read, rows: map[domain.AccountID]map[domain.OrgID]struct{}{},
		statuses: map[domain.AccountID]domain.SyncStatus{}, imports: map[domain.AccountID]domain.ImportStatus{},
		logos: map[domain.AccountID]domain.LogoBatch{}, plans: map[domain.AccountID]domain.LogoPlanProgress{},
	}
}

func (e *events) rowsChanged(account domain.AccountID, orgs []domain.OrgID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.rows[account] == nil {
		e.rows[account] = make(map[domain.OrgID]struct{}, len(orgs))
	}
	for _, org := range orgs {
		e.rows[account][org] = struct{}{}
	}
	e.wake()
}

func (e *events) statusChanged(account domain.AccountID, status domain.SyncStatus) {
	keepNewest(e, e.statuses, account, status)
}

func (e *events) importChanged(account domain.AccountID, status domain.ImportStatus) {
	keepNewest(e, e.imports, account, status)
}

func (e *events) logosChanged(account domain.AccountID, batch domain.LogoBatch) {
	keepNewest(e, e.logos, account, batch)
}

func (e *events) logosLookedAt(account domain.AccountID, progress domain.LogoPlanProgress) {
	keepNewest(e, e.plans, account, progress)
}

// keepNewest has an account's newest value of a kind told.
func keepNewest[T any](e *events, waiting map[domain.AccountID]T, account domain.AccountID, value T) {
	e.mu.Lock()
	defer e.mu.Unlock()
	waiting[account] = value
	e.wake()
}

// current gives the revision of the newest event.
func (e *events) current() int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.revision
}

// next gives the revision of another event.
func (e *events) next() int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.revision++
	return e.revision
}

// wake sees to it that what waits is told; the lock is held.
func (e *events) wake() {
	if e.waiting || e.closed {
		return
	}
	e.waiting = true
	e.tell()
	time.AfterFunc(eventPause, e.pass)
}

// pass tells what gathered during a pause, and pauses again if it was anything.
func (e *events) pass() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.waiting = false
	if len(e.rows)+len(e.statuses)+len(e.imports)+len(e.logos)+len(e.plans) > 0 {
		e.wake()
	}
}

// now tells what waits before its pause is over.
func (e *events) now() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.closed {
		e.tell()
	}
}

// tell sends what waits; the lock is held, so that the order stays.
func (e *events) tell() {
	for account, ids := range e.rows {
		e.revision++
		revision := e.revision // from before the reading, so that it is never greater than what was read
		if rows := e.read(account, slices.Collect(maps.Keys(ids))); len(rows) > 0 {
			e.emit(bind.EventRows, bind.RowsChanged{AccountID: string(account), Revision: revision, Rows: bind.NewRows(account, rows)})
		}
	}
	for account, status := range e.statuses {
		e.revision++
		e.emit(bind.EventSync, bind.NewSyncStatus(account, status, e.revision))
	}
	for account, status := range e.imports {
		e.revision++
		e.emit(bind.EventImport, bind.NewImportStatus(account, status, e.revision))
	}
	for account, batch := range e.logos {
		e.revision++
		e.emit(bind.EventLogos, bind.NewLogoProgress(account, batch, e.revision))
	}
	for account, progress := range e.plans {
		e.revision++
		e.emit(bind.EventLogoPlan, bind.NewLogoPlanProgress(account, progress, e.revision))
	}
	clear(e.rows)
	clear(e.statuses)
	clear(e.imports)
	clear(e.logos)
	clear(e.plans)
}

// close stops telling.
func (e *events) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
}

// watcher passes on what the sessions tell.
type watcher struct{ *Program }

// SessionChanged tells the page of the accounts as they are now.
func (w watcher) SessionChanged() { w.sessionChanged() }

// StatusChanged tells the page of a run's progress.
func (w watcher) StatusChanged(account domain.AccountID, status domain.SyncStatus) {
	w.opts.Trace.sync(status)
	w.events.statusChanged(account, status)
}

// RowsChanged tells the page of changed organizations.
func (w watcher) RowsChanged(account domain.AccountID, orgs []domain.OrgID) {
	w.events.rowsChanged(account, orgs)
}

// NamesRead tells the page of the names now: they are what a person waits for.
func (w watcher) NamesRead(domain.AccountID) { w.events.now() }

// cachedRows gives organizations as they are cached now; none where they cannot
// be read, which the next change or the page's next start mends.
func (p *Program) cachedRows(account domain.AccountID, ids []domain.OrgID) []domain.Organization {
	w, err := p.workspaceOf(account)
	if err != nil {
		return nil // signed out and erased meanwhile
	}
	rows, err := w.db.OrganizationsByID(context.Background(), account, ids)
	if err != nil {
		p.opts.Log.Warn("changed rows could not be read, and are not shown yet", "account", account, "error", err)
	}
	return rows
}

// sessionChanged tells the page of the accounts as they are now. One at a time:
// an older state told after a newer one would leave the wrong account shown. The
// revision is taken before the state is gathered, so that a state of a greater
// revision is never older.
func (p *Program) sessionChanged() {
	p.telling.Lock()
	defer p.telling.Unlock()
	revision := p.events.next()
	p.events.emit(bind.EventSession, bind.NewSessionState(p.state(), p.about(), revision))
}
