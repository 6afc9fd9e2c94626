package editor

import (
	"errors"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// nameOf is how a field is called in a sentence.
func nameOf(field domain.EditField) string {
	switch field {
	case domain.FieldName:
		return "the name"
	case domain.FieldRemoteAssist:
		return "Remote Assist"
	case domain.FieldUserCap:
		return "the user cap"
	case domain.FieldContactName:
		return "the contact's name"
	case domain.FieldContactEmail:
		return "the contact's e-mail address"
	case domain.FieldLogo:
		return "the logo"
	}
	return "this"
}

// valueOf is how a value of a field is called in a sentence.
func valueOf(field domain.EditField, value string) string {
	switch {
	case field == domain.FieldUserCap && value == "":
		return "no cap"
	case field == domain.FieldRemoteAssist || field == domain.FieldUserCap:
		return value
	case value == "":
		return "empty"
	}
	return quoted(value)
}

// explain puts an outcome into words.
func (f *flow) explain(o *domain.EditOutcome, lost bool) {
	what := nameOf(f.field) + " of " + f.label
	server := valueOf(f.field, o.Server)
	switch o.State {
	case domain.EditApplied:
		o.Message = sentence(what + " is now " + server + ".")
		if lost {
			o.Message += " The answer to the change was lost, but JumpCloud has it."
		}
		if f.field == domain.FieldUserCap && o.Server == "" {
			o.Message += " JumpCloud says 0, or nothing, there now, which Orgdeck reads as no cap."
		}
	case domain.EditUnchanged:
		o.Message = sentence(what + " was " + server + " already. Nothing was sent.")
	case domain.EditConflict:
		f.explainConflict(o, what, server)
	case domain.EditNotApplied:
		f.explainNotApplied(o, what, server, lost)
	case domain.EditUncertain:
		o.Message = "It is not known whether " + what + " was changed to " + valueOf(f.field, f.wanted) +
			": JumpCloud could not be read after the change was sent."
		o.Hint = "Sync when JumpCloud can be reached again, and look at the value before you try again."
	}
}

// explainConflict tells of a value that nobody here wrote.
func (f *flow) explainConflict(o *domain.EditOutcome, what, server string) {
	if o.Before == o.Server {
		o.Message = sentence(what + " was changed to " + server + " by someone else. Nothing was sent.")
		o.Hint = "Keep theirs, or overwrite it with " + valueOf(f.field, f.wanted) + "."
		return
	}
	o.Message = "JumpCloud was told to change " + what + " to " + valueOf(f.field, f.wanted) + ", but now has " + server + "."
	o.Hint = "Someone else may have changed it at the same time. Keep theirs, or overwrite it."
}

// explainNotApplied tells of a value that stayed as it was.
func (f *flow) explainNotApplied(o *domain.EditOutcome, what, server string, lost bool) {
	if lost {
		o.Message = "The connection was lost while " + what + " was being changed, and JumpCloud still has " + server + ". The change may yet arrive."
		o.Hint = "Look at it again in a minute before you try again."
		return
	}
	o.OpenConsole = true
	o.Message = "JumpCloud accepted the request, but " + what + " did not change: it is still " + server + "."
	o.Hint = "JumpCloud may not let it be set from here. Open the console to change it there."
}

// sentence begins with a capital letter; texts here begin with ASCII.
func sentence(text string) string {
	if first := text[0]; first >= 'a' && first <= 'z' {
		return string(first-'a'+'A') + text[1:]
	}
	return text
}

// who says which roles may change a field. That an Administrator may change
// names, contacts and logos, and a Manager Remote Assist, is an inference.
func who(field domain.EditField) string {
	switch field {
	case domain.FieldUserCap:
		return "Only an Administrator With Billing can change user caps."
	case domain.FieldRemoteAssist:
		return "An Administrator With Billing, an Administrator or a Manager can switch Remote Assist."
	case domain.FieldName, domain.FieldContactName, domain.FieldContactEmail, domain.FieldLogo:
	}
	return "An Administrator With Billing or an Administrator can change " + nameOf(field) + "."
}

// refused explains a 403: whose right it would be, and who can grant it.
func refused(field domain.EditField, role string, err error) error {
	hint := who(field) + " An Administrator With Billing can change your role"
	switch role {
	case "":
		hint += "."
	case domain.RoleAdministratorWithBilling:
		hint = "Your role, " + role + ", would allow it, so JumpCloud refuses it for this organization. Open the console to change it there."
	default:
		hint += ", which is " + role + "."
	}
	return withHint(err, hint)
}

// withHint gives an error for people another hint.
func withHint(err error, hint string) error {
	known, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return err
	}
	explained := *known
	explained.Hint = hint
	return &explained
}
