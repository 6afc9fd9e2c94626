package bind

// Figure is a count. Value is null while it is unknown; NoAccess says that the
// key may not read it.
type Figure struct {
	Value    *int  `json:"value"`
	NoAccess bool  `json:"noAccess,omitempty"`
	At       int64 `json:"at"`
}

// OrganizationRow is one row of the grid.
type OrganizationRow struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Logo is the path of its thumbnail in this window; empty while it has none.
	Logo string `json:"logo"`
	// RemoteAssist is "on", "off" or "unknown".
	RemoteAssist  string `json:"remoteAssist"`
	Users         Figure `json:"users"`
	Devices       Figure `json:"devices"`
	Applications  Figure `json:"applications"`
	DetailsAt     int64  `json:"detailsAt"`
	GoneAt        int64  `json:"goneAt,omitempty"`
	PendingDelete bool   `json:"pendingDelete,omitempty"`
}

// OrganizationList is every organization of one account, from the cache.
type OrganizationList struct {
	AccountID string `json:"accountId"`
	// Revision grows with every event (see EventSession).
	Revision int64             `json:"revision"`
	Rows     []OrganizationRow `json:"rows"`
}

// OrganizationDetails is what the side panel shows beyond the row.
type OrganizationDetails struct {
	AccountID string          `json:"accountId"`
	Row       OrganizationRow `json:"row"`
	Created   int64           `json:"created"`
	// MaxSystemUsers is the user cap; null where none is set, or where CapKnown
	// says that it is not known.
	MaxSystemUsers *int   `json:"maxSystemUsers"`
	CapKnown       bool   `json:"capKnown"`
	ContactName    string `json:"contactName"`
	ContactEmail   string `json:"contactEmail"`
	// DetailsDenied says that the key may not read the details.
	DetailsDenied bool `json:"detailsDenied"`
}

// LaunchResult says what a launch did.
type LaunchResult struct {
	OrganizationID   string `json:"organizationId"`
	OrganizationName string `json:"organizationName"`
	URL              string `json:"url"`
	// NameCopied says that the name is on the clipboard.
	NameCopied bool `json:"nameCopied"`
}

// RowsChanged is the event EventRows: rows that differ from what was sent before.
type RowsChanged struct {
	AccountID string `json:"accountId"`
	// Revision grows with every event (see EventSession).
	Revision int64             `json:"revision"`
	Rows     []OrganizationRow `json:"rows"`
}
