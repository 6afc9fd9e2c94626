package domain

import "time"

// ImportVerdict says what is to become, or has become, of a row of an import.
type ImportVerdict string

// The verdicts before a run.
const (
	ImportNew       ImportVerdict = "new"
	ImportExists    ImportVerdict = "exists"    // an organization of this name exists already
	ImportDuplicate ImportVerdict = "duplicate" // an earlier row of the file has this name
	ImportInvalid   ImportVerdict = "invalid"
)

// The verdicts that only a run gives; rows that were not new keep theirs, and
// a new one may turn out to exist.
const (
	ImportAdded     ImportVerdict = "added"
	ImportFailed    ImportVerdict = "failed"    // surely not added
	ImportUncertain ImportVerdict = "uncertain" // may have been added
	ImportNotTried  ImportVerdict = "not_tried" // the run ended before
)

// ImportRow is one row of a file of organizations to add.
type ImportRow struct {
	// Line is the row's first line in the file, from 1.
	Line int
	Name string
	// MaxSystemUsers is the user cap; nil for none.
	MaxSystemUsers *int
	Verdict        ImportVerdict
	// Reason says why the row is not, or was not, added; empty where it is.
	Reason string
	// Org is the organization that was added, or that exists.
	Org OrgID
}

// ImportPreview is what an import would do.
type ImportPreview struct {
	Rows []ImportRow
	// CannotAdd says why the account cannot add organizations; empty where it can.
	CannotAdd string
}

// ImportState says how an import stands.
type ImportState string

// The states of an import.
const (
	ImportNever    ImportState = "never" // none was started since the program began
	ImportRunning  ImportState = "running"
	ImportDone     ImportState = "done" // every row was tried; some may have failed
	ImportCanceled ImportState = "canceled"
	ImportStopped  ImportState = "stopped" // a failure that would meet every row ended it
)

// ImportStatus is an import as it stands.
type ImportStatus struct {
	State ImportState
	// Total is how many rows the file has; Done how many of them are settled.
	Total, Done int
	// Added, Skipped, Failed and Uncertain divide the settled rows. Skipped are
	// those that exist, come twice or are invalid.
	Added, Skipped, Failed, Uncertain int
	// Current is the name that is being added.
	Current string
	// PausedUntil is until when JumpCloud asks to wait; zero where it does not.
	PausedUntil           time.Time
	StartedAt, FinishedAt time.Time
	// Problem is why a stopped import stopped; nil otherwise.
	Problem *Error
}

// Settle counts a row that came to a verdict.
func (s *ImportStatus) Settle(verdict ImportVerdict) {
	s.Done++
	switch verdict {
	case ImportAdded:
		s.Added++
	case ImportFailed:
		s.Failed++
	case ImportUncertain:
		s.Uncertain++
	default:
		s.Skipped++
	}
}

// ImportResult is what an import did.
type ImportResult struct {
	Status ImportStatus
	Rows   []ImportRow
	// CSV is the rows as a file that is safe to open in a spreadsheet.
	CSV string
}
