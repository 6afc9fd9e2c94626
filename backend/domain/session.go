package domain

// KeyState says whether an account's key can be used.
type KeyState string

// The states of a key.
const (
	KeyChecking KeyState = "checking" // the keychain has not answered yet
	KeyReady    KeyState = "ready"    // a key is at hand
	KeyMissing  KeyState = "missing"  // no key is known here: the cache can be read, nothing fetched
	KeyRefused  KeyState = "refused"  // the server refused the key (401)
)

// AccountState is an account together with the state of its key.
type AccountState struct {
	Account Account
	Key     KeyState
	// KeyInSessionOnly says that the key is forgotten when the program ends.
	KeyInSessionOnly bool
}

// SessionState is which accounts there are and which of them is shown.
type SessionState struct {
	Accounts []AccountState
	// Current is empty when no account is shown.
	Current AccountID
	// KeychainProblem says why keys cannot be kept; nil where they can.
	KeychainProblem *Error
	// Notices are things a person should know since the start.
	Notices []*Error
	// Simulated says that the server is a simulator.
	Simulated bool
}

// Launch is what opening an organization's console in the browser came to.
type Launch struct {
	Org  OrgID
	Name string
	URL  string
	// NameCopied says that the name was put on the clipboard.
	NameCopied bool
}
