package syncer_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

func (b *bench) gone(t *testing.T) (gone []domain.OrgID) {
	t.Helper()
	for id, o := range b.cached(t) {
		if o.GoneAt != nil {
			gone = append(gone, id)
		}
	}
	return gone
}

// TestAListThatMovesWhileItIsRead: an organization is deleted after the first
// page of either listing was read, so that another one slips from the second
// page to the first, where nobody looks again. The deleted one alone is marked.
func TestAListThatMovesWhileItIsRead(t *testing.T) {
	b := newBench(t, 250)
	b.sync(t)
	before := map[string]int{"names": b.remote.calls["names"], "logos": b.remote.calls["logos"]}
	b.remote.set(func(r *remote) {
		r.view = func(call string, n int, all []domain.Listed) []domain.Listed {
			if n == before[call]+1 {
				return all
			}
			return append(all[:3:3], all[4:]...)
		}
	})
	status := b.sync(t)
	if gone := b.gone(t); len(gone) != 1 || gone[0] != orgID(3) {
		t.Errorf("marked as gone: %v", gone)
	}
	if status.Run.State != domain.SyncDone || status.Run.Organizations != 249 || status.Run.Done != 249 {
		t.Errorf("ended as %+v", status.Run)
	}
}

// TestAListThatNeverRests is never complete.
func TestAListThatNeverRests(t *testing.T) {
	b := newBench(t, 250)
	b.sync(t)
	b.remote.set(func(r *remote) {
		r.view = func(_ string, n int, all []domain.Listed) []domain.Listed { return all[n%2:] }
	})
	status := b.sync(t)
	if len(b.gone(t)) != 0 || status.Run.ListingComplete || domain.CodeOf(problem(status)) != domain.CodePartialListing {
		t.Fatalf("%d are gone after %+v", len(b.gone(t)), status.Run)
	}
	if !strings.Contains(status.Run.Problem.Message, "changed while it was read") {
		t.Errorf("told is %q", status.Run.Problem.Message)
	}
}

// TestCountsThatLie: neither a count too high nor one too low can be believed.
func TestCountsThatLie(t *testing.T) {
	for _, lie := range []int{-250, -150, -7, -1, 1, 7} {
		b := newBench(t, 250)
		b.sync(t)
		b.remote.set(func(r *remote) { r.orgs, r.lie = r.orgs[1:], lie })
		status := b.sync(t)
		if len(b.gone(t)) != 0 || status.Run.ListingComplete || domain.CodeOf(problem(status)) != domain.CodePartialListing {
			t.Errorf("off by %d: %d are gone after %+v", lie, len(b.gone(t)), status.Run)
		}
	}
}

// TestAnEmptyListIsBelievedTheSecondTime: more likely than that every customer
// left is that the server or the key's rights have a bad moment.
func TestAnEmptyListIsBelievedTheSecondTime(t *testing.T) {
	b := newBench(t, 30)
	b.sync(t)
	all := b.remote.orgs
	empty := func(r *remote) { r.orgs = nil }
	b.remote.set(empty)
	status := b.sync(t)
	if len(b.gone(t)) != 0 || status.Run.State != domain.SyncPartial || domain.CodeOf(problem(status)) != domain.CodePartialListing {
		t.Fatalf("%d are gone after %+v", len(b.gone(t)), status.Run)
	}
	if !strings.Contains(status.Run.Problem.Message, "30 were known") {
		t.Errorf("told is %q", status.Run.Problem.Message)
	}
	b.remote.set(func(r *remote) { r.orgs = all })
	if status := b.sync(t); status.Run.State != domain.SyncDone || len(b.gone(t)) != 0 {
		t.Fatalf("listed again, %d are gone after %+v", len(b.gone(t)), status.Run)
	}
	b.remote.set(empty)
	b.sync(t)
	if status := b.sync(t); len(b.gone(t)) != 30 || status.Run.State != domain.SyncDone || status.Run.Gone != 30 {
		t.Errorf("told twice, %d are gone after %+v", len(b.gone(t)), status.Run)
	}
	if status := b.sync(t); status.Run.State != domain.SyncDone {
		t.Errorf("with nothing left to lose, it ended as %+v", status.Run)
	}
}

