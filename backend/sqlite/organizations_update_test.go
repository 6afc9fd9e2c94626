package sqlite

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// times of the readings in the tables below.
var (
	first  = start.Add(time.Minute)
	second = start.Add(2 * time.Minute)
	third  = start.Add(3 * time.Minute)
)

// users is an update of the users alone.
func users(f domain.Figure, at time.Time) domain.OrgUpdate {
	return domain.OrgUpdate{ID: orgID(0), At: at, Figures: map[domain.FigureKind]domain.Figure{domain.FigureUsers: f}}
}

func TestFigures(t *testing.T) {
	tests := []struct {
		name    string
		updates []domain.OrgUpdate
		want    domain.Figure
		changed bool
	}{
		{"never read", nil, domain.Figure{State: domain.FigureUnknown}, false},
		{"read", []domain.OrgUpdate{users(domain.KnownFigure(0, first), first)}, domain.KnownFigure(0, first), true},
		{
			"read again, the same", []domain.OrgUpdate{
				users(domain.KnownFigure(7, first), first), users(domain.KnownFigure(7, second), second),
			}, domain.KnownFigure(7, second), false,
		},
		{
			"without a time of its own", []domain.OrgUpdate{users(domain.Figure{State: domain.FigureKnown, Value: 3}, second)},
			domain.KnownFigure(3, second), true,
		},
		{
			"refused", []domain.OrgUpdate{users(domain.NoAccessFigure(first), first)},
			domain.Figure{State: domain.FigureNoAccess, FetchedAt: first}, true,
		},
		{
			"read, refused", []domain.OrgUpdate{
				users(domain.KnownFigure(7, first), first), users(domain.NoAccessFigure(second), second),
			}, domain.Figure{State: domain.FigureNoAccess, Value: 7, FetchedAt: second, LastKnownAt: first}, true,
		},
		{
			"read, refused twice", []domain.OrgUpdate{
				users(domain.KnownFigure(7, first), first), users(domain.NoAccessFigure(second), second),
				users(domain.NoAccessFigure(third), third),
			}, domain.Figure{State: domain.FigureNoAccess, Value: 7, FetchedAt: third, LastKnownAt: first}, false,
		},
		{
			"refused, read", []domain.OrgUpdate{
				users(domain.NoAccessFigure(first), first), users(domain.KnownFigure(9, second), second),
			}, domain.KnownFigure(9, second), true,
		},
		{
			"unknown tells nothing", []domain.OrgUpdate{
				users(domain.KnownFigure(7, first), first), users(domain.Figure{}, second),
				users(domain.Figure{State: domain.FigureUnknown}, second),
			}, domain.KnownFigure(7, first), false,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx := context.Background()
			db := openNew(t, acme)
			_, err := db.ApplyListing(ctx, acme.ID, listedOrgs(1), start)
			must(t, err)
			changed := false
			for _, u := range test.updates {
				changes, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{u})
				must(t, err)
				changed = changes[0].Changed()
			}
			o, err := db.Organization(ctx, acme.ID, orgID(0))
			must(t, err)
			if o.Users != test.want || changed != test.changed {
				t.Errorf("users are %+v, changed %v; want %+v, %v", o.Users, changed, test.want, test.changed)
			}
			if o.Devices.State != domain.FigureUnknown || !o.DetailsAt.IsZero() {
				t.Errorf("parts that were not read: %+v", o)
			}
		})
	}
}

func TestDetails(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	_, err := db.ApplyListing(ctx, acme.ID, listedOrgs(1), start)
	must(t, err)
	apply := func(u domain.OrgUpdate) domain.OrgChange {
		t.Helper()
		u.ID = orgID(0)
		changes, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{u})
		must(t, err)
		stored, err := db.Organization(ctx, acme.ID, orgID(0))
		must(t, err)
		if !reflect.DeepEqual(changes[0].After, stored) {
			t.Errorf("after is\n%+v\nstored is\n%+v", changes[0].After, stored)
		}
		return changes[0]
	}
	on := domain.Details{
		Created: start, ContactName: "Kim", ContactEmail: "kim@x.example", RemoteAssist: domain.RemoteAssistOn,
		PendingDelete: true, Billing: domain.Billing{Products: []domain.Product{{Name: "Platform", Code: "P", MaxUsers: 5}}},
	}
	c := apply(domain.OrgUpdate{Details: &on, At: first})
	if !c.Changed() || c.RemoteAssistFlipped() || !c.After.DetailsAt.Equal(first) {
		t.Errorf("first reading: %+v", c)
	}
	if got := c.After.Details; got.LogoURL != c.After.LogoURL || got.ContactName != "Kim" || !got.PendingDelete || len(got.Billing.Products) != 1 {
		t.Errorf("details are %+v", got)
	}
	off := on
	off.RemoteAssist = domain.RemoteAssistOff
	if c = apply(domain.OrgUpdate{Details: &off, At: second}); !c.Changed() || !c.RemoteAssistFlipped() {
		t.Errorf("Remote Assist turned off: %+v", c)
	}
	if c = apply(domain.OrgUpdate{Details: &off, At: third}); c.Changed() || !c.After.DetailsAt.Equal(third) {
		t.Errorf("the same again: %+v", c)
	}
	c = apply(domain.OrgUpdate{DetailsDenied: true, At: third.Add(time.Minute)})
	if !c.Changed() || !c.After.DetailsDenied || c.After.Details.ContactName != "Kim" || !c.After.DetailsAt.Equal(third) {
		t.Errorf("refused: %+v", c)
	}
	unknown := domain.Details{LogoURL: "https://cdn.example/moved.png"}
	c = apply(domain.OrgUpdate{Details: &unknown, At: third.Add(time.Hour)})
	if c.After.DetailsDenied || c.RemoteAssistFlipped() || c.After.Details.RemoteAssist != domain.RemoteAssistUnknown {
		t.Errorf("Remote Assist absent: %+v", c)
	}
	if c.After.LogoURL != unknown.LogoURL {
		t.Errorf("logo address is %q", c.After.LogoURL)
	}
}

