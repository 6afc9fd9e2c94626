package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// keptOriginals is how many logos of an organization can be gone back to.
	keptOriginals = 10
	// maxOriginals bounds the originals of one account, in bytes.
	maxOriginals = 256 << 20
)

// errOriginal is a file that is no original to keep.
var errOriginal = errors.New("not a logo of a kind and size that is kept")

// SaveLogoOriginal keeps a logo of an organization with its file, as its newest
// one, and drops those beyond the newest ten of the organization and beyond
// 256 MiB of the account. A file that is kept under its thumbnail's hash
// already stays. It fails with cache_failed where the file is larger than
// domain.MaxLogoOriginal or not of a kind that is kept.
func (db *DB) SaveLogoOriginal(
	ctx context.Context, account domain.AccountID, org domain.OrgID, original domain.LogoOriginal,
) error {
	return db.write(ctx, "keep a logo", func(tx *sql.Tx) error {
		size := len(original.File.Bytes)
		if size == 0 || size > domain.MaxLogoOriginal || !slices.Contains(originalKinds(), original.File.MediaType) {
			return fmt.Errorf("%q of %d bytes: %w", original.File.MediaType, size, errOriginal)
		}
		if err := saveLogo(ctx, tx, account, &original.Thumbnail); err != nil {
			return err
		}
		sum := sha256.Sum256(original.File.Bytes)
		_, err := tx.ExecContext(ctx, `INSERT INTO logo_originals (account, organization, hash, kept_at, media_type, sum, content)
			VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, organization, hash) DO UPDATE SET kept_at = excluded.kept_at`,
			string(account), string(org), original.Thumbnail.Hash, db.now().UnixMilli(), original.File.MediaType,
			hex.EncodeToString(sum[:]), original.File.Bytes)
		if err != nil {
			return fmt.Errorf("insert: %w", err)
		}
		return dropOriginals(ctx, tx, account, org)
	})
}

// originalKinds are the media types that are kept.
func originalKinds() []string { return []string{"image/png", "image/jpeg", "image/gif"} }

// dropOriginals keeps the newest ones. Of those kept within one millisecond,
// the one written last is the newest.
func dropOriginals(ctx context.Context, tx *sql.Tx, account domain.AccountID, org domain.OrgID) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM logo_originals WHERE rowid IN (SELECT rowid FROM logo_originals
		WHERE account = ? AND organization = ? ORDER BY kept_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
		string(account), string(org), keptOriginals)
	if err != nil {
		return fmt.Errorf("drop old ones of the organization: %w", err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM logo_originals WHERE rowid IN (SELECT id FROM (
		SELECT rowid AS id, sum(length(content)) OVER (ORDER BY kept_at DESC, rowid DESC) AS together
		FROM logo_originals WHERE account = ?) WHERE together > ?)`, string(account), maxOriginals)
	if err != nil {
		return fmt.Errorf("drop old ones of the account: %w", err)
	}
	return nil
}

// LogoOriginal gives the file of a logo that an organization had, by its
// thumbnail's hash; not_found where it is not kept. The bytes are the caller's own.
func (db *DB) LogoOriginal(
	ctx context.Context, account domain.AccountID, org domain.OrgID, hash string,
) (file domain.LogoFile, err error) {
	err = db.read(ctx, "read a kept logo", func(pool *sql.DB) error {
		return each(ctx, pool, 2, func(c cells) error {
			content, _ := c[1].([]byte)
			file = domain.LogoFile{MediaType: c.text(0), Bytes: slices.Clone(content)}
			return nil
		}, "SELECT media_type, content FROM logo_originals WHERE account = ? AND organization = ? AND hash = ?",
			string(account), string(org), hash)
	})
	if err == nil && file.Bytes == nil {
		err = notFound("kept logo", hash)
	}
	return file, err
}
