package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// SaveOrganizationLinks replaces what is known of who may enter an organization
// by links read at a time, and gives how the two differ.
func (db *DB) SaveOrganizationLinks(
	ctx context.Context, account domain.AccountID, org domain.OrgID, links []domain.AccessLink, at time.Time,
) (domain.AccessChange, error) {
	return db.saveLinks(ctx, account, domain.ListOrganizationLinks, "organization", string(org), links, at)
}

// SaveAdministratorLinks replaces what is known of what an administrator may
// enter by links read at a time, and gives how the two differ.
func (db *DB) SaveAdministratorLinks(
	ctx context.Context, account domain.AccountID, administrator domain.AdministratorID, links []domain.AccessLink, at time.Time,
) (domain.AccessChange, error) {
	return db.saveLinks(ctx, account, domain.ListAdministratorLinks, "administrator", string(administrator), links, at)
}

// saveLinks replaces the links that have subject in column.
func (db *DB) saveLinks(
	ctx context.Context, account domain.AccountID, kind domain.ListKind, column, subject string, links []domain.AccessLink, at time.Time,
) (change domain.AccessChange, err error) {
	err = db.write(ctx, "save who may enter what", func(tx *sql.Tx) error {
		before, err := markRead(ctx, tx, account, kind, subject, at)
		if err != nil {
			return err
		}
		change = domain.AccessChange{First: !before}
		known := map[domain.AccessLink]bool{}
		err = each(ctx, tx, 2, func(c cells) error {
			known[domain.AccessLink{Administrator: domain.AdministratorID(c.text(0)), Organization: domain.OrgID(c.text(1))}] = true
			return nil
		}, "SELECT administrator, organization FROM access_links WHERE account = ? AND "+column+" = ?", string(account), subject)
		if err != nil {
			return err
		}
		return replaceLinks(ctx, tx, account, known, links, &change)
	})
	if err != nil {
		return domain.AccessChange{}, err
	}
	return change, nil
}

// replaceLinks writes only what differs: most of a matrix stays as it is.
func replaceLinks(
	ctx context.Context, tx *sql.Tx, account domain.AccountID, known map[domain.AccessLink]bool, links []domain.AccessLink, change *domain.AccessChange,
) error {
	for _, link := range links {
		if known[link] {
			delete(known, link)
			continue
		}
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO access_links (account, administrator, organization) VALUES (?,?,?)",
			string(account), string(link.Administrator), string(link.Organization))
		if err != nil {
			return fmt.Errorf("insert a link: %w", err)
		}
		if !change.First {
			change.Added = append(change.Added, link)
		}
	}
	for link := range known {
		_, err := tx.ExecContext(ctx, "DELETE FROM access_links WHERE account = ? AND administrator = ? AND organization = ?",
			string(account), string(link.Administrator), string(link.Organization))
		if err != nil {
			return fmt.Errorf("delete a link: %w", err)
		}
		if !change.First {
			change.Removed = append(change.Removed, link)
		}
	}
	return nil
}

// OrganizationRoster gives who may enter an organization, as far as it was read.
func (db *DB) OrganizationRoster(
	ctx context.Context, account domain.AccountID, org domain.OrgID,
) (roster domain.OrganizationRoster, err error) {
	roster = domain.OrganizationRoster{Org: org, Linked: []domain.AdministratorID{}}
	err = db.readAtOnce(ctx, "read who may enter the organization", func(tx *sql.Tx) (err error) {
		if roster.Provider, err = administrators(ctx, tx, account, ""); err != nil {
			return err
		}
		if roster.Local, err = administrators(ctx, tx, account, string(org)); err != nil {
			return err
		}
		err = each(ctx, tx, 1, func(c cells) error {
			roster.Linked = append(roster.Linked, domain.AdministratorID(c.text(0)))
			return nil
		}, "SELECT administrator FROM access_links WHERE account = ? AND organization = ? ORDER BY administrator", string(account), string(org))
		if err != nil {
			return err
		}
		for kind, into := range map[domain.ListKind]*domain.Reading{
			domain.ListOrganizationLinks: &roster.LinkedReading, domain.ListLocalAdministrators: &roster.LocalReading,
		} {
			if *into, err = readingOf(ctx, tx, account, kind, string(org)); err != nil {
				return err
			}
		}
		roster.ProviderReading, err = readingOf(ctx, tx, account, domain.ListAdministrators, "")
		return err
	})
	return roster, err
}

// ProviderRoster gives every administrator of the provider, the listed
// organizations, and who may enter which of them, as far as it was read.
func (db *DB) ProviderRoster(ctx context.Context, account domain.AccountID) (roster domain.ProviderRoster, err error) {
	roster = domain.ProviderRoster{Organizations: []domain.OrgID{}, Access: map[domain.AdministratorID]domain.Access{}}
	err = db.readAtOnce(ctx, "read the administrators", func(tx *sql.Tx) (err error) {
		if roster.Administrators, err = administrators(ctx, tx, account, ""); err != nil {
			return err
		}
		if roster.Reading, err = readingOf(ctx, tx, account, domain.ListAdministrators, ""); err != nil {
			return err
		}
		err = each(ctx, tx, 1, func(c cells) error {
			roster.Organizations = append(roster.Organizations, domain.OrgID(c.text(0)))
			return nil
		}, "SELECT id FROM organizations WHERE account = ? AND gone_at IS NULL ORDER BY id", string(account))
		if err != nil {
			return err
		}
		return readAccess(ctx, tx, account, roster.Access)
	})
	return roster, err
}

// readAccess reads what every administrator may enter, and since when it is known.
func readAccess(ctx context.Context, db querier, account domain.AccountID, into map[domain.AdministratorID]domain.Access) error {
	err := each(ctx, db, 3, func(c cells) error {
		into[domain.AdministratorID(c.text(0))] = domain.Access{Reading: domain.Reading{FetchedAt: c.time(1), DeniedAt: c.time(2)}}
		return nil
	}, "SELECT subject, fetched_at, denied_at FROM readings WHERE account = ? AND list = ?",
		string(account), string(domain.ListAdministratorLinks))
	if err != nil {
		return err
	}
	lists := map[domain.AdministratorID][]domain.OrgID{}
	err = each(ctx, db, 2, func(c cells) error {
		id := domain.AdministratorID(c.text(0))
		lists[id] = append(lists[id], domain.OrgID(c.text(1)))
		return nil
	}, "SELECT administrator, organization FROM access_links WHERE account = ? ORDER BY administrator, organization", string(account))
	for id, list := range lists {
		access := into[id]
		access.Organizations = list
		into[id] = access
	}
	return err
}

// readAtOnce asks several questions of one state of the cache.
func (db *DB) readAtOnce(ctx context.Context, op string, ask func(*sql.Tx) error) error {
	return db.use(ctx, op, func(p *pools) error { return inTransaction(ctx, p.readers, ask) })
}
