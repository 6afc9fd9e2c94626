package editor

import (
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// failed records a change that was not made and gives the error to show.
func (f *logoFlow) failed(ctx context.Context, err error) error {
	f.record(ctx, f.account, domain.Activity{
		Org: f.change.Org, Kind: domain.ActivityLogo, Before: f.change.Expected, After: f.value(), Result: string(domain.CodeOf(err)),
	})
	if domain.CodeOf(err) == domain.CodeForbidden {
		return refused(domain.FieldLogo, f.account.RoleName, err)
	}
	return fmt.Errorf("set the logo: %w", err)
}

// told caches what was read, records the outcome and finds its words.
func (f *logoFlow) told(ctx context.Context, state domain.EditState, now logoReading, lost bool) domain.EditOutcome {
	outcome := domain.EditOutcome{
		Org: f.change.Org, Field: domain.FieldLogo, State: state, Before: f.before.value(), Wanted: f.value(),
		Server: f.change.Expected, At: f.opts.Now(),
	}
	if state != domain.EditUncertain && !now.unreadable() {
		outcome.Server, outcome.ServerKnown = now.value(), true
	}
	f.keepReading(ctx, state, &now)
	line := domain.Activity{
		Org: f.change.Org, Kind: domain.ActivityLogo, Before: outcome.Before, After: outcome.Wanted, Result: string(state),
	}
	switch state {
	case domain.EditApplied:
		line.Result, line.After = domain.ResultOK, outcome.Server
		outcome.Undoable = f.before.none() || f.kept
		f.keepServed(ctx, &now)
	case domain.EditUnchanged:
		line.Before = f.change.Expected
	case domain.EditConflict:
		if f.sent {
			line.Result = domain.ResultOvertaken
		}
	case domain.EditNotApplied, domain.EditUncertain:
	}
	outcome.ActivityID = f.record(ctx, f.account, line)
	f.explain(&outcome, lost)
	if f.sent && state != domain.EditUncertain {
		f.tellOthers(ctx, f.account.ID, &outcome, reading{details: &f.before.details}, reading{details: &now.details})
	}
	return outcome
}

// keepReading puts what was read into the cache and shows the row.
func (f *logoFlow) keepReading(ctx context.Context, state domain.EditState, now *logoReading) {
	update := domain.OrgUpdate{ID: f.change.Org, At: now.at}
	switch {
	case state == domain.EditUncertain:
		update.LogoDoubtful = true
	case now.none():
		update.Details, update.LogoGone = &now.details, true
	case now.small != nil:
		update.Details, update.Logo, update.LogoURL = &now.details, now.small, now.details.LogoURL
	default:
		update.Details, update.LogoUnusable = &now.details, now.unusable
	}
	ctx = context.WithoutCancel(ctx)
	_, err := f.opts.Cache.ApplyUpdates(ctx, f.account.ID, []domain.OrgUpdate{update})
	f.show(ctx, f.account.ID, f.change.Org, err)
}

// keepServed keeps the file that was sent under what is served of it, where
// the server made another one of it: the next change names that one.
func (f *logoFlow) keepServed(ctx context.Context, now *logoReading) {
	if f.wanted == nil || now.small == nil || now.small.Hash == f.wanted.Hash {
		return
	}
	if err := f.keepFile(context.WithoutCancel(ctx), *now.small, f.change.File); err != nil {
		f.opts.Log.Warn("a logo is not kept", "organization", f.change.Org, "error", err)
	}
}

// notKept is the error where a logo cannot be kept to go back to.
func notKept(cause error) error {
	return &domain.Error{
		Code: domain.CodeOf(cause), Message: "The logo could not be kept on this computer to go back to. Nothing was sent.",
		Hint: "See whether the disk is full, then try again.", Retryable: true, Cause: cause,
	}
}

// explain puts an outcome into words.
func (f *logoFlow) explain(o *domain.EditOutcome, lost bool) {
	what := "the logo of " + f.label
	switch o.State {
	case domain.EditApplied:
		o.Message = "JumpCloud serves the new logo of " + f.label + "."
		if f.wanted == nil {
			o.Message = sentence(what + " was removed.")
		}
		if lost {
			o.Message += " The answer to the change was lost, but JumpCloud has it."
		}
	case domain.EditUnchanged:
		o.Message = sentence(f.label + " has this logo already. Nothing was sent.")
		if f.wanted == nil {
			o.Message = sentence(f.label + " has no logo already. Nothing was sent.")
		}
	case domain.EditConflict:
		f.explainConflict(o, what)
	case domain.EditNotApplied:
		f.explainNotApplied(o, what, lost)
	case domain.EditUncertain:
		o.OpenConsole = true
		o.Message = "It is not known whether " + what + " was changed: what JumpCloud has now could not be read after the change was sent."
		o.Hint = "Look at it in the console, or sync when JumpCloud can be reached again, before you try again."
	}
}

// explainConflict tells of a logo that nobody here set, or that cannot be kept.
func (f *logoFlow) explainConflict(o *domain.EditOutcome, what string) {
	act := "overwrite it with yours"
	if f.wanted == nil {
		act = "remove it all the same"
	}
	switch {
	case f.sent:
		o.Message = "JumpCloud was told to change " + what + ", but now serves another one."
		if o.ServerKnown && o.Server == "" {
			o.Message = "JumpCloud was told to change " + what + ", but now has none."
		}
		o.Hint = "Someone else may have changed it at the same time. Keep theirs, or " + act + "."
	case f.before.unreadable():
		o.Message = sentence(what + " that JumpCloud has now could not be read, so it cannot be kept to go back to. Nothing was sent.")
		o.Hint = "Try again later, or " + act + " without a way back."
	case f.before.none():
		o.Message = sentence(what + " was removed by someone else. Nothing was sent.")
		o.Hint = "Keep it so, or set yours all the same."
	case f.unseen:
		o.Message = sentence(f.label + " has a logo that was not shown here yet. Nothing was sent.")
		o.Hint = "Keep it, or " + act + "."
	default:
		o.Message = sentence(what + " was changed by someone else. Nothing was sent.")
		o.Hint = "Keep theirs, or " + act + "."
	}
}

// explainNotApplied tells of a logo that stayed as it was.
func (f *logoFlow) explainNotApplied(o *domain.EditOutcome, what string, lost bool) {
	has := "the old one"
	if f.before.none() {
		has = "none"
	}
	if lost {
		o.Message = "The connection was lost while " + what + " was being changed, and JumpCloud still has " + has + ". The change may yet arrive."
		o.Hint = "Look at it again in a minute before you try again."
		return
	}
	o.OpenConsole = true
	o.Message = "JumpCloud accepted the request, but " + what + " did not change: it still has " + has + "."
	o.Hint = "JumpCloud may not let it be set from here. Open the console to change it there."
}
