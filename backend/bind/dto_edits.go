package bind

// EditOutcome is what an edit came to. Values are texts: Remote Assist is "on",
// "off" or "unknown"; a user cap is a number, or empty for none; a logo is the
// path that serves it in this window, or empty for none.
type EditOutcome struct {
	AccountID      string `json:"accountId"`
	OrganizationID string `json:"organizationId"`
	// Field is "name", "remoteAssist", "userCap", "contactName", "contactEmail" or "logo".
	Field string `json:"field"`
	// State is "applied", "unchanged", "conflict", "not_applied" or "uncertain".
	State string `json:"state"`
	// Before is what JumpCloud held before the write; Wanted what was asked for.
	Before string `json:"before"`
	Wanted string `json:"wanted"`
	// ServerValue is what JumpCloud holds now; where ServerKnown is false it
	// could not be read, and is the last value known.
	ServerValue string `json:"serverValue"`
	ServerKnown bool   `json:"serverKnown"`
	At          int64  `json:"at"`
	// ActivityID is the line of the history, to undo it; 0 where there is none.
	ActivityID int64 `json:"activityId"`
	CanUndo    bool  `json:"canUndo"`
	// Others says that other values of the organization changed at the same
	// time, as Message tells.
	Others bool `json:"others"`
	// OpenConsole says to offer the organization's console.
	OpenConsole bool   `json:"openConsole"`
	Message     string `json:"message"`
	Hint        string `json:"hint"`
}

// AddOutcome is what adding an organization came to.
type AddOutcome struct {
	AccountID string `json:"accountId"`
	// OrganizationID is empty where State is "uncertain".
	OrganizationID string `json:"organizationId"`
	// State is "added" or "uncertain".
	State string `json:"state"`
	Name  string `json:"name"`
	// Row is the new row as cached; its id is empty where State is "uncertain".
	Row        OrganizationRow `json:"row"`
	ActivityID int64           `json:"activityId"`
	Message    string          `json:"message"`
	Hint       string          `json:"hint"`
}

// ImportRow is one row of a file of organizations to add.
type ImportRow struct {
	// Line is the row's first line in the file, from 1.
	Line           int    `json:"line"`
	Name           string `json:"name"`
	MaxSystemUsers *int   `json:"maxSystemUsers"`
	// Verdict is "new", "exists", "duplicate" or "invalid" in a preview; in a
	// result also "added", "failed", "uncertain" or "not_tried".
	Verdict        string `json:"verdict"`
	Reason         string `json:"reason"`
	OrganizationID string `json:"organizationId"`
}

// ImportPreview is what an import would do.
type ImportPreview struct {
	AccountID string      `json:"accountId"`
	Rows      []ImportRow `json:"rows"`
	New       int         `json:"new"`
	Existing  int         `json:"existing"`
	Duplicate int         `json:"duplicate"`
	Invalid   int         `json:"invalid"`
	// CannotAdd says why this account cannot add organizations; empty where it can.
	CannotAdd string `json:"cannotAdd"`
}

// ImportStatus says how an account's newest import stands; it is also the
// event EventImport.
type ImportStatus struct {
	AccountID string `json:"accountId"`
	// Revision grows with every event (see EventSession).
	Revision int64 `json:"revision"`
	// State is "never", "running", "done", "canceled" or "stopped".
	State string `json:"state"`
	// Total is how many rows the file has; Done how many of them are settled:
	// added, skipped, failed or uncertain.
	Total     int `json:"total"`
	Done      int `json:"done"`
	Added     int `json:"added"`
	Skipped   int `json:"skipped"`
	Failed    int `json:"failed"`
	Uncertain int `json:"uncertain"`
	// Current is the name that is being added.
	Current string `json:"current"`
	// PausedUntil is until when JumpCloud asks to wait; 0 where it does not.
	PausedUntil int64 `json:"pausedUntil"`
	StartedAt   int64 `json:"startedAt"`
	FinishedAt  int64 `json:"finishedAt"`
	// Problem is why a stopped import stopped; null otherwise.
	Problem *Problem `json:"problem"`
}

// ImportResult is what an account's newest import did, row by row.
type ImportResult struct {
	AccountID string       `json:"accountId"`
	Status    ImportStatus `json:"status"`
	Rows      []ImportRow  `json:"rows"`
	// CSV is the rows as a file that is safe to open in a spreadsheet.
	CSV string `json:"csv"`
}
