package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// doubtfulSource is no address, so that a logo said to be from there is due.
	doubtfulSource = "doubtful"

	selectFull = "SELECT " + fullColumns + " FROM organizations WHERE account = ? AND id = ?"

	updateOrganization = `UPDATE organizations SET logo_url = ?, logo_hash = ?, logo_source = ?,
		details_fetched_at = ?, details_denied_at = ?, created_at = ?, contact_name = ?, contact_email = ?,
		remote_assist = ?, pending_delete = ?, billing = ?,
		users = ?, users_fetched_at = ?, users_denied_at = ?,
		devices = ?, devices_fetched_at = ?, devices_denied_at = ?,
		applications = ?, applications_fetched_at = ?, applications_denied_at = ?
		WHERE account = ? AND id = ?`
)

// ApplyUpdates saves what was found out about some organizations, in one
// transaction: the parts each update has, and nothing else. It gives each
// organization before and after, in the order of the updates; organizations
// the cache does not know are passed over.
//
// A refusal does not forget: a figure that had been read keeps its count and
// the time of it beside the refusal, and details stay readable. A figure whose
// state is unknown tells nothing and is passed over. Where a figure has no time
// of its own, it is the update's; where that has none, it is now. Details read
// later than the update's stay, as ApplyListing keeps names.
func (db *DB) ApplyUpdates(
	ctx context.Context, account domain.AccountID, updates []domain.OrgUpdate,
) ([]domain.OrgChange, error) {
	var changes []domain.OrgChange
	err := db.write(ctx, "save what was read", func(tx *sql.Tx) error {
		changes = make([]domain.OrgChange, 0, len(updates))
		for _, update := range updates {
			if update.At.IsZero() {
				update.At = db.now()
			}
			change, known, err := applyUpdate(ctx, tx, account, &update, db.now())
			if err != nil {
				return fmt.Errorf("organization %s: %w", update.ID, err)
			}
			if known {
				changes = append(changes, change)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changes, nil
}

// applyUpdate saves one update; known is false where there is no such organization.
func applyUpdate(
	ctx context.Context, tx *sql.Tx, account domain.AccountID, u *domain.OrgUpdate, now time.Time,
) (change domain.OrgChange, known bool, err error) {
	record, known, err := loadRecord(ctx, tx, account, u.ID)
	if err != nil || !known {
		return change, known, err
	}
	change.Before = record.organization()
	if later(record.org.DetailsAt, milliseconds(u.At), now) {
		u.Details, u.DetailsDenied = nil, false
	}
	record.apply(u)
	if u.Logo != nil {
		if err := saveLogo(ctx, tx, account, u.Logo); err != nil {
			return change, true, err
		}
	}
	if err := record.save(ctx, tx, account); err != nil {
		return change, true, err
	}
	if err := markUsage(ctx, tx, account, u); err != nil {
		return change, true, err
	}
	change.After = record.organization()
	return change, true, nil
}

// record is an organization with what the domain's shape does not keep apart:
// details that were read once and are refused now.
type record struct {
	org      domain.Organization
	deniedAt time.Time
}

// loadRecord reads one organization within a transaction.
func loadRecord(
	ctx context.Context, tx *sql.Tx, account domain.AccountID, id domain.OrgID,
) (r *record, known bool, err error) {
	err = each(ctx, tx, fullWidth, func(c cells) error {
		org, err := fullOrganizationFrom(c)
		r, known = &record{org: org, deniedAt: c.time(9)}, true
		return err
	}, selectFull, string(account), string(id))
	if err != nil {
		return nil, false, err
	}
	return r, known, nil
}

// organization is the record as the domain sees it.
func (r *record) organization() domain.Organization {
	o := r.org
	o.DetailsDenied = !r.deniedAt.IsZero()
	return o
}

// apply puts the parts of an update into the record.
func (r *record) apply(u *domain.OrgUpdate) {
	o := &r.org
	switch {
	case u.Details != nil:
		r.applyDetails(u.Details, u.At)
	case u.DetailsDenied:
		r.deniedAt = milliseconds(u.At)
	}
	for kind, figure := range u.Figures {
		if into := figureOf(o, kind); into != nil {
			*into = merge(*into, figure, u.At)
		}
	}
	source := cmp.Or(u.LogoURL, o.LogoURL)
	// What was read from an address that was replaced meanwhile, and of whose
	// successor the logo is here already, would bring the old logo back.
	stale := source != o.LogoURL && o.LogoURL != "" && o.LogoSource == o.LogoURL
	switch {
	case u.LogoGone:
		o.LogoURL, o.LogoHash, o.LogoSource = "", "", ""
	case u.LogoDoubtful:
		if o.LogoHash != "" {
			o.LogoSource = doubtfulSource
		} else {
			o.LogoSource = ""
		}
	case stale:
	case u.Logo != nil:
		o.LogoURL = cmp.Or(o.LogoURL, source)
		o.LogoHash, o.LogoSource = u.Logo.Hash, source
	case u.LogoUnusable && o.LogoURL != "":
		o.LogoHash, o.LogoSource = "", source
	}
	if !o.DetailsAt.IsZero() {
		o.Details.LogoURL = o.LogoURL
	}
}

// applyDetails puts details into the record. An address of a logo replaces the
// listing's; that there is none is for the listing to say.
func (r *record) applyDetails(d *domain.Details, at time.Time) {
	r.org.Details = *d
	r.org.Details.Created = milliseconds(d.Created)
	if d.RemoteAssist == "" {
		r.org.Details.RemoteAssist = domain.RemoteAssistUnknown
	}
	r.org.DetailsAt = milliseconds(at)
	r.deniedAt = time.Time{}
	if d.LogoURL != "" {
		r.org.LogoURL = d.LogoURL
	}
}

// merge gives the figure to keep where one is known and another was found.
func merge(known, found domain.Figure, at time.Time) domain.Figure {
	if found.FetchedAt.IsZero() {
		found.FetchedAt = at
	}
	found.FetchedAt = milliseconds(found.FetchedAt)
	switch found.State {
	case domain.FigureKnown:
		found.LastKnownAt = time.Time{}
		return found
	case domain.FigureNoAccess:
		found.Value = known.Value
		found.LastKnownAt = known.LastKnownAt
		if known.State == domain.FigureKnown {
			found.LastKnownAt = known.FetchedAt
		}
		return found
	case domain.FigureUnknown:
	}
	return known
}

// figureOf gives the place of a kind of figure; nil for a kind that does not exist.
func figureOf(o *domain.Organization, kind domain.FigureKind) *domain.Figure {
	switch kind {
	case domain.FigureUsers:
		return &o.Users
	case domain.FigureDevices:
		return &o.Devices
	case domain.FigureApplications:
		return &o.Applications
	}
	return nil
}

// milliseconds is a time as the cache gives it back.
func milliseconds(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// save writes the record.
func (r *record) save(ctx context.Context, tx *sql.Tx, account domain.AccountID) error {
	o := &r.org
	var billing any
	if !o.DetailsAt.IsZero() {
		text, err := json.Marshal(o.Details.Billing)
		if err != nil {
			return fmt.Errorf("write the billing: %w", err)
		}
		billing = string(text)
	}
	args := make([]any, 0, 22)
	args = append(args, o.LogoURL, textOrNull(o.LogoHash), o.LogoSource, timeValue(o.DetailsAt), timeValue(r.deniedAt),
		timeValue(o.Details.Created), o.Details.ContactName, o.Details.ContactEmail,
		remoteAssistValue(o.Details.RemoteAssist), o.Details.PendingDelete, billing)
	for _, figure := range []domain.Figure{o.Users, o.Devices, o.Applications} {
		args = append(args, figureValues(figure)...)
	}
	args = append(args, string(account), string(o.ID))
	if _, err := tx.ExecContext(ctx, updateOrganization, args...); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

// figureValues gives a figure's three columns: count, read at, refused at.
func figureValues(f domain.Figure) []any {
	switch {
	case f.State == domain.FigureKnown:
		return []any{int64(f.Value), timeValue(f.FetchedAt), nil}
	case f.State == domain.FigureNoAccess && f.LastKnownAt.IsZero():
		return []any{nil, nil, timeValue(f.FetchedAt)}
	case f.State == domain.FigureNoAccess:
		return []any{int64(f.Value), timeValue(f.LastKnownAt), timeValue(f.FetchedAt)}
	}
	return []any{nil, nil, nil}
}

// remoteAssistValue is how Remote Assist is kept: NULL while unknown.
func remoteAssistValue(state domain.RemoteAssist) any {
	switch state {
	case domain.RemoteAssistOn:
		return int64(1)
	case domain.RemoteAssistOff:
		return int64(0)
	case domain.RemoteAssistUnknown:
	}
	return nil
}
