package bind

// Region is a choice of the sign-in page.
type Region struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	ConsoleHost string `json:"consoleHost"`
}

// Account is one provider in one region as the front end shows it.
type Account struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Region      string `json:"region"`
	RegionName  string `json:"regionName"`
	ConsoleHost string `json:"consoleHost"`
	Demo        bool   `json:"demo"`
	Email       string `json:"email"`
	RoleName    string `json:"roleName"`
	// KeyState is "checking", "ready", "missing" or "refused" (domain.KeyState).
	KeyState     string `json:"keyState"`
	KeyPrefix    string `json:"keyPrefix"`
	KeyCreatedAt int64  `json:"keyCreatedAt"`
	KeyExpiresAt int64  `json:"keyExpiresAt"`
	// KeyInSessionOnly says that the key is forgotten when Orgdeck ends,
	// because the system has no keychain to keep it in.
	KeyInSessionOnly bool `json:"keyInSessionOnly"`
	// CannotAdd says why organizations cannot be added; empty where they can.
	CannotAdd string `json:"cannotAdd"`
	// LastSyncAt is when a synchronisation last finished completely.
	LastSyncAt int64 `json:"lastSyncAt"`
}

// KeyHealth is what is known of an account's key, and what it may do.
type KeyHealth struct {
	AccountID string `json:"accountId"`
	// KeyState is "ready" or "refused" (domain.KeyState).
	KeyState  string `json:"keyState"`
	KeyPrefix string `json:"keyPrefix"`
	// KeyCreatedAt and KeyExpiresAt are 0 where JumpCloud does not tell.
	KeyCreatedAt int64  `json:"keyCreatedAt"`
	KeyExpiresAt int64  `json:"keyExpiresAt"`
	Email        string `json:"email"`
	RoleName     string `json:"roleName"`
	Region       string `json:"region"`
	RegionName   string `json:"regionName"`
	CheckedAt    int64  `json:"checkedAt"`
	// Rights is empty where the key was refused.
	Rights []KeyRight `json:"rights"`
}

// KeyRight is one thing that a key may or may not do.
type KeyRight struct {
	// Name is "read_provider", "list_organizations", "add_organizations",
	// "read_administrators" or "read_invoices" (domain.KeyRightName).
	Name string `json:"name"`
	// State is "granted", "denied" or "unknown" (domain.KeyRightState).
	State string `json:"state"`
	// Message says why not, and Hint who can grant it; both may be empty.
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// Keychain says whether keys can be kept.
type Keychain struct {
	Available bool `json:"available"`
	// Message explains, where it is not available, what that means.
	Message string `json:"message"`
}

// SessionState is everything the window needs to know before it shows a page.
type SessionState struct {
	// Revision grows with every event (see EventSession).
	Revision int64     `json:"revision"`
	Version  string    `json:"version"`
	Platform string    `json:"platform"`
	Regions  []Region  `json:"regions"`
	Accounts []Account `json:"accounts"`
	// CurrentAccountID is empty when nobody is signed in.
	CurrentAccountID string   `json:"currentAccountId"`
	Keychain         Keychain `json:"keychain"`
	// Notices are things a person should know at start, such as a damaged
	// cache that was set aside.
	Notices []Problem `json:"notices"`
	// Simulated says that --api-url or --demo points at a simulator.
	Simulated bool `json:"simulated"`
}

// Problem is an error as a person is shown it.
type Problem struct {
	Code         string `json:"code"`
	Message      string `json:"message"`
	Hint         string `json:"hint"`
	Retryable    bool   `json:"retryable"`
	RetryAfterMs int64  `json:"retryAfterMs"`
}
