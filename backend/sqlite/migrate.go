package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// applicationID marks a SQLite file as Orgdeck's ("Orgd").
const applicationID = 0x4F726764

// The files are numbered from 0001 without a gap; the number is the version
// the file's layout has afterwards.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations gives the steps in their order: the n-th leads to version n+1.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list the migrations: %w", err)
	}
	steps := make([]string, len(names))
	for i, name := range names {
		var number int
		if _, err := fmt.Sscanf(name, "migrations/%04d_", &number); err != nil || number != i+1 {
			return nil, fmt.Errorf("migration %s is not number %d (%w)", name, i+1, errors.Join(err, errNumbering))
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read migration %s: %w", name, err)
		}
		steps[i] = string(text)
	}
	return steps, nil
}

// errNumbering is a gap in the numbers of the migrations.
var errNumbering = errors.New("migrations must be numbered without a gap")

// migrate brings the layout up to date, each step in a transaction of its own.
func migrate(ctx context.Context, writer *sql.DB) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	version, err := checkIdentity(ctx, writer, len(steps))
	if err != nil {
		return err
	}
	for ; version < len(steps); version++ {
		if err := migrateOnce(ctx, writer, version+1, steps[version]); err != nil {
			return err
		}
	}
	return nil
}

// checkIdentity reads the version of the layout, and refuses a newer file and
// one that is not Orgdeck's.
func checkIdentity(ctx context.Context, db *sql.DB, latest int) (int, error) {
	var version, id, tables int
	row := db.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&version, &id, &tables); err != nil {
		return 0, fmt.Errorf("read the cache's version: %w", err)
	}
	if version > latest {
		return 0, tooNew(version, latest)
	}
	fresh := version == 0 && id == 0 && tables == 0
	if !fresh && (id != applicationID || version < 1) {
		return 0, fmt.Errorf("application id %#x, version %d, %d schema entries: %w", id, version, tables, errForeign)
	}
	return version, nil
}

// tooNew is the refusal of a file that a newer program wrote.
func tooNew(version, latest int) error {
	return &domain.Error{
		Code:    domain.CodeCacheTooNew,
		Message: "A newer version of Orgdeck has used this data. It was left as it is.",
		Hint:    "Start the newer version, or use another data folder.",
		Cause:   fmt.Errorf("cache version %d, this program knows up to %d: %w", version, latest, errNewer),
	}
}

// errNewer is the hidden reason of cache_too_new.
var errNewer = errors.New("written by a newer program")

// migrateOnce takes one step.
func migrateOnce(ctx context.Context, writer *sql.DB, version int, step string) error {
	err := inTransaction(ctx, writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("run: %w", err)
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
			return fmt.Errorf("number: %w", err)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("migration %d: %w", version, err)
	}
	return nil
}
