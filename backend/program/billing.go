package program

import (
	"bytes"
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/billing"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/export"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// maxExported bounds how many lines of the history one file gets.
const maxExported = 100_000

// newBilling makes usage and billing of a workspace.
func (p *Program) newBilling(db *sqlite.DB, opened *session.Session) *billing.Billing {
	return billing.New(billing.Options{Accounts: billed{opened}, Cache: db, People: db, Now: p.opts.Now, Log: p.opts.Log})
}

// billed gives billing the accounts of a session.
type billed struct{ *session.Session }

// Remote gives an account's way to JumpCloud.
func (b billed) Remote(id domain.AccountID) (billing.Remote, error) { return b.Session.Remote(id) }

// KeyRefused takes note that a key was refused.
func (b billed) KeyRefused(id domain.AccountID, remote billing.Remote) {
	b.Session.KeyRefused(id, remote)
}

// bills answers the bound Billing.
type bills struct{ *Program }

// Usage gives the usage of every listed organization.
func (b bills) Usage(ctx context.Context, account domain.AccountID) (domain.UsageReport, error) {
	w, err := b.workspaceOf(account)
	if err != nil {
		return domain.UsageReport{}, err
	}
	return w.billing.Usage(ctx, account)
}

// OrganizationUsage gives the usage of one organization.
func (b bills) OrganizationUsage(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationUsage, error) {
	w, err := b.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.OrganizationUsage{}, err
	}
	return w.billing.OrganizationUsage(ctx, account, org)
}

// Invoices gives the cached invoices.
func (b bills) Invoices(ctx context.Context, account domain.AccountID) (domain.InvoiceList, error) {
	w, err := b.workspaceOf(account)
	if err != nil {
		return domain.InvoiceList{}, err
	}
	return w.billing.Invoices(ctx, account)
}

// RefreshInvoices asks JumpCloud for the invoices.
func (b bills) RefreshInvoices(ctx context.Context, account domain.AccountID) (domain.InvoiceList, error) {
	w, err := b.workspaceOf(account)
	if err != nil {
		return domain.InvoiceList{}, err
	}
	return w.billing.RefreshInvoices(ctx, account)
}

// SaveInvoice fetches an invoice, asks where to, and saves it as PDF. The
// person is asked last, so that nobody chooses a place for nothing.
func (b bills) SaveInvoice(ctx context.Context, account domain.AccountID, invoiceID string) (domain.SavedFile, error) {
	w, err := b.workspaceOf(account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	known, err := w.session.Account(account)
	if err != nil {
		return domain.SavedFile{}, fmt.Errorf("save an invoice: %w", err)
	}
	document, err := w.billing.InvoicePDF(ctx, account, invoiceID)
	if err != nil {
		return domain.SavedFile{}, err
	}
	if !bytes.HasPrefix(document, []byte("%PDF-")) {
		return domain.SavedFile{}, &domain.Error{Code: domain.CodeProtocol, Message: "What JumpCloud sent is no PDF document. Nothing was saved."}
	}
	saved, err := b.save("invoice-"+invoiceID+".pdf", document, 0)
	if err != nil || saved.Path == "" {
		return saved, err
	}
	err = w.db.AppendActivity(ctx, domain.Activity{
		Account: account, At: b.opts.Now(), Kind: domain.ActivityInvoiceSaved, Source: domain.SourceOrgdeck,
		Actor: known.Email, After: invoiceID, Result: "ok",
	})
	if err != nil {
		b.opts.Log.Error("the history could not be written", "error", err)
	}
	return saved, nil
}

// ExportUsage asks where to, and saves the usage as CSV.
func (b bills) ExportUsage(ctx context.Context, account domain.AccountID) (domain.SavedFile, error) {
	report, err := b.Usage(ctx, account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	text, err := export.Usage(&report)
	if err != nil {
		return domain.SavedFile{}, fmt.Errorf("export the usage: %w", err)
	}
	return b.save("usage-"+report.Month+".csv", []byte(text), len(report.Organizations))
}

// ExportInvoices asks where to, and saves the cached invoices as CSV.
func (b bills) ExportInvoices(ctx context.Context, account domain.AccountID) (domain.SavedFile, error) {
	list, err := b.Invoices(ctx, account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	text, err := export.Invoices(&list)
	if err != nil {
		return domain.SavedFile{}, fmt.Errorf("export the invoices: %w", err)
	}
	return b.save("invoices-"+b.opts.Now().Format("2006-01-02")+".csv", []byte(text), len(list.Invoices))
}

// OpenSaved opens a file that was saved since the start.
func (b bills) OpenSaved(_ context.Context, _ domain.AccountID, path string) error {
	return b.openSaved(path)
}

// histories answers the bound History.
type histories struct{ *Program }

// History gives lines of an account's history.
func (h histories) History(ctx context.Context, account domain.AccountID, filter domain.HistoryFilter) ([]domain.HistoryLine, error) {
	w, err := h.workspaceOf(account)
	if err != nil {
		return nil, err
	}
	return w.db.History(ctx, account, filter)
}

// ExportHistory asks where to, and saves lines of an account's history as CSV.
func (h histories) ExportHistory(ctx context.Context, account domain.AccountID, filter domain.HistoryFilter) (domain.SavedFile, error) {
	filter.Limit = maxExported
	lines, err := h.History(ctx, account, filter)
	if err != nil {
		return domain.SavedFile{}, err
	}
	text, err := export.History(lines)
	if err != nil {
		return domain.SavedFile{}, fmt.Errorf("export the history: %w", err)
	}
	return h.save("history-"+h.opts.Now().Format("2006-01-02")+".csv", []byte(text), len(lines))
}
