package editor

import (
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Undo writes back what an edit replaced. It is an edit that expects what the
// other one wrote: where that changed meanwhile, the outcome is a conflict.
func (e *Editor) Undo(ctx context.Context, account domain.AccountID, activity int64) (domain.EditOutcome, error) {
	line, err := e.opts.Journal.Activity(ctx, account, activity)
	if err != nil {
		return domain.EditOutcome{}, fmt.Errorf("undo: %w", err)
	}
	field := fieldOf(line.Kind)
	switch {
	case field == "" && line.Kind != domain.ActivityLogo || line.Source != domain.SourceOrgdeck:
		return domain.EditOutcome{}, invalid("Only a change that Orgdeck made to a name, a logo, Remote Assist, a user cap or a contact can be undone. Nothing was changed.", "")
	case line.Result != domain.ResultOK:
		return domain.EditOutcome{}, invalid("This change was not made, so there is nothing to undo.", "")
	case line.Kind == domain.ActivityLogo:
		return e.undoLogo(ctx, account, line)
	case field == domain.FieldRemoteAssist && line.Before == string(domain.RemoteAssistUnknown):
		return domain.EditOutcome{}, invalid("Remote Assist was unknown before this change, so it cannot be put back. Nothing was changed.", "Switch it by hand.")
	}
	return e.Edit(ctx, account, domain.Edit{Org: line.Org, Field: field, Expected: line.After, Value: line.Before})
}

// undoLogo sets the logo again that a line of the history replaced.
func (e *Editor) undoLogo(ctx context.Context, account domain.AccountID, line domain.Activity) (domain.EditOutcome, error) {
	change := domain.LogoChange{Org: line.Org, Expected: line.After}
	if line.Before == domain.LogoUnreadable {
		return domain.EditOutcome{}, invalid("The logo before this change could not be read, so it cannot be put back. Nothing was changed.", "Set it from a file.")
	}
	if line.Before != "" {
		file, err := e.opts.Originals.LogoOriginal(ctx, account, line.Org, line.Before)
		switch {
		case domain.CodeOf(err) == domain.CodeNotFound:
			return domain.EditOutcome{}, &domain.Error{
				Code: domain.CodeNotFound, Message: "The logo before this change is not kept any more. Nothing was changed.",
				Hint: "Set it from a file.", Cause: err,
			}
		case err != nil:
			return domain.EditOutcome{}, fmt.Errorf("undo: %w", err)
		case !settable(file.MediaType):
			return domain.EditOutcome{}, invalid("The logo before this change is of a kind that JumpCloud does not take any more. Nothing was changed.", "Set it from a file.")
		}
		change.File = file
	}
	return e.SetLogo(ctx, account, change)
}
