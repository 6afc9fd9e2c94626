package editor

import (
	"context"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Add adds an organization and puts it into the cache at once; most is its user
// cap as text, empty for none. The request is sent once: where its answer is
// lost, the provider's listing tells whether the organization exists.
func (e *Editor) Add(ctx context.Context, id domain.AccountID, name, most string) (domain.AddOutcome, error) {
	name, err := checkName(name)
	if err != nil {
		return domain.AddOutcome{}, err
	}
	userCap, err := checkCap(most)
	if err != nil {
		return domain.AddOutcome{}, err
	}
	account, remote, err := e.reachToAdd(id)
	if err != nil {
		return domain.AddOutcome{}, err
	}
	release, err := e.take(id, "add "+nameKey(name))
	if err != nil {
		return domain.AddOutcome{}, err
	}
	defer release()
	if err := e.checkFree(ctx, id, name, ""); err != nil {
		return domain.AddOutcome{}, err
	}
	a := adding{Editor: e, account: account, remote: remote, patience: writeTimeout}
	return a.add(ctx, name, userCap)
}

// reachToAdd is reach for an account that may add organizations.
func (e *Editor) reachToAdd(id domain.AccountID) (domain.Account, Remote, error) {
	account, remote, err := e.reach(id)
	if err != nil {
		return account, nil, err
	}
	if reason := account.CannotAddOrganizations(); reason != "" {
		return account, nil, &domain.Error{Code: domain.CodeForbidden, Message: reason + " Nothing was sent.", Hint: addHint(account)}
	}
	return account, remote, nil
}

// addHint says who can help where organizations cannot be added.
func addHint(account domain.Account) string {
	if account.DisallowOrgCreation {
		return "Ask JumpCloud Support to allow it for your provider."
	}
	return "Ask an Administrator With Billing to add it, or to change your role."
}

// adding is an account to which organizations are added.
type adding struct {
	*Editor
	account domain.Account
	remote  Remote
	// patience bounds a request with the waits that the server asks for.
	patience time.Duration
}

// add sends the request once, and finds out what became of it.
func (a adding) add(ctx context.Context, name string, userCap *int) (domain.AddOutcome, error) {
	if a.doubts(name) {
		// It was sent before, and nothing is sent twice: a server that takes a
		// name twice would have two of them.
		found, err := a.find(ctx, func(listed string) bool { return nameKey(listed) == nameKey(name) })
		if err != nil {
			return domain.AddOutcome{}, a.refusedToAdd(ctx, name, stillUncertain(name, err))
		}
		if found != nil {
			a.doubt(name, false)
			return a.added(ctx, *found, userCap, true), nil
		}
		if wait := a.mayArrive(name); wait > 0 {
			return domain.AddOutcome{}, a.refusedToAdd(ctx, name, onItsWay(name, wait))
		}
		a.doubt(name, false)
	}
	listed, err := a.create(ctx, name, userCap)
	lost := err != nil && uncertain(err)
	if lost {
		a.opts.Log.Info("the answer to adding was lost", "name", name, "error", err)
		if found, findErr := a.find(ctx, called(name)); findErr != nil {
			a.opts.Log.Warn("whether it was added could not be read", "name", name, "error", findErr)
			a.doubt(name, true)
			return a.uncertain(ctx, name), nil
		} else if found != nil {
			listed, err = *found, nil
		} else {
			a.doubt(name, true)
			err = notListed(name, err)
		}
	}
	if err != nil {
		return domain.AddOutcome{}, a.refusedToAdd(ctx, name, err)
	}
	return a.added(ctx, listed, userCap, lost), nil
}

// added caches, shows and records an organization that was added. lost says
// that the answer was.
func (a adding) added(ctx context.Context, listed domain.Listed, userCap *int, lost bool) domain.AddOutcome {
	at := a.opts.Now()
	outcome := domain.AddOutcome{State: domain.AddDone, Message: quoted(listed.Name) + " was added."}
	if lost {
		outcome.Message += " The answer was lost, but JumpCloud lists it."
	}
	if capText(listed.MaxSystemUsers) != capText(userCap) {
		outcome.Hint = "JumpCloud did not take the user cap: set it in the panel."
	}
	row, cached := a.keep(ctx, a.account.ID, listed.ID, reading{at: at, listed: &listed})
	if !cached {
		row = domain.Organization{ID: listed.ID, Name: listed.Name, MaxSystemUsers: listed.MaxSystemUsers, CapKnown: true, ListedAt: at}
		outcome.Hint = "It could not be kept in the cache; the next sync shows it."
	}
	outcome.Organization = row
	outcome.ActivityID = a.record(ctx, a.account, domain.Activity{
		Org: listed.ID, Kind: domain.ActivityOrgAdded, After: listed.Name, Result: domain.ResultOK,
	})
	return outcome
}

// lateArrival is how long a request whose answer was lost may still be on its
// way, or be worked on: longer than JumpCloud and what stands before it wait.
const lateArrival = 2 * time.Minute

// mayArrive is how long a doubtful name may still arrive; not positive where it
// has surely been dropped.
func (a adding) mayArrive(name string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.doubtful[a.doubtKey(name)].Add(lateArrival).Sub(a.opts.Now())
}

// doubts reports whether the name was sent before and may exist.
func (a adding) doubts(name string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, doubtful := a.doubtful[a.doubtKey(name)]
	return doubtful
}

func (a adding) doubt(name string, doubtful bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.doubtful, a.doubtKey(name))
	if doubtful {
		a.doubtful[a.doubtKey(name)] = a.opts.Now()
	}
}

