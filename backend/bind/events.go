package bind

// The events that the page may listen to. Each payload is a struct of this
// package, and everything in it belongs to the account it names.
const (
	// EventSession carries a SessionState.
	EventSession = "session"
	// EventSync carries a SyncStatus, at most ten times a second.
	EventSync = "sync"
	// EventRows carries a RowsChanged, at most ten times a second.
	EventRows = "rows"
	// EventImport carries an ImportStatus, at most ten times a second.
	EventImport = "import"
)
