package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// querier is a pool or a transaction that can be asked.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// checkEvery is after how many rows a long answer looks whether it is still wanted.
const checkEvery = 512

// each asks a question with the given number of columns and hands over row by
// row; the cells are only good until take returns.
func each(ctx context.Context, db querier, columns int, take func(cells) error, query string, args ...any) (err error) {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	// The driver does a good deal of work a row to watch a context; looking at
	// it now and then ends a long answer soon enough.
	rows, err := db.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row, targets := newCells(columns)
	for n := 0; rows.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return fmt.Errorf("read rows: %w", ctx.Err())
		}
		if err := rows.Scan(targets...); err != nil {
			return fmt.Errorf("read row %d: %w", n, err)
		}
		if err := take(row); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	return nil
}
