package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	administratorColumns = `id, email, first_name, last_name, role_name, multi_factor, suspended, registered,
		api_key_allowed, api_key_set, key_prefix, key_created_at, key_expires_at, organizations, local`
	administratorWidth  = 15
	insertAdministrator = `INSERT OR REPLACE INTO administrators (account, organization, ` + administratorColumns + `)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
)

// SaveAdministrators replaces the provider's administrators by a list read at a
// time, and gives how the two differ. The access of those who are gone goes too.
func (db *DB) SaveAdministrators(
	ctx context.Context, account domain.AccountID, list []domain.Administrator, at time.Time,
) (domain.RosterChange, error) {
	return db.saveAdministrators(ctx, account, domain.ListAdministrators, "", list, at)
}

// SaveLocalAdministrators replaces an organization's own administrators by a
// list read at a time, and gives how the two differ.
func (db *DB) SaveLocalAdministrators(
	ctx context.Context, account domain.AccountID, org domain.OrgID, list []domain.Administrator, at time.Time,
) (domain.RosterChange, error) {
	return db.saveAdministrators(ctx, account, domain.ListLocalAdministrators, string(org), list, at)
}

func (db *DB) saveAdministrators(
	ctx context.Context, account domain.AccountID, kind domain.ListKind, org string, list []domain.Administrator, at time.Time,
) (change domain.RosterChange, err error) {
	err = db.write(ctx, "save the administrators", func(tx *sql.Tx) error {
		known, err := administrators(ctx, tx, account, org)
		if err != nil {
			return err
		}
		read, err := markRead(ctx, tx, account, kind, org, at)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM administrators WHERE account = ? AND organization = ?", string(account), org); err != nil {
			return fmt.Errorf("clear: %w", err)
		}
		for i := range list {
			if err := insertOne(ctx, tx, account, org, &list[i]); err != nil {
				return err
			}
		}
		change = compare(known, list, !read)
		if kind == domain.ListAdministrators {
			return forgetAccess(ctx, tx, account, change.Removed)
		}
		return nil
	})
	if err != nil {
		return domain.RosterChange{}, err
	}
	return change, nil
}

func insertOne(ctx context.Context, tx *sql.Tx, account domain.AccountID, org string, a *domain.Administrator) error {
	var registered any
	if a.Registered != nil {
		registered = *a.Registered
	}
	_, err := tx.ExecContext(ctx, insertAdministrator, string(account), org, string(a.ID), a.Email, a.FirstName, a.LastName,
		a.RoleName, a.MultiFactor, a.Suspended, registered, a.APIKeyAllowed, a.APIKeySet, a.KeyPrefix,
		timeValue(a.KeyCreatedAt), timeValue(a.KeyExpiresAt), intOrNull(a.Organizations), a.Local)
	if err != nil {
		return fmt.Errorf("insert %s: %w", a.ID, err)
	}
	return nil
}

// compare gives how a list differs from the one known before.
func compare(known, list []domain.Administrator, first bool) domain.RosterChange {
	change := domain.RosterChange{First: first}
	if first {
		return change
	}
	lacking := func(in []domain.Administrator) func(domain.Administrator) bool {
		return func(a domain.Administrator) bool {
			return slices.ContainsFunc(in, func(b domain.Administrator) bool { return b.ID == a.ID })
		}
	}
	change.Added = slices.DeleteFunc(slices.Clone(list), lacking(known))
	change.Removed = slices.DeleteFunc(slices.Clone(known), lacking(list))
	return change
}

// forgetAccess drops what administrators who are gone could enter.
func forgetAccess(ctx context.Context, tx *sql.Tx, account domain.AccountID, gone []domain.Administrator) error {
	for i := range gone {
		id := string(gone[i].ID)
		if _, err := tx.ExecContext(ctx, "DELETE FROM access_links WHERE account = ? AND administrator = ?", string(account), id); err != nil {
			return fmt.Errorf("forget the access of %s: %w", id, err)
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM readings WHERE account = ? AND list = ? AND subject = ?",
			string(account), string(domain.ListAdministratorLinks), id)
		if err != nil {
			return fmt.Errorf("forget the reading of %s: %w", id, err)
		}
	}
	return nil
}

// administrators reads the provider's administrators, or an organization's own,
// by e-mail.
func administrators(ctx context.Context, db querier, account domain.AccountID, org string) ([]domain.Administrator, error) {
	found := []domain.Administrator{}
	err := each(ctx, db, administratorWidth, func(c cells) error {
		found = append(found, administratorFrom(c))
		return nil
	}, "SELECT "+administratorColumns+" FROM administrators WHERE account = ? AND organization = ? ORDER BY lower(email), id",
		string(account), org)
	return found, err
}

// administratorFrom reads a row of administratorColumns.
func administratorFrom(c cells) domain.Administrator {
	a := domain.Administrator{
		ID: domain.AdministratorID(c.text(0)), Email: c.text(1), FirstName: c.text(2), LastName: c.text(3), RoleName: c.text(4),
		MultiFactor: c.flag(5), Suspended: c.flag(6), APIKeyAllowed: c.flag(8), APIKeySet: c.flag(9), KeyPrefix: c.text(10),
		KeyCreatedAt: c.time(11), KeyExpiresAt: c.time(12), Organizations: c.optionalNumber(13), Local: c.flag(14),
	}
	if !c.null(7) {
		registered := c.flag(7)
		a.Registered = &registered
	}
	return a
}
