package domain

import "time"

// KeyRightName names something a key may or may not do.
type KeyRightName string

// What a key is asked about.
const (
	RightReadProvider       KeyRightName = "read_provider"
	RightListOrganizations  KeyRightName = "list_organizations"
	RightAddOrganizations   KeyRightName = "add_organizations"
	RightReadAdministrators KeyRightName = "read_administrators"
	RightReadInvoices       KeyRightName = "read_invoices"
)

// KeyRightState says whether a key may do something.
type KeyRightState string

// The states of a right.
const (
	RightGranted KeyRightState = "granted"
	RightDenied  KeyRightState = "denied"
	RightUnknown KeyRightState = "unknown" // the question could not be asked, or was not understood
)

// KeyRight is one thing that a key may or may not do.
type KeyRight struct {
	Name  KeyRightName
	State KeyRightState
	// Message says why not, or why it is not known; empty where it is granted.
	Message string
	// Hint says who can grant it; may be empty.
	Hint string
}

// KeyHealth is what is known of an account's key, and what it may do.
type KeyHealth struct {
	Account Account
	Key     KeyState
	// CheckedAt is when JumpCloud was asked.
	CheckedAt time.Time
	// Rights are in the order in which they are shown.
	Rights []KeyRight
}
