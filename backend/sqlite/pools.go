package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// readerConnections is how many reads may run side by side.
const readerConnections = 4

// pools are the connections to one file: one that writes, some that read.
type pools struct {
	writer  *sql.DB
	readers *sql.DB
}

// newPools makes the pools; nothing is opened before the first use.
func newPools(path string) *pools {
	writer := sql.OpenDB(connector{dsn: writerDSN(path)})
	writer.SetMaxOpenConns(1)
	readers := sql.OpenDB(connector{dsn: readerDSN(path)})
	readers.SetMaxOpenConns(readerConnections)
	readers.SetMaxIdleConns(readerConnections)
	return &pools{writer: writer, readers: readers}
}

// close closes the readers first, so that the writer is the last connection
// and folds the write-ahead log into the file.
func (p *pools) close() error {
	if err := errors.Join(p.readers.Close(), p.writer.Close()); err != nil {
		return fmt.Errorf("close connections: %w", err)
	}
	return nil
}

// writerDSN is the data source of the one writing connection. Transactions
// take the write lock when they begin, so that none fails half way for it.
func writerDSN(path string) string {
	return dataSource(path, url.Values{
		"mode":          {"rw"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"NORMAL"},
		"_busy_timeout": {"5000"},
		"_foreign_keys": {"on"},
		"_txlock":       {"immediate"},
	})
}

// readerDSN is the data source of the reading connections.
func readerDSN(path string) string {
	return dataSource(path, url.Values{
		"mode":          {"rw"},
		"_busy_timeout": {"5000"},
		"_foreign_keys": {"on"},
		"_query_only":   {"on"},
	})
}

// probeDSN is the data source of a look at a file that changes nothing.
func probeDSN(path string) string {
	return dataSource(path, url.Values{"mode": {"ro"}, "_busy_timeout": {"5000"}, "_query_only": {"on"}})
}

// dataSource writes an absolute path as a file URI, so that no character of a
// folder's name is taken for an option.
//
// The engine's own locking of a connection is off: database/sql lends one to a
// single goroutine at a time, and taking a lock for every column read costs a
// third of a long list.
func dataSource(path string, options url.Values) string {
	options.Set("_mutex", "no")
	options.Set("_stmt_cache_size", "64") // more than there are different ones
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	uri := url.URL{Scheme: "file", Path: slashed, RawQuery: options.Encode()}
	return uri.String()
}

// connector opens connections without a driver registered by name for the
// whole process.
type connector struct{ dsn string }

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return conn, nil
}

// Driver is the SQLite driver.
func (connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }
