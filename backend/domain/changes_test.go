package domain_test

import (
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestOrgChange(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	one, two := 1, 2
	full := domain.Organization{
		ID: "5f0000000000000000000001", Name: "Acme", MaxSystemUsers: &one, LogoURL: "u", LogoHash: "h", DetailsAt: at,
		Details: domain.Details{
			RemoteAssist: domain.RemoteAssistOn, ContactName: "Kim",
			Billing: domain.Billing{Estimate: &one, Products: []domain.Product{{Name: "Platform"}}},
		},
		Users: domain.KnownFigure(5, at),
	}
	tests := []struct {
		name             string
		edit             func(o *domain.Organization)
		changed, flipped bool
	}{
		{"nothing", func(*domain.Organization) {}, false, false},
		{"ages alone", func(o *domain.Organization) {
			o.ListedAt, o.DetailsAt, o.Users.FetchedAt = at, at.Add(time.Hour), at.Add(time.Hour)
		}, false, false},
		{"equal numbers elsewhere", func(o *domain.Organization) {
			again := 1
			o.MaxSystemUsers, o.Details.Billing.Estimate = &again, &again
		}, false, false},
		{"name", func(o *domain.Organization) { o.Name = "" }, true, false},
		{"cap", func(o *domain.Organization) { o.MaxSystemUsers = &two }, true, false},
		{"no cap", func(o *domain.Organization) { o.MaxSystemUsers = nil }, true, false},
		{"logo", func(o *domain.Organization) { o.LogoHash = "" }, true, false},
		{"users", func(o *domain.Organization) { o.Users.Value++ }, true, false},
		{"users refused", func(o *domain.Organization) { o.Users.State = domain.FigureNoAccess }, true, false},
		{"applications known", func(o *domain.Organization) { o.Applications = domain.KnownFigure(0, at) }, true, false},
		{"details refused", func(o *domain.Organization) { o.DetailsDenied = true }, true, false},
		{"contact", func(o *domain.Organization) { o.Details.ContactName = "Lee" }, true, false},
		{"estimate", func(o *domain.Organization) { o.Details.Billing.Estimate = &two }, true, false},
		{"products", func(o *domain.Organization) { o.Details.Billing.Products = nil }, true, false},
		{"Remote Assist off", func(o *domain.Organization) { o.Details.RemoteAssist = domain.RemoteAssistOff }, true, true},
		{"Remote Assist unknown", func(o *domain.Organization) { o.Details.RemoteAssist = domain.RemoteAssistUnknown }, true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			after := full
			test.edit(&after)
			for _, c := range []domain.OrgChange{{Before: full, After: after}, {Before: after, After: full}} {
				if c.Changed() != test.changed || c.RemoteAssistFlipped() != test.flipped {
					t.Errorf("changed %v, flipped %v; want %v, %v", c.Changed(), c.RemoteAssistFlipped(), test.changed, test.flipped)
				}
			}
		})
	}
}
