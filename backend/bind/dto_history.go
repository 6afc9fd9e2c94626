package bind

// ActivityQuery chooses lines of the history; the zero query is the newest of all.
type ActivityQuery struct {
	// BeforeID keeps only older lines, to page back; 0 starts at the newest.
	BeforeID int64 `json:"beforeId"`
	// Limit is how many lines at most: 1 to 500, 0 for 100.
	Limit int `json:"limit"`
	// Kinds keeps only these kinds; empty keeps all.
	Kinds []string `json:"kinds"`
	// Source is "orgdeck", "sync", or empty for both.
	Source string `json:"source"`
	// Text is searched for in the organization's name, the actor and the values.
	Text string `json:"text"`
}

// ActivityLine is one line of the history.
type ActivityLine struct {
	ID int64 `json:"id"`
	// OrganizationID and OrganizationName are empty for what concerns the account.
	OrganizationID   string `json:"organizationId"`
	OrganizationName string `json:"organizationName"`
	At               int64  `json:"at"`
	// Kind is such as "organization_renamed"; Source is "orgdeck" for what this
	// program did and "sync" for what it noticed.
	Kind   string `json:"kind"`
	Source string `json:"source"`
	Actor  string `json:"actor"`
	Before string `json:"before"`
	After  string `json:"after"`
	// LogoBefore and LogoAfter are the paths of the pictures where the logo
	// changed, which has no texts before and after; empty for none.
	LogoBefore string `json:"logoBefore"`
	LogoAfter  string `json:"logoAfter"`
	// Result is "ok", the state a change ended in, or the code of its failure.
	Result string `json:"result"`
}

// ActivityPage is a page of the history, newest first.
type ActivityPage struct {
	AccountID      string         `json:"accountId"`
	OrganizationID string         `json:"organizationId"`
	Lines          []ActivityLine `json:"lines"`
	// NextBeforeID is what to ask on with; 0 where this was the last page.
	NextBeforeID int64 `json:"nextBeforeId"`
}
