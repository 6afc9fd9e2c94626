package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	linksOfAdministrator = "SELECT administrator, organization FROM access_links WHERE account = ? AND administrator = ?"

	// From one administrator it goes to the next, and looks the organization up:
	// links lie in the order of administrators.
	linksOfOrganization = `WITH RECURSIVE them (id) AS (
			SELECT min(administrator) FROM access_links WHERE account = ?1
			UNION ALL
			SELECT (SELECT min(administrator) FROM access_links WHERE account = ?1 AND administrator > id) FROM them WHERE id IS NOT NULL
		)
		SELECT administrator, organization FROM them CROSS JOIN access_links
			ON account = ?1 AND administrator = id AND organization = ?2 ORDER BY administrator`
)

// SaveOrganizationLinks replaces what is known of who may enter an organization
// by links read at a time, and gives how the two differ.
func (db *DB) SaveOrganizationLinks(
	ctx context.Context, account domain.AccountID, org domain.OrgID, links []domain.AccessLink, at time.Time,
) (domain.AccessChange, error) {
	return db.saveLinks(ctx, account, domain.ListOrganizationLinks, linksOfOrganization, string(org), links, at)
}

// SaveAdministratorLinks replaces what is known of what an administrator may
// enter by links read at a time, and gives how the two differ.
func (db *DB) SaveAdministratorLinks(
	ctx context.Context, account domain.AccountID, administrator domain.AdministratorID, links []domain.AccessLink, at time.Time,
) (domain.AccessChange, error) {
	return db.saveLinks(ctx, account, domain.ListAdministratorLinks, linksOfAdministrator, string(administrator), links, at)
}

// saveLinks replaces the links of subject, which of finds.
func (db *DB) saveLinks(
	ctx context.Context, account domain.AccountID, kind domain.ListKind, of, subject string, links []domain.AccessLink, at time.Time,
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
		}, of, string(account), subject)
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
	var added, removed []domain.AccessLink
	for _, link := range links {
		if !known[link] {
			added = append(added, link)
		}
		delete(known, link)
	}
	for link := range known {
		removed = append(removed, link)
	}
	if !change.First {
		change.Added, change.Removed = added, removed
	}
	err := writeLinks(ctx, tx, account, added, `INSERT OR IGNORE INTO access_links (account, administrator, organization)
		SELECT ?, value ->> 0, value ->> 1 FROM json_each(?)`)
	if err != nil {
		return err
	}
	return writeLinks(ctx, tx, account, removed, `DELETE FROM access_links WHERE account = ?
		AND (administrator, organization) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`)
}

// writeLinks hands links to a statement all at once: one call a link takes a
// hundred times as long.
func writeLinks(ctx context.Context, tx *sql.Tx, account domain.AccountID, links []domain.AccessLink, statement string) error {
	if len(links) == 0 {
		return nil
	}
	pairs := make([][2]string, len(links))
	for i, link := range links {
		pairs[i] = [2]string{string(link.Administrator), string(link.Organization)}
	}
	list, err := json.Marshal(pairs)
	if err != nil {
		return fmt.Errorf("list the links: %w", err)
	}
	if _, err := tx.ExecContext(ctx, statement, string(account), string(list)); err != nil {
		return fmt.Errorf("write links: %w", err)
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
		err = each(ctx, tx, 2, func(c cells) error {
			roster.Linked = append(roster.Linked, domain.AdministratorID(c.text(0)))
			return nil
		}, linksOfOrganization, string(account), string(org))
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
	// A row an administrator, not a link: a million rows take seconds to read.
	return each(ctx, db, 2, func(c cells) error {
		id := domain.AdministratorID(c.text(0))
		access := into[id]
		for org := range strings.SplitSeq(c.text(1), " ") {
			access.Organizations = append(access.Organizations, domain.OrgID(org))
		}
		slices.Sort(access.Organizations)
		into[id] = access
		return nil
	}, "SELECT administrator, group_concat(organization, ' ') FROM access_links WHERE account = ? GROUP BY administrator", string(account))
}

// readAtOnce asks several questions of one state of the cache.
func (db *DB) readAtOnce(ctx context.Context, op string, ask func(*sql.Tx) error) error {
	return db.use(ctx, op, func(p *pools) error { return inTransaction(ctx, p.readers, ask) })
}
