package syncer

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// saveTimeout bounds the closing entry of a run whose context has ended.
const saveTimeout = 5 * time.Second

// run is one synchronisation while it lasts.
type run struct {
	*Engine
	mu       sync.Mutex
	record   domain.SyncRun
	failures []domain.SyncFailure
	names    map[domain.OrgID]string
	resumed  time.Time
	breaker  breaker
	logos    logoBreaker
	// toldEmpty says that the run before was told that there is no organization.
	toldEmpty bool
	// since is when the reading of figures began, and doneBefore how many
	// organizations had all theirs by then.
	since      time.Time
	doneBefore int
	// answered says that a call for an organization had a usable answer.
	answered bool
	// lacking says that something else than a logo could not be read.
	lacking bool
	failed  map[domain.OrgID]*domain.Error
	changed map[domain.OrgID]struct{}
}

// runOnce does one whole run and gives what ended it before its time, nil where
// nothing did. That single organizations failed is in its record alone.
func (e *Engine) runOnce(ctx context.Context) error {
	runCtx, cancel := e.begin(ctx)
	defer cancel(nil)
	r := &run{Engine: e, names: map[domain.OrgID]string{}, changed: map[domain.OrgID]struct{}{}, failed: map[domain.OrgID]*domain.Error{}}
	err := r.start(runCtx)
	if err == nil {
		err = protect(func() error { return r.execute(runCtx, cancel) })
	}
	if cause := context.Cause(runCtx); errors.Is(cause, errStopped) || errors.Is(cause, context.Canceled) {
		err = cause
	}
	return r.finish(ctx, err)
}

// start records the run, and finds out where an unfinished one left off.
func (r *run) start(ctx context.Context) error {
	now := r.opts.Now()
	last, found, err := r.opts.Store.LastRun(ctx, r.opts.Account.ID)
	if err != nil {
		return fmt.Errorf("read the last run: %w", err)
	}
	if found {
		r.toldEmpty = toldEmpty(last)
		r.resumed = resumeFrom(last, r.Status().LastCompleteAt, now)
	}
	r.record = domain.SyncRun{
		Account: r.opts.Account.ID, StartedAt: now, State: domain.SyncRunning, Phase: domain.PhaseProvider,
	}
	if r.record.ID, err = r.opts.Store.StartRun(ctx, r.record); err != nil {
		return fmt.Errorf("record the run: %w", err)
	}
	r.tellWith(func(s *domain.SyncStatus) { s.Beside = nil })
	return nil
}

// execute is the straight way: who, which, how many.
func (r *run) execute(ctx context.Context, cancel context.CancelCauseFunc) error {
	account, err := r.identify(ctx)
	if err != nil {
		return err
	}
	r.enter(domain.PhaseListing)
	if err := r.list(ctx, account); err != nil {
		return err
	}
	wait := r.beside(ctx)
	err = r.figures(ctx, cancel)
	wait(err)
	return err
}

// identify makes sure that the key still belongs to the account's provider:
// data of another one must never be filed under this account. That no provider
// is told is no sign of another one.
func (r *run) identify(ctx context.Context) (domain.Account, error) {
	r.Engine.mu.Lock()
	account, identified := r.Engine.account, r.identified
	r.identified = false
	r.Engine.mu.Unlock()
	if identified {
		r.tellWith(func(s *domain.SyncStatus) { s.Online = true })
		return account, nil
	}
	identity, err := r.opts.Remote.Identify(ctx)
	if err != nil {
		return domain.Account{}, fmt.Errorf("identify: %w", err)
	}
	if identity.ProviderID != "" && identity.ProviderID != account.ProviderID {
		return domain.Account{}, &domain.Error{
			Code:    domain.CodeUnauthorized,
			Message: "The API key belongs to another provider than this account. Nothing was read with it.",
			Hint:    "Enter a key of " + account.Label + ", or sign in to the other provider as an account of its own.",
		}
	}
	account.Email, account.RoleName = identity.Email, identity.RoleName
	account.KeyPrefix, account.KeyCreatedAt, account.KeyExpiresAt = identity.KeyPrefix, identity.KeyCreatedAt, identity.KeyExpiresAt
	r.tellWith(func(s *domain.SyncStatus) { s.Online = true })
	return account, nil
}

func (r *run) enter(phase domain.SyncPhase) {
	r.mu.Lock()
	r.record.Phase = phase
	r.mu.Unlock()
	r.tell()
}

// tell publishes the run as it stands.
func (r *run) tell() { r.tellWith(func(*domain.SyncStatus) {}) }

// tellWith publishes the run as it stands, with something else that changed.
func (r *run) tellWith(change func(*domain.SyncStatus)) {
	r.mu.Lock()
	record, failures := r.record, r.failures
	rate := 0.0
	if elapsed := r.opts.Now().Sub(r.since).Seconds(); elapsed > 0 && record.Phase == domain.PhaseFigures {
		rate = float64(record.Done-r.doneBefore) / elapsed
	}
	r.mu.Unlock()
	r.publish(func(s *domain.SyncStatus) {
		s.Run, s.Failures, s.PerSecond = record, failures, rate
		change(s)
	})
}

// finish judges the run, records it and tells of it.
func (r *run) finish(ctx context.Context, err error) error {
	problem := asProblem(err)
	r.mu.Lock()
	if problem != nil {
		r.record.Problem = problem
	}
	r.record.State = judge(&r.record, err)
	r.record.Phase = domain.PhaseFinished
	r.record.FinishedAt = r.opts.Now()
	r.record.Changed = len(r.changed)
	record := r.record
	complete := err == nil && record.ListingComplete && !r.lacking
	r.mu.Unlock()

	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout)
	defer cancel()
	var saveErr error
	if record.ID != 0 {
		saveErr = r.opts.Store.SaveRun(ctx, record)
	}
	if complete {
		saveErr = errors.Join(saveErr, r.changeAccount(ctx, func(a *domain.Account) { a.LastSyncAt = record.FinishedAt }))
	}
	if saveErr != nil {
		r.opts.Log.Error("the run could not be recorded", "error", saveErr)
		if problem == nil {
			problem = asProblem(saveErr)
		}
		if record.Problem == nil {
			record.Problem = problem
		}
	}
	r.mu.Lock()
	r.record = record
	r.mu.Unlock()
	if problem != nil && problem.Code == domain.CodeUnauthorized {
		r.opts.Watcher.KeyRefused(r.opts.Account.ID)
	}
	// Whoever is told that the run has ended knows what of it, and may ask for the next one.
	r.end()
	r.tellWith(func(s *domain.SyncStatus) {
		s.Online = online(err, s.Online)
		if complete {
			s.LastCompleteAt = record.FinishedAt
		}
	})
	return problemErr(problem)
}

// changeAccount changes, keeps and tells of the account.
func (e *Engine) changeAccount(ctx context.Context, change func(*domain.Account)) error {
	e.mu.Lock()
	before := e.account
	change(&e.account)
	account := e.account
	e.mu.Unlock()
	if account == before {
		return nil
	}
	if err := e.opts.Store.SaveAccount(ctx, account); err != nil {
		return fmt.Errorf("keep the account: %w", err)
	}
	e.opts.Watcher.AccountChanged(account)
	return nil
}

// protect turns a panic into an error, so that one defect does not end the program.
func protect(work func() error) (err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			err = fmt.Errorf("panic in a synchronization: %v\n%s", recovered, debug.Stack())
		}
	}()
	return work()
}
