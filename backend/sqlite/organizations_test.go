package sqlite

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// pointer is the address of a value.
func pointer[T any](v T) *T { return &v }

func TestApplyListing(t *testing.T) {
	ctx := context.Background()
	later := start.Add(time.Hour)
	known := domain.Listed{ID: orgID(1), Name: "Acme Dental", MaxSystemUsers: pointer(10), LogoURL: pointer("https://a.example/1")}
	tests := []struct {
		name   string
		listed domain.Listed
		want   domain.ListingChange
		check  func(o domain.Organization) bool
	}{
		{
			"the same again", known, domain.ListingChange{},
			func(o domain.Organization) bool { return o.ListedAt.Equal(later) && *o.MaxSystemUsers == 10 },
		},
		{
			"another name", domain.Listed{ID: known.ID, Name: "", MaxSystemUsers: pointer(10), LogoURL: known.LogoURL},
			domain.ListingChange{Renamed: []domain.Renaming{{ID: known.ID, Before: "Acme Dental"}}, Changed: []domain.OrgID{known.ID}},
			func(o domain.Organization) bool { return o.Name == "" },
		},
		{
			"cap lifted", domain.Listed{ID: known.ID, Name: known.Name, LogoURL: known.LogoURL},
			domain.ListingChange{Changed: []domain.OrgID{known.ID}},
			func(o domain.Organization) bool { return o.MaxSystemUsers == nil && o.CapKnown },
		},
		{
			"cap not told", domain.Listed{ID: known.ID, Name: known.Name, LogoURL: known.LogoURL, CapUnknown: true},
			domain.ListingChange{}, func(o domain.Organization) bool { return *o.MaxSystemUsers == 10 && o.CapKnown },
		},
		{
			"logo not told", domain.Listed{ID: known.ID, Name: known.Name, MaxSystemUsers: pointer(10)},
			domain.ListingChange{}, func(o domain.Organization) bool { return o.LogoURL == *known.LogoURL && o.LogoHash != "" },
		},
		{
			"logo moved: the old one stays and another is due",
			domain.Listed{ID: known.ID, Name: known.Name, MaxSystemUsers: pointer(10), LogoURL: pointer("https://a.example/2")},
			domain.ListingChange{},
			func(o domain.Organization) bool {
				return o.LogoURL == "https://a.example/2" && o.LogoHash != "" && o.LogoSource == *known.LogoURL
			},
		},
		{
			"logo taken away", domain.Listed{ID: known.ID, Name: known.Name, MaxSystemUsers: pointer(10), LogoURL: pointer("")},
			domain.ListingChange{Changed: []domain.OrgID{known.ID}},
			func(o domain.Organization) bool { return o.LogoURL == "" && o.LogoHash == "" && o.LogoSource == "" },
		},
		{
			"one more whose cap is not told", domain.Listed{ID: orgID(2), Name: "Beta", CapUnknown: true},
			domain.ListingChange{Added: []domain.OrgID{orgID(2)}, Changed: []domain.OrgID{orgID(2)}},
			func(o domain.Organization) bool { return o.MaxSystemUsers == nil && !o.CapKnown },
		},
		{
			"one more", domain.Listed{ID: orgID(2), Name: "Zimmer & Söhne \u202e مرحبا 🦷 <b>"},
			domain.ListingChange{Added: []domain.OrgID{orgID(2)}, Changed: []domain.OrgID{orgID(2)}},
			func(o domain.Organization) bool {
				return o.Name == "Zimmer & Söhne \u202e مرحبا 🦷 <b>" && o.Users.State == domain.FigureUnknown &&
					reflect.DeepEqual(o.Details, domain.Details{})
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			db := openNew(t, acme)
			_, err := db.ApplyListing(ctx, acme.ID, []domain.Listed{known}, start)
			must(t, err)
			_, err = db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{
				{ID: known.ID, Logo: thumbnail("one"), LogoURL: *known.LogoURL, At: start},
			})
			must(t, err)
			got, err := db.ApplyListing(ctx, acme.ID, []domain.Listed{test.listed}, later)
			must(t, err)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("change is %+v, want %+v", got, test.want)
			}
			o, err := db.Organization(ctx, acme.ID, test.listed.ID)
			must(t, err)
			if !test.check(o) {
				t.Errorf("organization is %+v", o)
			}
		})
	}
}

