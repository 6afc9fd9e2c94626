package domain

import "time"

// ActivityKind names what happened.
type ActivityKind string

// What the activity table records.
const (
	ActivityLaunch       ActivityKind = "launch"
	ActivitySignIn       ActivityKind = "sign_in"
	ActivitySignOut      ActivityKind = "sign_out"
	ActivityKeyReplaced  ActivityKind = "key_replaced"
	ActivityOrgAdded     ActivityKind = "organization_added"
	ActivityOrgGone      ActivityKind = "organization_gone"
	ActivityOrgBack      ActivityKind = "organization_back"
	ActivityOrgRenamed   ActivityKind = "organization_renamed"
	ActivityRemoteAssist ActivityKind = "remote_assist_changed"
	ActivityUserCap      ActivityKind = "user_cap_changed"
	ActivityContactName  ActivityKind = "contact_name_changed"
	ActivityContactEmail ActivityKind = "contact_email_changed"
)

// ActivitySource says who did what an activity tells.
type ActivitySource string

// The sources of activity.
const (
	SourceOrgdeck ActivitySource = "orgdeck" // this program, at a person's wish
	SourceSync    ActivitySource = "sync"    // noticed by a synchronisation
)

// ResultOK is the result of an activity that went well.
const ResultOK = "ok"

// ResultOvertaken is the result of a change that was sent, after which the
// server held neither the old value nor the wanted one.
const ResultOvertaken = "overtaken"

// Activity is one line of an account's history.
type Activity struct {
	ID      int64
	Account AccountID
	// Org is empty for what concerns the whole account.
	Org    OrgID
	At     time.Time
	Kind   ActivityKind
	Source ActivitySource
	// Actor is the e-mail of the administrator whose key was used; empty for what
	// a synchronisation noticed, because it does not know who did it.
	Actor  string
	Before string
	After  string
	// Result is ResultOK, ResultOvertaken, the code of the failure, or what else
	// an edit came to (EditState).
	Result string
}

// ActivityFilter chooses lines of an account's history; the zero filter means
// the newest ones of the whole account.
type ActivityFilter struct {
	// Org keeps only what concerns this organization; empty keeps all.
	Org OrgID
	// Before keeps only lines with a smaller ID, to page back; 0 starts at the newest.
	Before int64
	// Limit is how many lines at most; 0 means 200.
	Limit int
}
