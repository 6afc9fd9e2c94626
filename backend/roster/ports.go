package roster

import (
	"context"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Accounts knows the accounts and gives the way to JumpCloud of each.
type Accounts interface {
	Account(id domain.AccountID) (domain.Account, error)
	// Remote fails with signed_out where no key of the account is at hand.
	Remote(id domain.AccountID) (Remote, error)
	// KeyRefused takes note that the server answered 401 to what remote asked.
	KeyRefused(id domain.AccountID, remote Remote)
}

// Remote is JumpCloud as seen with one key. Its errors are *domain.Error; a
// change whose answer was lost is Uncertain.
type Remote interface {
	Reader
	Writer
}

// Reader reads administrators and links.
type Reader interface {
	Identify(ctx context.Context) (domain.Identity, error)
	Administrators(ctx context.Context, providerID string) ([]domain.Administrator, error)
	LocalAdministrators(ctx context.Context, org domain.OrgID) ([]domain.Administrator, error)
	OrganizationAdministrators(ctx context.Context, org domain.OrgID) ([]domain.AccessLink, error)
	AdministratorOrganizations(ctx context.Context, administrator domain.AdministratorID) ([]domain.AccessLink, error)
}

// Writer changes administrators; every call is made once by a Roster.
type Writer interface {
	CreateAdministrator(ctx context.Context, providerID string, wanted domain.NewAdministrator) (domain.Administrator, error)
	DeleteAdministrator(ctx context.Context, providerID string, administrator domain.AdministratorID) error
	AddAccess(ctx context.Context, administrator domain.AdministratorID, org domain.OrgID) error
	RemoveAccess(ctx context.Context, administrator domain.AdministratorID, org domain.OrgID) error
}

// Cache gives what is known.
type Cache interface {
	OrganizationRoster(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error)
	ProviderRoster(ctx context.Context, account domain.AccountID) (domain.ProviderRoster, error)
	Organization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.Organization, error)
	// DenyList notes that the key may not read a list; what it held stays.
	DenyList(ctx context.Context, account domain.AccountID, kind domain.ListKind, subject string, at time.Time) error
	AppendActivity(ctx context.Context, lines ...domain.Activity) error
}

// Keeper keeps what was read, and tells how it differs from what was known.
type Keeper interface {
	SaveAdministrators(ctx context.Context, account domain.AccountID, list []domain.Administrator, at time.Time) (domain.RosterChange, error)
	SaveLocalAdministrators(ctx context.Context, account domain.AccountID, org domain.OrgID, list []domain.Administrator, at time.Time) (domain.RosterChange, error)
	SaveOrganizationLinks(ctx context.Context, account domain.AccountID, org domain.OrgID, links []domain.AccessLink, at time.Time) (domain.AccessChange, error)
	SaveAdministratorLinks(ctx context.Context, account domain.AccountID, administrator domain.AdministratorID, links []domain.AccessLink, at time.Time) (domain.AccessChange, error)
}
