package program

import (
	"context"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/roster"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// newRoster makes the administrators of a workspace.
func (p *Program) newRoster(db *sqlite.DB, opened *session.Session) *roster.Roster {
	return roster.New(roster.Options{
		Accounts: managed{opened}, Cache: db, Keeper: db, Now: p.opts.Now, Log: p.opts.Log, Settle: settle,
	})
}

// settle waits until the server may show what it accepted.
func settle(ctx context.Context) { pause(ctx, settleTime) }

// pause waits, or until ctx ends.
func pause(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// managed gives a roster the accounts of a session.
type managed struct{ *session.Session }

// Remote gives an account's way to JumpCloud.
func (m managed) Remote(id domain.AccountID) (roster.Remote, error) { return m.Session.Remote(id) }

// KeyRefused takes note that a key was refused.
func (m managed) KeyRefused(id domain.AccountID, remote roster.Remote) {
	m.Session.KeyRefused(id, remote)
}

// rosters answers the bound Administrators: who may enter what.
type rosters struct{ *Program }

// Organization gives what is cached of who may enter an organization.
func (r rosters) Organization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error) {
	w, err := r.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.OrganizationRoster{}, err
	}
	return w.roster.Organization(ctx, account, org)
}

// RefreshOrganization asks JumpCloud who may enter an organization.
func (r rosters) RefreshOrganization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error) {
	w, err := r.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.OrganizationRoster{}, err
	}
	return w.roster.RefreshOrganization(ctx, account, org)
}

// Provider gives what is cached of the provider's administrators.
func (r rosters) Provider(ctx context.Context, account domain.AccountID) (domain.ProviderRoster, error) {
	w, err := r.workspaceOf(account)
	if err != nil {
		return domain.ProviderRoster{}, err
	}
	return w.roster.Provider(ctx, account)
}

// RefreshProvider asks JumpCloud for the provider's administrators.
func (r rosters) RefreshProvider(ctx context.Context, account domain.AccountID) (domain.ProviderRoster, error) {
	w, err := r.workspaceOf(account)
	if err != nil {
		return domain.ProviderRoster{}, err
	}
	return w.roster.RefreshProvider(ctx, account)
}

// PreviewDeletion says what deleting an administrator would do.
func (r rosters) PreviewDeletion(ctx context.Context, account domain.AccountID, administrator domain.AdministratorID) (domain.DeletionPreview, error) {
	w, err := r.workspaceOf(account)
	if err != nil {
		return domain.DeletionPreview{}, err
	}
	return w.roster.PreviewDeletion(ctx, account, administrator)
}

// rosterActs answers the bound Administrators: what changes them.
type rosterActs struct{ *Program }

// TakeAccess takes access to one organization away.
func (r rosterActs) TakeAccess(ctx context.Context, account domain.AccountID, org domain.OrgID, administrator domain.AdministratorID) (domain.ActOutcome, error) {
	w, err := r.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	return w.roster.TakeAccess(ctx, account, org, administrator)
}

// GiveAccess gives access to one organization.
func (r rosterActs) GiveAccess(ctx context.Context, account domain.AccountID, org domain.OrgID, administrator domain.AdministratorID) (domain.ActOutcome, error) {
	w, err := r.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	return w.roster.GiveAccess(ctx, account, org, administrator)
}

// Delete deletes an administrator from the provider.
func (r rosterActs) Delete(ctx context.Context, account domain.AccountID, administrator domain.AdministratorID, typedEmail string) (domain.ActOutcome, error) {
	w, err := r.workspaceOf(account)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	return w.roster.Delete(ctx, account, administrator, typedEmail)
}

// Create adds an administrator to the provider.
func (r rosterActs) Create(ctx context.Context, account domain.AccountID, wish domain.AdministratorWish) (domain.ActOutcome, error) {
	w, err := r.workspaceOf(account)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	for _, org := range wish.Organizations {
		if _, err := r.workspaceHaving(ctx, account, org); err != nil {
			return domain.ActOutcome{}, err
		}
	}
	return w.roster.Create(ctx, account, wish)
}
