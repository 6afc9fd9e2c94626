package domain

import "time"

// EditField is one of the values of an organization that a person may change.
type EditField string

// The fields that can be edited. As texts, Remote Assist is "on", "off" or
// "unknown", and a user cap is a decimal number, or empty for none.
const (
	FieldName         EditField = "name"
	FieldRemoteAssist EditField = "remoteAssist"
	FieldUserCap      EditField = "userCap"
	FieldContactName  EditField = "contactName"
	FieldContactEmail EditField = "contactEmail"
)

// EditFields lists every field that can be edited.
func EditFields() []EditField {
	return []EditField{FieldName, FieldRemoteAssist, FieldUserCap, FieldContactName, FieldContactEmail}
}

// Edit is a wanted change of one field of one organization.
type Edit struct {
	Org   OrgID
	Field EditField
	// Expected is what the person saw before; Value what it is to become.
	Expected, Value string
	// Overwrite says that Expected is somebody else's value, which the person was
	// shown and wants replaced. Another one than that is a conflict all the same.
	Overwrite bool
}

// EditState says what an edit came to.
type EditState string

// What an edit comes to, as far as JumpCloud's answers tell. A refusal or a
// failure before anything was changed is an error and none of these.
const (
	EditApplied    EditState = "applied"     // written, and read back as wanted
	EditUnchanged  EditState = "unchanged"   // JumpCloud had the wanted value already: nothing was written
	EditConflict   EditState = "conflict"    // JumpCloud holds a value that is neither the expected nor the wanted one
	EditNotApplied EditState = "not_applied" // sent, but JumpCloud still has the old value
	EditUncertain  EditState = "uncertain"   // sent, and what became of it could not be read
)

// EditOutcome is what an edit came to.
type EditOutcome struct {
	Org   OrgID
	Field EditField
	State EditState
	// Before is what JumpCloud held before the write; Wanted what was to become of it.
	Before, Wanted string
	// Server is what JumpCloud holds now. Where ServerKnown is false it could
	// not be read, and is the last value known.
	Server      string
	ServerKnown bool
	At          time.Time
	// ActivityID is the line of the history that tells of it; 0 where the
	// history could not be written.
	ActivityID int64
	// Undoable says that writing Before back makes sense.
	Undoable bool
	// Others says that other values of the organization changed at the same time,
	// as Message tells: by this change, or by somebody else.
	Others bool
	// OpenConsole says that the organization's console is where to go on.
	OpenConsole   bool
	Message, Hint string
}

// AddState says what adding an organization came to.
type AddState string

// What adding comes to; that it was refused or surely not made is an error.
const (
	AddDone      AddState = "added"
	AddUncertain AddState = "uncertain" // sent, and whether it exists could not be read
)

// AddOutcome is what adding an organization came to.
type AddOutcome struct {
	State AddState
	// Organization is as cached; only its Name is set where State is uncertain.
	Organization  Organization
	ActivityID    int64
	Message, Hint string
}
