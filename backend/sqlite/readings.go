package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// DenyList notes that the key was refused a list (403) at a time. What was read
// before stays, and so does when.
func (db *DB) DenyList(
	ctx context.Context, account domain.AccountID, kind domain.ListKind, subject string, at time.Time,
) error {
	return db.write(ctx, "note a refusal", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO readings (account, list, subject, denied_at) VALUES (?,?,?,?)
			ON CONFLICT (account, list, subject) DO UPDATE SET denied_at = excluded.denied_at`,
			string(account), string(kind), subject, timeValue(at))
		if err != nil {
			return fmt.Errorf("save the refusal: %w", err)
		}
		return nil
	})
}

// markRead notes that a list was read, and tells whether it had been before.
func markRead(
	ctx context.Context, tx *sql.Tx, account domain.AccountID, kind domain.ListKind, subject string, at time.Time,
) (before bool, err error) {
	known, err := readingOf(ctx, tx, account, kind, subject)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO readings (account, list, subject, fetched_at) VALUES (?,?,?,?)
		ON CONFLICT (account, list, subject) DO UPDATE SET fetched_at = excluded.fetched_at, denied_at = NULL`,
		string(account), string(kind), subject, timeValue(at))
	if err != nil {
		return false, fmt.Errorf("note the reading: %w", err)
	}
	return !known.FetchedAt.IsZero(), nil
}

// readingOf gives when a list was read; the zero reading where it never was.
func readingOf(
	ctx context.Context, db querier, account domain.AccountID, kind domain.ListKind, subject string,
) (found domain.Reading, err error) {
	err = each(ctx, db, 2, func(c cells) error {
		found = domain.Reading{FetchedAt: c.time(0), DeniedAt: c.time(1)}
		return nil
	}, "SELECT fetched_at, denied_at FROM readings WHERE account = ? AND list = ? AND subject = ?",
		string(account), string(kind), subject)
	return found, err
}
