package domain

import "time"

// SyncState says how a synchronisation run stands.
type SyncState string

// The states of a run. A run that was running when the program ended is
// found again as interrupted.
const (
	SyncRunning     SyncState = "running"
	SyncDone        SyncState = "done"
	SyncPartial     SyncState = "partial"
	SyncFailed      SyncState = "failed"
	SyncCanceled    SyncState = "canceled"
	SyncInterrupted SyncState = "interrupted"
)

// SyncPhase says what a running synchronisation is doing.
type SyncPhase string

// The phases of a run, in their order.
const (
	PhaseProvider SyncPhase = "provider"
	PhaseListing  SyncPhase = "listing"
	PhaseFigures  SyncPhase = "figures"
	PhaseFinished SyncPhase = "finished"
)

// SyncRun is the record of one synchronisation of one account.
type SyncRun struct {
	ID        int64
	Account   AccountID
	StartedAt time.Time
	// FinishedAt is zero while the run lasts.
	FinishedAt time.Time
	State      SyncState
	Phase      SyncPhase
	// Organizations is how many the listing named; Done how many of them have
	// all their figures; Failed how many lack some.
	Organizations int
	Done          int
	Failed        int
	// Changed is how many organizations differ from what the cache held.
	Changed int
	Added   int
	Gone    int
	// ListingComplete says that both listings were read to their end.
	ListingComplete bool
	// Problem is the worst failure of the run; nil when all went well.
	Problem *Error
}

// OrgUpdate is what a run found out about one organization; nil parts were
// not read and are left as they are.
type OrgUpdate struct {
	ID      OrgID
	Details *Details
	// DetailsDenied says that reading the details was answered with 403.
	DetailsDenied bool
	Figures       map[FigureKind]Figure
	// Logo is the new thumbnail; LogoURL is the URL it was read from.
	Logo    *Thumbnail
	LogoURL string
	// LogoUnusable says that what LogoURL serves is no picture that can be
	// shown: it is not asked for again until the address changes.
	LogoUnusable bool
	// LogoGone says that the organization has no logo any more.
	LogoGone bool
	// LogoDoubtful says that the logo may be another one than the one known,
	// even at the same address: the next synchronisation reads it again.
	LogoDoubtful bool
	At           time.Time
}

// SyncStatus is a run as it stands, with what is only known while the program lives.
type SyncStatus struct {
	Run SyncRun
	// PerSecond is the rate at which organizations are completed; zero when idle.
	PerSecond float64
	// Failures are the organizations that could not be read in full, at most
	// MaxSyncFailures of them.
	Failures []SyncFailure
	// Beside is why who administers the provider could not be read in this run;
	// nil where it was. The run is not judged by it.
	Beside *Error
	// Online says whether the last exchange with the server succeeded.
	Online bool
	// LastCompleteAt is when a run last finished with every organization and figure
	// read; logos may have been missing. Zero when never.
	LastCompleteAt time.Time
}

// MaxSyncFailures bounds how many failures a status lists.
const MaxSyncFailures = 50

// SyncFailure is one organization that a run could not read in full.
type SyncFailure struct {
	Org     OrgID
	Name    string
	Problem *Error
}
