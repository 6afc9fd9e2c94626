package program

import (
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// eventPause is the least time between two events of a kind: ten a second.
const eventPause = 100 * time.Millisecond

// events gathers what changed and tells the page at most ten times a second.
// The first change after a pause is told at once.
type events struct {
	emit func(event string, payload any)

	mu       sync.Mutex
	closed   bool
	waiting  bool
	rows     map[domain.AccountID]map[domain.OrgID]domain.Organization
	statuses map[domain.AccountID]domain.SyncStatus
	imports  map[domain.AccountID]domain.ImportStatus
}

func newEvents(emit func(string, any)) *events {
	return &events{
		emit: emit, rows: map[domain.AccountID]map[domain.OrgID]domain.Organization{},
		statuses: map[domain.AccountID]domain.SyncStatus{}, imports: map[domain.AccountID]domain.ImportStatus{},
	}
}

func (e *events) rowsChanged(account domain.AccountID, rows []domain.Organization) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.rows[account] == nil {
		e.rows[account] = make(map[domain.OrgID]domain.Organization, len(rows))
	}
	for _, row := range rows {
		e.rows[account][row.ID] = row
	}
	e.wake()
}

func (e *events) statusChanged(account domain.AccountID, status domain.SyncStatus) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.statuses[account] = status
	e.wake()
}

func (e *events) importChanged(account domain.AccountID, status domain.ImportStatus) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.imports[account] = status
	e.wake()
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
	if len(e.rows)+len(e.statuses)+len(e.imports) > 0 {
		e.wake()
	}
}

// tell sends what waits; the lock is held, so that the order stays.
func (e *events) tell() {
	for account, rows := range e.rows {
		changed := make([]domain.Organization, 0, len(rows))
		for _, row := range rows {
			changed = append(changed, row)
		}
		e.emit(bind.EventRows, bind.RowsChanged{AccountID: string(account), Rows: bind.NewRows(account, changed)})
	}
	for account, status := range e.statuses {
		e.emit(bind.EventSync, bind.NewSyncStatus(account, status))
	}
	for account, status := range e.imports {
		e.emit(bind.EventImport, bind.NewImportStatus(account, status))
	}
	clear(e.rows)
	clear(e.statuses)
	clear(e.imports)
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
func (w watcher) RowsChanged(account domain.AccountID, rows []domain.Organization) {
	w.events.rowsChanged(account, rows)
}

// sessionChanged tells the page of the accounts as they are now. One at a time:
// an older state told after a newer one would leave the wrong account shown.
func (p *Program) sessionChanged() {
	p.telling.Lock()
	defer p.telling.Unlock()
	p.events.emit(bind.EventSession, bind.NewSessionState(p.state(), p.about()))
}
