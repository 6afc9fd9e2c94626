package domain

import "time"

// MonthOf gives the month of a time in UTC as "2026-11": billing months are
// counted in UTC here, whatever the computer's time zone.
func MonthOf(at time.Time) string { return at.UTC().Format("2006-01") }

// UsageMark is the highest number of users that Orgdeck's own syncs saw in a
// month. What happened between two syncs, or before the first, it cannot know.
type UsageMark struct {
	// Month is as MonthOf gives it.
	Month string
	Users int
	// At is when the highest number was first seen; FirstSeenAt when the month's
	// first figure was read.
	At, FirstSeenAt time.Time
}

// OrganizationUsage is an organization with what its bill comes from.
type OrganizationUsage struct {
	// Organization comes with its billing.
	Organization Organization
	// Marks are the months' marks, newest first; a report has at most this month's.
	Marks []UsageMark
}

// UsageReport is the usage of every listed organization of an account.
type UsageReport struct {
	Account Account
	// Month is the one whose marks are told.
	Month         string
	Organizations []OrganizationUsage
}

// InvoiceList is a provider's invoices as the cache knows them, newest first.
type InvoiceList struct {
	Account  Account
	Reading  Reading
	Invoices []Invoice
	// Grantors are the e-mails of the known administrators who can give the
	// right to read invoices.
	Grantors []string
}

// SavedFile is a file that was saved where a person chose.
type SavedFile struct {
	// Path is empty where the person chose none.
	Path string
	// Rows is how many lines a table has; zero for a document.
	Rows int
}

// UsageTotals are sums over organizations.
type UsageTotals struct {
	Organizations int
	// Users and HighWaterMark sum up what is known; UsersUnknown and
	// MarksUnknown are how many organizations are not in them.
	Users, UsersUnknown         int
	HighWaterMark, MarksUnknown int
	// OverCap have more users than their cap; NearCap have reached nine tenths
	// of it, or all of it.
	OverCap, NearCap int
	// Estimate is nil where no organization tells one.
	Estimate         *int
	EstimatesUnknown int
}

// Totals sums the report up.
func (r *UsageReport) Totals() UsageTotals {
	totals := UsageTotals{Organizations: len(r.Organizations)}
	for i := range r.Organizations {
		totals.add(&r.Organizations[i], r.Month)
	}
	return totals
}

func (t *UsageTotals) add(u *OrganizationUsage, month string) {
	o := &u.Organization
	if o.Users.State == FigureKnown {
		t.Users += o.Users.Value
		if most := o.MaxSystemUsers; most != nil && *most > 0 {
			switch {
			case o.Users.Value > *most:
				t.OverCap++
			case o.Users.Value*10 >= *most*9:
				t.NearCap++
			}
		}
	} else {
		t.UsersUnknown++
	}
	if len(u.Marks) > 0 && u.Marks[0].Month == month {
		t.HighWaterMark += u.Marks[0].Users
	} else {
		t.MarksUnknown++
	}
	if estimate := o.Details.Billing.Estimate; estimate != nil {
		sum := *estimate
		if t.Estimate != nil {
			sum += *t.Estimate
		}
		t.Estimate = &sum
	} else {
		t.EstimatesUnknown++
	}
}

// InvoiceTotal is the exact sum of the invoices of one currency.
type InvoiceTotal struct {
	Currency string
	// Invoices is how many are summed up; Unreadable how many are not, because
	// one of their amounts is no number.
	Invoices, Unreadable int
	Billed, Paid, Owed   Amount
}

// Totals sums the invoices up, a currency at a time, in the order in which the
// currencies first come.
func (l *InvoiceList) Totals() []InvoiceTotal {
	var totals []InvoiceTotal
	places := map[string]int{}
	for i := range l.Invoices {
		in := &l.Invoices[i]
		place, known := places[in.Currency]
		if !known {
			place = len(totals)
			places[in.Currency] = place
			totals = append(totals, InvoiceTotal{Currency: in.Currency})
		}
		totals[place].add(in)
	}
	return totals
}

func (t *InvoiceTotal) add(in *Invoice) {
	billed, err1 := ParseAmount(in.Billed)
	paid, err2 := ParseAmount(in.Paid)
	owed, err3 := ParseAmount(in.Remaining)
	if err1 != nil || err2 != nil || err3 != nil {
		t.Unreadable++
		return
	}
	t.Invoices++
	t.Billed, t.Paid, t.Owed = t.Billed.Add(billed), t.Paid.Add(paid), t.Owed.Add(owed)
}

// CannotRead says why the invoices cannot be read and who can grant the right;
// empty where they can.
func (l *InvoiceList) CannotRead() string {
	if l.Reading.State() != ReadNoAccess {
		return ""
	}
	role := ""
	if l.Account.RoleName != "" {
		role = " Your role is " + l.Account.RoleName + "."
	}
	return "Invoices can only be read with a billing role." + role + " An Administrator With Billing can grant it."
}

// Overdue reports whether something is owed after the day it was due on.
func (in *Invoice) Overdue(now time.Time) bool {
	owed, err := ParseAmount(in.Remaining)
	return err == nil && owed.Sign() > 0 && !in.DueDate.IsZero() && now.UTC().After(in.DueDate.AddDate(0, 0, 1))
}
