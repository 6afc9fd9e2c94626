package program_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// demo starts the demo and gives the account and its first organization.
func demo(t *testing.T) (p *page, id, org string) {
	t.Helper()
	p = start(t, func(o *program.Options) { o.Demo = true })
	id = p.synced(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	return p, id, list.Rows[0].ID
}

func TestAdministratorsOverTheBoundCalls(t *testing.T) {
	p, id, org := demo(t)
	if cached, err := p.people.ReadAdministrators(id, org); err != nil || cached.AccessReading.State != "never" || cached.Access == nil || cached.Local == nil || cached.Others == nil {
		t.Errorf("before anything was asked: %+v, %v", cached, err)
	}
	roster, err := p.people.RefreshAdministrators(id, org)
	if err != nil || roster.AccountID != id || roster.OrganizationID != org || roster.AccessReading.State != "known" || roster.CannotManage != "" {
		t.Fatalf("%+v, %v", roster, err)
	}
	self, free := 0, bind.Administrator{}
	for _, one := range roster.Access {
		if one.Self {
			self++
			if !strings.Contains(one.Protected, "This is you") {
				t.Errorf("you are not protected: %+v", one)
			}
		} else if one.Protected == "" {
			free = one
		}
	}
	if self != 1 || free.ID == "" {
		t.Fatalf("%d of %d are you, and nobody is free: %+v", self, len(roster.Access), free)
	}
	outcome, err := p.people.TakeAccess(id, org, free.ID)
	if err != nil || outcome.State != "applied" || outcome.AccountID != id || outcome.OrganizationID != org || !strings.Contains(outcome.Message, free.Email) {
		t.Fatalf("%+v, %v", outcome, err)
	}
	after, err := p.people.ReadAdministrators(id, org)
	if err != nil || len(after.Access) != len(roster.Access)-1 || len(after.Others) != len(roster.Others)+1 {
		t.Errorf("%d with access and %d without, %v", len(after.Access), len(after.Others), err)
	}
	page, err := p.people.RefreshAdministratorsPage(id)
	if err != nil || len(page.Roles) != 8 || len(page.OrganizationIDs) != 8 {
		t.Fatalf("%+v, %v", page, err)
	}
	warned := map[string]int{}
	for _, row := range page.Administrators {
		if row.All && len(row.Indexes) > 0 || row.Administrator.ID == free.ID && row.All {
			t.Errorf("the row %+v contradicts itself", row)
		}
		for _, warning := range row.Administrator.Warnings {
			warned[warning]++
		}
	}
	if warned["no_mfa"] == 0 || warned["key_expiring"] == 0 || warned["suspended_linked"] == 0 {
		t.Errorf("the warnings are %v", warned)
	}
	lines, err := p.history.Activities(id, org, bind.ActivityQuery{Text: free.Email})
	if err != nil || len(lines.Lines) != 1 || lines.Lines[0].Kind != "access_taken" || lines.Lines[0].Before != free.Email || lines.Lines[0].OrganizationName == "" {
		t.Errorf("the history is %+v, %v", lines, err)
	}
}

func TestUsageAndInvoicesOverTheBoundCalls(t *testing.T) {
	p, id, org := demo(t)
	usage, err := p.billing.UsagePage(id)
	if err != nil || usage.AccountID != id || len(usage.Rows) != 8 || usage.Totals.Users == 0 || usage.Totals.HighWaterMark < usage.Totals.Users || usage.Totals.MarksUnknown != 0 {
		t.Errorf("%+v, %v", usage.Totals, err)
	}
	one, err := p.billing.OrganizationUsage(id, org)
	if err != nil || one.Row.OrganizationID != org || one.Row.HighWaterMark == nil || one.Row.MarkSince == 0 || len(one.Marks) == 0 || one.Marks[0].Month != one.Month {
		t.Errorf("%+v, %v", one, err)
	}
	invoices, err := p.billing.RefreshInvoices(id)
	if err != nil || invoices.Reading.State != "known" || len(invoices.Invoices) == 0 || len(invoices.Totals) != 1 {
		t.Fatalf("%+v, %v", invoices.Reading, err)
	}
	number := invoices.Invoices[0].ID
	if saved, err := p.billing.SaveInvoice(id, number); err != nil || saved.Path != "" {
		t.Errorf("without a place: %+v, %v", saved, err)
	}
	p.desktop.folder = t.TempDir()
	saved, err := p.billing.SaveInvoice(id, number)
	if err != nil || saved.Path != filepath.Join(p.desktop.folder, "invoice-"+number+".pdf") {
		t.Fatalf("%+v, %v", saved, err)
	}
	content, err := os.ReadFile(saved.Path)
	if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("%d bytes, %v", len(content), err)
	}
	if info, err := os.Stat(saved.Path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file's rights are %v, %v", info.Mode(), err)
	}
	if err := p.billing.OpenSaved(id, saved.Path); err != nil || len(p.desktop.opened) != 1 || p.desktop.opened[0] != saved.Path {
		t.Errorf("opened %v, %v", p.desktop.opened, err)
	}
	exported, err := p.billing.ExportUsage(id)
	if err != nil || exported.Rows != 8 {
		t.Fatalf("%+v, %v", exported, err)
	}
	if rows := table(t, exported.Path); len(rows) != 9 {
		t.Errorf("%d lines", len(rows))
	}
	listed, err := p.billing.Invoices(id)
	if err != nil {
		t.Fatal(err)
	}
	bills, err := p.billing.ExportInvoices(id)
	if err != nil || bills.Rows != len(listed.Invoices) {
		t.Fatalf("%+v, %v", bills, err)
	}
	if rows := table(t, bills.Path); len(rows) != len(listed.Invoices)+1 || rows[1][0] != listed.Invoices[0].ID {
		t.Errorf("%d lines, the first is %v", len(rows), rows[1])
	}
}

