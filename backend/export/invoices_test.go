package export_test

import (
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/export"
)

func TestInvoices(t *testing.T) {
	list := domain.InvoiceList{Invoices: []domain.Invoice{
		{
			ID: "INV-1", Currency: "USD", DueDate: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
			Billed: "200.0", Paid: "50", Remaining: "150.00", Status: "Partially Paid",
		},
		{ID: "INV-2", Billed: "n/a"},
	}}
	for _, text := range hostile {
		list.Invoices = append(list.Invoices, domain.Invoice{ID: text, Currency: text, Billed: text, Paid: text, Remaining: text, Status: text})
	}
	text, err := export.Invoices(&list)
	if err != nil {
		t.Fatal(err)
	}
	rows := read(t, text)
	if len(rows) != len(list.Invoices)+1 {
		t.Fatalf("%d lines", len(rows))
	}
	for i, want := range []string{
		"invoiceId,dueDate,currency,billed,paid,owed,status",
		"INV-1,2026-12-01,USD,200.00,50.00,150.00,Partially Paid",
		"INV-2,,,n/a,,,",
		"'=cmd|' /C calc'!A0,,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0",
	} {
		if got := strings.Join(rows[i], ","); got != want {
			t.Errorf("line %d is\n%s\nwant\n%s", i+1, got, want)
		}
	}
}
