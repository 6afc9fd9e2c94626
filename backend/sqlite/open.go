package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Options are what a cache needs from outside.
type Options struct {
	// Now is the clock; it must be set.
	Now func() time.Time
	// Logger hears of files set aside; nil is silent.
	Logger *slog.Logger
}

// DB is an open cache.
type DB struct {
	path string
	now  func() time.Time
	log  *slog.Logger

	// mu is held for reading by every operation, and for writing where the
	// file is replaced, rewritten or closed.
	mu sync.RWMutex
	// pools are nil once the cache is closed.
	pools *pools
	// setAside is where the last damaged file went.
	setAside string
}

// Open opens the cache at path, and makes it where there is none: its folder
// for this person alone (0700), its file too (0600). A damaged file is set
// aside (SetAside tells where) and a new one made. A file written by a newer
// Orgdeck is refused with cache_too_new and left as it is.
func Open(ctx context.Context, path string, options Options) (*DB, error) {
	if options.Now == nil {
		return nil, &domain.Error{Code: domain.CodeInternal, Message: "The cache was opened without a clock."}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, explain(ctx, "find the cache file", err)
	}
	db := &DB{path: abs, now: options.Now, log: options.Logger}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o700); err != nil {
		return nil, explain(ctx, "make the cache folder", err)
	}
	p, err := openFile(ctx, abs)
	if isDamage(err) {
		p, err = db.replaceDamaged(ctx, err)
	}
	if err != nil {
		return nil, explain(ctx, "open the cache", err)
	}
	db.pools = p
	return db, nil
}

// SetAside tells the path at which a damaged cache file was kept, by Open or
// later; empty where none was.
func (db *DB) SetAside() string {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.setAside
}

// Path is the absolute path of the cache file.
func (db *DB) Path() string { return db.path }

// Close waits for what is running and closes the file. Closing twice is harmless.
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.pools == nil {
		return nil
	}
	err := db.pools.close()
	db.pools = nil
	if err != nil {
		return explain(context.Background(), "close the cache", err)
	}
	return nil
}

// openFile opens one file: looks at it, brings its layout up to date, and
// checks it. Damage comes back as an error for which isDamage holds.
func openFile(ctx context.Context, path string) (*pools, error) {
	if err := examine(ctx, path); err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	p := newPools(path)
	if err := prepare(ctx, p.writer); err != nil {
		return nil, errors.Join(err, p.close())
	}
	if err := p.readers.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open for reading: %w", err), p.close())
	}
	return p, nil
}

// makeFile creates the file for this person alone, before SQLite would with
// wider rights; SQLite gives its side files the rights of this one.
func makeFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the program's own
	if err != nil {
		return fmt.Errorf("create the cache file: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("create the cache file: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return fmt.Errorf("protect the cache file: %w", err)
	}
	return nil
}

// prepare migrates and checks a freshly opened file. The engine's plain error
// ("no such table", "unsupported file format") is damage here: what the file
// says of itself and what it holds do not fit together.
func prepare(ctx context.Context, writer *sql.DB) error {
	err := migrate(ctx, writer)
	if err == nil {
		err = quickCheck(ctx, writer)
	}
	if engine, ok := errors.AsType[sqlite3.Error](err); ok && engine.Code == sqlite3.ErrError && ctx.Err() == nil {
		return errors.Join(errLayout, err)
	}
	return err
}
