package simulator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// invoice is one month's bill of the provider; amounts are in cents.
type invoice struct {
	number       int
	month        time.Time
	due          time.Time
	billed, paid int
	status       string
}

// firstInvoice is the first month the vendor's API has invoices of.
func firstInvoice() time.Time { return time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC) }

// invoices gives all of them, oldest first: one for each month that has ended.
func (s *Server) invoices(now time.Time) []invoice {
	var out []invoice
	now = now.UTC()
	for month := firstInvoice(); !month.AddDate(0, 1, 0).After(now); month = month.AddDate(0, 1, 0) {
		out = append(out, s.inventInvoice(len(out), month, now))
	}
	return out
}

func (s *Server) inventInvoice(i int, month, now time.Time) invoice {
	d := roll(s.hash(forInvoice), uint64(i)) //nolint:gosec // not negative
	// About ninety users an organization; the business grew to its present size.
	grown := 0.35 + 0.65*min(1, float64(i)/58)
	users := float64(s.opts.Orgs) * 92 * grown * (0.97 + 0.06*d.unit())
	v := invoice{number: 230_100 + i*37 + d.below(30), month: month, due: month.AddDate(0, 1, 14), billed: int(users) * 1395}
	age := int(now.Sub(v.due).Hours() / 24)
	switch {
	case v.billed == 0:
		v.status = "Paid"
	case age < 0 && d.chance(30):
		v.paid, v.status = v.billed/4, "Partially Paid"
	case age < 0:
		v.status = "Open"
	case age < 60 && d.chance(35):
		v.status = "Past Due"
	case i == 20 || d.chance(3): // one at least
		v.billed, v.status = 0, "Void"
	default:
		v.paid, v.status = v.billed, "Paid"
	}
	return v
}

func (v invoice) id() string { return strconv.Itoa(v.number) }

// dollars writes cents as the API writes amounts.
func dollars(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

func (v invoice) record() map[string]any {
	return map[string]any{
		"id": v.id(), "dueDate": v.due.Format(time.DateOnly), "currency": "USD", "status": v.status,
		"amountBilled": dollars(v.billed), "amountPaid": dollars(v.paid), "amountRemaining": dollars(v.billed - v.paid),
	}
}

func listInvoices(c *call) (answer, *failure) {
	names := []string{"id", "amountBilled", "amountPaid", "amountRemaining", "currency", "dueDate", "status"}
	q, bad := parseQuery(c.query, v2, names)
	if bad != nil {
		return answer{}, bad
	}
	q.fields = nil // this list has no such parameter
	var rows []map[string]any
	for _, v := range c.s.invoices(c.now) {
		rows = append(rows, v.record())
	}
	page, total := byFields(names, nil).page(q, sliceSource(rows))
	return ok(map[string]any{"records": page, "totalCount": total})
}

func getInvoice(c *call) (answer, *failure) {
	for _, v := range c.s.invoices(c.now) {
		if v.id() != c.params["invoice_id"] {
			continue
		}
		return answer{
			status: http.StatusOK, contentType: "application/pdf", body: v.pdf(c.s.company(), c.s.provider),
			header: map[string]string{"Content-Disposition": `attachment; filename="invoice-` + v.id() + `.pdf"`},
		}, nil
	}
	return answer{}, notFound("invoice")
}

// pdf draws the invoice as a one-page document.
func (v invoice) pdf(company, provider string) []byte {
	users := v.billed / 1395
	lines := []pdfLine{
		{72, 760, 22, "Invoice " + v.id()},
		{72, 734, 10, "Simulated document. Nothing is owed."},
		{72, 700, 11, "Billed to: " + company + ", provider " + provider},
		{72, 684, 11, "Period: " + v.month.Format("January 2006")},
		{72, 668, 11, "Due: " + v.due.Format("2 January 2006")},
		{72, 628, 11, "Platform, per user and month"},
		{330, 628, 11, strconv.Itoa(users) + " users"},
		{430, 628, 11, "USD " + dollars(1395)},
		{72, 596, 12, "Billed"}, {430, 596, 12, "USD " + dollars(v.billed)},
		{72, 578, 12, "Paid"}, {430, 578, 12, "USD " + dollars(v.paid)},
		{72, 560, 12, "Owed"}, {430, 560, 12, "USD " + dollars(v.billed-v.paid)},
		{72, 520, 12, "Status: " + v.status},
	}
	return pdfDocument("Invoice "+v.id(), v.month.AddDate(0, 1, 0), lines)
}

// pdfLine is a text at a place, in points from the lower left.
type pdfLine struct {
	x, y, size int
	text       string
}

// pdfDocument writes a one-page A4 document by hand: seven objects, their
// offsets and the trailer.
func pdfDocument(title string, made time.Time, lines []pdfLine) []byte {
	var content strings.Builder
	content.WriteString("0.12 0.44 0.36 rg 0 822 595 20 re f 0 g\n")
	for _, l := range lines {
		fmt.Fprintf(&content, "BT /F1 %d Tf %d %d Td (%s) Tj ET\n", l.size, l.x, l.y, pdfText(l.text))
	}
	content.WriteString("0.8 G 72 614 m 523 614 l S\n")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", content.Len(), content.String()),
		fmt.Sprintf("<< /Title (%s) /CreationDate (D:%s) >>", pdfText(title), made.Format("20060102150405Z")),
	}
	var out strings.Builder
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, body := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return []byte(out.String())
}

func pdfText(text string) string {
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(text)
}
