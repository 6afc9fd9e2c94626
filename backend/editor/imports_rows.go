package editor

import (
	"context"
	"errors"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// maxFailuresInARow is after how many rows that failed one after the other an
// import takes it that the next will fail too.
const maxFailuresInARow = 3

// importPatience is how long one request of an import may take with the waits
// that the client makes for it; nobody sits before it.
const importPatience = 4 * time.Minute

// addRows adds the rows that are new. It reads the provider's listing first: an
// earlier import whose answers were lost may have added what the cache lacks.
func (e *Editor) addRows(ctx context.Context, id domain.AccountID, run *importRun) (domain.ImportState, error) {
	account, remote, err := e.reachToAdd(id)
	if err != nil {
		return domain.ImportStopped, err
	}
	var listing *domain.Listing
	err = e.patiently(ctx, id, run, func(bool) (err error) {
		if listing, err = (adding{Editor: e, account: account, remote: remote}).listing(ctx); err != nil {
			return err
		}
		return incomplete(listing)
	})
	if errors.Is(err, errCanceled) {
		return domain.ImportCanceled, nil
	}
	if err != nil {
		if domain.CodeOf(err) == domain.CodeUnauthorized {
			e.opts.Accounts.KeyRefused(id, remote)
		}
		return domain.ImportStopped, err
	}
	known := make(names, len(listing.Found))
	for _, item := range listing.Found {
		known[nameKey(item.Name)] = domain.Organization{ID: item.ID, Name: item.Name}
	}
	failures := 0
	for i := range run.rows {
		if run.rows[i].Verdict != domain.ImportNew {
			continue
		}
		select {
		case <-run.canceled:
			return domain.ImportCanceled, nil
		case <-ctx.Done():
			return domain.ImportCanceled, nil
		default:
		}
		row, err := e.addRow(ctx, id, run.rows[i], known, run)
		if errors.Is(err, errCanceled) {
			return domain.ImportCanceled, nil
		}
		e.change(id, run, func(status *domain.ImportStatus, rows []domain.ImportRow) {
			rows[i] = row
			status.Settle(row.Verdict)
		})
		if row.Verdict == domain.ImportFailed || row.Verdict == domain.ImportUncertain {
			failures++
		} else {
			failures = 0
		}
		if err != nil && (meetsEveryRow(err) || failures >= maxFailuresInARow) {
			return domain.ImportStopped, err
		}
	}
	return domain.ImportDone, nil
}

// addRow adds one row and gives it with its verdict.
func (e *Editor) addRow(
	ctx context.Context, id domain.AccountID, row domain.ImportRow, known names, run *importRun,
) (domain.ImportRow, error) {
	exists := func(name string, org domain.OrgID) domain.ImportRow {
		row.Verdict, row.Reason, row.Org = domain.ImportExists, "There is an organization named "+quoted(name)+" already.", org
		return row
	}
	if other, found := known[nameKey(row.Name)]; found {
		return exists(other.Name, other.ID), nil
	}
	e.change(id, run, func(status *domain.ImportStatus, _ []domain.ImportRow) { status.Current = row.Name })
	var outcome domain.AddOutcome
	var other *domain.Listed
	err := e.patiently(ctx, id, run, func(again bool) error {
		// The account is asked for anew: it may have been signed out meanwhile.
		account, remote, err := e.reachToAdd(id)
		if err != nil {
			return err
		}
		a := adding{Editor: e, account: account, remote: remote, patience: importPatience}
		if again {
			// In the pause somebody else may have added it.
			if other, err = a.find(ctx, func(listed string) bool { return nameKey(listed) == nameKey(row.Name) }); err != nil || other != nil {
				return err
			}
		}
		outcome, err = e.addOnce(ctx, a, row)
		return err
	})
	switch {
	case errors.Is(err, errCanceled):
		return row, err
	case domain.CodeOf(err) == domain.CodeConflict:
		return exists(row.Name, ""), nil
	case err != nil:
		row.Verdict, row.Reason = domain.ImportFailed, reasonOf(err)
		if uncertain(err) {
			row.Verdict = domain.ImportUncertain
		}
		return row, err
	case other != nil:
		return exists(other.Name, other.ID), nil
	case outcome.State == domain.AddUncertain:
		row.Verdict, row.Reason = domain.ImportUncertain, outcome.Message
		return row, unreadable()
	}
	row.Verdict, row.Org, row.Reason = domain.ImportAdded, outcome.Organization.ID, outcome.Hint
	known[nameKey(row.Name)] = outcome.Organization
	return row, nil
}

// addOnce adds a row unless a person is adding the same name by hand.
func (e *Editor) addOnce(ctx context.Context, a adding, row domain.ImportRow) (domain.AddOutcome, error) {
	release, err := e.take(a.account.ID, "add "+nameKey(row.Name))
	if err != nil {
		return domain.AddOutcome{}, err
	}
	defer release()
	return a.add(ctx, row.Name, row.MaxSystemUsers)
}

// unreadable is why an import stops where a row is uncertain: JumpCloud could
// not even be read.
func unreadable() error {
	return &domain.Error{
		Code: domain.CodeOffline, Message: "The import was stopped, because JumpCloud could not be read any more. What was added before is listed.",
		Hint: "Import the same file again later: what exists by then is not added twice.", Retryable: true,
	}
}

// meetsEveryRow reports whether an error would come for every other row too.
func meetsEveryRow(err error) bool {
	switch domain.CodeOf(err) {
	case domain.CodeRejected, domain.CodeInvalidInput, domain.CodeServer, domain.CodeProtocol, domain.CodeBusy:
		return false
	}
	return true
}
