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
	// ExportInvoices asks where to, and saves the cached invoices as CSV.
	ExportInvoices(ctx context.Context, account domain.AccountID) (domain.SavedFile, error)
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
	org, err := organization(orgID)
	if err != nil {
		return OrganizationUsage{}, err
	}
	return ask(b.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.OrganizationUsage, error) {
		return b.service.OrganizationUsage(ctx, acc, org)
	}, func(acc domain.AccountID, found domain.OrganizationUsage) OrganizationUsage {
		return newOrganizationUsage(acc, &found, b.now())
	})
}

// UsagePage gives the usage of every listed organization, from the cache.
func (b *Billing) UsagePage(accountID string) (page UsagePage, err error) {
	defer guard(b.area.Log, "Billing.UsagePage", &err)
	return ask(b.area, accountID, b.service.Usage, func(acc domain.AccountID, report domain.UsageReport) UsagePage {
		return newUsagePage(acc, &report)
	})
}

// Invoices gives the provider's invoices, from the cache.
func (b *Billing) Invoices(accountID string) (page InvoicesPage, err error) {
	defer guard(b.area.Log, "Billing.Invoices", &err)
	return ask(b.area, accountID, b.service.Invoices, b.page)
}

// RefreshInvoices asks JumpCloud for the invoices, and gives what it says. A
// missing right is no error but the reading's state.
func (b *Billing) RefreshInvoices(accountID string) (page InvoicesPage, err error) {
	defer guard(b.area.Log, "Billing.RefreshInvoices", &err)
	return ask(b.area, accountID, b.service.RefreshInvoices, b.page)
}

func (b *Billing) page(acc domain.AccountID, list domain.InvoiceList) InvoicesPage {
	return newInvoicesPage(acc, &list, b.now())
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
	return saveFor(b.area, accountID, b.files.ExportUsage)
}

// ExportInvoices asks where to, and saves the invoices that were read last as CSV.
func (b *Billing) ExportInvoices(accountID string) (saved SavedFile, err error) {
	defer guard(b.area.Log, "Billing.ExportInvoices", &err)
	return saveFor(b.area, accountID, b.files.ExportInvoices)
}

// OpenSaved opens a file in the program the system has for it. Only files
// that Orgdeck saved since its start are opened.
func (b *Billing) OpenSaved(accountID, path string) (err error) {
	defer guard(b.area.Log, "Billing.OpenSaved", &err)
	return tell(b.area, accountID, func(ctx context.Context, acc domain.AccountID) error {
		return b.files.OpenSaved(ctx, acc, path)
	})
}

// saveFor saves something of an account.
func saveFor(area Area, accountID string, save func(context.Context, domain.AccountID) (domain.SavedFile, error)) (SavedFile, error) {
	return ask(area, accountID, save, newSavedFile)
}

func newSavedFile(account domain.AccountID, file domain.SavedFile) SavedFile {
	return SavedFile{AccountID: string(account), Path: file.Path, Rows: file.Rows}
}
