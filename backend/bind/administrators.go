package bind

import (
	"context"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// RosterService tells who may enter what.
type RosterService interface {
	// Organization and Provider read the cache; the others ask JumpCloud first.
	Organization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error)
	RefreshOrganization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error)
	Provider(ctx context.Context, account domain.AccountID) (domain.ProviderRoster, error)
	RefreshProvider(ctx context.Context, account domain.AccountID) (domain.ProviderRoster, error)
	PreviewDeletion(ctx context.Context, account domain.AccountID, administrator domain.AdministratorID) (domain.DeletionPreview, error)
}

// RosterActs changes administrators and their access.
type RosterActs interface {
	TakeAccess(ctx context.Context, account domain.AccountID, org domain.OrgID, administrator domain.AdministratorID) (domain.ActOutcome, error)
	GiveAccess(ctx context.Context, account domain.AccountID, org domain.OrgID, administrator domain.AdministratorID) (domain.ActOutcome, error)
	Delete(ctx context.Context, account domain.AccountID, administrator domain.AdministratorID, typedEmail string) (domain.ActOutcome, error)
	Create(ctx context.Context, account domain.AccountID, wish domain.AdministratorWish) (domain.ActOutcome, error)
}

// Administrators is the bound area of administrators: who may enter what, and
// the acts that change it.
type Administrators struct {
	area   Area
	roster RosterService
	acts   RosterActs
	now    func() time.Time
}

// NewAdministrators makes the area; now is the clock that warnings are told by.
func NewAdministrators(area Area, roster RosterService, acts RosterActs, now func() time.Time) *Administrators {
	return &Administrators{area: area, roster: roster, acts: acts, now: now}
}

// ReadAdministrators gives at once what is cached of who may enter an organization.
func (a *Administrators) ReadAdministrators(accountID, orgID string) (roster OrganizationAdministrators, err error) {
	defer guard(a.area.Log, "Administrators.ReadAdministrators", &err)
	return a.organization(accountID, orgID, func(ctx context.Context, acc domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error) {
		return a.roster.Organization(ctx, acc, org)
	})
}

// RefreshAdministrators asks JumpCloud who may enter an organization, and
// gives what it says. A missing right is no error but a reading's state.
func (a *Administrators) RefreshAdministrators(accountID, orgID string) (roster OrganizationAdministrators, err error) {
	defer guard(a.area.Log, "Administrators.RefreshAdministrators", &err)
	return a.organization(accountID, orgID, func(ctx context.Context, acc domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error) {
		return a.roster.RefreshOrganization(ctx, acc, org)
	})
}

func (a *Administrators) organization(
	accountID, orgID string, read func(context.Context, domain.AccountID, domain.OrgID) (domain.OrganizationRoster, error),
) (OrganizationAdministrators, error) {
	acc, org, err := target(accountID, orgID)
	if err != nil {
		return OrganizationAdministrators{}, err
	}
	ctx, err := a.area.Lifetime()
	if err != nil {
		return OrganizationAdministrators{}, err
	}
	found, err := read(ctx, acc, org)
	if err != nil {
		return OrganizationAdministrators{}, err
	}
	return newOrganizationAdministrators(acc, &found, a.now()), nil
}

// AdministratorsPage gives at once what is cached of the provider's
// administrators and what each may enter.
func (a *Administrators) AdministratorsPage(accountID string) (page AdministratorsPage, err error) {
	defer guard(a.area.Log, "Administrators.AdministratorsPage", &err)
	return a.provider(accountID, func(ctx context.Context, acc domain.AccountID) (domain.ProviderRoster, error) {
		return a.roster.Provider(ctx, acc)
	})
}

// RefreshAdministratorsPage asks JumpCloud for the provider's administrators
// and what each may enter: a call an administrator.
func (a *Administrators) RefreshAdministratorsPage(accountID string) (page AdministratorsPage, err error) {
	defer guard(a.area.Log, "Administrators.RefreshAdministratorsPage", &err)
	return a.provider(accountID, func(ctx context.Context, acc domain.AccountID) (domain.ProviderRoster, error) {
		return a.roster.RefreshProvider(ctx, acc)
	})
}

func (a *Administrators) provider(
	accountID string, read func(context.Context, domain.AccountID) (domain.ProviderRoster, error),
) (AdministratorsPage, error) {
	acc, err := account(accountID)
	if err != nil {
		return AdministratorsPage{}, err
	}
	ctx, err := a.area.Lifetime()
	if err != nil {
		return AdministratorsPage{}, err
	}
	found, err := read(ctx, acc)
	if err != nil {
		return AdministratorsPage{}, err
	}
	return newAdministratorsPage(acc, &found, a.now()), nil
}

// PreviewDeletion reads who an administrator is now and which organizations
// would lose them, or why it is refused. Nothing is changed.
func (a *Administrators) PreviewDeletion(accountID, administratorID string) (preview DeletionPreview, err error) {
	defer guard(a.area.Log, "Administrators.PreviewDeletion", &err)
	acc, admin, err := administratorTarget(accountID, administratorID)
	if err != nil {
		return DeletionPreview{}, err
	}
	ctx, err := a.area.Lifetime()
	if err != nil {
		return DeletionPreview{}, err
	}
	found, err := a.roster.PreviewDeletion(ctx, acc, admin)
	if err != nil {
		return DeletionPreview{}, err
	}
	return newDeletionPreview(acc, &found, a.now()), nil
}

// administratorTarget checks an account's and an administrator's id together.
func administratorTarget(accountID, administratorID string) (domain.AccountID, domain.AdministratorID, error) {
	acc, err := account(accountID)
	if err != nil {
		return "", "", err
	}
	if !domain.OrgID(administratorID).Valid() { // every object id has this form
		return "", "", &domain.Error{Code: domain.CodeInvalidInput, Message: "This is not an administrator's id. Nothing was changed."}
	}
	return acc, domain.AdministratorID(administratorID), nil
}
