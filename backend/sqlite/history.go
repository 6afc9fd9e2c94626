package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// keptUsers is how long the history tells of changed numbers of users: they are
// most of it, a line an organization and synchronisation. Marks stay.
const keptUsers = 92 * 24 * time.Hour

// forgetUsers drops what syncs noticed of numbers of users before a time.
func forgetUsers(ctx context.Context, tx *sql.Tx, account domain.AccountID, before time.Time) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM activity WHERE account = ? AND kind = 'users_changed' AND at < ?", string(account), before.UnixMilli())
	if err != nil {
		return fmt.Errorf("drop old numbers of users: %w", err)
	}
	return nil
}

// errEnough ends a reading early.
var errEnough = errors.New("enough was read")

// History gives the lines of an account's history that pass the filter, the
// newest first, each with the name its organization has now. Text is looked
// for without regard to case, in any script.
func (db *DB) History(
	ctx context.Context, account domain.AccountID, filter domain.HistoryFilter,
) ([]domain.HistoryLine, error) {
	query, args := historyQuery(account, &filter)
	limit := filter.Limit
	if limit <= 0 {
		limit = defaultActivities
	}
	wanted := strings.ToLower(filter.Text)
	var found []domain.HistoryLine
	err := db.read(ctx, "read the history", func(pool *sql.DB) error {
		found = []domain.HistoryLine{}
		err := each(ctx, pool, 10, func(c cells) error {
			line := domain.HistoryLine{Activity: activityFrom(c, account), OrgName: c.text(9)}
			if wanted == "" || mentions(&line, wanted) {
				found = append(found, line)
			}
			if len(found) == limit {
				return errEnough
			}
			return nil
		}, query, args...)
		if err != nil && !errors.Is(err, errEnough) {
			return fmt.Errorf("history: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

func historyQuery(account domain.AccountID, filter *domain.HistoryFilter) (string, []any) {
	query := `SELECT a.id, a.organization, a.at, a.kind, a.source, a.actor, a.before, a.after, a.result, o.name
		FROM activity a LEFT JOIN organizations o ON o.account = a.account AND o.id = a.organization WHERE a.account = ?`
	args := []any{string(account)}
	if filter.Org != "" {
		query += " AND a.organization = ?"
		args = append(args, string(filter.Org))
	}
	if filter.Before > 0 {
		query += " AND a.id < ?"
		args = append(args, filter.Before)
	}
	if filter.Source != "" {
		query += " AND a.source = ?"
		args = append(args, string(filter.Source))
	}
	if len(filter.Kinds) > 0 {
		query += " AND a.kind IN (?" + strings.Repeat(",?", len(filter.Kinds)-1) + ")"
		for _, kind := range filter.Kinds {
			args = append(args, string(kind))
		}
	}
	return query + " ORDER BY a.id DESC", args
}

// mentions reports whether a line has a text, given in lower case.
func mentions(line *domain.HistoryLine, wanted string) bool {
	for _, text := range []string{line.OrgName, line.Actor, line.Before, line.After, string(line.Org)} {
		if strings.Contains(strings.ToLower(text), wanted) {
			return true
		}
	}
	return false
}
