package bind

// The events that the page may listen to. Each payload is a struct of this
// package, and everything in it belongs to the account it names.
//
// Events may arrive in another order than they were sent in: Wails's development
// server sends each from a goroutine of its own. Each therefore carries a
// Revision that is greater than those of the events before it, and an answer
// that says the same as an event carries that of the newest event before the
// answer was gathered. What has a lesser revision is older and may be dropped:
// whatever changed since is told under a greater one.
const (
	// EventSession carries a SessionState.
	EventSession = "session"
	// EventSync carries a SyncStatus, at most ten times a second.
	EventSync = "sync"
	// EventRows carries a RowsChanged, at most ten times a second.
	EventRows = "rows"
	// EventImport carries an ImportStatus, at most ten times a second.
	EventImport = "import"
	// EventLogos carries a LogoBatch without its rows, at most ten times a second.
	EventLogos = "logos"
	// EventLogoPlan carries a LogoPlanProgress, at most ten times a second.
	EventLogoPlan = "logo-plan"
	// EventDrop carries DroppedFiles. It belongs to no account: what is done
	// with them names one.
	EventDrop = "drop"
)