// TestNamesAreAskedForFirst: they are what a person waits for.
func TestNamesAreAskedForFirst(t *testing.T) {
	b := newBench(t, 250)
	b.remote.fail = func(call string, _ domain.OrgID) error {
		if call == "logos" && b.remote.calls["names"] == 0 {
			t.Error("the other listing was asked for before the names")
		}
		return nil
	}
	if status := b.sync(t); status.Run.State != domain.SyncDone {
		t.Errorf("ended as %+v", status.Run)
	}
	if !slices.Equal(b.watcher.named, []int{250}) {
		t.Errorf("all names were said to be read when %v were told", b.watcher.named)
	}
}

// TestTheKeyIsNotAskedAgainRightAfterASignIn, and is at every later run.
func TestTheKeyIsNotAskedAgainRightAfterASignIn(t *testing.T) {
	b := newBench(t, 3)
	b.identified = true
	ctx, cancel := context.WithCancel(t.Context())
	engine, ended := b.engine(t), make(chan struct{})
	go func() { defer close(ended); engine.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	for run := range 3 {
		if status := <-b.watcher.finished; status.Run.State != domain.SyncDone || !status.Online {
			t.Fatalf("run %d ended as %+v", run, status)
		}
		b.remote.set(func(r *remote) {
			if r.calls["identify"] != run {
				t.Errorf("after run %d the key was asked %d times", run, r.calls["identify"])
			}
		})
		if err := engine.Start(); err != nil {
			t.Fatal(err)
		}
	}
}

// listingStore is a cache in which a listing is kept by apply.
type listingStore struct {
	syncer.Store
	apply func(keep func() (domain.ListingChange, error)) (domain.ListingChange, error)
}

func (s listingStore) ApplyListing(ctx context.Context, account domain.AccountID, listed []domain.Listed, at time.Time) (domain.ListingChange, error) {
	return s.apply(func() (domain.ListingChange, error) { return s.Store.ApplyListing(ctx, account, listed, at) })
}

// TestPagesThatComeTogetherAreKeptTogether: keeping the first takes until the
// last of ten was asked for.
func TestPagesThatComeTogetherAreKeptTogether(t *testing.T) {
	b := newBench(t, 1000)
	allAsked, kept := make(chan struct{}), 0
	b.remote.fail = func(call string, _ domain.OrgID) error {
		if call == "names" && b.remote.calls["names"] == 10 {
			close(allAsked)
		}
		return nil
	}
	b.store = listingStore{b.db, func(keep func() (domain.ListingChange, error)) (domain.ListingChange, error) {
		<-allAsked
		kept++
		return keep()
	}}
	if status := b.sync(t); status.Run.State != domain.SyncDone || len(b.cached(t)) != 1000 {
		t.Errorf("ended as %+v", status.Run)
	}
	// The first page, those that came meanwhile, a last one perhaps, and the addresses of logos.
	if kept > 4 {
		t.Errorf("ten pages and the other listing were kept in %d goes", kept)
	}
}

// TestNamesThatCannotBeKeptEndTheRun, however many pages are yet to come.
func TestNamesThatCannotBeKeptEndTheRun(t *testing.T) {
	b := newBench(t, 2500)
	b.store = listingStore{b.db, func(func() (domain.ListingChange, error)) (domain.ListingChange, error) {
		return domain.ListingChange{}, &domain.Error{Code: domain.CodeCacheFailed, Message: "The disk is full."}
	}}
	if status := b.sync(t); status.Run.State != domain.SyncFailed || domain.CodeOf(problem(status)) != domain.CodeCacheFailed {
		t.Errorf("ended as %+v", status.Run)
	}
	if len(b.watcher.named) > 0 {
		t.Error("all names were said to be read")
	}
}
