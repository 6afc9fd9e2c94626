package roster

import (
	"context"
	"slices"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TakeAccess takes an administrator's access to one organization away: once,
// and then reads back. It refuses to take it from the key's own administrator,
// from the last Administrator With Billing who may enter, and from one that is
// local to the organization.
func (r *Roster) TakeAccess(ctx context.Context, id domain.AccountID, org domain.OrgID, administrator domain.AdministratorID) (domain.ActOutcome, error) {
	return r.changeAccess(ctx, id, org, administrator, false)
}

// GiveAccess lets an administrator of the provider into one organization: once,
// and then reads back.
func (r *Roster) GiveAccess(ctx context.Context, id domain.AccountID, org domain.OrgID, administrator domain.AdministratorID) (domain.ActOutcome, error) {
	return r.changeAccess(ctx, id, org, administrator, true)
}

// accessAct is one change of access.
type accessAct struct {
	act
	give bool
	who  *domain.Administrator
	// label is the organization's name.
	label string
}

func (r *Roster) changeAccess(
	ctx context.Context, id domain.AccountID, org domain.OrgID, administrator domain.AdministratorID, give bool,
) (domain.ActOutcome, error) {
	v, release, err := r.change(id)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	defer release()
	a := &accessAct{
		act:  act{visit: v, org: org, kind: domain.ActivityAccessTaken, what: "take the administrator's access away"},
		give: give, who: &domain.Administrator{ID: administrator}, label: v.nameOf(ctx, org),
	}
	if give {
		a.kind, a.what = domain.ActivityAccessGiven, "give the administrator access"
	}
	return a.run(ctx)
}

func (a *accessAct) run(ctx context.Context) (domain.ActOutcome, error) {
	a.tell()
	now, err := a.look(ctx)
	if err != nil {
		return domain.ActOutcome{}, a.failed(ctx, err)
	}
	links, err := a.links(ctx, a.org)
	if err != nil {
		return domain.ActOutcome{}, a.failed(ctx, err)
	}
	if err := a.keepLinks(ctx, a.org, links, ""); err != nil {
		return domain.ActOutcome{}, err
	}
	if known := now.find(a.who.ID); known != nil {
		a.who = known
		a.tell()
	} else if a.give || !a.linked(links) {
		return domain.ActOutcome{}, a.stranger(ctx)
	}
	if a.linked(links) == a.give {
		return a.told(ctx, domain.ActUnchanged, false), nil
	}
	if reason := now.protected(a.who, now.among(links)); !a.give && reason != "" {
		return domain.ActOutcome{}, a.refuse(reason)
	}
	err = a.send(ctx, func(ctx context.Context) error {
		if a.give {
			return a.remote.AddAccess(ctx, a.who.ID, a.org)
		}
		return a.remote.RemoveAccess(ctx, a.who.ID, a.org)
	})
	return a.judge(ctx, err)
}

// judge finds out what a change came to. An answer that says it was so already
// is believed only where reading back shows it.
func (a *accessAct) judge(ctx context.Context, err error) (domain.ActOutcome, error) {
	already := domain.CodeOf(err) == domain.CodeConflict || domain.CodeOf(err) == domain.CodeNotFound
	if err != nil && !already && !uncertain(err) {
		return domain.ActOutcome{}, a.failed(ctx, err)
	}
	lost := uncertain(err)
	links, readErr := a.links(ctx, a.org)
	if readErr == nil && a.linked(links) != a.give && !already {
		a.opts.Settle(ctx)
		if again, err := a.links(ctx, a.org); err == nil {
			links = again
		}
	}
	if readErr != nil {
		a.opts.Log.Warn("a change of access could not be read back", "organization", a.org, "error", readErr)
		return a.told(ctx, domain.ActUncertain, lost), nil
	}
	if err := a.keepLinks(ctx, a.org, links, a.who.ID); err != nil {
		a.opts.Log.Error("who may enter could not be kept", "organization", a.org, "error", err)
	}
	switch {
	case a.linked(links) == a.give && already && !lost:
		return a.told(ctx, domain.ActUnchanged, lost), nil
	case a.linked(links) == a.give:
		return a.told(ctx, domain.ActApplied, lost), nil
	case already:
		return domain.ActOutcome{}, a.failed(ctx, err)
	}
	return a.told(ctx, domain.ActNotApplied, lost), nil
}

// linked reports whether the administrator is among those who may enter.
func (a *accessAct) linked(links []domain.AccessLink) bool {
	return slices.ContainsFunc(links, func(l domain.AccessLink) bool { return l.Administrator == a.who.ID })
}

// among gives the administrators that links name.
func (p *present) among(links []domain.AccessLink) []domain.Administrator {
	var found []domain.Administrator
	for _, link := range links {
		if known := p.find(link.Administrator); known != nil {
			found = append(found, *known)
		}
	}
	return found
}

// stranger is the refusal where the provider has no such administrator: it is
// local to the organization, or gone.
func (a *accessAct) stranger(ctx context.Context) error {
	local, err := read(ctx, a.visit, func(ctx context.Context) ([]domain.Administrator, error) {
		return a.remote.LocalAdministrators(ctx, a.org)
	})
	if err == nil && slices.ContainsFunc(local, func(l domain.Administrator) bool { return l.ID == a.who.ID && l.Local }) {
		return &domain.Error{
			Code:    domain.CodeForbidden,
			Message: "This administrator belongs to " + a.label + " itself and not to the provider. Nothing was sent.",
			Hint:    "Launch the organization and change it in its console.",
		}
	}
	return &domain.Error{
		Code: domain.CodeNotFound, Message: "The provider has no such administrator any more. Nothing was sent.",
		Hint: "The list was read anew: look at it again.",
	}
}

// tell puts the administrator into what the history tells.
func (a *accessAct) tell() {
	if a.give {
		a.after = called(a.who)
	} else {
		a.before = called(a.who)
	}
}

// told records the outcome and finds its words.
func (a *accessAct) told(ctx context.Context, state domain.ActState, lost bool) domain.ActOutcome {
	outcome := domain.ActOutcome{State: state, Administrator: *a.who}
	who := called(a.who)
	holds, lacks := who+" may now enter "+a.label+".", who+" may no longer enter "+a.label+"."
	if !a.give {
		holds, lacks = lacks, who+" may still enter "+a.label+"."
	} else {
		lacks = who + " still may not enter " + a.label + "."
	}
	switch state {
	case domain.ActApplied:
		outcome.Organizations = 1
		outcome.Message = asked(lost) + holds
	case domain.ActUnchanged:
		outcome.Message = who + " could enter " + a.label + " already. Nothing was changed."
		if !a.give {
			outcome.Message = who + " could not enter " + a.label + " any more. Nothing was changed."
		}
	case domain.ActNotApplied:
		outcome.Message = "JumpCloud accepted the request, but reading back shows: " + lacks
		outcome.Hint = "Change it in the console."
		if lost {
			outcome.Message = "The connection was lost on the way. " + lacks + " The change may yet arrive."
			outcome.Hint = "Refresh the list in a minute before you try again."
		}
	case domain.ActUncertain, domain.ActPartial:
		outcome.Message = "It is not known whether the access of " + who + " to " + a.label + " was changed: JumpCloud could not be read after it was asked."
		outcome.Hint = "Refresh the list when JumpCloud can be reached, before you try again."
	}
	return a.done(ctx, outcome)
}
