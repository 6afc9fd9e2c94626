package roster

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// readers is how many administrators' links are asked for at once; the client
// bounds the calls of the whole account besides.
const readers = 8

// RefreshOrganization asks JumpCloud who may enter an organization, keeps it,
// notes what changed meanwhile, and gives what is known then. A list that the
// key may not read keeps what it held; its reading says so.
func (r *Roster) RefreshOrganization(ctx context.Context, id domain.AccountID, org domain.OrgID) (domain.OrganizationRoster, error) {
	v, err := r.visit(id)
	if err != nil {
		return domain.OrganizationRoster{}, err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		// Links are told by e-mail, so that the people come first.
		if err := v.refreshAdministrators(groupCtx); err != nil {
			return err
		}
		return v.refreshLinks(groupCtx, org)
	})
	group.Go(func() error { return v.refreshLocal(groupCtx, org) })
	if err := group.Wait(); err != nil {
		return domain.OrganizationRoster{}, fmt.Errorf("refresh administrators: %w", err)
	}
	return r.Organization(ctx, id, org)
}

// RefreshAdministrators asks JumpCloud who administers the provider, keeps it and
// notes who came and went; a synchronisation calls it. That the key may not read
// it is noted and no error. What is read while this program itself changes an
// administrator is dropped: the change reads anew, and knows its own doing.
func (r *Roster) RefreshAdministrators(ctx context.Context, id domain.AccountID) error {
	v, err := r.visit(id)
	if err != nil {
		return err
	}
	before, quiet := r.changes(id)
	if !quiet {
		return nil
	}
	list, err := v.administrators(ctx)
	if err != nil {
		return v.refused(ctx, domain.ListAdministrators, "", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[id] || r.begun[id] != before {
		return nil
	}
	return v.keepAdministrators(ctx, list, "")
}

// changes gives how many changes of an account were begun, and whether none is
// under way.
func (r *Roster) changes(id domain.AccountID) (begun int, quiet bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.begun[id], !r.busy[id]
}

// refused keeps a refusal as a state instead of an error; other errors stay.
func (v *visit) refused(ctx context.Context, kind domain.ListKind, subject string, err error) error {
	if domain.CodeOf(err) != domain.CodeForbidden {
		return err
	}
	if err := v.opts.Cache.DenyList(ctx, v.account.ID, kind, subject, v.opts.Now()); err != nil {
		return fmt.Errorf("note a refusal: %w", err)
	}
	return nil
}

// refreshAdministrators reads the provider's administrators.
func (v *visit) refreshAdministrators(ctx context.Context) error {
	list, err := v.administrators(ctx)
	if err != nil {
		return v.refused(ctx, domain.ListAdministrators, "", err)
	}
	return v.keepAdministrators(ctx, list, "")
}

func (v *visit) administrators(ctx context.Context) ([]domain.Administrator, error) {
	return read(ctx, v, func(ctx context.Context) ([]domain.Administrator, error) {
		return v.remote.Administrators(ctx, v.account.ProviderID)
	})
}

// keepAdministrators keeps the provider's administrators and notes who came and
// went; own is one that this program itself has added or deleted and recorded.
func (v *visit) keepAdministrators(ctx context.Context, list []domain.Administrator, own domain.AdministratorID) error {
	change, err := v.opts.Keeper.SaveAdministrators(ctx, v.account.ID, list, v.opts.Now())
	if err != nil {
		return fmt.Errorf("keep the administrators: %w", err)
	}
	v.record(ctx, noticedPeople(change, "", own)...)
	return nil
}

// refreshLinks reads who may enter an organization.
func (v *visit) refreshLinks(ctx context.Context, org domain.OrgID) error {
	links, err := v.links(ctx, org)
	if err != nil {
		return v.refused(ctx, domain.ListOrganizationLinks, string(org), err)
	}
	return v.keepLinks(ctx, org, links, "")
}

func (v *visit) links(ctx context.Context, org domain.OrgID) ([]domain.AccessLink, error) {
	return read(ctx, v, func(ctx context.Context) ([]domain.AccessLink, error) {
		return v.remote.OrganizationAdministrators(ctx, org)
	})
}

// keepLinks keeps who may enter an organization and notes whose access came and
// went; own is one whose access this program itself has changed and recorded.
func (v *visit) keepLinks(ctx context.Context, org domain.OrgID, links []domain.AccessLink, own domain.AdministratorID) error {
	change, err := v.opts.Keeper.SaveOrganizationLinks(ctx, v.account.ID, org, links, v.opts.Now())
	if err != nil {
		return fmt.Errorf("keep who may enter: %w", err)
	}
	lines, err := v.noticedAccess(ctx, change, own)
	v.record(ctx, lines...)
	return err
}

func (v *visit) refreshLocal(ctx context.Context, org domain.OrgID) error {
	list, err := read(ctx, v, func(ctx context.Context) ([]domain.Administrator, error) {
		return v.remote.LocalAdministrators(ctx, org)
	})
	if err != nil {
		return v.refused(ctx, domain.ListLocalAdministrators, string(org), err)
	}
	own := make([]domain.Administrator, 0, len(list))
	for i := range list {
		if list[i].Local { // the provider's own only show up there
			own = append(own, list[i])
		}
	}
	change, err := v.opts.Keeper.SaveLocalAdministrators(ctx, v.account.ID, org, own, v.opts.Now())
	if err != nil {
		return fmt.Errorf("keep local administrators: %w", err)
	}
	v.record(ctx, noticedPeople(change, org, "")...)
	return nil
}

// RefreshProvider asks JumpCloud for the provider's administrators and what
// each may enter. Where that could not be read of some, the others are kept and
// the roster says how many failed; what concerns every call (key, connection,
// a pause that was asked for) is an error.
func (r *Roster) RefreshProvider(ctx context.Context, id domain.AccountID) (domain.ProviderRoster, error) {
	ctx, cancel := context.WithTimeout(ctx, pageTimeout)
	defer cancel()
	v, err := r.visit(id)
	if err != nil {
		return domain.ProviderRoster{}, err
	}
	list, err := v.administrators(ctx)
	if err != nil {
		if err := v.refused(ctx, domain.ListAdministrators, "", err); err != nil {
			return domain.ProviderRoster{}, fmt.Errorf("refresh administrators: %w", err)
		}
		return r.Provider(ctx, id)
	}
	if err := v.keepAdministrators(ctx, list, ""); err != nil {
		return domain.ProviderRoster{}, err
	}
	failed, problem, err := v.refreshMatrix(ctx, list)
	if err != nil {
		return domain.ProviderRoster{}, fmt.Errorf("refresh what administrators may enter: %w", err)
	}
	roster, err := r.Provider(ctx, id)
	roster.Failed, roster.Problem = failed, problem
	return roster, err
}

// refreshMatrix reads what every administrator may enter, some at once.
func (v *visit) refreshMatrix(ctx context.Context, list []domain.Administrator) (failed int, problem *domain.Error, err error) {
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(readers)
	var mu sync.Mutex
	for i := range list {
		one := &list[i]
		group.Go(func() error {
			err := v.refreshOne(groupCtx, one)
			switch domain.CodeOf(err) {
			case "":
				return nil
			case domain.CodeNotFound, domain.CodeServer, domain.CodeProtocol, domain.CodeRejected:
				mu.Lock()
				defer mu.Unlock()
				if failed++; problem == nil {
					problem = problemOf(err)
				}
				return nil
			}
			return err
		})
	}
	err = group.Wait()
	return failed, problem, err
}

// refreshOne reads what one administrator may enter.
func (v *visit) refreshOne(ctx context.Context, administrator *domain.Administrator) error {
	links, err := read(ctx, v, func(ctx context.Context) ([]domain.AccessLink, error) {
		return v.remote.AdministratorOrganizations(ctx, administrator.ID)
	})
	if err != nil {
		return v.refused(ctx, domain.ListAdministratorLinks, string(administrator.ID), err)
	}
	change, err := v.opts.Keeper.SaveAdministratorLinks(ctx, v.account.ID, administrator.ID, links, v.opts.Now())
	if err != nil {
		return fmt.Errorf("keep what %s may enter: %w", administrator.ID, err)
	}
	v.record(ctx, noticedMatrix(administrator, change, len(links))...)
	return nil
}
