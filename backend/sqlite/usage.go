package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// maxMarks is how many months are told of one organization.
const maxMarks = 12

// A month's mark only rises, whatever order figures are saved in; the first
// time of its highest number stays.
const saveMark = `INSERT INTO usage_marks (account, organization, month, users, at, first_seen_at) VALUES (?,?,?,?,?,?)
	ON CONFLICT (account, organization, month) DO UPDATE SET
		at = CASE WHEN excluded.users > users THEN excluded.at ELSE at END,
		users = max(users, excluded.users),
		first_seen_at = min(first_seen_at, excluded.first_seen_at)`

// markUsage raises the month's mark to a number of users read at a time.
func markUsage(ctx context.Context, tx *sql.Tx, account domain.AccountID, u *domain.OrgUpdate) error {
	figure, told := u.Figures[domain.FigureUsers]
	if !told || figure.State != domain.FigureKnown {
		return nil
	}
	at := figure.FetchedAt
	if at.IsZero() {
		at = u.At
	}
	_, err := tx.ExecContext(ctx, saveMark, string(account), string(u.ID), domain.MonthOf(at), figure.Value, at.UnixMilli(), at.UnixMilli())
	if err != nil {
		return fmt.Errorf("mark the usage: %w", err)
	}
	return nil
}

// Usage gives the usage of every listed organization of an account, by id, with
// the mark of one month (as domain.MonthOf names it).
func (db *DB) Usage(ctx context.Context, account domain.AccountID, month string) ([]domain.OrganizationUsage, error) {
	var found []domain.OrganizationUsage
	err := db.read(ctx, "read the usage", func(pool *sql.DB) error {
		found = []domain.OrganizationUsage{}
		return each(ctx, pool, fullWidth+3, func(c cells) error {
			o, err := fullOrganizationFrom(c)
			usage := domain.OrganizationUsage{Organization: o}
			if !c.null(fullWidth) {
				usage.Marks = []domain.UsageMark{{
					Month: month, Users: c.number(fullWidth), At: c.time(fullWidth + 1), FirstSeenAt: c.time(fullWidth + 2),
				}}
			}
			found = append(found, usage)
			return err
		}, `SELECT `+fullColumns+`, mark, mark_at, mark_since FROM organizations LEFT JOIN
				(SELECT account AS of_account, organization AS of_organization, users AS mark, at AS mark_at, first_seen_at AS mark_since
				FROM usage_marks WHERE account = ? AND month = ?)
			ON of_account = account AND of_organization = id
			WHERE account = ? AND gone_at IS NULL ORDER BY id`, string(account), month, string(account))
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// OrganizationUsage gives the usage of one organization with the marks of its
// newest months; not_found where the account has none of that id.
func (db *DB) OrganizationUsage(
	ctx context.Context, account domain.AccountID, org domain.OrgID,
) (domain.OrganizationUsage, error) {
	organization, err := db.Organization(ctx, account, org)
	if err != nil {
		return domain.OrganizationUsage{}, err
	}
	usage := domain.OrganizationUsage{Organization: organization, Marks: []domain.UsageMark{}}
	err = db.read(ctx, "read the usage", func(pool *sql.DB) error {
		return each(ctx, pool, 4, func(c cells) error {
			usage.Marks = append(usage.Marks, domain.UsageMark{Month: c.text(0), Users: c.number(1), At: c.time(2), FirstSeenAt: c.time(3)})
			return nil
		}, `SELECT month, users, at, first_seen_at FROM usage_marks
			WHERE account = ? AND organization = ? ORDER BY month DESC LIMIT ?`, string(account), string(org), maxMarks)
	})
	return usage, err
}

// SaveInvoices replaces the provider's invoices by a list read at a time.
func (db *DB) SaveInvoices(ctx context.Context, account domain.AccountID, list []domain.Invoice, at time.Time) error {
	return db.write(ctx, "save the invoices", func(tx *sql.Tx) error {
		if _, err := markRead(ctx, tx, account, domain.ListInvoices, "", at); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM invoices WHERE account = ?", string(account)); err != nil {
			return fmt.Errorf("clear: %w", err)
		}
		for i := range list {
			in := &list[i]
			_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO invoices (account, id, currency, due_at, billed, paid, remaining, status)
				VALUES (?,?,?,?,?,?,?,?)`, string(account), in.ID, in.Currency, timeValue(in.DueDate), in.Billed, in.Paid, in.Remaining, in.Status)
			if err != nil {
				return fmt.Errorf("insert invoice %s: %w", in.ID, err)
			}
		}
		return nil
	})
}

// Invoices gives the provider's invoices, the one due last first, and when they
// were read.
func (db *DB) Invoices(ctx context.Context, account domain.AccountID) (list []domain.Invoice, reading domain.Reading, err error) {
	list = []domain.Invoice{}
	err = db.readAtOnce(ctx, "read the invoices", func(tx *sql.Tx) (err error) {
		if reading, err = readingOf(ctx, tx, account, domain.ListInvoices, ""); err != nil {
			return err
		}
		return each(ctx, tx, 7, func(c cells) error {
			list = append(list, domain.Invoice{
				ID: c.text(0), Currency: c.text(1), DueDate: c.time(2), Billed: c.text(3), Paid: c.text(4), Remaining: c.text(5), Status: c.text(6),
			})
			return nil
		}, `SELECT id, currency, due_at, billed, paid, remaining, status FROM invoices
			WHERE account = ? ORDER BY due_at DESC, length(id) DESC, id DESC`, string(account))
	})
	return list, reading, err
}
