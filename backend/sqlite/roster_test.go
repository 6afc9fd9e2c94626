package sqlite

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func administratorID(n int) domain.AdministratorID {
	return domain.AdministratorID(fmt.Sprintf("%024x", 0x5a000000_00000000+n))
}

func person(n int) domain.Administrator {
	registered, total := n%2 == 0, n
	return domain.Administrator{
		ID: administratorID(n), Email: fmt.Sprintf("p%02d@acme.example", n), FirstName: "Kim", LastName: "Lee", RoleName: "Help Desk",
		MultiFactor: n%2 == 0, Suspended: n%3 == 0, Registered: &registered, APIKeyAllowed: true, APIKeySet: true,
		KeyPrefix: "jca_x", KeyCreatedAt: start, KeyExpiresAt: start.Add(time.Hour), Organizations: &total,
	}
}

func TestAdministratorsAreReplacedAndCompared(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 3)
	one, two, three := person(1), person(2), person(3)
	one.Registered, one.Organizations, one.KeyExpiresAt = nil, nil, time.Time{}

	empty, err := db.ProviderRoster(ctx, acme.ID)
	must(t, err)
	if empty.Reading.State() != domain.ReadNever || len(empty.Organizations) != 3 || empty.Administrators == nil {
		t.Errorf("before any reading: %+v", empty)
	}
	change, err := db.SaveAdministrators(ctx, acme.ID, []domain.Administrator{two, one}, start)
	must(t, err)
	if !change.First || len(change.Added)+len(change.Removed) != 0 {
		t.Errorf("the first list changed %+v", change)
	}
	roster, err := db.ProviderRoster(ctx, acme.ID)
	must(t, err)
	if want := []domain.Administrator{one, two}; !reflect.DeepEqual(roster.Administrators, want) || !roster.Reading.FetchedAt.Equal(start) {
		t.Errorf("kept\n%+v\nwant\n%+v, read at %v", roster.Administrators, want, roster.Reading)
	}
	_, err = db.SaveAdministratorLinks(ctx, acme.ID, two.ID, []domain.AccessLink{{Administrator: two.ID, Organization: orgID(0)}}, start)
	must(t, err)
	change, err = db.SaveAdministrators(ctx, acme.ID, []domain.Administrator{one, three}, start.Add(time.Hour))
	must(t, err)
	if change.First || len(change.Added) != 1 || change.Added[0].ID != three.ID || len(change.Removed) != 1 || change.Removed[0].ID != two.ID {
		t.Errorf("the change is %+v", change)
	}
	roster, err = db.ProviderRoster(ctx, acme.ID)
	must(t, err)
	if len(roster.Access) != 0 {
		t.Errorf("the access of one who is gone stayed: %+v", roster.Access)
	}
}

func TestARefusalForgetsNothing(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	must(t, db.DenyList(ctx, acme.ID, domain.ListInvoices, "", start))
	list, reading, err := db.Invoices(ctx, acme.ID)
	must(t, err)
	if reading.State() != domain.ReadNoAccess || !reading.FetchedAt.IsZero() || list == nil {
		t.Errorf("refused from the start: %+v, %v", reading, list)
	}
	want := []domain.Invoice{
		{ID: "101", Currency: "USD", DueDate: start.Truncate(24 * time.Hour).Add(48 * time.Hour), Billed: "1.0", Paid: "0.5", Remaining: "0.5", Status: "Open"},
		{ID: "9", Currency: "EUR", Billed: "x"},
	}
	must(t, db.SaveInvoices(ctx, acme.ID, []domain.Invoice{want[1], want[0]}, start.Add(time.Minute)))
	must(t, db.DenyList(ctx, acme.ID, domain.ListInvoices, "", start.Add(time.Hour)))
	list, reading, err = db.Invoices(ctx, acme.ID)
	must(t, err)
	if reading.State() != domain.ReadNoAccess || !reading.FetchedAt.Equal(start.Add(time.Minute)) || !reflect.DeepEqual(list, want) {
		t.Errorf("refused later: %+v\n%+v", reading, list)
	}
	must(t, db.SaveInvoices(ctx, acme.ID, want[:1], start.Add(2*time.Hour)))
	list, reading, err = db.Invoices(ctx, acme.ID)
	must(t, err)
	if reading.State() != domain.ReadKnown || len(list) != 1 {
		t.Errorf("read again: %+v, %d invoices", reading, len(list))
	}
}

