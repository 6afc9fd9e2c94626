package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// The columns of a list, and their number. Billing is not among them: it is
	// a document, and reading ten thousand of those takes longer than the rest.
	// A logo's source is NULL where it is the address, as it mostly is: one text
	// less to copy.
	listColumns = `id, name, max_system_users, logo_url, logo_hash, nullif(logo_source, logo_url), listed_at, gone_at,
		details_fetched_at, details_denied_at, created_at, contact_name, contact_email, remote_assist, pending_delete,
		users, users_fetched_at, users_denied_at, devices, devices_fetched_at, devices_denied_at,
		applications, applications_fetched_at, applications_denied_at, cap_known`
	listWidth = 25
	// billingColumn follows them where an organization is read in full.
	billingColumn = listWidth
	fullColumns   = listColumns + ", billing"
	fullWidth     = listWidth + 1
)

// Organizations gives every organization of an account, the gone ones too, by
// id. Details.Billing is left out: ask for it by id.
func (db *DB) Organizations(ctx context.Context, account domain.AccountID) ([]domain.Organization, error) {
	var found []domain.Organization
	err := db.read(ctx, "read the organizations", func(pool *sql.DB) error {
		room, err := count(ctx, pool, account)
		if err != nil {
			return err
		}
		found = make([]domain.Organization, 0, room)
		return each(ctx, pool, listWidth, func(c cells) error {
			found = append(found, organizationFrom(c))
			return nil
		}, "SELECT "+listColumns+" FROM organizations WHERE account = ? ORDER BY id", string(account))
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// count tells how many organizations an account has: how much room to make.
// Growing a long list step by step takes as long as reading it.
func count(ctx context.Context, pool *sql.DB, account domain.AccountID) (n int, err error) {
	err = each(ctx, pool, 1, func(c cells) error {
		n = c.number(0)
		return nil
	}, "SELECT count(*) FROM organizations WHERE account = ?", string(account))
	return n, err
}

// OrganizationsByID gives the organizations of an account that have one of the
// ids, in full, in the order of the ids; ids the cache does not know are left out.
func (db *DB) OrganizationsByID(
	ctx context.Context, account domain.AccountID, ids []domain.OrgID,
) ([]domain.Organization, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, explain(ctx, "ask for organizations", err)
	}
	byID := make(map[domain.OrgID]domain.Organization, len(ids))
	err = db.read(ctx, "read organizations", func(pool *sql.DB) error {
		return each(ctx, pool, fullWidth, func(c cells) error {
			o, err := fullOrganizationFrom(c)
			byID[o.ID] = o
			return err
		}, "SELECT "+fullColumns+" FROM organizations WHERE account = ? AND id IN (SELECT value FROM json_each(?))",
			string(account), string(list))
	})
	if err != nil {
		return nil, err
	}
	found := make([]domain.Organization, 0, len(byID))
	for _, id := range ids {
		if o, ok := byID[id]; ok {
			found = append(found, o)
			delete(byID, id)
		}
	}
	return found, nil
}

// Organization gives one organization in full; not_found where the account has
// none of that id.
func (db *DB) Organization(
	ctx context.Context, account domain.AccountID, id domain.OrgID,
) (domain.Organization, error) {
	found, err := db.OrganizationsByID(ctx, account, []domain.OrgID{id})
	if err != nil {
		return domain.Organization{}, err
	}
	if len(found) == 0 {
		return domain.Organization{}, notFound("organization", string(id))
	}
	return found[0], nil
}

// organizationFrom reads a row of listColumns.
func organizationFrom(c cells) domain.Organization {
	o := domain.Organization{
		ID:             domain.OrgID(c.text(0)),
		Name:           c.text(1),
		MaxSystemUsers: c.optionalNumber(2),
		CapKnown:       c.flag(24),
		LogoURL:        c.text(3),
		LogoHash:       c.text(4),
		LogoSource:     c.text(5),
		ListedAt:       c.time(6),
		DetailsAt:      c.time(8),
		DetailsDenied:  !c.null(9),
		Users:          figureFrom(c, 15),
		Devices:        figureFrom(c, 18),
		Applications:   figureFrom(c, 21),
	}
	if c.null(5) {
		o.LogoSource = o.LogoURL
	}
	if !c.null(7) {
		gone := c.time(7)
		o.GoneAt = &gone
	}
	if o.DetailsAt.IsZero() {
		return o
	}
	o.Details = domain.Details{
		Created:       c.time(10),
		ContactName:   c.text(11),
		ContactEmail:  c.text(12),
		RemoteAssist:  remoteAssistFrom(c, 13),
		PendingDelete: c.flag(14),
		LogoURL:       o.LogoURL,
	}
	return o
}

// fullOrganizationFrom reads a row of fullColumns.
func fullOrganizationFrom(c cells) (domain.Organization, error) {
	o := organizationFrom(c)
	if o.DetailsAt.IsZero() || c.null(billingColumn) {
		return o, nil
	}
	if err := json.Unmarshal([]byte(c.text(billingColumn)), &o.Details.Billing); err != nil {
		return o, fmt.Errorf("read the billing of %s: %w", o.ID, err)
	}
	return o, nil
}

// figureFrom reads a figure's three columns: count, read at, refused at.
func figureFrom(c cells, i int) domain.Figure {
	switch {
	case !c.null(i + 2):
		return domain.Figure{
			State: domain.FigureNoAccess, Value: c.number(i), FetchedAt: c.time(i + 2), LastKnownAt: c.time(i + 1),
		}
	case !c.null(i):
		return domain.Figure{State: domain.FigureKnown, Value: c.number(i), FetchedAt: c.time(i + 1)}
	}
	return domain.Figure{State: domain.FigureUnknown}
}

// remoteAssistFrom reads the column of Remote Assist.
func remoteAssistFrom(c cells, i int) domain.RemoteAssist {
	switch {
	case c.null(i):
		return domain.RemoteAssistUnknown
	case c.flag(i):
		return domain.RemoteAssistOn
	}
	return domain.RemoteAssistOff
}
