package editor

import (
	"context"
	"log/slog"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Options are what an Editor needs.
type Options struct {
	Accounts Accounts
	Cache    Cache
	Journal  Journal
	Watcher  Watcher
	Now      func() time.Time
	Log      *slog.Logger
	// Settle waits a moment before a value that did not change yet is read once
	// more, because a server's listings may lag behind its writes.
	Settle func(ctx context.Context)
}

// Editor changes the organizations of the accounts of one cache. New makes one.
type Editor struct {
	opts Options
}

// New makes an editor.
func New(opts Options) *Editor { return &Editor{opts: opts} }

// Edit changes one field of an organization.
func (e *Editor) Edit(context.Context, domain.AccountID, domain.Edit) (domain.EditOutcome, error) {
	return domain.EditOutcome{}, errUnfinished
}

// Undo writes back what an edit replaced.
func (e *Editor) Undo(context.Context, domain.AccountID, int64) (domain.EditOutcome, error) {
	return domain.EditOutcome{}, errUnfinished
}

// Add adds an organization.
func (e *Editor) Add(context.Context, domain.AccountID, string, string) (domain.AddOutcome, error) {
	return domain.AddOutcome{}, errUnfinished
}

// Preview says what an import would do.
func (e *Editor) Preview(context.Context, domain.AccountID, string) (domain.ImportPreview, error) {
	return domain.ImportPreview{}, errUnfinished
}

// StartImport begins an import in the background.
func (e *Editor) StartImport(context.Context, domain.AccountID, string) error { return errUnfinished }

// CancelImport ends the running import after the row it is at.
func (e *Editor) CancelImport(domain.AccountID) error { return errUnfinished }

// ImportStatus gives how the newest import stands.
func (e *Editor) ImportStatus(domain.AccountID) (domain.ImportStatus, error) {
	return domain.ImportStatus{}, errUnfinished
}

// ImportResult gives what the newest import did.
func (e *Editor) ImportResult(domain.AccountID) (domain.ImportResult, error) {
	return domain.ImportResult{}, errUnfinished
}

// Close ends every import and waits for them.
func (e *Editor) Close() {}
