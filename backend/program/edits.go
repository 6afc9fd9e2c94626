package program

import (
	"context"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor"
	"github.com/orgdeck/orgdeck/backend/logo"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// settleTime is how long a server gets to show what it accepted.
const settleTime = 1500 * time.Millisecond

// newEditor makes the editor of a workspace.
func (p *Program) newEditor(db *sqlite.DB, opened *session.Session) *editor.Editor {
	return editor.New(editor.Options{
		Accounts: editable{opened}, Cache: db, Originals: db, Journal: db, Watcher: watcher{p}, Now: p.opts.Now, Log: p.opts.Log,
		Thumbnail: thumbnail, SameLogo: logo.Same,
		Settle: settle, Pause: pause,
	})
}

// editable gives the editor the accounts of a session.
type editable struct{ *session.Session }

// Remote gives an account's way to JumpCloud.
func (e editable) Remote(id domain.AccountID) (editor.Remote, error) { return e.Session.Remote(id) }

// KeyRefused takes note that a key was refused.
func (e editable) KeyRefused(id domain.AccountID, remote editor.Remote) {
	e.Session.KeyRefused(id, remote)
}

// ImportChanged tells the page of an import's progress.
func (w watcher) ImportChanged(account domain.AccountID, status domain.ImportStatus) {
	w.events.importChanged(account, status)
}

// edits answers the bound Edits: changing and adding one organization.
type edits struct{ *Program }

// Edit changes one field of an organization.
func (e edits) Edit(ctx context.Context, account domain.AccountID, edit domain.Edit) (domain.EditOutcome, error) {
	w, err := e.workspaceHaving(ctx, account, edit.Org)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	return w.editor.Edit(ctx, account, edit)
}

// Undo writes back what an edit replaced.
func (e edits) Undo(ctx context.Context, account domain.AccountID, activity int64) (domain.EditOutcome, error) {
	w, err := e.workspaceOf(account)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	return w.editor.Undo(ctx, account, activity)
}

// Add adds an organization.
func (e edits) Add(ctx context.Context, account domain.AccountID, name, most string) (domain.AddOutcome, error) {
	w, err := e.workspaceOf(account)
	if err != nil {
		return domain.AddOutcome{}, err
	}
	return w.editor.Add(ctx, account, name, most)
}

// SaveImportResult saves what the newest import did where the person chooses.
func (e edits) SaveImportResult(_ context.Context, account domain.AccountID) (domain.SavedFile, error) {
	w, err := e.workspaceOf(account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	result, err := w.editor.ImportResult(account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	if result.Status.State == domain.ImportNever {
		return domain.SavedFile{}, &domain.Error{Code: domain.CodeNotFound, Message: "Nothing was imported since the start. Nothing was saved."}
	}
	return e.save("orgdeck-import-result.csv", []byte(result.CSV), len(result.Rows))
}

// imports answers the bound Edits: adding many organizations.
type imports struct{ *Program }

// Preview says what an import would do.
func (i imports) Preview(ctx context.Context, account domain.AccountID, text string) (domain.ImportPreview, error) {
	w, err := i.workspaceOf(account)
	if err != nil {
		return domain.ImportPreview{}, err
	}
	return w.editor.Preview(ctx, account, text)
}

// Start begins an import in the background.
func (i imports) Start(ctx context.Context, account domain.AccountID, text string) error {
	w, err := i.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.editor.StartImport(ctx, account, text)
}

// Cancel ends the running import.
func (i imports) Cancel(_ context.Context, account domain.AccountID) error {
	w, err := i.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.editor.CancelImport(account)
}

// Status gives how the newest import stands.
func (i imports) Status(_ context.Context, account domain.AccountID) (domain.ImportStatus, error) {
	w, err := i.workspaceOf(account)
	if err != nil {
		return domain.ImportStatus{}, err
	}
	return w.editor.ImportStatus(account)
}

// Result gives what the newest import did.
func (i imports) Result(_ context.Context, account domain.AccountID) (domain.ImportResult, error) {
	w, err := i.workspaceOf(account)
	if err != nil {
		return domain.ImportResult{}, err
	}
	return w.editor.ImportResult(account)
}
