package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Freshness tells of every listed organization of an account when each part of
// it was last asked for and answered, by id; a refusal is an answer too. Parts
// never asked for are zero, or absent from FiguresAt. Gone organizations are
// left out: nothing is to be read of them.
func (db *DB) Freshness(ctx context.Context, account domain.AccountID) ([]domain.Freshness, error) {
	var found []domain.Freshness
	err := db.read(ctx, "read what is up to date", func(pool *sql.DB) error {
		found = []domain.Freshness{}
		return each(ctx, pool, 5, func(c cells) error {
			f := domain.Freshness{
				ID: domain.OrgID(c.text(0)), DetailsAt: c.time(1), FiguresAt: make(map[domain.FigureKind]time.Time, 3),
			}
			for i, kind := range domain.FigureKinds() {
				if at := c.time(2 + i); !at.IsZero() {
					f.FiguresAt[kind] = at
				}
			}
			found = append(found, f)
			return nil
		}, `SELECT id, coalesce(details_denied_at, details_fetched_at),
				coalesce(users_denied_at, users_fetched_at), coalesce(devices_denied_at, devices_fetched_at),
				coalesce(applications_denied_at, applications_fetched_at)
			FROM organizations WHERE account = ? AND gone_at IS NULL ORDER BY id`, string(account))
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
