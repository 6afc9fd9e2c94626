package bind

import (
	"context"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// BillingService tells what is used and billed.
type BillingService interface {
	// Usage, OrganizationUsage and Invoices read the cache.
	Usage(ctx context.Context, account domain.AccountID) (domain.UsageReport, error)
	OrganizationUsage(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationUsage, error)
	Invoices(ctx context.Context, account domain.AccountID) (domain.InvoiceList, error)
	// RefreshInvoices asks JumpCloud first.
	RefreshInvoices(ctx context.Context, account domain.AccountID) (domain.InvoiceList, error)
}

// BillingFiles saves what is billed where a person chooses.
type BillingFiles interface {
	// SaveInvoice asks where to, and saves an invoice as PDF.
	SaveInvoice(ctx context.Context, account domain.AccountID, invoiceID string) (domain.SavedFile, error)
	// ExportUsage asks where to, and saves the usage as CSV.
	ExportUsage(ctx context.Context, account domain.AccountID) (domain.SavedFile, error)
	// OpenSaved opens a file that was saved since the start.
	OpenSaved(ctx context.Context, account domain.AccountID, path string) error
}

// Billing is the bound area of usage and billing.
type Billing struct {
	area    Area
	service BillingService
	files   BillingFiles
	now     func() time.Time
}

// NewBilling makes the area; now is the clock that invoices fall due by.
func NewBilling(area Area, service BillingService, files BillingFiles, now func() time.Time) *Billing {
	return &Billing{area: area, service: service, files: files, now: now}
}

// OrganizationUsage gives the usage of one organization, from the cache.
func (b *Billing) OrganizationUsage(accountID, orgID string) (usage OrganizationUsage, err error) {
	defer guard(b.area.Log, "Billing.OrganizationUsage", &err)
	acc, org, err := target(accountID, orgID)
	if err != nil {
		return OrganizationUsage{}, err
	}
	ctx, err := b.area.Lifetime()
	if err != nil {
		return OrganizationUsage{}, err
	}
	found, err := b.service.OrganizationUsage(ctx, acc, org)
	if err != nil {
		return OrganizationUsage{}, err
	}
	return newOrganizationUsage(acc, &found, b.now()), nil
}

// UsagePage gives the usage of every listed organization, from the cache.
func (b *Billing) UsagePage(accountID string) (page UsagePage, err error) {
	defer guard(b.area.Log, "Billing.UsagePage", &err)
	acc, err := account(accountID)
	if err != nil {
		return UsagePage{}, err
	}
	ctx, err := b.area.Lifetime()
	if err != nil {
		return UsagePage{}, err
	}
	report, err := b.service.Usage(ctx, acc)
	if err != nil {
		return UsagePage{}, err
	}
	return newUsagePage(acc, &report), nil
}

// Invoices gives the provider's invoices, from the cache.
func (b *Billing) Invoices(accountID string) (page InvoicesPage, err error) {
	defer guard(b.area.Log, "Billing.Invoices", &err)
	return b.invoices(accountID, func(ctx context.Context, acc domain.AccountID) (domain.InvoiceList, error) {
		return b.service.Invoices(ctx, acc)
	})
}

// RefreshInvoices asks JumpCloud for the invoices, and gives what it says. A
// missing right is no error but the reading's state.
func (b *Billing) RefreshInvoices(accountID string) (page InvoicesPage, err error) {
	defer guard(b.area.Log, "Billing.RefreshInvoices", &err)
	return b.invoices(accountID, func(ctx context.Context, acc domain.AccountID) (domain.InvoiceList, error) {
		return b.service.RefreshInvoices(ctx, acc)
	})
}

func (b *Billing) invoices(
	accountID string, read func(context.Context, domain.AccountID) (domain.InvoiceList, error),
) (InvoicesPage, error) {
	acc, err := account(accountID)
	if err != nil {
		return InvoicesPage{}, err
	}
	ctx, err := b.area.Lifetime()
	if err != nil {
		return InvoicesPage{}, err
	}
	list, err := read(ctx, acc)
	if err != nil {
		return InvoicesPage{}, err
	}
	return newInvoicesPage(acc, &list, b.now()), nil
}

// SaveInvoice asks where to, and saves an invoice there as PDF.
func (b *Billing) SaveInvoice(accountID, invoiceID string) (saved SavedFile, err error) {
	defer guard(b.area.Log, "Billing.SaveInvoice", &err)
	return saveFor(b.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.SavedFile, error) {
		return b.files.SaveInvoice(ctx, acc, invoiceID)
	})
}

// ExportUsage asks where to, and saves the usage of every organization as CSV.
func (b *Billing) ExportUsage(accountID string) (saved SavedFile, err error) {
	defer guard(b.area.Log, "Billing.ExportUsage", &err)
	return saveFor(b.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.SavedFile, error) {
		return b.files.ExportUsage(ctx, acc)
	})
}

// OpenSaved opens a file in the program the system has for it. Only files
// that Orgdeck saved since its start are opened.
func (b *Billing) OpenSaved(accountID, path string) (err error) {
	defer guard(b.area.Log, "Billing.OpenSaved", &err)
	acc, err := account(accountID)
	if err != nil {
		return err
	}
	ctx, err := b.area.Lifetime()
	if err != nil {
		return err
	}
	return b.files.OpenSaved(ctx, acc, path)
}

// saveFor saves something of an account.
func saveFor(area Area, accountID string, save func(context.Context, domain.AccountID) (domain.SavedFile, error)) (SavedFile, error) {
	acc, err := account(accountID)
	if err != nil {
		return SavedFile{}, err
	}
	ctx, err := area.Lifetime()
	if err != nil {
		return SavedFile{}, err
	}
	file, err := save(ctx, acc)
	if err != nil {
		return SavedFile{}, err
	}
	return SavedFile{AccountID: accountID, Path: file.Path, Rows: file.Rows}, nil
}
