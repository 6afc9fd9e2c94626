package editor

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// A person waits for an edit: better to say that the answer is lost.
	readTimeout  = 30 * time.Second
	writeTimeout = 45 * time.Second
	// findTimeout bounds reading all organizations of a provider.
	findTimeout = 5 * time.Minute
)

// Options are what an Editor needs.
type Options struct {
	Accounts  Accounts
	Cache     Cache
	Originals Originals
	Journal   Journal
	Watcher   Watcher
	Now       func() time.Time
	Log       *slog.Logger
	// Settle waits a moment before a value that did not change yet is read once
	// more, because a server's listings may lag behind its writes.
	Settle func(ctx context.Context)
	// Pause waits as long as a server asks an import to wait, or until ctx ends.
	Pause func(ctx context.Context, wait time.Duration)
	// Thumbnail makes a logo small for the cache; the same bytes always give the
	// same one. It fails for what is no picture that can be shown.
	Thumbnail func(logo []byte) (domain.Thumbnail, error)
	// SameLogo reports whether the picture that a server serves is the one that
	// was sent, even if the server encoded it anew. It gives up when ctx ends.
	SameLogo func(ctx context.Context, sent, served []byte) (bool, error)
}

// Editor changes the organizations of the accounts of one cache. New makes one.
type Editor struct {
	opts Options

	mu sync.Mutex
	// busy are the organizations and names that something is being done to.
	busy    map[string]struct{}
	imports map[domain.AccountID]*importRun
	// doubtful are the names of organizations that were sent and may exist, with
	// when their answers were lost.
	doubtful map[string]time.Time
	closed   bool
	work     sync.WaitGroup
}

// New makes an editor.
func New(opts Options) *Editor {
	return &Editor{
		opts: opts, busy: map[string]struct{}{}, imports: map[domain.AccountID]*importRun{}, doubtful: map[string]time.Time{},
	}
}

// Close ends every import, and waits for them and for the edits under way.
func (e *Editor) Close() {
	e.mu.Lock()
	e.closed = true
	for _, run := range e.imports {
		run.end()
	}
	e.mu.Unlock()
	e.work.Wait()
}

// take keeps others from what is being changed, until release is called; it
// fails with busy where another is at it.
func (e *Editor) take(account domain.AccountID, what string) (release func(), err error) {
	key := string(account) + "\n" + what
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, closing()
	}
	if _, taken := e.busy[key]; taken {
		return nil, &domain.Error{
			Code: domain.CodeBusy, Message: "Another change of this organization is under way. Nothing was sent.",
			Hint: "Wait until it is done, then try again.", Retryable: true,
		}
	}
	e.busy[key] = struct{}{}
	e.work.Add(1)
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.busy, key)
		e.work.Done()
	}, nil
}

// closing is the refusal of what comes after Close.
func closing() error {
	return &domain.Error{Code: domain.CodeCanceled, Message: "Orgdeck is being closed. Nothing was sent."}
}

// reach gives an account and the way to JumpCloud with its key.
func (e *Editor) reach(id domain.AccountID) (domain.Account, Remote, error) {
	account, err := e.opts.Accounts.Account(id)
	if err != nil {
		return domain.Account{}, nil, err
	}
	remote, err := e.opts.Accounts.Remote(id)
	return account, remote, err
}

// record adds a line to the account's history and gives its id; 0 where that
// failed, because what was done is done all the same.
func (e *Editor) record(ctx context.Context, account domain.Account, line domain.Activity) int64 {
	line.Account, line.Actor, line.Source, line.At = account.ID, account.Email, domain.SourceOrgdeck, e.opts.Now()
	id, err := e.opts.Journal.RecordActivity(context.WithoutCancel(ctx), line)
	if err != nil {
		e.opts.Log.Error("a change is missing from the history", "organization", line.Org, "kind", line.Kind, "error", err)
	}
	return id
}

// reading is what a look at the server told of an organization.
type reading struct {
	// at is from before the look, so that it is never newer than what it saw.
	at      time.Time
	listed  *domain.Listed
	details *domain.Details
}

// keep puts what was read into the cache and shows the row. That it failed
// changes nothing about what the server holds; the next synchronisation mends it.
func (e *Editor) keep(ctx context.Context, account domain.AccountID, org domain.OrgID, r reading) (domain.Organization, bool) {
	ctx = context.WithoutCancel(ctx)
	var err error
	if r.listed != nil {
		_, err = e.opts.Cache.ApplyListing(ctx, account, []domain.Listed{*r.listed}, r.at)
	}
	if err == nil && r.details != nil {
		var changes []domain.OrgChange
		changes, err = e.opts.Cache.ApplyUpdates(ctx, account, []domain.OrgUpdate{{ID: org, Details: r.details, At: r.at}})
		e.noteDeletion(ctx, account, changes)
	}
	return e.show(ctx, account, org, err)
}

// show tells the watcher of what was put into the cache, and gives it; false
// where it could not be.
func (e *Editor) show(ctx context.Context, account domain.AccountID, org domain.OrgID, err error) (domain.Organization, bool) {
	var row domain.Organization
	if err == nil {
		row, err = e.opts.Cache.Organization(ctx, account, org)
	}
	if err != nil {
		e.opts.Log.Error("what was read is not in the cache", "organization", org, "error", err)
		return domain.Organization{}, false
	}
	e.opts.Watcher.RowsChanged(account, []domain.OrgID{org})
	return row, true
}
