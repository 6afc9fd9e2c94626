package editor

import (
	"context"
	"errors"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Edit changes one field of an organization: it reads what the server holds,
// writes unless somebody else changed it, and reads again. The outcome tells
// what the server holds then; an error means that nothing was changed.
func (e *Editor) Edit(ctx context.Context, id domain.AccountID, edit domain.Edit) (domain.EditOutcome, error) {
	value, err := wanted(edit.Field, edit.Value)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	release, err := e.take(id, string(edit.Org))
	if err != nil {
		return domain.EditOutcome{}, err
	}
	defer release()
	account, remote, err := e.reach(id)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	if edit.Field == domain.FieldName {
		if err := e.checkFree(ctx, id, value, edit.Org); err != nil {
			return domain.EditOutcome{}, err
		}
	}
	f := &flow{
		Editor: e, account: account, remote: remote, org: edit.Org, field: edit.Field,
		expected: seen(edit.Field, edit.Expected), wanted: value, overwrite: edit.Overwrite,
	}
	f.label = e.labelOf(ctx, id, edit.Org)
	return f.run(ctx)
}

// labelOf is how messages call an organization.
func (e *Editor) labelOf(ctx context.Context, account domain.AccountID, org domain.OrgID) string {
	if known, err := e.opts.Cache.Organization(ctx, account, org); err == nil && known.Name != "" {
		return quoted(known.Name)
	}
	return "the organization " + string(org)
}

// flow is one edit on its way.
type flow struct {
	*Editor
	account  domain.Account
	remote   Remote
	org      domain.OrgID
	label    string
	field    domain.EditField
	expected string
	wanted   string
	// overwrite says that expected is somebody else's value, to be replaced.
	overwrite bool
	// before is what the server held when it was first read, and first all that
	// was read then; sent says that the change was sent since.
	before string
	first  reading
	sent   bool
}

func (f *flow) run(ctx context.Context) (domain.EditOutcome, error) {
	now, err := f.read(ctx)
	if err != nil {
		return domain.EditOutcome{}, f.failed(ctx, err)
	}
	f.before, f.first = now.value(f.field), now
	switch {
	case f.before == f.wanted:
		return f.told(ctx, domain.EditUnchanged, now, false), nil
	case f.foreign():
		return f.told(ctx, domain.EditConflict, now, false), nil
	}
	err = f.write(ctx)
	if err != nil && !uncertain(err) {
		return domain.EditOutcome{}, f.failed(ctx, err)
	}
	f.sent = true
	lost := err != nil
	if lost {
		f.opts.Log.Info("the answer to a change was lost", "organization", f.org, "field", f.field, "error", err)
	}
	return f.verify(ctx, lost), nil
}

// foreign reports whether somebody else changed the value since the person saw
// it, also since the person said to overwrite what was seen. Who saw that Remote
// Assist is unknown has seen nothing that could change, unless that was asked about.
func (f *flow) foreign() bool {
	unknown := f.field == domain.FieldRemoteAssist && f.expected == string(domain.RemoteAssistUnknown) && !f.overwrite
	return f.before != f.expected && !unknown
}

// verify reads what became of a write. lost says that its answer was lost.
func (f *flow) verify(ctx context.Context, lost bool) domain.EditOutcome {
	now, err := f.read(ctx)
	if err == nil && now.value(f.field) == f.before {
		f.opts.Settle(ctx)
		if again, againErr := f.read(ctx); againErr == nil {
			now = again
		}
	}
	if err != nil {
		f.opts.Log.Warn("a change could not be read back", "organization", f.org, "field", f.field, "error", err)
		return f.told(ctx, domain.EditUncertain, reading{}, lost)
	}
	switch value := now.value(f.field); {
	case value == f.wanted:
		return f.told(ctx, domain.EditApplied, now, lost)
	case value == f.before:
		return f.told(ctx, domain.EditNotApplied, now, lost)
	case took(f.field, value, f.wanted):
		return f.told(ctx, domain.EditApplied, now, lost)
	}
	return f.told(ctx, domain.EditConflict, now, lost)
}

// read looks at the field on the server. A refused key is noted.
func (f *flow) read(ctx context.Context) (reading, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	r := reading{at: f.opts.Now()}
	switch f.field {
	case domain.FieldName, domain.FieldUserCap:
		listed, err := f.remote.ProviderOrganization(ctx, f.account.ProviderID, f.org)
		if err != nil {
			return r, f.noted(err)
		}
		r.listed = &listed
	default:
		details, err := f.remote.Details(ctx, f.org)
		if err != nil {
			return r, f.noted(err)
		}
		r.details = &details
	}
	return r, nil
}

// value gives a field of what was read.
func (r reading) value(field domain.EditField) string {
	switch field {
	case domain.FieldName:
		return r.listed.Name
	case domain.FieldUserCap:
		return capText(r.listed.MaxSystemUsers)
	case domain.FieldContactName:
		return r.details.ContactName
	case domain.FieldContactEmail:
		return r.details.ContactEmail
	case domain.FieldRemoteAssist:
		return string(r.details.RemoteAssist)
	case domain.FieldLogo: // changed by a logoFlow
	}
	return ""
}

// write sends the change once.
func (f *flow) write(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	var err error
	switch f.field {
	case domain.FieldName:
		_, err = f.remote.RenameOrganization(ctx, f.account.ProviderID, f.org, f.wanted)
	case domain.FieldUserCap:
		most, capErr := checkCap(f.wanted)
		if capErr != nil {
			return capErr
		}
		_, err = f.remote.SetUserCap(ctx, f.account.ProviderID, f.org, most)
	default:
		_, err = f.remote.UpdateSettings(ctx, f.org, f.settings())
	}
	return f.noted(err)
}

func (f *flow) settings() domain.SettingsChange {
	switch f.field {
	case domain.FieldContactName:
		return domain.SettingsChange{ContactName: &f.wanted}
	case domain.FieldContactEmail:
		return domain.SettingsChange{ContactEmail: &f.wanted}
	default:
		on := f.wanted == string(domain.RemoteAssistOn)
		return domain.SettingsChange{RemoteAssist: &on}
	}
}

// noted tells the account that its key was refused, where that is the error.
func (f *flow) noted(err error) error {
	if domain.CodeOf(err) == domain.CodeUnauthorized {
		f.opts.Accounts.KeyRefused(f.account.ID, f.remote)
	}
	return err
}

// failed records an edit that changed nothing and gives the error to show.
func (f *flow) failed(ctx context.Context, err error) error {
	f.record(ctx, f.account, domain.Activity{
		Org: f.org, Kind: activityKind(f.field), Before: f.expected, After: f.wanted, Result: string(domain.CodeOf(err)),
	})
	if domain.CodeOf(err) == domain.CodeForbidden {
		return refused(f.field, f.account.RoleName, err)
	}
	return fmt.Errorf("edit %s: %w", f.field, err)
}

// told caches what was read, records the outcome and finds its words.
func (f *flow) told(ctx context.Context, state domain.EditState, now reading, lost bool) domain.EditOutcome {
	outcome := domain.EditOutcome{
		Org: f.org, Field: f.field, State: state, Before: f.before, Wanted: f.wanted, Server: f.before, At: f.opts.Now(),
	}
	if state != domain.EditUncertain {
		outcome.Server, outcome.ServerKnown = now.value(f.field), true
		f.keep(ctx, f.account.ID, f.org, now)
	}
	line := domain.Activity{Org: f.org, Kind: activityKind(f.field), Before: f.before, After: f.wanted, Result: string(state)}
	switch state {
	case domain.EditApplied:
		line.Result, line.After = domain.ResultOK, outcome.Server
		outcome.Undoable = f.before != string(domain.RemoteAssistUnknown) || f.field != domain.FieldRemoteAssist
	case domain.EditUnchanged:
		line.Before = f.expected
	case domain.EditConflict:
		if outcome.Server != f.before {
			line.Result = domain.ResultOvertaken
		}
	case domain.EditNotApplied, domain.EditUncertain:
	}
	outcome.ActivityID = f.record(ctx, f.account, line)
	f.explain(&outcome, lost)
	if f.sent && outcome.ServerKnown {
		f.tellOthers(ctx, f.account.ID, &outcome, f.first, now)
	}
	return outcome
}

// uncertain reports whether a change may have been made in spite of an error.
func uncertain(err error) bool {
	known, ok := errors.AsType[*domain.Error](err)
	return ok && known.Uncertain
}
