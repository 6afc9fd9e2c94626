package editor

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// other is a value that nobody here asked to change, and that changed between
// the two readings of an edit.
type other struct {
	field         domain.EditField
	before, after string
}

// others compares what two readings tell beside the edited field. A tenant that
// takes the settings it is sent for all there are loses those that were not sent.
func others(edited domain.EditField, before, after reading) []other {
	var fields []domain.EditField
	if before.listed != nil && after.listed != nil {
		fields = append(fields, domain.FieldName, domain.FieldUserCap)
	}
	if before.details != nil && after.details != nil {
		fields = append(fields, domain.FieldContactName, domain.FieldContactEmail, domain.FieldRemoteAssist, domain.FieldLogo)
	}
	var changed []other
	for _, field := range fields {
		if o := (other{field, before.shown(field), after.shown(field)}); field != edited && o.before != o.after {
			changed = append(changed, o)
		}
	}
	return changed
}

// shown is value for every field; of a logo it tells whether there is one.
func (r reading) shown(field domain.EditField) string {
	if field != domain.FieldLogo {
		return r.value(field)
	}
	if r.details.LogoURL == "" {
		return ""
	}
	return domain.LogoUnreadable
}

// tellOthers adds to the outcome, the history and the log what else changed
// between two readings.
func (e *Editor) tellOthers(ctx context.Context, account domain.AccountID, o *domain.EditOutcome, before, after reading) {
	for _, changed := range others(o.Field, before, after) {
		o.Others = true
		o.Message += " At the same time, " + nameOf(changed.field) + " changed: it was " + shownOf(changed.field, changed.before) +
			", and is now " + shownOf(changed.field, changed.after) + "."
		e.opts.Log.Warn("another value changed with an edit", "organization", o.Org, "edited", o.Field, "changed", changed.field)
		e.note(ctx, account, domain.Activity{
			Org: o.Org, Kind: activityKind(changed.field), Before: changed.before, After: changed.after, Result: domain.ResultOK,
		})
	}
	if o.Others {
		o.Hint = joined(o.Hint, "If nobody else did that, JumpCloud did, with this change: put it back.")
	}
}

// shownOf is how a value is called in a sentence; of a logo, whether there is one.
func shownOf(field domain.EditField, value string) string {
	switch {
	case field != domain.FieldLogo:
		return valueOf(field, value)
	case value == "":
		return "none"
	}
	return "there"
}

func joined(hint, more string) string {
	if hint == "" {
		return more
	}
	return hint + " " + more
}

// note records what was noticed, as a synchronisation does: who did it is not known.
func (e *Editor) note(ctx context.Context, account domain.AccountID, line domain.Activity) {
	line.Account, line.Source, line.At = account, domain.SourceSync, e.opts.Now()
	if _, err := e.opts.Journal.RecordActivity(context.WithoutCancel(ctx), line); err != nil {
		e.opts.Log.Error("what was noticed is missing from the history", "organization", line.Org, "kind", line.Kind, "error", err)
	}
}

// noteDeletion records a deletion that was asked for, or is not any more: the
// next synchronisation finds it in the cache already, and would not tell.
func (e *Editor) noteDeletion(ctx context.Context, account domain.AccountID, changes []domain.OrgChange) {
	for i := range changes {
		if before, after := &changes[i].Before, &changes[i].After; changes[i].DeletionFlipped() {
			e.note(ctx, account, domain.Activity{
				Org: after.ID, Kind: domain.ActivityPendingDelete, Before: domain.DeletionText(before.Details.PendingDelete),
				After: domain.DeletionText(after.Details.PendingDelete), Result: domain.ResultOK,
			})
		}
	}
}
