package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// salvaged are the tables that the network cannot fill again: without its
// account a key in the keychain is lost, history happened once, and a month's
// highest number of users may be past. Originals of logos are left: pictures
// from a damaged file are not to be set on an organization.
var salvaged = []struct{ table, columns string }{
	{"accounts", accountColumns},
	{"activity", "id, account, organization, at, kind, source, actor, before, after, result"},
	{"usage_marks", "account, organization, month, users, at, first_seen_at"},
}

// salvage copies what can still be read of those tables from a damaged file
// into a new one, and tells how many rows. What stops it is no failure: the
// file is damaged, and is kept.
func salvage(ctx context.Context, from string, into *sql.DB) (rows int, stopped error) {
	source := sql.OpenDB(connector{dsn: probeDSN(from)})
	defer func() { stopped = errors.Join(stopped, source.Close()) }()
	for _, s := range salvaged {
		stopped = errors.Join(stopped, inTransaction(ctx, into, func(tx *sql.Tx) error {
			// The rows read before the damage are kept, so its error waits outside.
			stopped = errors.Join(stopped, salvageTable(ctx, source, tx, s.table, s.columns, &rows))
			return nil
		}))
	}
	return rows, stopped
}

// salvageTable copies one table row by row, as far as it can be read. Rows the
// new table refuses are passed over.
func salvageTable(ctx context.Context, source *sql.DB, tx *sql.Tx, table, columns string, rows *int) error {
	width := strings.Count(columns, ",") + 1
	marks := strings.TrimSuffix(strings.Repeat("?,", width), ",")
	insert := "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")" //nolint:gosec // both are constants
	var refused error
	err := each(ctx, source, width, func(c cells) error {
		if _, err := tx.ExecContext(ctx, insert, c...); err != nil {
			refused = fmt.Errorf("a row of %s: %w", table, err)
			return nil //nolint:nilerr // told at the end
		}
		*rows++
		return nil
	}, "SELECT "+columns+" FROM "+table)
	if err != nil {
		return errors.Join(fmt.Errorf("salvage %s: %w", table, err), refused)
	}
	return refused
}
