package roster

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// A person waits for an act: better to say that the answer is lost.
	readTimeout  = 30 * time.Second
	writeTimeout = 45 * time.Second
	// pageTimeout bounds reading what all administrators may enter.
	pageTimeout = 5 * time.Minute
)

// Options are what a Roster needs.
type Options struct {
	Accounts Accounts
	Cache    Cache
	Keeper   Keeper
	Now      func() time.Time
	Log      *slog.Logger
	// Settle waits a moment before a list that did not change yet is read once
	// more, because a server's lists may lag behind its writes.
	Settle func(ctx context.Context)
}

// Roster is the administrators of the accounts of one cache. New makes one.
type Roster struct {
	opts Options

	mu sync.Mutex
	// busy are the accounts whose administrators are being changed.
	busy map[domain.AccountID]bool
	// begun is how many changes of each account were begun.
	begun map[domain.AccountID]int
}

// New makes a Roster.
func New(opts Options) *Roster {
	return &Roster{opts: opts, busy: map[domain.AccountID]bool{}, begun: map[domain.AccountID]int{}}
}

// Organization gives what is cached of who may enter an organization.
func (r *Roster) Organization(ctx context.Context, id domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error) {
	account, err := r.opts.Accounts.Account(id)
	if err != nil {
		return domain.OrganizationRoster{}, err
	}
	roster, err := r.opts.Cache.OrganizationRoster(ctx, id, org)
	if err != nil {
		return domain.OrganizationRoster{}, fmt.Errorf("read administrators: %w", err)
	}
	roster.Account = account
	return roster, nil
}

// Provider gives what is cached of the provider's administrators and what each
// may enter.
func (r *Roster) Provider(ctx context.Context, id domain.AccountID) (domain.ProviderRoster, error) {
	account, err := r.opts.Accounts.Account(id)
	if err != nil {
		return domain.ProviderRoster{}, err
	}
	roster, err := r.opts.Cache.ProviderRoster(ctx, id)
	if err != nil {
		return domain.ProviderRoster{}, fmt.Errorf("read administrators: %w", err)
	}
	roster.Account = account
	return roster, nil
}

// visit is one look at an account, or one change of it.
type visit struct {
	*Roster
	account domain.Account
	remote  Remote
}

// visit finds the account and the way to it.
func (r *Roster) visit(id domain.AccountID) (*visit, error) {
	account, err := r.opts.Accounts.Account(id)
	if err != nil {
		return nil, err
	}
	remote, err := r.opts.Accounts.Remote(id)
	if err != nil {
		return nil, err
	}
	return &visit{Roster: r, account: account, remote: remote}, nil
}

// change is visit for a change, of which there is one at a time for an account:
// two could delete each other's last administrator.
func (r *Roster) change(id domain.AccountID) (v *visit, release func(), err error) {
	if v, err = r.visit(id); err != nil {
		return nil, nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[id] {
		return nil, nil, &domain.Error{
			Code: domain.CodeBusy, Message: "Another change of administrators is under way. Nothing was sent.",
			Hint: "Wait until it is done, then try again.", Retryable: true,
		}
	}
	r.busy[id] = true
	r.begun[id]++
	return v, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.busy, id)
	}, nil
}

// read asks JumpCloud for something, for a bounded time, and notes a refused key.
func read[T any](ctx context.Context, v *visit, ask func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	got, err := ask(ctx)
	return got, v.noted(err)
}

// send sends a change once, for a bounded time, and notes a refused key.
func (v *visit) send(ctx context.Context, change func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	return v.noted(change(ctx))
}

func (v *visit) noted(err error) error {
	if domain.CodeOf(err) == domain.CodeUnauthorized {
		v.opts.Accounts.KeyRefused(v.account.ID, v.remote)
	}
	return err
}

// record adds lines to the history. A failure is logged: what was done at
// JumpCloud is done, whether or not it can be recorded.
func (v *visit) record(ctx context.Context, lines ...domain.Activity) {
	if len(lines) == 0 {
		return
	}
	for i := range lines {
		lines[i].Account, lines[i].At = v.account.ID, v.opts.Now()
		if lines[i].Source == domain.SourceOrgdeck {
			lines[i].Actor = v.account.Email
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTimeout)
	defer cancel()
	if err := v.opts.Cache.AppendActivity(ctx, lines...); err != nil {
		v.opts.Log.Error("the history could not be written", "error", err)
	}
}

// uncertain reports whether a change may have been made in spite of its error.
func uncertain(err error) bool {
	known, ok := errors.AsType[*domain.Error](err)
	return ok && known.Uncertain
}

// problemOf is an error as a person is shown it.
func problemOf(err error) *domain.Error {
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known
	}
	return &domain.Error{Code: domain.CodeInternal, Message: "Orgdeck ran into a defect of its own.", Cause: err}
}
