// Package export writes usage, invoices and history as tables that are safe to open in a
// spreadsheet.
package export

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	safe "github.com/orgdeck/orgdeck/backend/editor/csv"
)

// Usage writes a report as CSV: a line an organization, and none for the totals,
// which a spreadsheet makes itself. What is not known is empty, never 0.
func Usage(report *domain.UsageReport) (string, error) {
	rows := make([][]string, 0, len(report.Organizations)+1)
	rows = append(rows, []string{
		"organizationId", "organization", "users", "usersReadAt", "maxSystemUsers", "month", "highestUsers", "highestUsersSince",
		"billingModel", "products", "estimate", "detailsReadAt",
	})
	for i := range report.Organizations {
		rows = append(rows, usageRow(&report.Organizations[i], report.Month))
	}
	return table(rows)
}

func usageRow(u *domain.OrganizationUsage, month string) []string {
	o := &u.Organization
	users, mark, since := "", "", ""
	if o.Users.State == domain.FigureKnown {
		users = strconv.Itoa(o.Users.Value)
	}
	for _, m := range u.Marks {
		if m.Month == month {
			mark, since = strconv.Itoa(m.Users), moment(m.FirstSeenAt)
		}
	}
	products := make([]string, len(o.Details.Billing.Products))
	for i, product := range o.Details.Billing.Products {
		products[i] = product.Name
	}
	return []string{
		string(o.ID), o.Name, users, moment(o.Users.FetchedAt), number(o.MaxSystemUsers), month, mark, since,
		o.Details.Billing.BillingModel, strings.Join(products, "; "), number(o.Details.Billing.Estimate), moment(o.DetailsAt),
	}
}

// History writes lines of the history as CSV, in their order. A logo is in words.
func History(lines []domain.HistoryLine) (string, error) {
	rows := make([][]string, 0, len(lines)+1)
	rows = append(rows, []string{"at", "organizationId", "organization", "kind", "source", "actor", "before", "after", "result"})
	for i := range lines {
		l := &lines[i]
		before, after := l.Before, l.After
		if l.Kind == domain.ActivityLogo {
			before, after = domain.LogoText(before), domain.LogoText(after)
		}
		rows = append(rows, []string{
			moment(l.At), string(l.Org), l.OrgName, string(l.Kind), string(l.Source), l.Actor, before, after, l.Result,
		})
	}
	return table(rows)
}

// table writes rows in UTF-8 with a byte order mark, which spreadsheets need to
// read it rightly. Cells that a spreadsheet would compute begin with an
// apostrophe.
func table(rows [][]string) (string, error) {
	var text strings.Builder
	text.WriteString("\ufeff")
	writer := csv.NewWriter(&text)
	writer.UseCRLF = true
	for i, row := range rows {
		for j := range row {
			row[j] = safe.Safe(row[j])
		}
		if err := writer.Write(row); err != nil {
			return "", fmt.Errorf("write line %d: %w", i+1, err)
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return "", fmt.Errorf("write the table: %w", err)
	}
	return text.String(), nil
}

// moment is a time as every spreadsheet reads it: UTC, in whole seconds; empty
// for never.
func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02 15:04:05")
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