func TestOnlySavedFilesAreOpened(t *testing.T) {
	p, id, _ := demo(t)
	p.desktop.folder = t.TempDir()
	saved, err := p.billing.ExportUsage(id)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(p.desktop.folder, "other.sh")
	if err := os.WriteFile(other, []byte("#!/bin/sh"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", other, "/etc/passwd", saved.Path + "/", "file://" + saved.Path} {
		if err := p.billing.OpenSaved(id, path); domain.CodeOf(err) != domain.CodeLinkRefused {
			t.Errorf("%q: %v", path, err)
		}
	}
	if err := os.Remove(saved.Path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, saved.Path); err != nil {
		t.Fatal(err)
	}
	if err := p.billing.OpenSaved(id, saved.Path); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("a link in its place: %v", err)
	}
	if len(p.desktop.opened) != 0 {
		t.Errorf("opened %v", p.desktop.opened)
	}
}

func TestPlacesThatCannotBeWritten(t *testing.T) {
	p, id, _ := demo(t)
	p.desktop.folder, p.desktop.rename = t.TempDir(), "report"
	kept := filepath.Join(p.desktop.folder, "report.csv")
	saved, err := p.billing.ExportUsage(id)
	if err != nil || saved.Path != kept {
		t.Fatalf("a name without an extension: %+v, %v", saved, err)
	}
	// The dialog asked about "report", not about "report.csv".
	if _, err := p.billing.ExportUsage(id); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("over a file that nobody was asked about: %v", err)
	}
	p.desktop.rename = "report.csv"
	if _, err := p.billing.ExportUsage(id); err != nil {
		t.Errorf("over a file that the person was asked about: %v", err)
	}
	p.desktop.rename = filepath.Join("missing", "report.csv")
	if _, err := p.billing.ExportUsage(id); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("into a folder that is not there: %v", err)
	}
	p.desktop.broken = errors.New("no dialog")
	if _, err := p.billing.ExportUsage(id); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("without a dialog: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(p.desktop.folder, ".orgdeck-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestHistoryIsPagedAndExported(t *testing.T) {
	p, id, org := demo(t)
	for range 5 {
		if _, err := p.organizations.Launch(id, org); err != nil {
			t.Fatal(err)
		}
	}
	query, seen := bind.ActivityQuery{Limit: 2, Kinds: []string{"launch"}}, 0
	for pages := 1; ; pages++ {
		page, err := p.history.Activities(id, "", query)
		if err != nil || pages > 3 {
			t.Fatalf("page %d: %v", pages, err)
		}
		seen += len(page.Lines)
		if query.BeforeID = page.NextBeforeID; query.BeforeID == 0 {
			break
		}
	}
	if seen != 5 {
		t.Errorf("%d lines were paged", seen)
	}
	p.desktop.folder = t.TempDir()
	exported, err := p.history.ExportActivities(id, org, bind.ActivityQuery{Kinds: []string{"launch"}, Limit: 1, BeforeID: 1})
	if err != nil || exported.Rows != 5 {
		t.Fatalf("%+v, %v", exported, err)
	}
	if rows := table(t, exported.Path); len(rows) != 6 || rows[1][3] != "launch" {
		t.Errorf("the table is %q", rows)
	}
	if _, err := p.history.Activities(id, "x", bind.ActivityQuery{}); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("no organization's id: %v", err)
	}
	if _, err := p.history.Activities("us:other", "", bind.ActivityQuery{}); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("another account: %v", err)
	}
}

func table(t *testing.T, path string) [][]string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestASyncNoticesAnAdministrator: somebody added one in the portal, and nobody
// opened the page of administrators.
func TestASyncNoticesAnAdministrator(t *testing.T) {
	running, err := simulator.Start("127.0.0.1:0", simulator.Options{Orgs: 4, Seed: 7, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	p := start(t, func(o *program.Options) { o.APIURL = running.URL })
	id, err := p.session.SignIn("us", running.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	p.synced(t)
	email := "petra@elsewhere.example"
	if _, err := running.AddAdministrator(simulator.AdministratorPatch{Email: &email}); err != nil {
		t.Fatal(err)
	}
	if err := p.sync.Start(id); err != nil {
		t.Fatal(err)
	}
	var lines bind.ActivityPage
	p.until(t, "a line in the history", func() bool {
		lines, err = p.history.Activities(id, "", bind.ActivityQuery{Text: email})
		return err == nil && len(lines.Lines) > 0
	})
	if line := lines.Lines[0]; len(lines.Lines) != 1 || line.Kind != "administrator_added" || line.Source != "sync" || line.Actor != "" {
		t.Errorf("the history is %+v", lines)
	}
	p.ended(t, id)
}
