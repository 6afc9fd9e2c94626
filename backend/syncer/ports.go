package syncer

import (
	"context"
	"iter"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Directory lists what a key may see.
type Directory interface {
	Identify(ctx context.Context) (domain.Identity, error)
	Provider(ctx context.Context, providerID string) (domain.Provider, error)
	// ProviderOrganizations lists names and user caps; no logo addresses.
	ProviderOrganizations(ctx context.Context, providerID string) iter.Seq2[domain.ListedPage, error]
	// Organizations lists names and logo addresses; no user caps.
	Organizations(ctx context.Context) iter.Seq2[domain.ListedPage, error]
}

// OrganizationReader reads one organization.
type OrganizationReader interface {
	Details(ctx context.Context, org domain.OrgID) (domain.Details, error)
	Count(ctx context.Context, org domain.OrgID, kind domain.FigureKind) (int, error)
	Logo(ctx context.Context, url string) ([]byte, error)
}

// Remote is JumpCloud as seen with one key. Its errors are *domain.Error.
type Remote interface {
	Directory
	OrganizationReader
}

// OrganizationStore keeps organizations. Every call is one transaction.
type OrganizationStore interface {
	Organizations(ctx context.Context, account domain.AccountID) ([]domain.Organization, error)
	ApplyListing(ctx context.Context, account domain.AccountID, listed []domain.Listed, at time.Time) (domain.ListingChange, error)
	MarkGone(ctx context.Context, account domain.AccountID, listed map[domain.OrgID]struct{}, at time.Time) ([]domain.OrgID, error)
	ApplyUpdates(ctx context.Context, account domain.AccountID, updates []domain.OrgUpdate) ([]domain.OrgChange, error)
}

// JournalStore keeps runs, accounts and what was noticed.
type JournalStore interface {
	StartRun(ctx context.Context, run domain.SyncRun) (int64, error)
	SaveRun(ctx context.Context, run domain.SyncRun) error
	LastRun(ctx context.Context, account domain.AccountID) (domain.SyncRun, bool, error)
	AppendActivity(ctx context.Context, activities ...domain.Activity) error
	SaveAccount(ctx context.Context, account domain.Account) error
}

// Store is the cache.
type Store interface {
	OrganizationStore
	JournalStore
}

// Watcher is told what changes. It is called from the run's goroutines and
// must not block.
type Watcher interface {
	StatusChanged(account domain.AccountID, status domain.SyncStatus)
	// RowsChanged says of which organizations the cache holds something else now.
	RowsChanged(account domain.AccountID, orgs []domain.OrgID)
	// NamesRead says that every name is in the cache: a person waits to see them.
	NamesRead(account domain.AccountID)
	AccountChanged(account domain.Account)
	// KeyRefused says that the server answered 401: the key is wrong, expired or replaced.
	KeyRefused(account domain.AccountID)
}
