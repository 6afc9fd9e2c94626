package domain_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestAmounts(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0.00", "200.0": "200.00", "-3": "-3.00", "0.005": "0.005", "-0.01": "-0.01", "007.10": "7.10",
		"123456789012345678901.99": "123456789012345678901.99",
	} {
		if got, err := domain.ParseAmount(text); err != nil || got.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-", ".5", "5.", "1,000.00", "1e3", "0x1", " 1", "1 ", "+1", "--1", "1.2.3", "NaN", "٣", "9999999999999999999999999999999"} {
		if got, err := domain.ParseAmount(text); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q is read as %s, %v", text, got, err)
		}
	}
	if zero := (domain.Amount{}); zero.String() != "0.00" || zero.Sign() != 0 {
		t.Errorf("nothing is %s", zero)
	}
}

// TestSumsAreExact compares with rational numbers: where floating point would
// be off by cents, this is not off at all.
func TestSumsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var sum domain.Amount
	want := new(big.Rat)
	for range 5000 {
		text := fmt.Sprintf("%d.%0*d", random.IntN(1_000_000_000), 1+random.IntN(3), random.IntN(10))
		if random.IntN(4) == 0 {
			text = "-" + text
		}
		amount, err := domain.ParseAmount(text)
		if err != nil {
			t.Fatal(err)
		}
		sum = sum.Add(amount)
		one, _ := new(big.Rat).SetString(text)
		want.Add(want, one)
	}
	if got, _ := new(big.Rat).SetString(sum.String()); got.Cmp(want) != 0 {
		t.Errorf("the sum is %s, want %s", sum, want.FloatString(4))
	}
}

func TestInvoiceTotalsAndDueDays(t *testing.T) {
	due := time.Date(2026, 11, 14, 0, 0, 0, 0, time.UTC)
	list := domain.InvoiceList{Invoices: []domain.Invoice{
		{ID: "1", Currency: "USD", Billed: "0.1", Paid: "0.1", Remaining: "0.0", DueDate: due},
		{ID: "2", Currency: "USD", Billed: "0.2", Paid: "0", Remaining: "0.2", DueDate: due},
		{ID: "3", Currency: "EUR", Billed: "5", Paid: "1", Remaining: "4"},
		{ID: "4", Currency: "USD", Billed: "many", Paid: "0", Remaining: "1"},
	}}
	totals := list.Totals()
	if len(totals) != 2 || totals[0].Billed.String() != "0.30" || totals[0].Owed.String() != "0.20" || totals[0].Invoices != 2 ||
		totals[0].Unreadable != 1 || totals[1].Currency != "EUR" || totals[1].Owed.String() != "4.00" {
		t.Errorf("the totals are %+v", totals)
	}
	for i, c := range []struct {
		at   time.Time
		want bool
	}{
		{due.Add(23 * time.Hour), false}, {due.Add(25 * time.Hour), true},
	} {
		if got := list.Invoices[1].Overdue(c.at); got != c.want {
			t.Errorf("case %d: overdue is %v", i, got)
		}
	}
	if late := due.AddDate(1, 0, 0); list.Invoices[0].Overdue(late) || list.Invoices[2].Overdue(late) || list.Invoices[3].Overdue(late) == list.Invoices[3].DueDate.IsZero() {
		t.Error("what is paid, or has no day, is overdue")
	}
}

func TestAdministratorWarnings(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	base := domain.Administrator{MultiFactor: true, APIKeySet: true, KeyExpiresAt: now.Add(90 * 24 * time.Hour)}
	for name, c := range map[string]struct {
		change        func(*domain.Administrator)
		organizations int
		want          string
	}{
		"none":                 {func(*domain.Administrator) {}, 3, "[]"},
		"no second factor":     {func(a *domain.Administrator) { a.MultiFactor = false }, 3, "[no_mfa]"},
		"30 days":              {func(a *domain.Administrator) { a.KeyExpiresAt = now.Add(30 * 24 * time.Hour) }, 3, "[key_expiring]"},
		"30 days and a second": {func(a *domain.Administrator) { a.KeyExpiresAt = now.Add(30*24*time.Hour + time.Second) }, 3, "[]"},
		"now":                  {func(a *domain.Administrator) { a.KeyExpiresAt = now }, 3, "[key_expired]"},
		"no key any more":      {func(a *domain.Administrator) { a.KeyExpiresAt, a.APIKeySet = now, false }, 3, "[]"},
		"never expires":        {func(a *domain.Administrator) { a.KeyExpiresAt = time.Time{} }, 3, "[]"},
		"suspended":            {func(a *domain.Administrator) { a.Suspended = true }, 1, "[suspended_linked]"},
		"suspended and out":    {func(a *domain.Administrator) { a.Suspended = true }, 0, "[]"},
	} {
		one := base
		c.change(&one)
		if got := fmt.Sprint(one.Warnings(now, c.organizations)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestUsageTotals(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	ten, cost := 10, 700
	usage := func(users int, most, estimate *int, marks ...domain.UsageMark) domain.OrganizationUsage {
		o := domain.Organization{Users: domain.KnownFigure(users, at), MaxSystemUsers: most}
		o.Details.Billing.Estimate = estimate
		return domain.OrganizationUsage{Organization: o, Marks: marks}
	}
	unknown := usage(99, &ten, nil)
	unknown.Organization.Users = domain.NoAccessFigure(at)
	report := domain.UsageReport{Month: "2026-11", Organizations: []domain.OrganizationUsage{
		usage(8, &ten, &cost, domain.UsageMark{Month: "2026-11", Users: 12}), usage(9, &ten, &cost, domain.UsageMark{Month: "2026-10", Users: 50}),
		usage(10, &ten, nil), usage(11, &ten, nil), usage(500, nil, nil), unknown,
	}}
	got := report.Totals()
	if got.Users != 538 || got.UsersUnknown != 1 || got.HighWaterMark != 12 || got.MarksUnknown != 5 || got.OverCap != 1 || got.NearCap != 2 ||
		got.Estimate == nil || *got.Estimate != 1400 || got.EstimatesUnknown != 4 || got.Organizations != 6 {
		t.Errorf("the totals are %+v", got)
	}
	if empty := (&domain.UsageReport{}).Totals(); empty.Estimate != nil || empty.Users != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}
