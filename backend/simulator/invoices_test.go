package simulator

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"testing"
)

func TestInvoices(t *testing.T) {
	c := newClock()
	s := New(Options{Orgs: 248, Now: c.now})
	var l struct {
		Records    []map[string]string `json:"records"`
		TotalCount int                 `json:"totalCount"`
	}
	get(t, s, s.providerPath("/invoices?limit=100&sort=-dueDate")).decode(t, &l)
	months := (2026-2022)*12 + 5 // January 2022 to May 2026
	if l.TotalCount != months || len(l.Records) != months {
		t.Fatalf("%d of %d invoices, want %d", len(l.Records), l.TotalCount, months)
	}
	status := map[string]int{}
	ids := map[string]bool{}
	for i, v := range l.Records {
		status[v["status"]]++
		ids[v["id"]] = true
		if v["currency"] != "USD" || cents(t, v["amountBilled"]) != cents(t, v["amountPaid"])+cents(t, v["amountRemaining"]) {
			t.Errorf("invoice %v does not add up", v)
		}
		if i > 0 && v["dueDate"] > l.Records[i-1]["dueDate"] {
			t.Errorf("invoice %d is out of order", i)
		}
	}
	if len(ids) != months || status["Paid"] < months/2 || len(status) < 2 {
		t.Errorf("%d ids, states %v", len(ids), status)
	}
	c.at = c.at.AddDate(0, 1, 0)
	get(t, s, s.providerPath("/invoices")).decode(t, &l)
	if l.TotalCount != months+1 {
		t.Errorf("%d invoices a month later", l.TotalCount)
	}
}

func cents(t *testing.T, amount string) int {
	t.Helper()
	if !regexp.MustCompile(`^\d+\.\d\d$`).MatchString(amount) {
		t.Fatalf("amount %q", amount)
	}
	n, err := strconv.Atoi(amount[:len(amount)-3] + amount[len(amount)-2:])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestInvoiceDocuments(t *testing.T) {
	s := New(Options{Orgs: 20})
	for _, v := range s.invoices(s.opts.Now())[:5] {
		r := get(t, s, s.providerPath("/invoices/"+v.id()))
		if r.status != http.StatusOK || r.header.Get("Content-Type") != "application/pdf" {
			t.Fatalf("%d %s", r.status, r.header.Get("Content-Type"))
		}
		checkPDF(t, r.body)
		if !bytes.Contains(r.body, []byte("Invoice "+v.id())) {
			t.Error("the document does not name the invoice")
		}
	}
	wantStatus(t, get(t, s, s.providerPath("/invoices/1")), http.StatusNotFound)
}

// checkPDF follows startxref to the table and every entry to its object.
func checkPDF(t *testing.T, doc []byte) {
	t.Helper()
	if !bytes.HasPrefix(doc, []byte("%PDF-1.4\n")) || !bytes.HasSuffix(doc, []byte("%%EOF\n")) {
		t.Fatal("no PDF head or end")
	}
	start := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(doc)
	if start == nil {
		t.Fatal("no startxref")
	}
	at, _ := strconv.Atoi(string(start[1]))
	table := doc[at:]
	var first, size int
	if _, err := fmt.Sscanf(string(table), "xref\n%d %d\n", &first, &size); err != nil || first != 0 {
		t.Fatalf("xref table: %v", err)
	}
	entries := regexp.MustCompile(`(\d{10}) (\d{5}) ([nf]) \n`).FindAllSubmatch(table, -1)
	if len(entries) != size {
		t.Fatalf("%d entries, %d promised", len(entries), size)
	}
	for i, e := range entries[1:] {
		offset, _ := strconv.Atoi(string(e[1]))
		if head := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(doc[offset:], []byte(head)) {
			t.Errorf("object %d is not at %d", i+1, offset)
		}
	}
	m := regexp.MustCompile(`(?s)/Length (\d+) >>\nstream\n(.*?)endstream`).FindSubmatch(doc)
	if length, _ := strconv.Atoi(string(m[1])); length != len(m[2]) {
		t.Errorf("the stream has %d bytes, not %d", len(m[2]), length)
	}
}

func TestDollars(t *testing.T) {
	for cents, want := range map[int]string{0: "0.00", 5: "0.05", 1395: "13.95", 123456: "1234.56"} {
		if got := dollars(cents); got != want {
			t.Errorf("%d cents are %q", cents, got)
		}
	}
}