func (a adding) doubtKey(name string) string { return string(a.account.ID) + "\n" + nameKey(name) }

// create sends the request once.
func (a adding) create(ctx context.Context, name string, userCap *int) (domain.Listed, error) {
	ctx, cancel := context.WithTimeout(ctx, a.patience)
	defer cancel()
	return a.remote.CreateOrganization(ctx, a.account.ProviderID, name, userCap)
}

// called is for find: the name that was sent, as a server may keep it.
func called(name string) func(string) bool {
	return func(listed string) bool { return took(domain.FieldName, listed, name) }
}

// find looks for an organization in the provider's listing, once more after a
// moment where it is not there yet; nil where it surely is not.
func (a adding) find(ctx context.Context, wanted func(name string) bool) (*domain.Listed, error) {
	for again := false; ; again = true {
		listing, err := a.listing(ctx)
		if err != nil {
			return nil, err
		}
		for _, listed := range listing.Found {
			if wanted(listed.Name) {
				return &listed, nil
			}
		}
		if again {
			// Only a complete listing can tell that something is not there.
			return nil, incomplete(listing)
		}
		a.opts.Settle(ctx)
	}
}

// listing reads the provider's organizations, once more where the list moved
// while it was read.
func (a adding) listing(ctx context.Context) (*domain.Listing, error) {
	ctx, cancel := context.WithTimeout(ctx, findTimeout)
	defer cancel()
	listing, err := a.listOnce(ctx)
	if err == nil && listing.Moved {
		return a.listOnce(ctx)
	}
	return listing, err
}

func (a adding) listOnce(ctx context.Context) (*domain.Listing, error) {
	var listing domain.Listing
	for page, err := range a.remote.ProviderOrganizations(ctx, a.account.ProviderID) {
		if err != nil {
			return nil, fmt.Errorf("list the organizations: %w", err)
		}
		listing.Add(page)
	}
	return &listing, nil
}

// incomplete is the error of a listing that is not complete; nil where it is.
func incomplete(listing *domain.Listing) error {
	if listing.Complete() {
		return nil
	}
	message := fmt.Sprintf("JumpCloud said there are %d organizations but listed %d.", listing.Total, len(listing.Found))
	if listing.Moved {
		message = "The list of organizations changed while it was read."
	}
	return &domain.Error{
		Code: domain.CodePartialListing, Message: message + " Nothing was added.", Hint: "Try again in a minute.", Retryable: true,
	}
}

// notListed is the error of a request whose answer was lost, and which JumpCloud
// does not show: it may have gone astray, or be on its way.
func notListed(name string, cause error) error {
	return &domain.Error{
		Code: domain.CodeOf(cause), Message: "The connection was lost while " + quoted(name) + " was being added. JumpCloud does not list it, but it may yet arrive.",
		Hint: "Sync in a few minutes and look for it. Where you add it again, Orgdeck looks for it before it sends anything.", Retryable: true,
		Uncertain: true, Cause: cause,
	}
}

// onItsWay is the refusal to send a name again that may still arrive.
func onItsWay(name string, wait time.Duration) error {
	return &domain.Error{
		Code: domain.CodeBusy, Message: quoted(name) + " was sent a moment ago, and may yet arrive: JumpCloud does not list it. Nothing was sent again.",
		Hint: "Try again in " + about(wait) + ": Orgdeck looks for it first.", Retryable: true, RetryAfter: wait, Uncertain: true,
	}
}

// about is a wait in a sentence.
func about(wait time.Duration) string {
	if wait > time.Minute {
		return "two minutes"
	}
	return "a minute"
}

// stillUncertain is the error where it is not known whether an earlier request
// added the organization, so that none is sent again.
func stillUncertain(name string, cause error) error {
	return &domain.Error{
		Code: domain.CodeOf(cause), Message: quoted(name) + " was sent before, and whether it was added could not be read again. Nothing was sent.",
		Hint: "Try again when JumpCloud can be reached.", Retryable: true, Cause: cause,
	}
}

// uncertain is the outcome where neither the answer nor the listing came.
func (a adding) uncertain(ctx context.Context, name string) domain.AddOutcome {
	return domain.AddOutcome{
		State: domain.AddUncertain, Organization: domain.Organization{Name: name},
		Message: "It is not known whether " + quoted(name) + " was added: the answer was lost, and JumpCloud could not be read afterwards.",
		Hint:    "Sync when JumpCloud can be reached again, and look for it before you try again.",
		ActivityID: a.record(ctx, a.account, domain.Activity{
			Kind: domain.ActivityOrgAdded, After: name, Result: string(domain.AddUncertain),
		}),
	}
}

// refusedToAdd records that an organization was not added, and explains why.
func (a adding) refusedToAdd(ctx context.Context, name string, err error) error {
	a.record(ctx, a.account, domain.Activity{Kind: domain.ActivityOrgAdded, After: name, Result: string(domain.CodeOf(err))})
	switch domain.CodeOf(err) {
	case domain.CodeUnauthorized:
		a.opts.Accounts.KeyRefused(a.account.ID, a.remote)
	case domain.CodeForbidden:
		hint := "Only an Administrator With Billing can add organizations"
		if a.account.RoleName != "" {
			hint += ". Your role is " + a.account.RoleName
		}
		return withHint(err, hint+". JumpCloud Support can say whether your provider may add any.")
	case domain.CodeConflict:
		return withHint(err, "JumpCloud has an organization of this name. Sync to see it, or choose another name.")
	}
	return fmt.Errorf("add an organization: %w", err)
}
