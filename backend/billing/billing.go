// Package billing tells what the organizations of a provider use and what is
// billed for it. Usage comes from the cache that synchronisation fills; invoices
// are asked for when somebody looks at them, and kept.
package billing

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	readTimeout = time.Minute
	// documentTimeout bounds fetching an invoice as a document.
	documentTimeout = 2 * time.Minute
)

// Accounts knows the accounts and gives the way to JumpCloud of each.
type Accounts interface {
	Account(id domain.AccountID) (domain.Account, error)
	// Remote fails with signed_out where no key of the account is at hand.
	Remote(id domain.AccountID) (Remote, error)
	// KeyRefused takes note that the server answered 401 to what remote asked.
	KeyRefused(id domain.AccountID, remote Remote)
}

// Remote reads a provider's invoices. Its errors are *domain.Error.
type Remote interface {
	Invoices(ctx context.Context, providerID string) ([]domain.Invoice, error)
	InvoicePDF(ctx context.Context, providerID, invoiceID string) ([]byte, error)
}

// Cache keeps what is used and billed.
type Cache interface {
	Usage(ctx context.Context, account domain.AccountID, month string) ([]domain.OrganizationUsage, error)
	OrganizationUsage(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationUsage, error)
	Invoices(ctx context.Context, account domain.AccountID) ([]domain.Invoice, domain.Reading, error)
	SaveInvoices(ctx context.Context, account domain.AccountID, list []domain.Invoice, at time.Time) error
	DenyList(ctx context.Context, account domain.AccountID, kind domain.ListKind, subject string, at time.Time) error
}

// People gives the known administrators, some of whom can grant rights.
type People interface {
	ProviderRoster(ctx context.Context, account domain.AccountID) (domain.ProviderRoster, error)
}

// Options are what a Billing needs.
type Options struct {
	Accounts Accounts
	Cache    Cache
	People   People
	Now      func() time.Time
	Log      *slog.Logger
}

// Billing is usage and billing of the accounts of one cache. New makes one.
type Billing struct{ opts Options }

// New makes a Billing.
func New(opts Options) *Billing { return &Billing{opts: opts} }

// Usage gives the usage of every listed organization, with this month's marks.
func (b *Billing) Usage(ctx context.Context, id domain.AccountID) (domain.UsageReport, error) {
	account, err := b.opts.Accounts.Account(id)
	if err != nil {
		return domain.UsageReport{}, err
	}
	report := domain.UsageReport{Account: account, Month: domain.MonthOf(b.opts.Now())}
	if report.Organizations, err = b.opts.Cache.Usage(ctx, id, report.Month); err != nil {
		return domain.UsageReport{}, fmt.Errorf("read the usage: %w", err)
	}
	return report, nil
}

// OrganizationUsage gives the usage of one organization with the marks of its
// newest months.
func (b *Billing) OrganizationUsage(ctx context.Context, id domain.AccountID, org domain.OrgID) (domain.OrganizationUsage, error) {
	usage, err := b.opts.Cache.OrganizationUsage(ctx, id, org)
	if err != nil {
		return usage, fmt.Errorf("read the usage: %w", err)
	}
	return usage, nil
}

// Invoices gives the provider's invoices from the cache.
func (b *Billing) Invoices(ctx context.Context, id domain.AccountID) (domain.InvoiceList, error) {
	account, err := b.opts.Accounts.Account(id)
	if err != nil {
		return domain.InvoiceList{}, err
	}
	list := domain.InvoiceList{Account: account, Grantors: []string{}}
	if list.Invoices, list.Reading, err = b.opts.Cache.Invoices(ctx, id); err != nil {
		return domain.InvoiceList{}, fmt.Errorf("read the invoices: %w", err)
	}
	if list.CannotRead() == "" {
		return list, nil
	}
	known, err := b.opts.People.ProviderRoster(ctx, id)
	if err != nil {
		return domain.InvoiceList{}, fmt.Errorf("read who can grant the right: %w", err)
	}
	for i := range known.Administrators {
		if one := &known.Administrators[i]; one.RoleName == domain.RoleAdministratorWithBilling && !one.Suspended && one.Email != "" {
			list.Grantors = append(list.Grantors, one.Email)
		}
	}
	return list, nil
}

// RefreshInvoices asks JumpCloud for the invoices, keeps them, and gives what is
// known then. Where the key may not read them, what was read before stays, and
// the reading says so.
func (b *Billing) RefreshInvoices(ctx context.Context, id domain.AccountID) (domain.InvoiceList, error) {
	account, remote, err := b.reach(id)
	if err != nil {
		return domain.InvoiceList{}, err
	}
	readCtx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	list, err := remote.Invoices(readCtx, account.ProviderID)
	switch domain.CodeOf(err) {
	case "":
		err = b.opts.Cache.SaveInvoices(ctx, id, list, b.opts.Now())
	case domain.CodeForbidden:
		b.opts.Log.Info("the invoices may not be read", "account", id, "error", err)
		err = b.opts.Cache.DenyList(ctx, id, domain.ListInvoices, "", b.opts.Now())
	default:
		err = b.noted(id, remote, err)
	}
	if err != nil {
		return domain.InvoiceList{}, fmt.Errorf("refresh the invoices: %w", err)
	}
	return b.Invoices(ctx, id)
}

// InvoicePDF fetches one invoice as a PDF document.
func (b *Billing) InvoicePDF(ctx context.Context, id domain.AccountID, invoiceID string) ([]byte, error) {
	account, remote, err := b.reach(id)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, documentTimeout)
	defer cancel()
	document, err := remote.InvoicePDF(ctx, account.ProviderID, invoiceID)
	if err != nil {
		return nil, fmt.Errorf("fetch invoice %q: %w", invoiceID, b.noted(id, remote, err))
	}
	return document, nil
}

func (b *Billing) reach(id domain.AccountID) (domain.Account, Remote, error) {
	account, err := b.opts.Accounts.Account(id)
	if err != nil {
		return account, nil, err
	}
	remote, err := b.opts.Accounts.Remote(id)
	return account, remote, err
}

// noted tells the account that its key was refused, where that is the error.
func (b *Billing) noted(id domain.AccountID, remote Remote, err error) error {
	if domain.CodeOf(err) == domain.CodeUnauthorized {
		b.opts.Accounts.KeyRefused(id, remote)
	}
	return err
}