// TestAccessIsOneWhicheverSideItIsReadFrom saves links from both sides and
// compares with a set kept beside.
func TestAccessIsOneWhicheverSideItIsReadFrom(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 4)
	link := func(a, o int) domain.AccessLink {
		return domain.AccessLink{Administrator: administratorID(a), Organization: orgID(o)}
	}
	change, err := db.SaveAdministratorLinks(ctx, acme.ID, administratorID(1), []domain.AccessLink{link(1, 0), link(1, 1)}, start)
	must(t, err)
	if !change.First || change.Added != nil {
		t.Errorf("the first reading changed %+v", change)
	}
	change, err = db.SaveOrganizationLinks(ctx, acme.ID, orgID(1), []domain.AccessLink{link(2, 1), link(3, 1)}, start)
	must(t, err)
	if !change.First || change.Removed != nil {
		t.Errorf("the first reading changed %+v", change)
	}
	change, err = db.SaveAdministratorLinks(ctx, acme.ID, administratorID(1), []domain.AccessLink{link(1, 0), link(1, 3)}, start.Add(time.Hour))
	must(t, err)
	if change.First || !slices.Equal(change.Added, []domain.AccessLink{link(1, 3)}) || change.Removed != nil {
		t.Errorf("the change is %+v", change)
	}
	change, err = db.SaveOrganizationLinks(ctx, acme.ID, orgID(1), []domain.AccessLink{link(3, 1)}, start.Add(time.Hour))
	must(t, err)
	if !slices.Equal(change.Removed, []domain.AccessLink{link(2, 1)}) {
		t.Errorf("the change is %+v", change)
	}
	roster, err := db.OrganizationRoster(ctx, acme.ID, orgID(1))
	must(t, err)
	if !slices.Equal(roster.Linked, []domain.AdministratorID{administratorID(3)}) || !roster.LinkedReading.FetchedAt.Equal(start.Add(time.Hour)) {
		t.Errorf("who may enter: %+v", roster)
	}
	whole, err := db.ProviderRoster(ctx, acme.ID)
	must(t, err)
	if got := whole.Access[administratorID(1)]; !slices.Equal(got.Organizations, []domain.OrgID{orgID(0), orgID(3)}) || got.Reading.FetchedAt.IsZero() {
		t.Errorf("what one may enter: %+v", got)
	}
	if got := whole.Access[administratorID(3)]; len(got.Organizations) != 1 || !got.Reading.FetchedAt.IsZero() {
		t.Errorf("what is known from the other side: %+v", got)
	}
}

func TestLocalAdministratorsStayApart(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 2)
	_, err := db.SaveAdministrators(ctx, acme.ID, []domain.Administrator{person(1)}, start)
	must(t, err)
	local := person(2)
	local.Local = true
	_, err = db.SaveLocalAdministrators(ctx, acme.ID, orgID(0), []domain.Administrator{local}, start)
	must(t, err)
	for org, want := range map[domain.OrgID]int{orgID(0): 1, orgID(1): 0} {
		roster, err := db.OrganizationRoster(ctx, acme.ID, org)
		must(t, err)
		if len(roster.Local) != want || len(roster.Provider) != 1 || len(roster.Linked) != 0 {
			t.Errorf("%s: %+v", org, roster)
		}
	}
}

// TestUsageMarksOnlyRise compares with the plain definition: the highest figure
// of the month in UTC, when it was first seen, and the first reading.
func TestUsageMarksOnlyRise(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 1) // users 0 at start
	local := time.FixedZone("far east", 9*3600)
	readings := []struct {
		at    time.Time
		users int
	}{
		{start.Add(time.Hour), 12}, {start.Add(2 * time.Hour), 12}, {start.Add(3 * time.Hour), 7}, {start.Add(-time.Hour), 9},
		// The last hour of March in UTC is April in the far east.
		{time.Date(2026, 4, 1, 8, 0, 0, 0, local), 30}, {time.Date(2026, 4, 1, 9, 0, 0, 0, local), 4},
	}
	for _, r := range readings {
		_, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{{ID: orgID(0), At: r.at, Figures: map[domain.FigureKind]domain.Figure{
			domain.FigureUsers: domain.KnownFigure(r.users, r.at), domain.FigureDevices: domain.KnownFigure(99, r.at),
		}}})
		must(t, err)
	}
	_, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{
		{ID: orgID(0), At: start, Figures: map[domain.FigureKind]domain.Figure{domain.FigureUsers: domain.NoAccessFigure(start)}},
		{ID: orgID(7), At: start, Figures: map[domain.FigureKind]domain.Figure{domain.FigureUsers: domain.KnownFigure(1, start)}},
	})
	must(t, err)
	usage, err := db.OrganizationUsage(ctx, acme.ID, orgID(0))
	must(t, err)
	april, march := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 31, 23, 0, 0, 0, time.UTC)
	want := []domain.UsageMark{
		{Month: "2026-04", Users: 4, At: april, FirstSeenAt: april},
		{Month: "2026-03", Users: 30, At: march, FirstSeenAt: start.Add(-time.Hour)},
	}
	if !reflect.DeepEqual(usage.Marks, want) {
		t.Errorf("the marks are\n%+v\nwant\n%+v", usage.Marks, want)
	}
	report, err := db.Usage(ctx, acme.ID, "2026-03")
	must(t, err)
	if len(report) != 1 || len(report[0].Marks) != 1 || report[0].Marks[0].Users != 30 || report[0].Organization.Details.Billing.BillingModel != "PRODUCT" {
		t.Errorf("the report is %+v", report)
	}
	if report, err = db.Usage(ctx, acme.ID, "2026-05"); err != nil || len(report) != 1 || len(report[0].Marks) != 0 {
		t.Errorf("a month without syncs: %+v, %v", report, err)
	}
	_, err = db.OrganizationUsage(ctx, acme.ID, orgID(7))
	wantCode(t, err, domain.CodeNotFound)
}

