package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// defaultActivities is how many lines are given where the filter sets no limit.
const defaultActivities = 200

// AppendActivity adds lines to the history, all or none; their ids are not
// looked at, and follow the order of the lines.
func (db *DB) AppendActivity(ctx context.Context, lines ...domain.Activity) error {
	if len(lines) == 0 {
		return nil
	}
	return db.write(ctx, "record the activity", func(tx *sql.Tx) error {
		for i := range lines {
			if _, err := insertActivity(ctx, tx, &lines[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// RecordActivity adds one line to the history and gives its id.
func (db *DB) RecordActivity(ctx context.Context, line domain.Activity) (int64, error) {
	var id int64
	err := db.write(ctx, "record the activity", func(tx *sql.Tx) (err error) {
		id, err = insertActivity(ctx, tx, &line)
		return err
	})
	return id, err
}

func insertActivity(ctx context.Context, tx *sql.Tx, a *domain.Activity) (int64, error) {
	done, err := tx.ExecContext(ctx, `INSERT INTO activity
		(account, organization, at, kind, source, actor, before, after, result) VALUES (?,?,?,?,?,?,?,?,?)`,
		string(a.Account), string(a.Org), a.At.UnixMilli(), string(a.Kind), string(a.Source),
		a.Actor, a.Before, a.After, a.Result)
	if err != nil {
		return 0, fmt.Errorf("insert %s: %w", a.Kind, err)
	}
	id, err := done.LastInsertId()
	if err != nil {
		return 0, fmt.Errorf("insert %s: %w", a.Kind, err)
	}
	return id, nil
}

const activityColumns = `id, organization, at, kind, source, actor, before, after, result`

// activityFrom reads a line. What a synchronisation noticed was done by nobody
// known; older programs wrote the key's own administrator there.
func activityFrom(c cells, account domain.AccountID) domain.Activity {
	line := domain.Activity{
		ID: int64(c.number(0)), Account: account, Org: domain.OrgID(c.text(1)), At: c.time(2),
		Kind: domain.ActivityKind(c.text(3)), Source: domain.ActivitySource(c.text(4)),
		Actor: c.text(5), Before: c.text(6), After: c.text(7), Result: c.text(8),
	}
	if line.Source == domain.SourceSync {
		line.Actor = ""
	}
	return line
}

// Activity gives one line of an account's history; not_found where it has none
// of that id.
func (db *DB) Activity(ctx context.Context, account domain.AccountID, id int64) (found domain.Activity, err error) {
	err = db.read(ctx, "read the activity", func(pool *sql.DB) error {
		return each(ctx, pool, 9, func(c cells) error {
			found = activityFrom(c, account)
			return nil
		}, "SELECT "+activityColumns+" FROM activity WHERE account = ? AND id = ?", string(account), id)
	})
	if err == nil && found.ID == 0 {
		err = notFound("line of the history", strconv.FormatInt(id, 10))
	}
	return found, err
}

// Activities gives the lines of an account's history that pass the filter, the
// newest first.
func (db *DB) Activities(
	ctx context.Context, account domain.AccountID, filter domain.ActivityFilter,
) ([]domain.Activity, error) {
	query := "SELECT " + activityColumns + " FROM activity WHERE account = ?"
	args := []any{string(account)}
	if filter.Org != "" {
		query += " AND organization = ?"
		args = append(args, string(filter.Org))
	}
	if filter.Before > 0 {
		query += " AND id < ?"
		args = append(args, filter.Before)
	}
	limit := filter.Limit
	if limit <= 0 {
		limit = defaultActivities
	}
	args = append(args, limit)
	var found []domain.Activity
	err := db.read(ctx, "read the activity", func(pool *sql.DB) error {
		found = []domain.Activity{}
		return each(ctx, pool, 9, func(c cells) error {
			found = append(found, activityFrom(c, account))
			return nil
		}, query+" ORDER BY id DESC LIMIT ?", args...)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
