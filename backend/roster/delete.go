package roster

import (
	"context"
	"fmt"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// PreviewDeletion reads who an administrator is now, which organizations would
// lose them, and whether deleting is refused. Nothing is changed.
func (r *Roster) PreviewDeletion(ctx context.Context, id domain.AccountID, administrator domain.AdministratorID) (domain.DeletionPreview, error) {
	v, err := r.visit(id)
	if err != nil {
		return domain.DeletionPreview{}, err
	}
	now, err := v.look(ctx)
	if err != nil {
		return domain.DeletionPreview{}, fmt.Errorf("look at the administrator: %w", err)
	}
	who := now.find(administrator)
	if who == nil {
		return domain.DeletionPreview{}, gone()
	}
	links, err := v.entered(ctx, administrator)
	if err != nil {
		return domain.DeletionPreview{}, fmt.Errorf("look at what the administrator may enter: %w", err)
	}
	preview := domain.DeletionPreview{Administrator: *who, Organizations: make([]domain.OrgID, len(links)), Refused: now.protected(who, now.people)}
	for i, link := range links {
		preview.Organizations[i] = link.Organization
	}
	return preview, nil
}

// entered reads what an administrator may enter.
func (v *visit) entered(ctx context.Context, administrator domain.AdministratorID) ([]domain.AccessLink, error) {
	return read(ctx, v, func(ctx context.Context) ([]domain.AccessLink, error) {
		return v.remote.AdministratorOrganizations(ctx, administrator)
	})
}

func gone() error {
	return &domain.Error{
		Code: domain.CodeNotFound, Message: "The provider has no such administrator any more. Nothing was sent.",
		Hint: "The list was read anew: look at it again.",
	}
}

// Delete deletes an administrator's account from the provider, everywhere: once,
// and then reads back. typedEmail must be the administrator's e-mail as it is
// now. It refuses to delete the key's own administrator and the last
// Administrator With Billing.
func (r *Roster) Delete(ctx context.Context, id domain.AccountID, administrator domain.AdministratorID, typedEmail string) (domain.ActOutcome, error) {
	v, release, err := r.change(id)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	defer release()
	a := &act{visit: v, kind: domain.ActivityAdministratorRemoved, what: "delete the administrator", before: string(administrator)}
	now, err := a.look(ctx)
	if err != nil {
		return domain.ActOutcome{}, a.failed(ctx, err)
	}
	who := now.find(administrator)
	if who == nil {
		return domain.ActOutcome{}, gone()
	}
	a.before = who.Email
	if who.Email == "" || !strings.EqualFold(strings.TrimSpace(typedEmail), who.Email) {
		return domain.ActOutcome{}, &domain.Error{
			Code: domain.CodeInvalidInput, Message: "What was typed is not this administrator's e-mail address. Nothing was sent.",
			Hint: "Type " + called(who) + " to confirm.",
		}
	}
	if reason := now.protected(who, now.people); reason != "" {
		return domain.ActOutcome{}, a.refuse(reason)
	}
	organizations := 0
	if links, err := a.entered(ctx, administrator); err == nil {
		organizations = len(links)
	} else if who.Organizations != nil {
		organizations = *who.Organizations
	}
	return a.deletion(ctx, who, organizations)
}

// deletion sends it, and finds out what it came to.
func (a *act) deletion(ctx context.Context, who *domain.Administrator, organizations int) (domain.ActOutcome, error) {
	err := a.send(ctx, func(ctx context.Context) error {
		return a.remote.DeleteAdministrator(ctx, a.account.ProviderID, who.ID)
	})
	missing := domain.CodeOf(err) == domain.CodeNotFound
	if err != nil && !missing && !uncertain(err) {
		return domain.ActOutcome{}, a.failed(ctx, err)
	}
	lost := uncertain(err)
	outcome := domain.ActOutcome{Administrator: *who, Organizations: organizations}
	now, readErr := a.reread(ctx, func(p *present) bool { return p.find(who.ID) == nil })
	if readErr == nil {
		if err := a.keepAdministrators(ctx, now.people, who.ID); err != nil {
			a.opts.Log.Error("the administrators could not be kept", "error", err)
		}
	}
	switch {
	case readErr != nil:
		outcome.State = domain.ActUncertain
		outcome.Message = "It is not known whether " + who.Email + " was deleted: JumpCloud could not be read after it was asked."
		outcome.Hint = "Refresh the list when JumpCloud can be reached, before you try again."
	case now.find(who.ID) == nil && missing && !lost:
		outcome.State = domain.ActUnchanged
		outcome.Message = who.Email + " was gone already. Nothing was changed."
	case now.find(who.ID) == nil:
		outcome.State = domain.ActApplied
		outcome.Message = fmt.Sprintf("%s%s was deleted from the provider. Organizations that lost this administrator: %d.", asked(lost), who.Email, organizations)
	case missing:
		return domain.ActOutcome{}, a.failed(ctx, err)
	case lost:
		outcome.State = domain.ActNotApplied
		outcome.Message = "The connection was lost on the way, and " + who.Email + " is still there. The change may yet arrive."
		outcome.Hint = "Refresh the list in a minute before you try again."
	default:
		outcome.State = domain.ActNotApplied
		outcome.Message = "JumpCloud accepted the request, but " + who.Email + " is still there."
		outcome.Hint = "Delete the administrator in the portal."
	}
	return a.done(ctx, outcome), nil
}

// reread reads the provider's administrators after a change, and once more a
// moment later where they are not as wanted: lists may lag behind.
func (v *visit) reread(ctx context.Context, wanted func(*present) bool) (*present, error) {
	people, err := v.administrators(ctx)
	if err != nil {
		v.opts.Log.Warn("a change of administrators could not be read back", "error", err)
		return nil, err
	}
	now := &present{people: people}
	if wanted(now) {
		return now, nil
	}
	v.opts.Settle(ctx)
	if again, err := v.administrators(ctx); err == nil {
		now.people = again
	}
	return now, nil
}
