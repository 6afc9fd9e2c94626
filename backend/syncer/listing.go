package syncer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// listing is one listing as it is read: de-duplicated by id, and complete only
// if the number of distinct ids reaches what the server says there are.
type listing struct {
	found map[domain.OrgID]domain.Listed
	total int
	read  bool
}

func (l *listing) complete() bool { return l.read && len(l.found) >= l.total }

// add takes a page in and gives its records that were not known yet.
func (l *listing) add(page domain.ListedPage) []domain.Listed {
	l.total = page.Total
	fresh := page.Items[:0:0]
	for _, item := range page.Items {
		if _, known := l.found[item.ID]; !known {
			fresh = append(fresh, item)
		}
		l.found[item.ID] = item
	}
	return fresh
}

// list reads both listings at once. The provider's names are committed and
// shown page by page; the other's logo addresses are joined in at the end.
func (r *run) list(ctx context.Context, account domain.Account) error {
	names := listing{found: map[domain.OrgID]domain.Listed{}}
	logos := listing{found: map[domain.OrgID]domain.Listed{}}
	at := r.opts.Now()
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(guarded(func() error { return r.refreshAccount(groupCtx, account) }))
	group.Go(guarded(func() error {
		pages := r.opts.Remote.ProviderOrganizations(groupCtx, account.ProviderID)
		return r.read(pages, &names, func(fresh []domain.Listed) error { return r.applyNames(groupCtx, fresh, at) })
	}))
	group.Go(guarded(func() error {
		return r.read(r.opts.Remote.Organizations(groupCtx), &logos, func([]domain.Listed) error { return nil })
	}))
	if err := group.Wait(); err != nil {
		return fmt.Errorf("list organizations: %w", err)
	}
	if !names.read && !logos.read && len(names.found)+len(logos.found) == 0 {
		return r.whyUnlisted()
	}
	if err := r.applyNames(ctx, join(names.found, logos.found), at); err != nil {
		return err
	}
	return r.closeListing(ctx, &names, &logos, at)
}

// read takes a listing's pages in. A listing the key may not read, or that
// ends with a broken answer, leaves the run with the other one; only what
// concerns every call (the key, the connection) stops it.
func (r *run) read(pages iter.Seq2[domain.ListedPage, error], into *listing, apply func([]domain.Listed) error) error {
	for page, err := range pages {
		if err != nil {
			return r.tolerate(err)
		}
		if err := apply(into.add(page)); err != nil {
			return err
		}
	}
	into.read = true
	return nil
}

func (r *run) tolerate(err error) error {
	switch domain.CodeOf(err) {
	case domain.CodeForbidden, domain.CodeNotFound, domain.CodeProtocol, domain.CodeServer:
		r.mu.Lock()
		defer r.mu.Unlock()
		r.record.Problem = asProblem(err)
		return nil
	default:
		return err
	}
}

// join gives every organization of either listing, with the provider's name
// and user cap and the other listing's logo address.
func join(names, logos map[domain.OrgID]domain.Listed) []domain.Listed {
	joined := make([]domain.Listed, 0, len(logos))
	for id, item := range logos {
		if named, both := names[id]; both {
			item.Name, item.MaxSystemUsers, item.CapUnknown = named.Name, named.MaxSystemUsers, named.CapUnknown
		} else {
			item.CapUnknown = true
		}
		joined = append(joined, item)
	}
	return joined
}

// applyNames commits records of a listing, shows them and notes what is new.
func (r *run) applyNames(ctx context.Context, listed []domain.Listed, at time.Time) error {
	if len(listed) == 0 {
		return nil
	}
	change, err := r.opts.Store.ApplyListing(ctx, r.opts.Account.ID, listed, at)
	if err != nil {
		return fmt.Errorf("keep a listing: %w", err)
	}
	r.mu.Lock()
	for _, item := range listed {
		r.names[item.ID] = item.Name
	}
	for _, id := range change.Changed {
		r.changed[id] = struct{}{}
	}
	r.record.Organizations = len(r.names)
	r.record.Added += len(change.Added)
	r.mu.Unlock()
	if r.opts.Account.LastSyncAt.IsZero() {
		// On the first sight of a provider nothing was added: all of it is new to us alone.
		change.Added = nil
	}
	if err := r.note(ctx, listingActivities(change, r.names, at)); err != nil {
		return err
	}
	if err := r.show(ctx, change.Changed); err != nil {
		return err
	}
	r.tell()
	return nil
}

// closeListing marks what both complete listings lack as gone. An incomplete
// listing marks nothing.
func (r *run) closeListing(ctx context.Context, names, logos *listing, at time.Time) error {
	complete := names.complete() && logos.complete()
	r.mu.Lock()
	r.record.ListingComplete = complete
	listed := make(map[domain.OrgID]struct{}, len(r.names))
	for id := range r.names {
		listed[id] = struct{}{}
	}
	if !complete && r.record.Problem == nil {
		r.record.Problem = partialListing(max(names.total, logos.total), len(listed))
	}
	r.mu.Unlock()
	if !complete {
		return nil
	}
	gone, err := r.opts.Store.MarkGone(ctx, r.opts.Account.ID, listed, at)
	if err != nil {
		return fmt.Errorf("mark organizations as gone: %w", err)
	}
	r.mu.Lock()
	r.record.Gone = len(gone)
	r.mu.Unlock()
	if err := r.note(ctx, goneActivities(gone, at)); err != nil {
		return err
	}
	return r.show(ctx, gone)
}

func partialListing(total, listed int) *domain.Error {
	return &domain.Error{
		Code:      domain.CodePartialListing,
		Message:   fmt.Sprintf("JumpCloud said there are %d organizations but listed %d. None was marked as gone.", total, listed),
		Hint:      "Sync again; if the numbers stay apart, compare with the portal.",
		Retryable: true,
	}
}

// refreshAccount keeps what the key and the provider say of themselves. A key
// that may not read the provider loses nothing but its flag.
func (r *run) refreshAccount(ctx context.Context, account domain.Account) error {
	provider, err := r.opts.Remote.Provider(ctx, account.ProviderID)
	switch domain.CodeOf(err) {
	case "":
		account.DisallowOrgCreation = provider.DisallowOrgCreation
	case domain.CodeForbidden, domain.CodeNotFound, domain.CodeProtocol, domain.CodeServer:
		r.opts.Log.Info("the provider could not be read", "error", err)
	default:
		return fmt.Errorf("read the provider: %w", err)
	}
	return r.changeAccount(ctx, func(a *domain.Account) {
		account.LastSyncAt = a.LastSyncAt
		*a = account
	})
}

// show tells the watcher of rows as the cache holds them now.
func (r *run) show(ctx context.Context, ids []domain.OrgID) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := r.opts.Store.OrganizationsByID(ctx, r.opts.Account.ID, ids)
	if err != nil {
		return fmt.Errorf("read changed organizations: %w", err)
	}
	r.opts.Watcher.RowsChanged(r.opts.Account.ID, rows)
	return nil
}

// guarded is protect for a group's goroutine.
func guarded(work func() error) func() error {
	return func() error { return protect(work) }
}

// whyUnlisted gives the reason why neither listing could be read.
func (r *run) whyUnlisted() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.record.Problem == nil {
		return errors.New("no listing could be read, for no reason that was given")
	}
	return r.record.Problem
}
