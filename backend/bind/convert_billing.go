package bind

import (
	"cmp"
	"slices"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func newUsageRow(u *domain.OrganizationUsage, month string) UsageRow {
	o := &u.Organization
	row := UsageRow{
		OrganizationID: string(o.ID), OrganizationName: o.Name, Users: newFigure(o.Users), MaxSystemUsers: o.MaxSystemUsers,
		BillingModel: o.Details.Billing.BillingModel, Products: make([]Product, len(o.Details.Billing.Products)),
		Estimate: o.Details.Billing.Estimate, DetailsAt: seconds(o.DetailsAt), DetailsDenied: o.DetailsDenied,
	}
	for i, product := range o.Details.Billing.Products {
		row.Products[i] = Product{
			Name: product.Name, Code: product.Code, CommittedUsers: product.CommittedUsers,
			MaxUsers: product.MaxUsers, PricePerUser: product.PricePerUser,
		}
	}
	for i := range u.Marks {
		if mark := &u.Marks[i]; mark.Month == month {
			row.HighWaterMark, row.MarkSince, row.MarkAt = &mark.Users, seconds(mark.FirstSeenAt), seconds(mark.At)
		}
	}
	return row
}

func newOrganizationUsage(account domain.AccountID, u *domain.OrganizationUsage, now time.Time) OrganizationUsage {
	month := domain.MonthOf(now)
	usage := OrganizationUsage{AccountID: string(account), Month: month, Row: newUsageRow(u, month), Marks: make([]UsageMark, len(u.Marks))}
	for i, mark := range u.Marks {
		usage.Marks[i] = UsageMark{Month: mark.Month, Users: mark.Users, Since: seconds(mark.FirstSeenAt), At: seconds(mark.At)}
	}
	return usage
}

func newUsagePage(account domain.AccountID, r *domain.UsageReport) UsagePage {
	page := UsagePage{AccountID: string(account), Month: r.Month, Rows: make([]UsageRow, len(r.Organizations))}
	for i := range r.Organizations {
		page.Rows[i] = newUsageRow(&r.Organizations[i], r.Month)
	}
	totals := r.Totals()
	page.Totals = UsageTotals{
		Organizations: totals.Organizations, Users: totals.Users, UsersUnknown: totals.UsersUnknown,
		HighWaterMark: totals.HighWaterMark, MarksUnknown: totals.MarksUnknown, OverCap: totals.OverCap, NearCap: totals.NearCap,
		Estimate: totals.Estimate, EstimatesUnknown: totals.EstimatesUnknown,
	}
	return page
}

func newInvoicesPage(account domain.AccountID, l *domain.InvoiceList, now time.Time) InvoicesPage {
	page := InvoicesPage{
		AccountID: string(account), Reading: newReading(l.Reading), Invoices: make([]Invoice, len(l.Invoices)),
		Totals: []InvoiceTotal{}, NoAccess: l.CannotRead(), Grantors: append([]string{}, l.Grantors...),
	}
	for i := range l.Invoices {
		in := &l.Invoices[i]
		page.Invoices[i] = Invoice{
			ID: in.ID, Currency: in.Currency, DueAt: seconds(in.DueDate), Status: in.Status, Overdue: in.Overdue(now),
			Billed: money(in.Billed), Paid: money(in.Paid), Owed: money(in.Remaining),
		}
	}
	for _, total := range l.Totals() {
		page.Totals = append(page.Totals, InvoiceTotal{
			Currency: total.Currency, Invoices: total.Invoices, Unreadable: total.Unreadable,
			Billed: total.Billed.String(), Paid: total.Paid.String(), Owed: total.Owed.String(),
		})
	}
	slices.SortFunc(page.Totals, func(a, b InvoiceTotal) int { return cmp.Compare(a.Currency, b.Currency) })
	return page
}

// money writes an amount evenly; a text that is no amount stays as it came.
func money(text string) string {
	amount, err := domain.ParseAmount(text)
	if err != nil {
		return text
	}
	return amount.String()
}
