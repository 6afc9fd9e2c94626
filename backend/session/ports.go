package session

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

// Store keeps accounts and everything cached of them.
type Store interface {
	syncer.Store
	AccountStore
}

// AccountStore keeps accounts.
type AccountStore interface {
	Accounts(ctx context.Context) ([]domain.Account, error)
	// RenameAccount changes an account's label, and nothing else does.
	RenameAccount(ctx context.Context, id domain.AccountID, label string) error
	// DeleteAccount erases an account and all that is cached of it.
	DeleteAccount(ctx context.Context, id domain.AccountID) error
	// InterruptRuns closes the runs that a crash left open.
	InterruptRuns(ctx context.Context) error
}

// Keys keeps API keys out of files. Its errors are *domain.Error and hold no key.
type Keys interface {
	// Probe says why keys cannot be kept; nil where they can.
	Probe(ctx context.Context) error
	// Get gives an account's key; signed_out where none is kept.
	Get(ctx context.Context, account domain.AccountID) (string, error)
	Set(ctx context.Context, account domain.AccountID, key string) error
	Delete(ctx context.Context, account domain.AccountID) error
}

// Dial makes a client that speaks to a region with a key; no call is made yet.
type Dial func(region domain.Region, apiKey string) (Remote, error)

// Watcher is told what changes; it must not block.
type Watcher interface {
	SessionChanged()
	StatusChanged(account domain.AccountID, status domain.SyncStatus)
	// RowsChanged says of which organizations the cache holds something else now.
	RowsChanged(account domain.AccountID, orgs []domain.OrgID)
	// NamesRead says that the names of all of an account's organizations were told.
	NamesRead(account domain.AccountID)
}
