package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// keptRuns is how many runs are kept of each account.
const keptRuns = 200

const (
	runColumns = `id, account, started_at, finished_at, state, phase, organizations, done, failed, changed, added,
		gone, listing_complete, problem_code, problem_message, problem_hint, problem_retryable, problem_retry_after`
	runWidth  = 18
	insertRun = `INSERT INTO sync_runs (account, started_at, finished_at, state, phase, organizations, done, failed,
		changed, added, gone, listing_complete, problem_code, problem_message, problem_hint, problem_retryable,
		problem_retry_after) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	updateRun = `UPDATE sync_runs SET account = ?, started_at = ?, finished_at = ?, state = ?, phase = ?,
		organizations = ?, done = ?, failed = ?, changed = ?, added = ?, gone = ?, listing_complete = ?,
		problem_code = ?, problem_message = ?, problem_hint = ?, problem_retryable = ?, problem_retry_after = ?
		WHERE id = ?`
)

// StartRun records a run that begins and gives its id; run.ID is not looked
// at. Of each account the newest two hundred runs are kept, and a quarter of a
// year of changed numbers of users.
func (db *DB) StartRun(ctx context.Context, run domain.SyncRun) (int64, error) {
	var id int64
	err := db.write(ctx, "record the synchronisation", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, insertRun, runValues(&run)...)
		if err != nil {
			return fmt.Errorf("insert: %w", err)
		}
		if id, err = result.LastInsertId(); err != nil {
			return fmt.Errorf("insert: %w", err)
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM sync_runs WHERE account = ? AND id <=
			(SELECT id FROM sync_runs WHERE account = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
			string(run.Account), string(run.Account), keptRuns)
		if err != nil {
			return fmt.Errorf("drop old runs: %w", err)
		}
		return forgetUsers(ctx, tx, run.Account, run.StartedAt.Add(-keptUsers))
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// SaveRun replaces the record of a run; not_found where there is none of its
// id. A run that is done becomes the account's last complete synchronisation.
// Of its problem, the cause is not kept.
func (db *DB) SaveRun(ctx context.Context, run domain.SyncRun) error {
	return db.write(ctx, "record the synchronisation", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, updateRun, append(runValues(&run), run.ID)...)
		if err != nil {
			return fmt.Errorf("update: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return missingRun(run.ID, err)
		}
		if run.State != domain.SyncDone || run.FinishedAt.IsZero() {
			return nil
		}
		_, err = tx.ExecContext(ctx, "UPDATE accounts SET last_sync_at = max(coalesce(last_sync_at, 0), ?) WHERE id = ?",
			run.FinishedAt.UnixMilli(), string(run.Account))
		if err != nil {
			return fmt.Errorf("update the account: %w", err)
		}
		return nil
	})
}

// missingRun is the answer where a run to be saved is not there.
func missingRun(id int64, err error) error {
	if err != nil {
		return fmt.Errorf("count: %w", err)
	}
	return notFound("synchronisation", fmt.Sprint(id))
}

// LastRun gives the newest run of an account; ok is false where there is none.
func (db *DB) LastRun(ctx context.Context, account domain.AccountID) (run domain.SyncRun, ok bool, err error) {
	runs, err := db.Runs(ctx, account, 1)
	if err != nil || len(runs) == 0 {
		return domain.SyncRun{}, false, err
	}
	return runs[0], true, nil
}

// Runs gives at most limit runs of an account, the newest first.
func (db *DB) Runs(ctx context.Context, account domain.AccountID, limit int) ([]domain.SyncRun, error) {
	var runs []domain.SyncRun
	err := db.read(ctx, "read the synchronisations", func(pool *sql.DB) error {
		runs = []domain.SyncRun{}
		return each(ctx, pool, runWidth, func(c cells) error {
			runs = append(runs, runFrom(c))
			return nil
		}, "SELECT "+runColumns+" FROM sync_runs WHERE account = ? ORDER BY id DESC LIMIT ?",
			string(account), max(limit, 0))
	})
	if err != nil {
		return nil, err
	}
	return runs, nil
}

// InterruptRuns marks the runs that a program left running as interrupted now.
// It is for the start, before any run begins.
func (db *DB) InterruptRuns(ctx context.Context) error {
	return db.write(ctx, "close interrupted synchronisations", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE sync_runs SET state = ?, finished_at = ? WHERE state = ?",
			string(domain.SyncInterrupted), db.now().UnixMilli(), string(domain.SyncRunning))
		if err != nil {
			return fmt.Errorf("update: %w", err)
		}
		return nil
	})
}

// runValues gives the columns of a run after its id.
func runValues(r *domain.SyncRun) []any {
	var code any
	problem := domain.Error{}
	if r.Problem != nil {
		problem = *r.Problem
		code = string(problem.Code)
	}
	return []any{
		string(r.Account), r.StartedAt.UnixMilli(), timeValue(r.FinishedAt), string(r.State), string(r.Phase),
		r.Organizations, r.Done, r.Failed, r.Changed, r.Added, r.Gone, r.ListingComplete,
		code, problem.Message, problem.Hint, problem.Retryable, problem.RetryAfter.Milliseconds(),
	}
}

// runFrom reads a row of runColumns.
func runFrom(c cells) domain.SyncRun {
	run := domain.SyncRun{
		ID:              int64(c.number(0)),
		Account:         domain.AccountID(c.text(1)),
		StartedAt:       c.time(2),
		FinishedAt:      c.time(3),
		State:           domain.SyncState(c.text(4)),
		Phase:           domain.SyncPhase(c.text(5)),
		Organizations:   c.number(6),
		Done:            c.number(7),
		Failed:          c.number(8),
		Changed:         c.number(9),
		Added:           c.number(10),
		Gone:            c.number(11),
		ListingComplete: c.flag(12),
	}
	if !c.null(13) {
		run.Problem = &domain.Error{
			Code: domain.Code(c.text(13)), Message: c.text(14), Hint: c.text(15), Retryable: c.flag(16),
			RetryAfter: time.Duration(c.number(17)) * time.Millisecond,
		}
	}
	return run
}
