package domain

import (
	"strings"
	"time"
)

// ReadState says what is known of a list that JumpCloud was asked for.
type ReadState string

// The states of a list. One that may not be read any more keeps what it held.
const (
	ReadNever    ReadState = "never"
	ReadKnown    ReadState = "known"
	ReadNoAccess ReadState = "no_access"
)

// Reading is when a list was read. The zero Reading is of one never asked for.
type Reading struct {
	// FetchedAt is when the list was last read whole; zero when never.
	FetchedAt time.Time
	// DeniedAt is when the key was last refused it (403); zero where the last
	// answer was no refusal.
	DeniedAt time.Time
}

// State is what the reading says of its list.
func (r Reading) State() ReadState {
	switch {
	case !r.DeniedAt.IsZero():
		return ReadNoAccess
	case !r.FetchedAt.IsZero():
		return ReadKnown
	}
	return ReadNever
}

// ListKind names a kind of list that is kept with its reading.
type ListKind string

// The lists that are kept beside the organizations.
const (
	// ListAdministrators is the provider's administrators; it has no subject.
	ListAdministrators ListKind = "administrators"
	// ListOrganizationLinks is who may enter an organization, its subject.
	ListOrganizationLinks ListKind = "organization_links"
	// ListAdministratorLinks is what an administrator, its subject, may enter.
	ListAdministratorLinks ListKind = "administrator_links"
	// ListLocalAdministrators is an organization's own; its subject.
	ListLocalAdministrators ListKind = "local_administrators"
	// ListInvoices is the provider's invoices; it has no subject.
	ListInvoices ListKind = "invoices"
)

// OrganizationRoster is who may enter one organization, as the cache knows it.
type OrganizationRoster struct {
	Account Account
	Org     OrgID
	// Provider are all administrators of the provider; Linked says which of
	// them may enter the organization.
	Provider        []Administrator
	ProviderReading Reading
	Linked          []AdministratorID
	LinkedReading   Reading
	// Local are those that the organization itself has.
	Local        []Administrator
	LocalReading Reading
}

// ProviderRoster is every administrator of a provider and what each may enter,
// as the cache knows it.
type ProviderRoster struct {
	Account        Account
	Administrators []Administrator
	Reading        Reading
	// Organizations are the ids of the listed organizations, in order.
	Organizations []OrgID
	// Access is what each administrator may enter of these, in order.
	Access map[AdministratorID]Access
	// Failed is how many administrators' access could not be read just now.
	Failed int
	// Problem is the first of those failures; nil without one.
	Problem *Error
}

// Access is what one administrator may enter.
type Access struct {
	Organizations []OrgID
	Reading       Reading
}

// RosterChange is how a list of administrators differs from the one before.
type RosterChange struct {
	Added, Removed []Administrator
	// First says that no list was known before: nothing was added or removed.
	First bool
}

// AccessChange is how links differ from those known before.
type AccessChange struct {
	Added, Removed []AccessLink
	// First says that none were known before.
	First bool
}

// AdministratorWarning is something about an administrator that needs a look.
type AdministratorWarning string

// What is warned of.
const (
	WarnNoMultiFactor   AdministratorWarning = "no_mfa"
	WarnKeyExpiring     AdministratorWarning = "key_expiring"
	WarnKeyExpired      AdministratorWarning = "key_expired"
	WarnSuspendedLinked AdministratorWarning = "suspended_linked"
)

// KeyExpiryNotice is how long before its end a key is warned of.
const KeyExpiryNotice = 30 * 24 * time.Hour

