package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// read runs a question on a reading connection. op says what is being done,
// for the error.
func (db *DB) read(ctx context.Context, op string, ask func(*sql.DB) error) error {
	return db.use(ctx, op, func(p *pools) error { return ask(p.readers) })
}

// write runs change in one transaction of the writing connection: all of it
// is kept, or nothing.
func (db *DB) write(ctx context.Context, op string, change func(*sql.Tx) error) error {
	return db.use(ctx, op, func(p *pools) error { return inTransaction(ctx, p.writer, change) })
}

// use lends the connections to run, and turns what goes wrong into words.
// Damage that run meets replaces the file.
func (db *DB) use(ctx context.Context, op string, run func(*pools) error) error {
	p, err := db.lend(run)
	if isDamage(err) && p != nil {
		return db.recoverDamage(ctx, op, p, err)
	}
	return explain(ctx, op, err)
}

// lend runs with the connections held open, and tells which they were.
func (db *DB) lend(run func(*pools) error) (*pools, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.pools == nil {
		return nil, errClosed
	}
	return db.pools, run(db.pools)
}

// errClosed is the use of a cache after Close.
var errClosed = errors.New("the cache is closed")

// inTransaction commits what change did, or undoes it where change failed.
func inTransaction(ctx context.Context, writer *sql.DB, change func(*sql.Tx) error) (err error) {
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, fmt.Errorf("undo: %w", undo))
		}
	}()
	if err := change(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
