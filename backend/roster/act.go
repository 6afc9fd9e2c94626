package roster

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// present is how things are just before a change.
type present struct {
	self   domain.Identity
	people []domain.Administrator
}

// look reads whose key it is and who the provider's administrators are. What a
// change is judged by is never taken from the cache.
func (v *visit) look(ctx context.Context) (present, error) {
	var now present
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		now.self, err = read(groupCtx, v, v.remote.Identify)
		return err
	})
	group.Go(func() (err error) {
		now.people, err = v.administrators(groupCtx)
		return err
	})
	if err := group.Wait(); err != nil {
		return now, err
	}
	if told := now.self.ProviderID; told != "" && told != v.account.ProviderID {
		return now, &domain.Error{
			Code: domain.CodeUnauthorized, Message: "The API key belongs to another provider than this account. Nothing was changed.",
			Hint: "Enter a key of " + v.account.Label + ".",
		}
	}
	return now, v.keepAdministrators(ctx, now.people, "")
}

// find gives the administrator of an id; nil where the provider has none.
func (p *present) find(id domain.AdministratorID) *domain.Administrator {
	i := slices.IndexFunc(p.people, func(a domain.Administrator) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &p.people[i]
}

// named gives the administrator of an e-mail address; nil where there is none.
func (p *present) named(email string) *domain.Administrator {
	i := slices.IndexFunc(p.people, func(a domain.Administrator) bool { return a.Is(email) })
	if i < 0 {
		return nil
	}
	return &p.people[i]
}

// protected says why somebody must stay, others being those who would be left.
func (p *present) protected(who *domain.Administrator, others []domain.Administrator) string {
	self := p.self.Email
	if p.self.AdministratorID != "" && string(who.ID) == p.self.AdministratorID {
		self = who.Email
	}
	return who.Protected(self, others)
}

// act is one change on its way, with how the history tells of it.
type act struct {
	*visit
	// what says in words what is wanted; it stands after "could not".
	what          string
	kind          domain.ActivityKind
	org           domain.OrgID
	before, after string
}

// failed records a change that was not made, and gives the error to show.
func (a *act) failed(ctx context.Context, err error) error {
	a.log(ctx, string(domain.CodeOf(err)))
	if domain.CodeOf(err) != domain.CodeForbidden {
		return fmt.Errorf("%s: %w", a.what, err)
	}
	role := "The role of this key"
	if a.account.RoleName != "" {
		role = "Your role, " + a.account.RoleName + ","
	}
	return &domain.Error{
		Code: domain.CodeForbidden, Message: role + " does not let you " + a.what + ". Nothing was changed.",
		Hint: "An Administrator With Billing can do it, or give you the right.", Cause: err,
	}
}

// refuse is a change that this program itself does not make.
func (a *act) refuse(reason string) error {
	return &domain.Error{
		Code: domain.CodeForbidden, Message: "Orgdeck does not " + a.what + ". " + reason + " Nothing was sent.",
	}
}

// done records how the change ended and gives the outcome.
func (a *act) done(ctx context.Context, outcome domain.ActOutcome) domain.ActOutcome {
	switch outcome.State {
	case domain.ActUnchanged:
	case domain.ActApplied:
		a.log(ctx, resultOK)
	case domain.ActPartial, domain.ActNotApplied, domain.ActUncertain:
		a.log(ctx, string(outcome.State))
	}
	return outcome
}

func (a *act) log(ctx context.Context, result string) {
	a.record(ctx, domain.Activity{
		Org: a.org, Kind: a.kind, Source: domain.SourceOrgdeck, Before: a.before, After: a.after, Result: result,
	})
}

// nameOf is how an organization is called in a sentence.
func (v *visit) nameOf(ctx context.Context, org domain.OrgID) string {
	if known, err := v.opts.Cache.Organization(ctx, v.account.ID, org); err == nil && known.Name != "" {
		return "“" + known.Name + "”"
	}
	return "the organization " + string(org)
}

// called is how an administrator is called in a sentence.
func called(a *domain.Administrator) string {
	if a.Email == "" {
		return "the administrator " + string(a.ID)
	}
	return a.Email
}

// asked is the start of a sentence about a change whose answer was lost.
func asked(lost bool) string {
	if lost {
		return "The answer was lost, but reading back shows: "
	}
	return ""
}
