package logobatch

import (
	"context"
	"log/slog"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Accounts knows the accounts.
type Accounts interface {
	// Account fails with not_found for one that is not, or no longer, known.
	Account(id domain.AccountID) (domain.Account, error)
}

// Cache keeps organizations.
type Cache interface {
	Organizations(ctx context.Context, account domain.AccountID) ([]domain.Organization, error)
}

// Setter sets the logo of one organization: it reads what JumpCloud has, sends
// the logo unless somebody else set another one, and reads again. An error
// means that nothing was changed.
type Setter interface {
	SetLogo(ctx context.Context, account domain.AccountID, change domain.LogoChange) (domain.EditOutcome, error)
}

// Watcher is told how a plan or a batch goes on; it must not block, nor ask Batches.
type Watcher interface {
	LogosLookedAt(account domain.AccountID, progress domain.LogoPlanProgress)
	LogosChanged(account domain.AccountID, batch domain.LogoBatch)
}

// Options are what Batches need.
type Options struct {
	Accounts Accounts
	Cache    Cache
	Setter   Setter
	Watcher  Watcher
	// Facts tells what a picture is by its header. It may be given only the
	// beginning of a file; where that is not enough for it, its error wraps
	// io.EOF or io.ErrUnexpectedEOF, and it is asked again with all of it.
	Facts func(data []byte) (domain.LogoSource, error)
	// Prepare makes a picture ready for JumpCloud; by the recipe that suits it
	// where none is given.
	Prepare func(ctx context.Context, data []byte, recipe *domain.LogoRecipe) (domain.PreparedLogo, error)
	// NewID gives an id that cannot be guessed.
	NewID func() string
	Log   *slog.Logger
}

// Batches plans and runs batches of logos for the accounts of one cache. New
// makes them.
type Batches struct {
	opts Options

	mu sync.Mutex
	// plans and runs are the newest of each account.
	plans map[domain.AccountID]*plan
	runs  map[domain.AccountID]*run
	// planning are the plans that are being made, at most one of each account.
	planning map[domain.AccountID]*planning
	closed   bool
	work     sync.WaitGroup
}

// New makes batches; Close ends them.
func New(opts Options) *Batches {
	return &Batches{
		opts: opts, plans: map[domain.AccountID]*plan{}, runs: map[domain.AccountID]*run{}, planning: map[domain.AccountID]*planning{},
	}
}

// Close ends every plan and every batch, and waits for the batches.
func (b *Batches) Close() {
	b.mu.Lock()
	b.closed = true
	for account := range b.planning {
		b.stopPlan(account)
	}
	for _, r := range b.runs {
		r.end()
	}
	b.mu.Unlock()
	b.work.Wait()
}

// Cancel ends the running batch after the logo that is being sent; nothing
// where none is running. not_found for an account that is not known.
func (b *Batches) Cancel(account domain.AccountID) error {
	newest, err := b.newest(account)
	if newest != nil {
		newest.cancel()
	}
	return err
}

// Forget ends the account's plan and batch that are going on, as StopPlan and
// Cancel do, and forgets what was seen of its folder and organizations; for one
// that is signed out of.
func (b *Batches) Forget(account domain.AccountID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopPlan(account)
	delete(b.plans, account)
	if newest := b.runs[account]; newest != nil {
		newest.cancel()
		if newest.state() != domain.LogoBatchRunning {
			delete(b.runs, account)
		}
	}
}

// Batch gives how the account's newest batch stands, with its rows; its state
// is LogoBatchNever where there was none. not_found for an account that is not
// known.
func (b *Batches) Batch(account domain.AccountID) (domain.LogoBatch, error) {
	newest, err := b.newest(account)
	if err != nil || newest == nil {
		return domain.LogoBatch{Account: account, State: domain.LogoBatchNever}, err
	}
	return newest.now(), nil
}

func (b *Batches) newest(account domain.AccountID) (*run, error) {
	if _, err := b.opts.Accounts.Account(account); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.runs[account], nil
}

// quoted is a text in a sentence.
func quoted(text string) string { return "“" + text + "”" }
