package bind

// Administrator is a person who may sign in to the console.
type Administrator struct {
	ID        string `json:"id"`
	Email     string `json:"email"`
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	RoleName  string `json:"roleName"`
	// Local says that it belongs to the organization and not to the provider:
	// it can only be looked at here.
	Local bool `json:"local"`
	// Self says that the API key in use belongs to this administrator.
	Self          bool `json:"self"`
	MultiFactor   bool `json:"multiFactor"`
	Suspended     bool `json:"suspended"`
	APIKeyAllowed bool `json:"apiKeyAllowed"`
	APIKeySet     bool `json:"apiKeySet"`
	// Registered is "yes", "no" or "unknown": whether the invitation was accepted.
	Registered   string `json:"registered"`
	KeyPrefix    string `json:"keyPrefix"`
	KeyCreatedAt int64  `json:"keyCreatedAt"`
	KeyExpiresAt int64  `json:"keyExpiresAt"`
	// Organizations is how many the administrator may enter; null while unknown.
	Organizations *int `json:"organizations"`
	// Warnings are "no_mfa", "key_expiring", "key_expired", "suspended_linked".
	Warnings []string `json:"warnings"`
	// Protected says why access must not be taken and the administrator not be
	// deleted; empty where nothing speaks against it.
	Protected string `json:"protected"`
}

// Reading says what is known of a list, and since when.
type Reading struct {
	// State is "never", "known" or "no_access". With no_access, what was read
	// before stays and At is its age.
	State string `json:"state"`
	At    int64  `json:"at"`
	// DeniedAt is when the key was last refused it; 0 where it was not.
	DeniedAt int64 `json:"deniedAt"`
}

// OrganizationAdministrators is who may enter one organization.
type OrganizationAdministrators struct {
	AccountID      string `json:"accountId"`
	OrganizationID string `json:"organizationId"`
	// Access are the provider's administrators with access; AccessReading is
	// the older one of the two lists it is joined from.
	Access        []Administrator `json:"access"`
	AccessReading Reading         `json:"accessReading"`
	// Local are the organization's own.
	Local        []Administrator `json:"local"`
	LocalReading Reading         `json:"localReading"`
	// Others are the provider's administrators without access, to give it to.
	Others []Administrator `json:"others"`
	// CannotManage says why administrators cannot be changed; empty where they can.
	CannotManage string `json:"cannotManage"`
}

// ProviderAdministrator is a row of the Administrators page.
type ProviderAdministrator struct {
	Administrator Administrator `json:"administrator"`
	// All says that every listed organization may be entered; Indexes is empty then.
	All bool `json:"all"`
	// Indexes are places in AdministratorsPage.OrganizationIDs, ascending.
	Indexes []int `json:"indexes"`
	// Access is when that was read.
	Access Reading `json:"access"`
}

// AdministratorsPage is every administrator of the provider with the access matrix.
type AdministratorsPage struct {
	AccountID      string                  `json:"accountId"`
	Administrators []ProviderAdministrator `json:"administrators"`
	Reading        Reading                 `json:"reading"`
	// OrganizationIDs are the listed organizations, which Indexes point into.
	OrganizationIDs []string `json:"organizationIds"`
	// Roles are the names of the roles to choose from.
	Roles []string `json:"roles"`
	// CannotManage says why administrators cannot be changed; empty where they can.
	CannotManage string `json:"cannotManage"`
	// Failed is how many administrators' access could not be read; Problem the
	// first reason. Both are only set by a refresh.
	Failed  int      `json:"failed"`
	Problem *Problem `json:"problem"`
}

// NewAdministrator is an administrator to be added.
type NewAdministrator struct {
	Email         string `json:"email"`
	FirstName     string `json:"firstName"`
	LastName      string `json:"lastName"`
	RoleName      string `json:"roleName"`
	MultiFactor   bool   `json:"multiFactor"`
	APIKeyAllowed bool   `json:"apiKeyAllowed"`
	// Access is "all" (the provider's default), "none" or "chosen".
	Access          string   `json:"access"`
	OrganizationIDs []string `json:"organizationIds"`
}

// AdministratorOutcome says how a change of administrators ended.
type AdministratorOutcome struct {
	AccountID string `json:"accountId"`
	// OrganizationID is empty for changes of the whole provider.
	OrganizationID string `json:"organizationId"`
	// State is "applied", "unchanged", "not_applied", "partial" or "uncertain".
	State         string        `json:"state"`
	Administrator Administrator `json:"administrator"`
	// Organizations is how many organizations were gained or lost.
	Organizations int    `json:"organizations"`
	Message       string `json:"message"`
	Hint          string `json:"hint"`
	// Failed are the organizations that access could not be given to.
	Failed []AccessFailure `json:"failed"`
}

// AccessFailure is an organization that access could not be given to.
type AccessFailure struct {
	OrganizationID string  `json:"organizationId"`
	Problem        Problem `json:"problem"`
}

// DeletionPreview says what deleting an administrator would do, as read just now.
type DeletionPreview struct {
	AccountID     string        `json:"accountId"`
	Administrator Administrator `json:"administrator"`
	// OrganizationIDs lose the administrator.
	OrganizationIDs []string `json:"organizationIds"`
	// Refused says why it is not done; empty where it can be.
	Refused string `json:"refused"`
}
