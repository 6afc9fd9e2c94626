package domain

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// AccountID names one account: a provider in a region, or the demo's
// provider. Everything cached is scoped by it.
type AccountID string

// Account is one provider (a managed service provider's tenant) in one region,
// seen through one administrator's key. The key itself is never part of it.
type Account struct {
	ID         AccountID
	Region     Region
	ProviderID string
	// Label is the name shown; it starts as the administrator's e-mail domain,
	// because the API publishes no name for a provider.
	Label string
	// Demo says that the account lives in the embedded simulator.
	Demo bool
	// Email and RoleName are those of the administrator the key belongs to.
	Email    string
	RoleName string
	// KeyPrefix, KeyCreatedAt and KeyExpiresAt are what the API tells of the
	// key (getSelf, apiKeyHash); zero where it tells nothing.
	KeyPrefix    string
	KeyCreatedAt time.Time
	KeyExpiresAt time.Time
	// DisallowOrgCreation is the provider's flag of that name.
	DisallowOrgCreation bool
	// LastSyncAt is when a synchronisation last finished with every organization
	// and figure read; logos may have been missing.
	LastSyncAt time.Time
}

// NewAccountID gives the id of the account of a provider in a region; demo
// accounts have ids of their own, so that demo data never meets real data.
func NewAccountID(region Region, providerID string, demo bool) AccountID {
	if demo {
		return AccountID("demo:" + providerID)
	}
	return AccountID(string(region) + ":" + providerID)
}

// maxLabel is how many characters an account's label may have.
const maxLabel = 60

// CheckLabel trims a label that a person typed, and refuses with invalid_input
// what is empty, longer than 60 characters, or cannot be shown on one line.
func CheckLabel(text string) (string, error) {
	label := strings.TrimSpace(text)
	invalid := func(message string) error {
		return &Error{Code: CodeInvalidInput, Message: message + " Nothing was changed."}
	}
	switch {
	case label == "":
		return "", invalid("Enter a name for the account.")
	case !utf8.ValidString(label) || strings.ContainsFunc(label, func(c rune) bool { return !unicode.IsGraphic(c) }):
		return "", invalid("The name has characters that cannot be shown.")
	case utf8.RuneCountInString(label) > maxLabel:
		return "", invalid("The name has more than 60 characters.")
	}
	return label, nil
}

// LabelFromEmail gives the label a new account starts with: the domain of its
// administrator's e-mail address, or "JumpCloud" where there is none.
func LabelFromEmail(email string) string {
	_, host, found := strings.Cut(email, "@")
	if !found || host == "" {
		return "JumpCloud"
	}
	return host
}

// Identity is who a key belongs to (getSelf).
type Identity struct {
	AdministratorID string
	Email           string
	RoleName        string
	// ProviderID is empty where no answer names a provider.
	ProviderID string
	// SingleOrganization says that this is so because the administrator belongs to
	// one organization and not to a provider.
	SingleOrganization bool
	KeyPrefix          string
	KeyCreatedAt       time.Time
	KeyExpiresAt       time.Time
}

// Provider is what the API tells of a provider itself.
type Provider struct {
	ID                  string
	DisallowOrgCreation bool
}

// RoleAdministratorWithBilling is the role that may add organizations and
// administrators (vendor's help pages).
const RoleAdministratorWithBilling = "Administrator With Billing"

// CannotAddOrganizations says why this account cannot add organizations; empty
// where it can, or where nothing speaks against it.
func (a Account) CannotAddOrganizations() string {
	switch {
	case a.DisallowOrgCreation:
		return "JumpCloud does not let this provider create organizations. JumpCloud Support can change that."
	case a.RoleName != "" && a.RoleName != RoleAdministratorWithBilling:
		return "Only an Administrator With Billing can add organizations. Your role is " + a.RoleName + "."
	}
	return ""
}
