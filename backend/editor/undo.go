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
	case field == "" || line.Source != domain.SourceOrgdeck:
		return domain.EditOutcome{}, invalid("Only a change that Orgdeck made to a name, Remote Assist, a user cap or a contact can be undone. Nothing was changed.", "")
	case line.Result != domain.ResultOK:
		return domain.EditOutcome{}, invalid("This change was not made, so there is nothing to undo.", "")
	case field == domain.FieldRemoteAssist && line.Before == string(domain.RemoteAssistUnknown):
		return domain.EditOutcome{}, invalid("Remote Assist was unknown before this change, so it cannot be put back. Nothing was changed.", "Switch it by hand.")
	}
	return e.Edit(ctx, account, domain.Edit{Org: line.Org, Field: field, Expected: line.After, Value: line.Before})
}
