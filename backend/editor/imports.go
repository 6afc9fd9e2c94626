package editor

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor/csv"
)

// importRun is the newest import of an account.
type importRun struct {
	// end ends it at once, when the program closes; canceled asks it to end
	// after the row it is at.
	end      context.CancelFunc
	canceled chan struct{}
	cancel   func()

	mu     sync.Mutex
	status domain.ImportStatus
	rows   []domain.ImportRow
}

// StartImport begins to add the new organizations of a file in the background,
// one after the other. ctx must live as long as the program. It is busy while
// an import of the account is running.
func (e *Editor) StartImport(ctx context.Context, id domain.AccountID, text string) error {
	if _, _, err := e.reachToAdd(id); err != nil {
		return err
	}
	rows, err := e.judge(ctx, id, text)
	if err != nil {
		return err
	}
	lifetime, end := context.WithCancel(ctx)
	canceled := make(chan struct{})
	run := &importRun{end: end, canceled: canceled, cancel: sync.OnceFunc(func() { close(canceled) }), rows: rows}
	run.status = domain.ImportStatus{State: domain.ImportRunning, Total: len(rows), StartedAt: e.opts.Now()}
	for i := range rows {
		if rows[i].Verdict != domain.ImportNew {
			run.status.Settle(rows[i].Verdict)
		}
	}
	if err := e.admit(id, run); err != nil {
		end()
		return err
	}
	go func() {
		defer e.work.Done()
		defer end()
		e.runImport(lifetime, id, run)
	}()
	return nil
}

// admit makes a run the account's newest, unless one is running.
func (e *Editor) admit(id domain.AccountID, run *importRun) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return closing()
	}
	if last := e.imports[id]; last != nil && last.now().State == domain.ImportRunning {
		return &domain.Error{
			Code: domain.CodeBusy, Message: "An import into this account is running already. Nothing was started.",
			Hint: "Wait until it is done, or cancel it.",
		}
	}
	e.imports[id] = run
	e.work.Add(1)
	return nil
}

// CancelImport ends the running import after the row it is at; nothing where
// none is running.
func (e *Editor) CancelImport(id domain.AccountID) error {
	if run, err := e.newest(id); err != nil {
		return err
	} else if run != nil {
		run.cancel()
	}
	return nil
}

// ImportStatus gives how the account's newest import stands.
func (e *Editor) ImportStatus(id domain.AccountID) (domain.ImportStatus, error) {
	run, err := e.newest(id)
	if err != nil || run == nil {
		return domain.ImportStatus{State: domain.ImportNever}, err
	}
	return run.now(), nil
}

// ImportResult gives what the account's newest import did so far, row by row.
func (e *Editor) ImportResult(id domain.AccountID) (domain.ImportResult, error) {
	run, err := e.newest(id)
	if err != nil || run == nil {
		return domain.ImportResult{Status: domain.ImportStatus{State: domain.ImportNever}}, err
	}
	run.mu.Lock()
	result := domain.ImportResult{Status: run.status, Rows: slices.Clone(run.rows)}
	run.mu.Unlock()
	if result.CSV, err = csv.Result(result.Rows); err != nil {
		return result, fmt.Errorf("write the result: %w", err)
	}
	return result, nil
}

func (e *Editor) newest(id domain.AccountID) (*importRun, error) {
	if _, err := e.opts.Accounts.Account(id); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.imports[id], nil
}

func (r *importRun) now() domain.ImportStatus {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

// change changes the status and tells of it.
func (e *Editor) change(id domain.AccountID, run *importRun, how func(*domain.ImportStatus, []domain.ImportRow)) {
	run.mu.Lock()
	how(&run.status, run.rows)
	status := run.status
	run.mu.Unlock()
	e.opts.Watcher.ImportChanged(id, status)
}

// runImport adds the rows and closes the run, whatever happens.
func (e *Editor) runImport(ctx context.Context, id domain.AccountID, run *importRun) {
	state, err := domain.ImportStopped, error(nil)
	func() {
		defer func() {
			if recovered := recover(); recovered != nil {
				e.opts.Log.Error("panic in an import", "panic", fmt.Sprint(recovered), "stack", string(debug.Stack()))
				state, err = domain.ImportStopped, fmt.Errorf("import: panic: %v", recovered)
			}
		}()
		state, err = e.addRows(ctx, id, run)
	}()
	e.change(id, run, func(status *domain.ImportStatus, rows []domain.ImportRow) {
		status.State, status.Current, status.FinishedAt = state, "", e.opts.Now()
		if err != nil {
			status.Problem = problemOf(err)
		}
		for i := range rows {
			if rows[i].Verdict == domain.ImportNew {
				rows[i].Verdict, rows[i].Reason = domain.ImportNotTried, "The import ended before this row."
			}
		}
	})
}

// problemOf is an error as a person is shown it.
func problemOf(err error) *domain.Error {
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known
	}
	return &domain.Error{
		Code: domain.CodeInternal, Message: "The import met a defect of Orgdeck. What was added before is listed.", Cause: err,
	}
}
