package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TakeAccess takes an administrator's access to one organization away; the
// administrator stays in the provider and keeps other organizations.
func (a *Administrators) TakeAccess(accountID, orgID, administratorID string) (outcome AdministratorOutcome, err error) {
	defer guard(a.area.Log, "Administrators.TakeAccess", &err)
	return a.access(accountID, orgID, administratorID, func(ctx context.Context, acc domain.AccountID, org domain.OrgID, admin domain.AdministratorID) (domain.ActOutcome, error) {
		return a.acts.TakeAccess(ctx, acc, org, admin)
	})
}

// GiveAccess lets an administrator of the provider into one organization.
func (a *Administrators) GiveAccess(accountID, orgID, administratorID string) (outcome AdministratorOutcome, err error) {
	defer guard(a.area.Log, "Administrators.GiveAccess", &err)
	return a.access(accountID, orgID, administratorID, func(ctx context.Context, acc domain.AccountID, org domain.OrgID, admin domain.AdministratorID) (domain.ActOutcome, error) {
		return a.acts.GiveAccess(ctx, acc, org, admin)
	})
}

func (a *Administrators) access(
	accountID, orgID, administratorID string,
	act func(context.Context, domain.AccountID, domain.OrgID, domain.AdministratorID) (domain.ActOutcome, error),
) (AdministratorOutcome, error) {
	acc, org, err := target(accountID, orgID)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	_, admin, err := administratorTarget(accountID, administratorID)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	ctx, err := a.area.Lifetime()
	if err != nil {
		return AdministratorOutcome{}, err
	}
	done, err := act(ctx, acc, org, admin)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	return newAdministratorOutcome(acc, org, &done, a.now()), nil
}

// DeleteAdministrator deletes an administrator's account from the whole
// provider. typedEmail must be the administrator's e-mail as it is now.
func (a *Administrators) DeleteAdministrator(accountID, administratorID, typedEmail string) (outcome AdministratorOutcome, err error) {
	defer guard(a.area.Log, "Administrators.DeleteAdministrator", &err)
	acc, admin, err := administratorTarget(accountID, administratorID)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	ctx, err := a.area.Lifetime()
	if err != nil {
		return AdministratorOutcome{}, err
	}
	done, err := a.acts.Delete(ctx, acc, admin, typedEmail)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	return newAdministratorOutcome(acc, "", &done, a.now()), nil
}

// CreateAdministrator adds an administrator to the provider and gives access
// to the organizations chosen.
func (a *Administrators) CreateAdministrator(accountID string, wanted NewAdministrator) (outcome AdministratorOutcome, err error) {
	defer guard(a.area.Log, "Administrators.CreateAdministrator", &err)
	acc, err := account(accountID)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	wish := domain.AdministratorWish{
		NewAdministrator: domain.NewAdministrator{
			Email: wanted.Email, FirstName: wanted.FirstName, LastName: wanted.LastName, RoleName: wanted.RoleName,
			MultiFactor: wanted.MultiFactor, APIKeyAllowed: wanted.APIKeyAllowed,
		},
		Access: domain.AccessWish(wanted.Access), Organizations: make([]domain.OrgID, len(wanted.OrganizationIDs)),
	}
	for i, text := range wanted.OrganizationIDs {
		if wish.Organizations[i], err = organization(text); err != nil {
			return AdministratorOutcome{}, err
		}
	}
	ctx, err := a.area.Lifetime()
	if err != nil {
		return AdministratorOutcome{}, err
	}
	done, err := a.acts.Create(ctx, acc, wish)
	if err != nil {
		return AdministratorOutcome{}, err
	}
	return newAdministratorOutcome(acc, "", &done, a.now()), nil
}
