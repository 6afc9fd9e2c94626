package export_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/export"
)

// hostile are names that a spreadsheet would compute, or that break a table.
var hostile = []string{
	"=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", `"quoted", and more`, "two\nlines", "semi;colon", "",
	"Ünïcode 会社", "＝1", "＋1", "－1", "＠x",
}

func read(t *testing.T, text string) [][]string {
	t.Helper()
	body, marked := strings.CutPrefix(text, "\ufeff")
	if !marked {
		t.Error("there is no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
				t.Errorf("%q would be computed", cell)
			}
		}
	}
	return rows
}

func TestUsage(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 8, 7, 0, time.FixedZone("", 3600))
	most, estimate := 5, 1395
	report := domain.UsageReport{Month: "2026-11"}
	for _, name := range hostile {
		o := domain.Organization{ID: "624d9eae6849cf3b3f93dc56", Name: name, MaxSystemUsers: &most, Users: domain.KnownFigure(7, at), DetailsAt: at}
		o.Details.Billing = domain.Billing{Estimate: &estimate, BillingModel: "=PRODUCT", Products: []domain.Product{{Name: "A"}, {Name: "B"}}}
		report.Organizations = append(report.Organizations, domain.OrganizationUsage{
			Organization: o, Marks: []domain.UsageMark{{Month: "2026-11", Users: 9, At: at, FirstSeenAt: at}},
		})
	}
	report.Organizations = append(report.Organizations, domain.OrganizationUsage{Organization: domain.Organization{Name: "unknown"}})
	text, err := export.Usage(&report)
	if err != nil {
		t.Fatal(err)
	}
	rows := read(t, text)
	if len(rows) != len(hostile)+2 {
		t.Fatalf("%d lines", len(rows))
	}
	want := "624d9eae6849cf3b3f93dc56,'=cmd|' /C calc'!A0,7,2026-11-23 08:08:07,5,2026-11,9,2026-11-23 08:08:07,'=PRODUCT,A; B,1395,2026-11-23 08:08:07"
	if got := strings.Join(rows[1], ","); got != want {
		t.Errorf("the first line is\n%s\nwant\n%s", got, want)
	}
	if got := strings.Join(rows[len(rows)-1], ","); got != ",unknown,,,,2026-11,,,,,," {
		t.Errorf("what is unknown reads %s", got)
	}
}

func TestHistory(t *testing.T) {
	lines := []domain.HistoryLine{}
	for _, name := range hostile {
		lines = append(lines, domain.HistoryLine{OrgName: name, Activity: domain.Activity{
			At: time.Unix(1, 0), Kind: "organization_renamed", Source: domain.SourceSync, Actor: name, Before: name, After: name, Result: "ok",
		}})
	}
	text, err := export.History(lines)
	if err != nil {
		t.Fatal(err)
	}
	if rows := read(t, text); len(rows) != len(hostile)+1 || rows[1][0] != "1970-01-01 00:00:01" {
		t.Errorf("%d lines, %q", len(rows), rows[1])
	}
}

// TestALogoInTheHistory is told in words: the hash of a picture says nothing.
func TestALogoInTheHistory(t *testing.T) {
	text, err := export.History([]domain.HistoryLine{
		{Activity: domain.Activity{Kind: domain.ActivityLogo, Before: "", After: strings.Repeat("a", 64)}},
		{Activity: domain.Activity{Kind: domain.ActivityLogo, Before: domain.LogoUnreadable, After: ""}},
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := read(t, text)
	if rows[1][6] != "no logo" || rows[1][7] != "a logo" || rows[2][6] != "a logo that cannot be read" || rows[2][7] != "no logo" {
		t.Errorf("told is %q", rows[1:])
	}
}
