package domain

import "time"

// AdministratorID is an administrator's id: 24 lower-case hexadecimal digits.
type AdministratorID string

// Administrator is a person who may sign in to the console: one of the
// provider's, or one local to an organization.
type Administrator struct {
	ID        AdministratorID
	Email     string
	FirstName string
	LastName  string
	RoleName  string
	// MultiFactor says that signing in takes a second factor.
	MultiFactor bool
	Suspended   bool
	// Registered says that the invitation was accepted; nil where the API does
	// not tell, as it does not of local administrators.
	Registered *bool
	// APIKeyAllowed says that API access is on, APIKeySet that a key exists.
	APIKeyAllowed bool
	APIKeySet     bool
	// KeyPrefix, KeyCreatedAt and KeyExpiresAt are what is told of the key; zero
	// where nothing is.
	KeyPrefix    string
	KeyCreatedAt time.Time
	KeyExpiresAt time.Time
	// Organizations is how many organizations the administrator may enter; nil
	// where the API does not tell.
	Organizations *int
	// Local says that the administrator belongs to one organization and not to
	// the provider.
	Local bool
}

// AccessLink says that an administrator of the provider may enter an organization.
type AccessLink struct {
	Administrator AdministratorID
	Organization  OrgID
}

// NewAdministrator is what is needed to add an administrator to a provider.
type NewAdministrator struct {
	Email       string
	FirstName   string
	LastName    string
	RoleName    string
	MultiFactor bool
	// APIKeyAllowed turns API access on.
	APIKeyAllowed bool
	// NoOrganizations keeps the newcomer out of every organization; otherwise
	// the provider's default applies, which may be all of them.
	NoOrganizations bool
}
