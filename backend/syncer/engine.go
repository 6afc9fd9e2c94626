package syncer

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Options are what an Engine needs.
type Options struct {
	Account domain.Account
	Remote  Remote
	Store   Store
	Watcher Watcher
	// Identified says that Remote told just now whose key it has, and that Account
	// holds it: the first run does not ask again.
	Identified bool
	// Thumbnail makes a served logo small; an error means it is no usable picture.
	Thumbnail func(data []byte) (domain.Thumbnail, error)
	// Beside reads, while a run reads figures, what is no business of this
	// package; nil for nothing. What it fails with is told, and fails no run.
	Beside func(ctx context.Context) error
	Now    func() time.Time
	Log    *slog.Logger
	// Workers is how many organizations may be worked on at once; 0 means 32,
	// more than calls may be in flight, so that making logos small keeps none idle.
	Workers int
	// Interval is the pause between automatic runs; 0 means 15 minutes.
	Interval time.Duration
}

const (
	defaultWorkers  = 32
	defaultInterval = 15 * time.Minute
	// tick is how often results are committed and progress is told.
	tick = 100 * time.Millisecond
)

var errStopped = errors.New("stopped by a person")

// Engine synchronises one account: at its start, every Interval, when the
// server can be reached again, and when asked.
type Engine struct {
	opts    Options
	trigger chan struct{}
	// telling keeps the statuses in the order in which they are told.
	telling sync.Mutex

	mu      sync.Mutex
	account domain.Account
	status  domain.SyncStatus
	visible []domain.OrgID
	// cancel ends the run that is under way; nil while there is none.
	cancel context.CancelCauseFunc
	// probe ends the look whether the server answers; nil while there is none.
	probe context.CancelFunc
	asked bool
	// identified says that whose key Remote has was told just now.
	identified bool
	// sighted says that a complete listing was read before: from then on what a
	// listing adds is news.
	sighted bool
}

// New makes an engine; Run starts it. last is the newest recorded run of the
// account, if there is one.
func New(opts Options, last domain.SyncRun) *Engine {
	if opts.Workers == 0 {
		opts.Workers = defaultWorkers
	}
	if opts.Interval == 0 {
		opts.Interval = defaultInterval
	}
	return &Engine{
		opts: opts, account: opts.Account, trigger: make(chan struct{}, 1), identified: opts.Identified,
		sighted: last.ListingComplete || !opts.Account.LastSyncAt.IsZero(),
		status:  domain.SyncStatus{Run: last, Online: true, LastCompleteAt: opts.Account.LastSyncAt},
	}
}

// Start asks for a run now. It gives busy while one is under way or asked for.
func (e *Engine) Start() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.cancel != nil || e.asked {
		return &domain.Error{Code: domain.CodeBusy, Message: "A synchronization of this account is running already."}
	}
	e.asked = true
	if e.probe != nil {
		e.probe()
	}
	select {
	case e.trigger <- struct{}{}:
	default: // one that nobody has taken yet will do
	}
	return nil
}

// Cancel stops the run that is under way; what it has read is kept. It does
// nothing where there is none.
func (e *Engine) Cancel() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.cancel != nil {
		e.cancel(errStopped)
	}
}

// Status gives how the newest run stands.
func (e *Engine) Status() domain.SyncStatus {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.status
}

// SetVisible says which organizations are on screen: they are read first.
func (e *Engine) SetVisible(visible []domain.OrgID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.visible = visible
}

func (e *Engine) onScreen() []domain.OrgID {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.visible
}

// publish changes the status and tells the watcher. One at a time: the last
// status told is the one that holds.
func (e *Engine) publish(change func(*domain.SyncStatus)) {
	e.telling.Lock()
	defer e.telling.Unlock()
	e.mu.Lock()
	change(&e.status)
	status := e.status
	e.mu.Unlock()
	e.opts.Watcher.StatusChanged(e.opts.Account.ID, status)
}

// begin marks a run as under way and gives its context. Whoever asked for one
// meanwhile gets this one.
func (e *Engine) begin(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cancel = cancel
	select {
	case <-e.trigger:
	default:
	}
	return ctx, cancel
}

func (e *Engine) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cancel = nil
	e.asked = false
}
