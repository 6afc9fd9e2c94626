package bind

// SyncStatus says how the newest synchronisation of an account stands; it is
// also the event EventSync.
type SyncStatus struct {
	AccountID string `json:"accountId"`
	// Revision grows with every event (see EventSession).
	Revision int64 `json:"revision"`
	// State is "never", "running", "done", "partial", "failed", "canceled" or "interrupted".
	State string `json:"state"`
	// Phase is "provider", "listing", "figures" or "finished".
	Phase         string  `json:"phase"`
	Organizations int     `json:"organizations"`
	Done          int     `json:"done"`
	Failed        int     `json:"failed"`
	Changed       int     `json:"changed"`
	Added         int     `json:"added"`
	Gone          int     `json:"gone"`
	PerSecond     float64 `json:"perSecond"`
	StartedAt     int64   `json:"startedAt"`
	FinishedAt    int64   `json:"finishedAt"`
	// ListingComplete is false when the listing may lack organizations.
	ListingComplete bool `json:"listingComplete"`
	// Problem is the worst failure; null when all went well.
	Problem *Problem `json:"problem"`
	// Failures names the organizations that could not be read in full, at most 50.
	Failures []SyncFailure `json:"failures"`
	// Administrators is why who administers the provider could not be read
	// beside; null where it was. The run is not judged by it.
	Administrators *Problem `json:"administrators"`
	// Online says whether the last exchange with the server succeeded.
	Online bool `json:"online"`
	// LastCompleteAt is when a run last finished completely.
	LastCompleteAt int64 `json:"lastCompleteAt"`
}

// SyncFailure is one organization that a run could not read in full.
type SyncFailure struct {
	OrganizationID string  `json:"organizationId"`
	Name           string  `json:"name"`
	Problem        Problem `json:"problem"`
}
