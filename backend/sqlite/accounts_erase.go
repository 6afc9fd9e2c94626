package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// DeleteAccount erases an account and everything cached of it, so that no file
// of the cache holds a name of it any more: neither in pages that became free
// nor in the log, and not in damaged files set aside earlier either, which
// cannot be erased in part and are removed. It waits for what is running. An
// account that does not exist is no error. Where it fails, it may be called
// again: rows may be gone already, but what is left in the files is not.
func (db *DB) DeleteAccount(ctx context.Context, id domain.AccountID) error {
	const op = "erase the account"
	damaged, found, err := db.erase(ctx, id)
	if damaged {
		return db.recoverDamage(ctx, op, found, err)
	}
	return explain(ctx, op, err)
}

// erase does it with nobody else at the file: the log can only be emptied
// while no one reads it.
func (db *DB) erase(ctx context.Context, id domain.AccountID) (damaged bool, found *pools, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.pools == nil {
		return false, nil, errClosed
	}
	conn, err := db.pools.writer.Conn(ctx)
	if err != nil {
		return isDamage(err), db.pools, fmt.Errorf("take the connection: %w", err)
	}
	err = errors.Join(eraseRows(ctx, conn, id), conn.Close())
	if err == nil {
		err = db.removeSetAside()
	}
	return isDamage(err), db.pools, err
}

// eraseRows deletes the account's rows, overwrites where they were, and
// rewrites the file without the room they left.
func eraseRows(ctx context.Context, conn *sql.Conn, id domain.AccountID) error {
	steps := []struct {
		what, statement string
		args            []any
	}{
		{"overwrite what is deleted", "PRAGMA secure_delete = ON", nil},
		// The rewriting below must not leave a copy in a temporary file.
		{"keep temporary data in memory", "PRAGMA temp_store = MEMORY", nil},
		{"delete the rows", "DELETE FROM accounts WHERE id = ?", []any{string(id)}},
		// Names that were replaced earlier may still be in unused parts of pages.
		{"rewrite the file", "VACUUM", nil},
	}
	for _, step := range steps {
		if _, err := conn.ExecContext(ctx, step.statement, step.args...); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	var busy, frames, done int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return fmt.Errorf("empty the log: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("empty the log: %w", errLogInUse)
	}
	return nil
}

// errLogInUse is a log that another program reads, so that it stays.
var errLogInUse = errors.New("the log is in use by another program")

// removeSetAside removes the damaged files kept beside the cache.
func (db *DB) removeSetAside() error {
	entries, err := os.ReadDir(filepath.Dir(db.path))
	if err != nil {
		return fmt.Errorf("look for files set aside: %w", err)
	}
	for _, entry := range entries {
		path := filepath.Join(filepath.Dir(db.path), entry.Name())
		if !entry.Type().IsRegular() || !isSetAside(db.path, path) {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove a file set aside: %w", err)
		}
	}
	db.setAside = ""
	return nil
}
