package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	selectListed = `SELECT name, max_system_users, logo_url, logo_hash, logo_source, gone_at, listed_at, details_fetched_at, cap_known
		FROM organizations WHERE account = ? AND id = ?`
	insertListed = `INSERT INTO organizations (account, id, name, max_system_users, cap_known, logo_url, listed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`
	updateListed = `UPDATE organizations SET name = ?, max_system_users = ?, cap_known = ?, logo_url = ?, logo_hash = ?,
		logo_source = ?, listed_at = ?, gone_at = NULL WHERE account = ? AND id = ?`
)

// ApplyListing saves what a listing, or a page of one, read at a time tells:
// names, user caps, logo addresses. Organizations it names are listed from now
// on, also those that were gone. A logo whose address changed stays until
// another is saved; where the listing says there is none, it goes. All of it is
// saved, or nothing.
//
// A name, a user cap and a logo's address read later than this listing stay: a
// listing that was under way while a person edited would bring the old ones back.
func (db *DB) ApplyListing(
	ctx context.Context, account domain.AccountID, listed []domain.Listed, at time.Time,
) (domain.ListingChange, error) {
	var change domain.ListingChange
	err := db.write(ctx, "save the listing", func(tx *sql.Tx) error {
		l := listing{tx: tx, account: account, at: at, now: db.now(), seen: make(map[domain.OrgID]bool)}
		for i := range listed {
			if err := l.apply(ctx, &listed[i]); err != nil {
				return err
			}
		}
		change = l.change
		return nil
	})
	if err != nil {
		return domain.ListingChange{}, err
	}
	return change, nil
}

// listing is one ApplyListing in its transaction.
type listing struct {
	tx      *sql.Tx
	account domain.AccountID
	at, now time.Time
	// seen are the organizations in change.Changed.
	seen   map[domain.OrgID]bool
	change domain.ListingChange
}

// apply saves one organization.
func (l *listing) apply(ctx context.Context, o *domain.Listed) error {
	row, targets := newCells(9)
	err := l.tx.QueryRowContext(ctx, selectListed, string(l.account), string(o.ID)).Scan(targets...)
	if errors.Is(err, sql.ErrNoRows) {
		return l.add(ctx, o)
	}
	if err != nil {
		return fmt.Errorf("find %s: %w", o.ID, err)
	}
	before := domain.Organization{
		Name: row.text(0), MaxSystemUsers: row.optionalNumber(1), CapKnown: row.flag(8), LogoURL: row.text(2),
		LogoHash: row.text(3), LogoSource: row.text(4),
	}
	after := before
	at := milliseconds(l.at)
	if known := row.time(6); later(known, at, l.now) {
		at = known
	} else {
		after.Name = o.Name
		if !o.CapUnknown {
			after.MaxSystemUsers, after.CapKnown = o.MaxSystemUsers, true
		}
	}
	if o.LogoURL != nil && !later(row.time(7), at, l.now) {
		after.LogoURL = *o.LogoURL
	}
	if after.LogoURL == "" {
		after.LogoHash, after.LogoSource = "", ""
	}
	_, err = l.tx.ExecContext(ctx, updateListed, after.Name, intOrNull(after.MaxSystemUsers), after.CapKnown, after.LogoURL,
		textOrNull(after.LogoHash), after.LogoSource, at.UnixMilli(), string(l.account), string(o.ID))
	if err != nil {
		return fmt.Errorf("update %s: %w", o.ID, err)
	}
	l.note(o.ID, before, after, !row.null(5))
	return nil
}

// later reports whether what is known was read after at. A time that is yet to
// come is a clock's mistake, and would keep the row as it is for ever.
func later(known, at, now time.Time) bool { return known.After(at) && !known.After(now) }

// add saves an organization the cache did not know.
func (l *listing) add(ctx context.Context, o *domain.Listed) error {
	url := ""
	if o.LogoURL != nil {
		url = *o.LogoURL
	}
	_, err := l.tx.ExecContext(ctx, insertListed, string(l.account), string(o.ID), o.Name,
		intOrNull(o.MaxSystemUsers), !o.CapUnknown, url, l.at.UnixMilli())
	if err != nil {
		return fmt.Errorf("add %s: %w", o.ID, err)
	}
	l.change.Added = append(l.change.Added, o.ID)
	l.changed(o.ID)
	return nil
}

// note records what the update of one organization changed.
func (l *listing) note(id domain.OrgID, before, after domain.Organization, wasGone bool) {
	if wasGone {
		l.change.Back = append(l.change.Back, id)
	}
	if before.Name != after.Name {
		l.change.Renamed = append(l.change.Renamed, domain.Renaming{ID: id, Before: before.Name, After: after.Name})
	}
	before.LogoURL = after.LogoURL // shown is the logo that was read from there
	if wasGone || (domain.OrgChange{Before: before, After: after}).Changed() {
		l.changed(id)
	}
}

// changed adds an organization to the changed ones, once.
func (l *listing) changed(id domain.OrgID) {
	if !l.seen[id] {
		l.seen[id] = true
		l.change.Changed = append(l.change.Changed, id)
	}
}

// MarkGone marks as gone, at a time, the organizations that a complete listing
// did not name, and gives their ids. The caller vouches for the completeness.
// Nothing is deleted, and what was gone already keeps its time. What was seen
// after that time, because a person added it meanwhile, stays.
func (db *DB) MarkGone(
	ctx context.Context, account domain.AccountID, listed map[domain.OrgID]struct{}, at time.Time,
) ([]domain.OrgID, error) {
	gone := []domain.OrgID{}
	err := db.write(ctx, "mark organizations as gone", func(tx *sql.Tx) error {
		gone = gone[:0]
		err := each(ctx, tx, 1, func(c cells) error {
			if id := domain.OrgID(c.text(0)); !contains(listed, id) {
				gone = append(gone, id)
			}
			return nil
		}, `SELECT id FROM organizations WHERE account = ? AND gone_at IS NULL AND (listed_at <= ? OR listed_at > ?)
			ORDER BY id`, string(account), at.UnixMilli(), db.now().UnixMilli())
		if err != nil {
			return err
		}
		for _, id := range gone {
			_, err := tx.ExecContext(ctx, "UPDATE organizations SET gone_at = ? WHERE account = ? AND id = ?",
				at.UnixMilli(), string(account), string(id))
			if err != nil {
				return fmt.Errorf("mark %s: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return gone, nil
}

// contains reports whether a set holds an id.
func contains(set map[domain.OrgID]struct{}, id domain.OrgID) bool {
	_, ok := set[id]
	return ok
}