func TestLogos(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 2)
	old := thumbnail("logo 0")
	got, err := db.Logo(ctx, acme.ID, old.Hash)
	must(t, err)
	if !reflect.DeepEqual(got, *old) {
		t.Errorf("logo is %+v, want %+v", got, *old)
	}
	_, err = db.Logo(ctx, "us:other", old.Hash)
	wantCode(t, err, domain.CodeNotFound)

	const url, oldURL = "https://cdn.example/new.png", "https://cdn.example/logos/0.png"
	steps := []struct {
		name         string
		update       domain.OrgUpdate
		hash, source string
		wantURL      string
	}{
		{"read late from a replaced address", domain.OrgUpdate{Logo: thumbnail("late"), LogoURL: url}, old.Hash, oldURL, oldURL},
		{"unusable at a replaced address", domain.OrgUpdate{LogoUnusable: true, LogoURL: url}, old.Hash, oldURL, oldURL},
		{"replaced", domain.OrgUpdate{Details: &domain.Details{LogoURL: url}, Logo: thumbnail("new"), LogoURL: url}, thumbnail("new").Hash, url, url},
		{"another content at the same address", domain.OrgUpdate{Logo: thumbnail("logo 1"), LogoURL: url}, thumbnail("logo 1").Hash, url, url},
		{"doubtful", domain.OrgUpdate{LogoDoubtful: true}, thumbnail("logo 1").Hash, doubtfulSource, url},
		{"read again", domain.OrgUpdate{Logo: thumbnail("logo 1"), LogoURL: url}, thumbnail("logo 1").Hash, url, url},
		{"unusable", domain.OrgUpdate{LogoUnusable: true, LogoURL: url}, "", url, url},
		{"doubtful without one", domain.OrgUpdate{LogoDoubtful: true}, "", "", url},
		{"gone", domain.OrgUpdate{LogoGone: true}, "", "", ""},
		{"unusable after it went", domain.OrgUpdate{LogoUnusable: true, LogoURL: url}, "", "", ""},
		{"new after none", domain.OrgUpdate{Logo: thumbnail("new"), LogoURL: url}, thumbnail("new").Hash, url, url},
	}
	for _, step := range steps {
		step.update.ID, step.update.At = orgID(0), first
		changes, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{step.update})
		must(t, err)
		if o := changes[0].After; o.LogoHash != step.hash || o.LogoSource != step.source || o.LogoURL != step.wantURL {
			t.Errorf("%s: hash %q, source %q, address %q", step.name, o.LogoHash, o.LogoSource, o.LogoURL)
		}
	}
	must(t, db.PruneLogos(ctx, acme.ID))
	_, err = db.Logo(ctx, acme.ID, old.Hash)
	wantCode(t, err, domain.CodeNotFound)
	for _, kept := range []string{"new", "logo 1"} {
		_, err = db.Logo(ctx, acme.ID, thumbnail(kept).Hash)
		must(t, err)
	}
}

func TestUpdatesAreAllOrNothing(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 2)
	bad := users(domain.KnownFigure(-1, second), second)
	bad.ID = orgID(1)
	_, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{users(domain.KnownFigure(99, second), second), bad})
	wantCode(t, err, domain.CodeCacheFailed)
	o, err := db.Organization(ctx, acme.ID, orgID(0))
	must(t, err)
	if o.Users.Value != 0 {
		t.Errorf("users are %d: half of a failed batch was kept", o.Users.Value)
	}
	missing := users(domain.KnownFigure(1, second), second)
	missing.ID = "nobody"
	changes, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{missing})
	must(t, err)
	if len(changes) != 0 {
		t.Errorf("an organization that does not exist changed: %+v", changes)
	}
}
