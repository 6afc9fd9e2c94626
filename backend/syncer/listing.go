package syncer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// listing is one listing as far as it was read; read says that this was to its end.
type listing struct {
	domain.Listing
	read bool
}

func (l *listing) complete() bool { return l.read && l.Complete() }

// list reads both listings. The provider's names are committed and shown page
// by page, and asked for first: they are what a person waits for. The other's
// logo addresses are joined in at the end.
func (r *run) list(ctx context.Context, account domain.Account) error {
	var names, logos listing
	at := r.opts.Now()
	group, groupCtx := errgroup.WithContext(ctx)
	asked := make(chan struct{})
	group.Go(guarded(func() error { return r.refreshAccount(groupCtx, account) }))
	group.Go(guarded(func() error {
		return r.listNames(groupCtx, account.ProviderID, &names, at, sync.OnceFunc(func() { close(asked) }))
	}))
	group.Go(guarded(func() error {
		<-asked
		return r.read(r.opts.Remote.Organizations(groupCtx), &logos, func([]domain.Listed) error { return nil })
	}))
	if err := group.Wait(); err != nil {
		return fmt.Errorf("list organizations: %w", err)
	}
	if !names.read && !logos.read && len(names.Found)+len(logos.Found) == 0 {
		return r.whyUnlisted()
	}
	if err := r.applyNames(ctx, join(names.Found, logos.Found), at); err != nil {
		return err
	}
	return r.closeListing(ctx, &names, &logos, at)
}

// gatheredPages is how many pages of names may wait to be kept.
const gatheredPages = 16

