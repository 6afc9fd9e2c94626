package editor

import (
	"context"
	"iter"
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
	Pictures
}

// Pictures reads logos.
type Pictures interface {
	// Logo reads at most domain.MaxLogoOriginal bytes from a logo's address;
	// what they are is for the reader to find out.
	Logo(ctx context.Context, address string) ([]byte, error)
}

// Reader reads organizations.
type Reader interface {
	// ProviderOrganization reads name and user cap.
	ProviderOrganization(ctx context.Context, providerID string, org domain.OrgID) (domain.Listed, error)
	Details(ctx context.Context, org domain.OrgID) (domain.Details, error)
	// ProviderOrganizations lists names and user caps.
	ProviderOrganizations(ctx context.Context, providerID string) iter.Seq2[domain.ListedPage, error]
}

// Writer changes organizations; every call is made once by the editor.
type Writer interface {
	CreateOrganization(ctx context.Context, providerID, name string, most *int) (domain.Listed, error)
	RenameOrganization(ctx context.Context, providerID string, org domain.OrgID, name string) (domain.Listed, error)
	SetUserCap(ctx context.Context, providerID string, org domain.OrgID, most *int) (domain.Listed, error)
	UpdateSettings(ctx context.Context, org domain.OrgID, wanted domain.SettingsChange) (domain.Details, error)
}

// Cache keeps organizations.
type Cache interface {
	Organizations(ctx context.Context, account domain.AccountID) ([]domain.Organization, error)
	Organization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.Organization, error)
	ApplyListing(ctx context.Context, account domain.AccountID, listed []domain.Listed, at time.Time) (domain.ListingChange, error)
	ApplyUpdates(ctx context.Context, account domain.AccountID, updates []domain.OrgUpdate) ([]domain.OrgChange, error)
}

// Originals keeps logos of organizations with their files.
type Originals interface {
	SaveLogoOriginal(ctx context.Context, account domain.AccountID, org domain.OrgID, original domain.LogoOriginal) error
	// LogoOriginal is by the thumbnail's hash; not_found where it is not kept.
	LogoOriginal(ctx context.Context, account domain.AccountID, org domain.OrgID, hash string) (domain.LogoFile, error)
}

// Journal keeps the history.
type Journal interface {
	// RecordActivity adds a line and gives its id.
	RecordActivity(ctx context.Context, line domain.Activity) (int64, error)
	// Activity gives one line; not_found where the account has none of that id.
	Activity(ctx context.Context, account domain.AccountID, id int64) (domain.Activity, error)
}

// Watcher is told what changes; it must not block.
type Watcher interface {
	// RowsChanged says of which organizations the cache holds something else now.
	RowsChanged(account domain.AccountID, orgs []domain.OrgID)
	ImportChanged(account domain.AccountID, status domain.ImportStatus)
}
