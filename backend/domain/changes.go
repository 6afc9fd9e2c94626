package domain

import (
	"slices"
)

// Renaming is an organization's name before and after.
type Renaming struct {
	ID            OrgID
	Before, After string
}

// ListingChange is what applying a listing to the cache changed.
type ListingChange struct {
	// Added are the organizations the cache did not know.
	Added []OrgID
	// Renamed are those known under another name.
	Renamed []Renaming
	// Back are those that had been marked as gone.
	Back []OrgID
	// Changed are all of which something else is shown now: the three above, and
	// those whose user cap changed or whose logo went. Another address of a logo
	// shows nothing until the logo was read. No organization is in it twice.
	Changed []OrgID
}

// OrgChange is one organization before and after an update was applied.
type OrgChange struct {
	Before, After Organization
}

// Changed reports whether anything but the age of what is known differs.
func (c OrgChange) Changed() bool {
	b, a := &c.Before, &c.After
	return b.Name != a.Name || !equalInts(b.MaxSystemUsers, a.MaxSystemUsers) || b.CapKnown != a.CapKnown ||
		b.LogoURL != a.LogoURL || b.LogoHash != a.LogoHash ||
		b.DetailsDenied != a.DetailsDenied || b.DetailsAt.IsZero() != a.DetailsAt.IsZero() ||
		!b.Details.equal(&a.Details) ||
		!b.Users.same(a.Users) || !b.Devices.same(a.Devices) || !b.Applications.same(a.Applications)
}

// RemoteAssistFlipped reports whether Remote Assist went from on to off or
// from off to on. Learning it for the first time is no flip.
func (c OrgChange) RemoteAssistFlipped() bool {
	b, a := c.Before.Details.RemoteAssist, c.After.Details.RemoteAssist
	return b == RemoteAssistOn && a == RemoteAssistOff || b == RemoteAssistOff && a == RemoteAssistOn
}

// DeletionFlipped reports whether support was asked to delete the organization,
// or is not asked any more. Learning it for the first time is no flip.
func (c OrgChange) DeletionFlipped() bool {
	b, a := &c.Before, &c.After
	return !b.DetailsAt.IsZero() && !a.DetailsDenied && b.Details.PendingDelete != a.Details.PendingDelete
}

// UsersChanged reports whether the number of users is another one. Learning it
// for the first time is no change.
func (c OrgChange) UsersChanged() bool {
	b, a := c.Before.Users, c.After.Users
	return b.State == FigureKnown && a.State == FigureKnown && b.Value != a.Value
}

// same reports whether two figures say the same, whenever they were read.
func (f Figure) same(g Figure) bool { return f.State == g.State && f.Value == g.Value }

// equal reports whether two readings of details say the same.
func (d *Details) equal(o *Details) bool {
	return d.Created.Equal(o.Created) && d.ContactName == o.ContactName && d.ContactEmail == o.ContactEmail &&
		d.RemoteAssist == o.RemoteAssist && d.PendingDelete == o.PendingDelete && d.LogoURL == o.LogoURL &&
		equalInts(d.Billing.Estimate, o.Billing.Estimate) && d.Billing.BillingModel == o.Billing.BillingModel &&
		slices.Equal(d.Billing.Products, o.Billing.Products)
}

// equalInts compares two optional numbers.
func equalInts(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