// Warnings gives what needs a look at a time; organizations is how many the
// administrator may enter.
func (a *Administrator) Warnings(now time.Time, organizations int) []AdministratorWarning {
	warnings := []AdministratorWarning{}
	if !a.MultiFactor {
		warnings = append(warnings, WarnNoMultiFactor)
	}
	if a.APIKeySet && !a.KeyExpiresAt.IsZero() {
		switch {
		case !a.KeyExpiresAt.After(now):
			warnings = append(warnings, WarnKeyExpired)
		case !a.KeyExpiresAt.After(now.Add(KeyExpiryNotice)):
			warnings = append(warnings, WarnKeyExpiring)
		}
	}
	if a.Suspended && organizations > 0 {
		warnings = append(warnings, WarnSuspendedLinked)
	}
	return warnings
}

// Is reports whether the administrator has this e-mail address, whatever its case.
func (a *Administrator) Is(email string) bool {
	return email != "" && strings.EqualFold(a.Email, email)
}

// Protected says why an administrator must not be deleted nor lose access; it
// is empty where nothing speaks against it. self is the e-mail of the key's own
// administrator, and others are those who would be left.
func (a *Administrator) Protected(self string, others []Administrator) string {
	if a.Is(self) {
		return "This is you: the API key in use belongs to this administrator."
	}
	if a.RoleName != RoleAdministratorWithBilling {
		return ""
	}
	for i := range others {
		other := &others[i]
		if other.ID != a.ID && other.RoleName == RoleAdministratorWithBilling && !other.Suspended {
			return ""
		}
	}
	return "This is the last Administrator With Billing. Nobody else could manage administrators, caps and invoices."
}

// RoleNames are the roles an administrator can have (vendor's help pages), the
// one with every right first.
func RoleNames() []string {
	return []string{
		RoleAdministratorWithBilling, "Administrator", "Manager", "Command Runner With Billing",
		"Command Runner", "Help Desk", "Billing Only", "Read Only",
	}
}

// CannotManageAdministrators says why this account cannot add, link or delete
// administrators; empty where nothing speaks against it.
func (a *Account) CannotManageAdministrators() string {
	if a.RoleName == "" || a.RoleName == RoleAdministratorWithBilling {
		return ""
	}
	return "Only an Administrator With Billing can change administrators. Your role is " + a.RoleName + "."
}

// AccessWish says which organizations a new administrator is to enter.
type AccessWish string

// The choices for a new administrator.
const (
	// AccessDefault leaves it to the provider's default, which may be all.
	AccessDefault AccessWish = "all"
	AccessNone    AccessWish = "none"
	AccessChosen  AccessWish = "chosen"
)

// AdministratorWish is a new administrator with the organizations to enter.
type AdministratorWish struct {
	NewAdministrator
	Access AccessWish
	// Organizations are those of AccessChosen.
	Organizations []OrgID
}

// ActState says how a change of administrators ended.
type ActState string

// How a change ends. A refusal is an error instead.
const (
	// ActApplied: reading back showed the change.
	ActApplied ActState = "applied"
	// ActUnchanged: it was so already, and nothing was sent or changed.
	ActUnchanged ActState = "unchanged"
	// ActNotApplied: reading back showed that nothing changed.
	ActNotApplied ActState = "not_applied"
	// ActPartial: a new administrator is there, but not all access was given.
	ActPartial ActState = "partial"
	// ActUncertain: the change was sent, and reading back failed.
	ActUncertain ActState = "uncertain"
)

// ActOutcome is how a change of administrators ended.
type ActOutcome struct {
	State ActState
	// Administrator is whom it was about, as far as known.
	Administrator Administrator
	// Organizations is how many organizations were gained or lost.
	Organizations int
	// Message says what happened and whether anything was changed; Hint what to do.
	Message, Hint string
	// Failed are the organizations whose access could not be given.
	Failed []AccessFailure
}

// AccessFailure is an organization that access could not be given to.
type AccessFailure struct {
	Org     OrgID
	Problem *Error
}

// DeletionPreview says what deleting an administrator would do.
type DeletionPreview struct {
	Administrator Administrator
	// Organizations lose this administrator.
	Organizations []OrgID
	// Refused says why it is not done; empty where it can be.
	Refused string
}
