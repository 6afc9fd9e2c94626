package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Logo gives the thumbnail with a content hash; not_found where the account
// has none. The bytes are the caller's own.
func (db *DB) Logo(ctx context.Context, account domain.AccountID, hash string) (domain.Thumbnail, error) {
	thumbnail := domain.Thumbnail{Hash: hash}
	err := db.read(ctx, "read a logo", func(pool *sql.DB) error {
		return each(ctx, pool, 3, func(c cells) error {
			thumbnail.PNG, _ = c[0].([]byte)
			thumbnail.Width, thumbnail.Height = c.number(1), c.number(2)
			return nil
		}, "SELECT png, width, height FROM logos WHERE account = ? AND hash = ?", string(account), hash)
	})
	if err != nil {
		return domain.Thumbnail{}, err
	}
	if thumbnail.PNG == nil {
		return domain.Thumbnail{}, notFound("logo", hash)
	}
	return thumbnail, nil
}

// PruneLogos deletes the thumbnails that no organization of the account shows,
// that no original belongs to, and that its history does not tell of.
func (db *DB) PruneLogos(ctx context.Context, account domain.AccountID) error {
	return db.write(ctx, "remove unused logos", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM logos WHERE account = ?1
			AND hash NOT IN (SELECT logo_hash FROM organizations WHERE account = ?1 AND logo_hash IS NOT NULL)
			AND hash NOT IN (SELECT hash FROM logo_originals WHERE account = ?1)
			AND hash NOT IN (SELECT before FROM activity WHERE account = ?1 AND kind = 'logo_changed')
			AND hash NOT IN (SELECT after FROM activity WHERE account = ?1 AND kind = 'logo_changed')`, string(account))
		if err != nil {
			return fmt.Errorf("delete: %w", err)
		}
		return nil
	})
}

// saveLogo keeps a thumbnail; one of the same content is kept once.
func saveLogo(ctx context.Context, tx *sql.Tx, account domain.AccountID, t *domain.Thumbnail) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO logos (account, hash, png, width, height) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (account, hash) DO NOTHING`, string(account), t.Hash, t.PNG, t.Width, t.Height)
	if err != nil {
		return fmt.Errorf("save its logo: %w", err)
	}
	return nil
}
