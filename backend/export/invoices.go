package export

import "github.com/orgdeck/orgdeck/backend/domain"

// Invoices writes a provider's invoices as CSV, in their order, and none for
// the sums, which are of one currency each. An amount that is no number stays
// as JumpCloud wrote it.
func Invoices(list *domain.InvoiceList) (string, error) {
	rows := make([][]string, 0, len(list.Invoices)+1)
	rows = append(rows, []string{"invoiceId", "dueDate", "currency", "billed", "paid", "owed", "status"})
	for i := range list.Invoices {
		in := &list.Invoices[i]
		due := ""
		if !in.DueDate.IsZero() {
			due = in.DueDate.UTC().Format("2006-01-02")
		}
		rows = append(rows, []string{in.ID, due, in.Currency, amount(in.Billed), amount(in.Paid), amount(in.Remaining), in.Status})
	}
	return table(rows)
}

// amount is a sum of money written evenly, without its currency.
func amount(text string) string {
	parsed, err := domain.ParseAmount(text)
	if err != nil {
		return text
	}
	return parsed.String()
}