func TestHistoryFilters(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme, domain.Account{ID: "eu:other"})
	_, err := db.ApplyListing(ctx, acme.ID, []domain.Listed{{ID: orgID(0), Name: "Zahnärzte ÖSTERREICH"}}, start)
	must(t, err)
	add := func(account domain.AccountID, org domain.OrgID, kind domain.ActivityKind, source domain.ActivitySource, before, after string) {
		must(t, db.AppendActivity(ctx, domain.Activity{
			Account: account, Org: org, At: start, Kind: kind, Source: source, Actor: "kim@acme.example", Before: before, After: after, Result: "ok",
		}))
	}
	add(acme.ID, orgID(0), domain.ActivityOrgRenamed, domain.SourceSync, "Old", "New")
	add(acme.ID, "", domain.ActivityAdministratorAdded, domain.SourceOrgdeck, "", "sam@acme.example")
	add(acme.ID, orgID(9), domain.ActivityUsersChanged, domain.SourceSync, "1", "2")
	add("eu:other", orgID(0), domain.ActivityUsersChanged, domain.SourceSync, "1", "2")
	for name, c := range map[string]struct {
		filter domain.HistoryFilter
		want   []domain.ActivityKind
	}{
		"all":       {domain.HistoryFilter{}, []domain.ActivityKind{domain.ActivityUsersChanged, domain.ActivityAdministratorAdded, domain.ActivityOrgRenamed}},
		"one org":   {domain.HistoryFilter{ActivityFilter: domain.ActivityFilter{Org: orgID(0)}}, []domain.ActivityKind{domain.ActivityOrgRenamed}},
		"source":    {domain.HistoryFilter{Source: domain.SourceOrgdeck}, []domain.ActivityKind{domain.ActivityAdministratorAdded}},
		"kinds":     {domain.HistoryFilter{Kinds: []domain.ActivityKind{domain.ActivityOrgRenamed, domain.ActivityUsersChanged}}, []domain.ActivityKind{domain.ActivityUsersChanged, domain.ActivityOrgRenamed}},
		"name":      {domain.HistoryFilter{Text: "österreich"}, []domain.ActivityKind{domain.ActivityOrgRenamed}},
		"value":     {domain.HistoryFilter{Text: "SAM@"}, []domain.ActivityKind{domain.ActivityAdministratorAdded}},
		"actor":     {domain.HistoryFilter{Text: "kim@acme"}, []domain.ActivityKind{domain.ActivityAdministratorAdded}},
		"wildcards": {domain.HistoryFilter{Text: "%"}, nil},
		"limit":     {domain.HistoryFilter{ActivityFilter: domain.ActivityFilter{Limit: 1}}, []domain.ActivityKind{domain.ActivityUsersChanged}},
	} {
		lines, err := db.History(ctx, acme.ID, c.filter)
		must(t, err)
		var got []domain.ActivityKind
		for _, line := range lines {
			got = append(got, line.Kind)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	lines, err := db.History(ctx, acme.ID, domain.HistoryFilter{})
	must(t, err)
	for _, line := range lines {
		if (line.Actor != "") != (line.Source == domain.SourceOrgdeck) {
			t.Errorf("%s of %s is told to be done by %q", line.Kind, line.Source, line.Actor)
		}
	}
	older, err := db.History(ctx, acme.ID, domain.HistoryFilter{ActivityFilter: domain.ActivityFilter{Before: lines[1].ID}})
	must(t, err)
	if len(older) != 1 || older[0].OrgName != "Zahnärzte ÖSTERREICH" || lines[0].OrgName != "" {
		t.Errorf("paged back: %+v", older)
	}
}

func TestOldNumbersOfUsersAreForgotten(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme, domain.Account{ID: "eu:other"})
	line := func(account domain.AccountID, kind domain.ActivityKind, at time.Time) domain.Activity {
		return domain.Activity{Account: account, At: at, Kind: kind, Source: domain.SourceSync, Result: "ok"}
	}
	old := start.Add(-keptUsers - time.Second)
	must(t, db.AppendActivity(ctx, line(acme.ID, domain.ActivityUsersChanged, old), line(acme.ID, domain.ActivityOrgRenamed, old),
		line(acme.ID, domain.ActivityUsersChanged, start.Add(-keptUsers)), line("eu:other", domain.ActivityUsersChanged, old)))
	_, err := db.StartRun(ctx, domain.SyncRun{Account: acme.ID, StartedAt: start, FinishedAt: start, State: domain.SyncDone, Phase: domain.PhaseFinished})
	must(t, err)
	for account, want := range map[domain.AccountID]int{acme.ID: 2, "eu:other": 1} {
		lines, err := db.History(ctx, account, domain.HistoryFilter{})
		must(t, err)
		if len(lines) != want {
			t.Errorf("%s: %d lines are left, want %d", account, len(lines), want)
		}
	}
}