// listNames reads names and keeps them beside, so that the next page does not
// wait for the cache. asked is called when pages after the first are asked for,
// or none are.
func (r *run) listNames(ctx context.Context, providerID string, names *listing, at time.Time, asked func()) error {
	group, ctx := errgroup.WithContext(ctx)
	named := make(chan []domain.Listed, gatheredPages)
	group.Go(guarded(func() error {
		defer close(named)
		defer asked()
		pages := r.opts.Remote.ProviderOrganizations(ctx, providerID)
		return r.read(pages, names, func(fresh []domain.Listed) error {
			asked()
			select {
			case named <- fresh:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
	}))
	group.Go(guarded(func() error { return r.keepNames(ctx, named, at) }))
	if err := group.Wait(); err != nil {
		return err //nolint:wrapcheck // list says of what
	}
	if names.read {
		r.opts.Watcher.NamesRead(r.opts.Account.ID)
	}
	return nil
}

// keepNames commits and shows names as they come; those that come while others
// are kept are kept together.
func (r *run) keepNames(ctx context.Context, named <-chan []domain.Listed, at time.Time) error {
	for fresh := range named {
		for range len(named) {
			fresh = append(fresh, <-named...)
		}
		if err := r.applyNames(ctx, fresh, at); err != nil {
			return err
		}
	}
	return nil
}

// read takes a listing in, and once more where it moved while it was read.
func (r *run) read(pages iter.Seq2[domain.ListedPage, error], into *listing, apply func([]domain.Listed) error) error {
	if err := r.readOnce(pages, into, apply); err != nil || !into.Moved {
		return err
	}
	var again listing
	if err := r.readOnce(pages, &again, apply); err != nil {
		return err
	}
	if again.read {
		*into = again
	}
	return nil
}

// readOnce takes a listing's pages in. A listing the key may not read, or that
// ends with a broken answer, leaves the run with the other one; only what
// concerns every call (the key, the connection) stops it.
func (r *run) readOnce(pages iter.Seq2[domain.ListedPage, error], into *listing, apply func([]domain.Listed) error) error {
	for page, err := range pages {
		if err != nil {
			return r.tolerate(err)
		}
		if err := apply(into.Add(page)); err != nil {
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
	if !r.hasSighted() {
		// On the first sight of a provider nothing was added: all of it is new to us alone.
		change.Added = nil
	}
	if err := r.note(ctx, listingActivities(change, r.names, at)); err != nil {
		return err
	}
	r.show(change.Changed)
	r.tell()
	return nil
}

// hasSighted reports whether a listing of the provider was complete before.
func (e *Engine) hasSighted() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.sighted
}

// closeListing marks what both complete listings lack as gone. An incomplete
// listing marks nothing.
func (r *run) closeListing(ctx context.Context, names, logos *listing, at time.Time) error {
	complete := names.complete() && logos.complete()
	listed := make(map[domain.OrgID]struct{}, len(names.Found))
	for _, found := range []map[domain.OrgID]domain.Listed{names.Found, logos.Found} {
		for id := range found {
			listed[id] = struct{}{}
		}
	}
	r.mu.Lock()
	r.record.ListingComplete = complete
	switch {
	case complete:
		// What a first reading named and the second did not was deleted between.
		maps.DeleteFunc(r.names, func(id domain.OrgID, _ string) bool { _, named := listed[id]; return !named })
		r.record.Organizations = len(r.names)
	case r.record.Problem != nil:
	case !names.complete():
		r.record.Problem = partialListing(names)
	default:
		r.record.Problem = partialListing(logos)
	}
	r.mu.Unlock()
	if !complete {
		return nil
	}
	if len(listed) == 0 {
		if believed, err := r.believesEmpty(ctx); !believed {
			return err
		}
	}
	gone, err := r.opts.Store.MarkGone(ctx, r.opts.Account.ID, listed, at)
	if err != nil {
		return fmt.Errorf("mark organizations as gone: %w", err)
	}
	r.mu.Lock()
	r.record.Gone = len(gone)
	r.mu.Unlock()
	r.Engine.mu.Lock()
	r.sighted = true
	r.Engine.mu.Unlock()
	if err := r.note(ctx, goneActivities(gone, at)); err != nil {
		return err
	}
	r.show(gone)
	return nil
}

// believesEmpty reports whether a listing of nothing at all is taken for true,
// although organizations are known: only where the run before was told the same.
func (r *run) believesEmpty(ctx context.Context) (bool, error) {
	if r.toldEmpty {
		return true, nil
	}
	cached, err := r.opts.Store.Organizations(ctx, r.opts.Account.ID)
	if err != nil {
		return false, fmt.Errorf("read the cache: %w", err)
	}
	known := 0
	for i := range cached {
		if cached[i].GoneAt == nil {
			known++
		}
	}
	if known == 0 {
		return true, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.record.Problem, r.lacking = emptyListing(known), true
	return false, nil
}

// toldEmpty reports whether a run ended with emptyListing.
func toldEmpty(run domain.SyncRun) bool {
	return run.ListingComplete && run.Organizations == 0 && run.Problem != nil && run.Problem.Code == domain.CodePartialListing
}

func emptyListing(known int) *domain.Error {
	return &domain.Error{
		Code:      domain.CodePartialListing,
		Message:   fmt.Sprintf("JumpCloud listed no organization at all, although %d were known. None was marked as gone.", known),
		Hint:      "If the next sync is told the same, all of them are shown as gone. Compare with the portal.",
		Retryable: true,
	}
}

func partialListing(l *listing) *domain.Error {
	message := fmt.Sprintf("JumpCloud said there are %d organizations but listed %d.", l.Total, len(l.Found))
	if l.Moved {
		message = "The list of organizations changed while it was read, twice over."
	}
	return &domain.Error{
		Code:      domain.CodePartialListing,
		Message:   message + " None was marked as gone.",
		Hint:      "Sync again; if it stays so, compare with the portal.",
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

// show tells the watcher of organizations of which the cache holds something else now.
func (r *run) show(orgs []domain.OrgID) {
	if len(orgs) > 0 {
		r.opts.Watcher.RowsChanged(r.opts.Account.ID, orgs)
	}
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
