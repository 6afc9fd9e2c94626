package jumpcloud

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireInvoice struct {
	ID        string `json:"id"`
	DueDate   string `json:"dueDate"`
	Currency  string `json:"currency"`
	Billed    string `json:"amountBilled"`
	Paid      string `json:"amountPaid"`
	Remaining string `json:"amountRemaining"`
	Status    string `json:"status"`
}

func (w wireInvoice) invoice() (domain.Invoice, error) {
	if !validInvoiceID(w.ID) {
		return domain.Invoice{}, errMalformedID
	}
	invoice := domain.Invoice{
		ID: w.ID, Currency: w.Currency, DueDate: parseTime(w.DueDate),
		Billed: w.Billed, Paid: w.Paid, Remaining: w.Remaining, Status: w.Status,
	}
	if day, err := time.Parse(time.DateOnly, w.DueDate); err == nil {
		invoice.DueDate = day
	}
	return invoice, nil
}

// validInvoiceID reports whether text can be an invoice's id. They are numbers
// in the publication's example, and no object ids.
func validInvoiceID(text string) bool {
	matched, err := regexp.MatchString(`^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$`, text)
	return err == nil && matched
}

// Invoices reads all invoices of a provider, each once
// (GET /api/v2/providers/{provider_id}/invoices); without a billing role it
// fails with forbidden.
func (c *Client) Invoices(ctx context.Context, providerID string) ([]domain.Invoice, error) {
	if err := checkIDs(providerID); err != nil {
		return nil, err
	}
	op := func(skip int) call {
		return listing("read the invoices", pageQuery("id", skip), "api", "v2", "providers", providerID, "invoices")
	}
	return collect(counted(ctx, c, op, wireInvoice.invoice), func(i domain.Invoice) string { return i.ID })
}

const pdfCap = 16 << 20 // bytes of an invoice as a document: many pages, with pictures

// InvoicePDF reads one invoice as a PDF document of at most 16 MiB
// (GET /api/v2/providers/{provider_id}/invoices/{ID}).
func (c *Client) InvoicePDF(ctx context.Context, providerID, invoiceID string) ([]byte, error) {
	if err := checkIDs(providerID); err != nil {
		return nil, err
	}
	if !validInvoiceID(invoiceID) {
		return nil, invalidInput("That is not the number of an invoice.", "")
	}
	op := get("read the invoice", "api", "v2", "providers", providerID, "invoices", invoiceID)
	op.accept, op.limit = "application/pdf", pdfCap
	body, err := c.do(ctx, op)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(body, []byte("%PDF-")) {
		return nil, c.malformed(op, errors.New("the answer is no PDF document"))
	}
	return body, nil
}