func TestListingNamesOneTwice(t *testing.T) {
	db := openNew(t, acme)
	listed := []domain.Listed{{ID: orgID(1), Name: "Old"}, {ID: orgID(1), Name: "New"}}
	got, err := db.ApplyListing(context.Background(), acme.ID, listed, start)
	must(t, err)
	want := domain.ListingChange{
		Added: []domain.OrgID{orgID(1)}, Changed: []domain.OrgID{orgID(1)},
		Renamed: []domain.Renaming{{ID: orgID(1), Before: "Old", After: "New"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("change is %+v, want %+v", got, want)
	}
}

func TestGoneAndBack(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 3)
	gone, err := db.MarkGone(ctx, acme.ID, map[domain.OrgID]struct{}{orgID(0): {}}, start.Add(time.Hour))
	must(t, err)
	if want := []domain.OrgID{orgID(1), orgID(2)}; !slices.Equal(gone, want) {
		t.Errorf("gone are %v, want %v", gone, want)
	}
	again, err := db.MarkGone(ctx, acme.ID, map[domain.OrgID]struct{}{orgID(0): {}}, start.Add(2*time.Hour))
	must(t, err)
	if len(again) != 0 {
		t.Errorf("%v went twice", again)
	}
	all, err := db.Organizations(ctx, acme.ID)
	must(t, err)
	if len(all) != 3 || all[0].GoneAt != nil || !all[1].GoneAt.Equal(start.Add(time.Hour)) || all[2].Users.Value != 2 {
		t.Errorf("organizations are %+v", all)
	}
	change, err := db.ApplyListing(ctx, acme.ID, listedOrgs(2), start.Add(3*time.Hour))
	must(t, err)
	want := domain.ListingChange{Back: []domain.OrgID{orgID(1)}, Changed: []domain.OrgID{orgID(1)}}
	if !reflect.DeepEqual(change, want) {
		t.Errorf("change is %+v, want %+v", change, want)
	}
}

func TestReadingOrganizations(t *testing.T) {
	ctx := context.Background()
	other := acme
	other.ID = "eu:other"
	db := openNew(t, acme, other)
	fill(t, db, acme.ID, 4)
	fill(t, db, other.ID, 1)

	all, err := db.Organizations(ctx, acme.ID)
	must(t, err)
	if len(all) != 4 {
		t.Fatalf("%d organizations, want 4", len(all))
	}
	full, err := db.OrganizationsByID(ctx, acme.ID, []domain.OrgID{orgID(3), "unknown", orgID(1), orgID(3)})
	must(t, err)
	if len(full) != 2 || full[0].ID != orgID(3) || full[1].ID != orgID(1) {
		t.Fatalf("by id: %+v, want the fourth and the second, once each", full)
	}
	if full[0].Details.Billing.Estimate == nil || *full[0].Details.Billing.Estimate != 300 {
		t.Errorf("billing by id is %+v", full[0].Details.Billing)
	}
	full[0].Details.Billing = domain.Billing{}
	if !reflect.DeepEqual(full[0], all[3]) {
		t.Errorf("by id\n%+v\nin the list\n%+v", full[0], all[3])
	}
	_, err = db.Organization(ctx, other.ID, orgID(2))
	wantCode(t, err, domain.CodeNotFound)
	none, err := db.Organizations(ctx, "us:nobody")
	must(t, err)
	if none == nil || len(none) != 0 {
		t.Errorf("organizations of nobody: %v, want an empty list", none)
	}
}

func TestUnknownAccount(t *testing.T) {
	db := openNew(t)
	_, err := db.ApplyListing(context.Background(), "us:nobody", listedOrgs(1), start)
	wantCode(t, err, domain.CodeNotFound)
	err = db.AppendActivity(context.Background(), domain.Activity{Account: "us:nobody", Kind: domain.ActivityLaunch, Source: domain.SourceOrgdeck})
	wantCode(t, err, domain.CodeNotFound)
}

func TestCanceled(t *testing.T) {
	db := openNew(t, acme)
	fill(t, db, acme.ID, 2)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := db.Organizations(ctx, acme.ID)
	wantCode(t, err, domain.CodeCanceled)
	_, err = db.ApplyListing(ctx, acme.ID, listedOrgs(9), start)
	wantCode(t, err, domain.CodeCanceled)
	all, err := db.Organizations(context.Background(), acme.ID)
	must(t, err)
	if len(all) != 2 {
		t.Errorf("%d organizations after a canceled listing, want 2", len(all))
	}
}
