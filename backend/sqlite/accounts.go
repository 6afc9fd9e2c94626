package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const accountColumns = `id, region, provider_id, label, demo, email, role_name, key_prefix,
	key_created_at, key_expires_at, disallow_org_creation, last_sync_at`

// The label is that of RenameAccount, and the last complete synchronisation only
// ever moves forward: whoever saves an account may hold an older copy of it than
// a person or SaveRun has left here.
const saveAccount = `INSERT INTO accounts (` + accountColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
	ON CONFLICT (id) DO UPDATE SET region = excluded.region, provider_id = excluded.provider_id,
		demo = excluded.demo, email = excluded.email, role_name = excluded.role_name,
		key_prefix = excluded.key_prefix, key_created_at = excluded.key_created_at,
		key_expires_at = excluded.key_expires_at, disallow_org_creation = excluded.disallow_org_creation,
		last_sync_at = CASE WHEN excluded.last_sync_at > coalesce(last_sync_at, 0)
			THEN excluded.last_sync_at ELSE last_sync_at END`

// SaveAccount adds an account or replaces what is known of it; its label, and
// what is cached of its organizations, stay.
func (db *DB) SaveAccount(ctx context.Context, a domain.Account) error {
	return db.write(ctx, "save the account", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, saveAccount, string(a.ID), string(a.Region), a.ProviderID, a.Label, a.Demo,
			a.Email, a.RoleName, a.KeyPrefix, timeValue(a.KeyCreatedAt), timeValue(a.KeyExpiresAt),
			a.DisallowOrgCreation, timeValue(a.LastSyncAt))
		if err != nil {
			return fmt.Errorf("save %s: %w", a.ID, err)
		}
		return nil
	})
}

// RenameAccount gives an account another label; not_found where the cache has
// none of that id.
func (db *DB) RenameAccount(ctx context.Context, id domain.AccountID, label string) error {
	missing := false
	err := db.write(ctx, "rename the account", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE accounts SET label = ? WHERE id = ?", label, string(id))
		if err != nil {
			return fmt.Errorf("rename %s: %w", id, err)
		}
		changed, err := result.RowsAffected()
		if err != nil {
			return fmt.Errorf("rename %s: %w", id, err)
		}
		missing = changed == 0
		return nil
	})
	if err == nil && missing {
		return notFound("account", string(id))
	}
	return err
}

// Accounts gives every account, by label and id.
func (db *DB) Accounts(ctx context.Context) ([]domain.Account, error) {
	return db.accounts(ctx, "ORDER BY label, id")
}

// Account gives one account; not_found where the cache has none of that id.
func (db *DB) Account(ctx context.Context, id domain.AccountID) (domain.Account, error) {
	found, err := db.accounts(ctx, "WHERE id = ?", string(id))
	if err != nil {
		return domain.Account{}, err
	}
	if len(found) == 0 {
		return domain.Account{}, notFound("account", string(id))
	}
	return found[0], nil
}

// accounts reads the accounts that a clause chooses.
func (db *DB) accounts(ctx context.Context, clause string, args ...any) ([]domain.Account, error) {
	found := []domain.Account{}
	err := db.read(ctx, "read the accounts", func(pool *sql.DB) error {
		return each(ctx, pool, 12, func(c cells) error {
			found = append(found, accountFrom(c))
			return nil
		}, "SELECT "+accountColumns+" FROM accounts "+clause, args...)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// accountFrom reads a row of accountColumns.
func accountFrom(c cells) domain.Account {
	return domain.Account{
		ID:                  domain.AccountID(c.text(0)),
		Region:              domain.Region(c.text(1)),
		ProviderID:          c.text(2),
		Label:               c.text(3),
		Demo:                c.flag(4),
		Email:               c.text(5),
		RoleName:            c.text(6),
		KeyPrefix:           c.text(7),
		KeyCreatedAt:        c.time(8),
		KeyExpiresAt:        c.time(9),
		DisallowOrgCreation: c.flag(10),
		LastSyncAt:          c.time(11),
	}
}
