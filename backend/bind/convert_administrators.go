package bind

import (
	"slices"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func newReading(r domain.Reading) Reading {
	return Reading{State: string(r.State()), At: seconds(r.FetchedAt), DeniedAt: seconds(r.DeniedAt)}
}

// joined is the reading of a list made of two: as old as the older, and refused
// where one of them is.
func joined(a, b domain.Reading) domain.Reading {
	older := a
	if b.FetchedAt.Before(a.FetchedAt) {
		older.FetchedAt = b.FetchedAt
	}
	if b.DeniedAt.After(a.DeniedAt) {
		older.DeniedAt = b.DeniedAt
	}
	return older
}

// newAdministrator converts an administrator; organizations is how many of them
// are known to be entered.
func newAdministrator(a *domain.Administrator, self string, organizations int, now time.Time) Administrator {
	converted := Administrator{
		ID: string(a.ID), Email: a.Email, FirstName: a.FirstName, LastName: a.LastName, RoleName: a.RoleName,
		Local: a.Local, Self: !a.Local && a.Is(self), MultiFactor: a.MultiFactor, Suspended: a.Suspended,
		APIKeyAllowed: a.APIKeyAllowed, APIKeySet: a.APIKeySet, Registered: "unknown",
		KeyPrefix: a.KeyPrefix, KeyCreatedAt: seconds(a.KeyCreatedAt), KeyExpiresAt: seconds(a.KeyExpiresAt),
		Organizations: a.Organizations, Warnings: []string{},
	}
	if a.Registered != nil {
		converted.Registered = map[bool]string{true: "yes", false: "no"}[*a.Registered]
	}
	for _, warning := range a.Warnings(now, organizations) {
		converted.Warnings = append(converted.Warnings, string(warning))
	}
	return converted
}

func newOrganizationAdministrators(account domain.AccountID, r *domain.OrganizationRoster, now time.Time) OrganizationAdministrators {
	converted := OrganizationAdministrators{
		AccountID: string(account), OrganizationID: string(r.Org), Access: []Administrator{}, Local: []Administrator{}, Others: []Administrator{},
		AccessReading: newReading(joined(r.LinkedReading, r.ProviderReading)), LocalReading: newReading(r.LocalReading),
		CannotManage: r.Account.CannotManageAdministrators(),
	}
	self := r.Account.Email
	linked := []domain.Administrator{}
	for i := range r.Provider {
		if slices.Contains(r.Linked, r.Provider[i].ID) {
			linked = append(linked, r.Provider[i])
		} else {
			converted.Others = append(converted.Others, newAdministrator(&r.Provider[i], self, 0, now))
		}
	}
	for i := range linked {
		one := newAdministrator(&linked[i], self, 1, now)
		one.Protected = linked[i].Protected(self, linked)
		converted.Access = append(converted.Access, one)
	}
	for _, id := range r.Linked {
		if !slices.ContainsFunc(r.Provider, func(a domain.Administrator) bool { return a.ID == id }) {
			// Linked, but not told by the provider's list: all that is known is the id.
			converted.Access = append(converted.Access, Administrator{ID: string(id), Registered: "unknown", Warnings: []string{}})
		}
	}
	for i := range r.Local {
		one := newAdministrator(&r.Local[i], self, 1, now)
		one.Protected = "This administrator belongs to the organization itself. Change it in the organization's console."
		converted.Local = append(converted.Local, one)
	}
	return converted
}

func newAdministratorsPage(account domain.AccountID, r *domain.ProviderRoster, now time.Time) AdministratorsPage {
	page := AdministratorsPage{
		AccountID: string(account), Administrators: make([]ProviderAdministrator, len(r.Administrators)), Reading: newReading(r.Reading),
		OrganizationIDs: make([]string, len(r.Organizations)), Roles: domain.RoleNames(),
		CannotManage: r.Account.CannotManageAdministrators(), Failed: r.Failed, Problem: problemOf(r.Problem),
	}
	places := make(map[domain.OrgID]int, len(r.Organizations))
	for i, id := range r.Organizations {
		page.OrganizationIDs[i], places[id] = string(id), i
	}
	for i := range r.Administrators {
		page.Administrators[i] = newProviderAdministrator(&r.Administrators[i], r, places, now)
	}
	return page
}

func newProviderAdministrator(a *domain.Administrator, r *domain.ProviderRoster, places map[domain.OrgID]int, now time.Time) ProviderAdministrator {
	access := r.Access[a.ID]
	row := ProviderAdministrator{Indexes: []int{}, Access: newReading(access.Reading)}
	for _, org := range access.Organizations {
		if place, listed := places[org]; listed {
			row.Indexes = append(row.Indexes, place)
		}
	}
	known := len(row.Indexes)
	if access.Reading.FetchedAt.IsZero() && a.Organizations != nil {
		known = *a.Organizations
	}
	row.Administrator = newAdministrator(a, r.Account.Email, known, now)
	row.Administrator.Protected = a.Protected(r.Account.Email, r.Administrators)
	if !access.Reading.FetchedAt.IsZero() {
		row.Administrator.Organizations = &known
	}
	if row.All = len(places) > 0 && len(row.Indexes) == len(places); row.All {
		row.Indexes = []int{}
	}
	slices.Sort(row.Indexes)
	return row
}

func newAdministratorOutcome(account domain.AccountID, org domain.OrgID, o *domain.ActOutcome, now time.Time) AdministratorOutcome {
	outcome := AdministratorOutcome{
		AccountID: string(account), OrganizationID: string(org), State: string(o.State),
		Administrator: newAdministrator(&o.Administrator, "", o.Organizations, now), Organizations: o.Organizations,
		Message: o.Message, Hint: o.Hint, Failed: make([]AccessFailure, len(o.Failed)),
	}
	for i, failure := range o.Failed {
		outcome.Failed[i] = AccessFailure{OrganizationID: string(failure.Org), Problem: NewProblem(failure.Problem)}
	}
	return outcome
}

func newDeletionPreview(account domain.AccountID, p *domain.DeletionPreview, now time.Time) DeletionPreview {
	preview := DeletionPreview{
		AccountID: string(account), Administrator: newAdministrator(&p.Administrator, "", len(p.Organizations), now),
		OrganizationIDs: make([]string, len(p.Organizations)), Refused: p.Refused,
	}
	for i, id := range p.Organizations {
		preview.OrganizationIDs[i] = string(id)
	}
	return preview
}
