package domain

import (
	"strconv"
	"time"
)

// OrgID is an organization's id: 24 lower-case hexadecimal digits.
type OrgID string

// Valid reports whether the id has the form of a JumpCloud object id.
func (id OrgID) Valid() bool {
	if len(id) != 24 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// CreatedAt is the creation time that the id carries in its first eight
// digits; zero for an id that is not valid.
func (id OrgID) CreatedAt() time.Time {
	if !id.Valid() {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(string(id[:8]), 16, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// FigureKind is one of the counts kept of an organization.
type FigureKind string

// The counts of an organization, each read by a call of its own.
const (
	FigureUsers        FigureKind = "users"
	FigureDevices      FigureKind = "devices"
	FigureApplications FigureKind = "applications"
)

// FigureKinds lists every kind of figure.
func FigureKinds() []FigureKind {
	return []FigureKind{FigureUsers, FigureDevices, FigureApplications}
}

// FigureState says what is known of a figure.
type FigureState string

// The states of a figure. An unknown figure is never shown as zero.
const (
	FigureUnknown  FigureState = "unknown"
	FigureKnown    FigureState = "known"
	FigureNoAccess FigureState = "no_access"
)

// Figure is a count with the time at which it was read. The zero Figure is unknown.
type Figure struct {
	State FigureState
	Value int
	// FetchedAt is when State was found, and Value with it; zero when never.
	FetchedAt time.Time
	// LastKnownAt is set only where State is FigureNoAccess and the count had
	// been readable before: Value is then that older count, read at this time.
	LastKnownAt time.Time
}

// KnownFigure is a count read at a time.
func KnownFigure(value int, at time.Time) Figure {
	return Figure{State: FigureKnown, Value: value, FetchedAt: at}
}

// NoAccessFigure is a count the key may not read, as found at a time.
func NoAccessFigure(at time.Time) Figure {
	return Figure{State: FigureNoAccess, FetchedAt: at}
}

// RemoteAssist is the state of an organization's Remote Assist switch. No
// published operation gives it: absent on read means unknown, never off.
type RemoteAssist string

// The states of Remote Assist.
const (
	RemoteAssistUnknown RemoteAssist = "unknown"
	RemoteAssistOn      RemoteAssist = "on"
	RemoteAssistOff     RemoteAssist = "off"
)

// Listed is what the two listings of organizations tell of one.
type Listed struct {
	ID   OrgID
	Name string
	// MaxSystemUsers is the user cap; nil where none is set.
	MaxSystemUsers *int
	// LogoURL is where its logo is served; empty where it has none. It is nil
	// where only the provider's listing knew the organization, so that a
	// lagging listing does not take a logo away.
	LogoURL *string
	// CapUnknown says that the listing it comes from tells no user cap at all,
	// so that the cap known so far stays.
	CapUnknown bool
}

// Details is what reading one organization tells beyond the listings.
type Details struct {
	Created       time.Time
	ContactName   string
	ContactEmail  string
	RemoteAssist  RemoteAssist
	PendingDelete bool
	LogoURL       string
	Billing       Billing
}

// Billing is an organization's entitlement and estimate.
type Billing struct {
	// Estimate is totalBillingEstimate in the provider's currency's minor or
	// major unit as the API gives it; nil where the key may not see it.
	Estimate     *int      `json:"estimate,omitempty"`
	BillingModel string    `json:"billingModel,omitempty"`
	Products     []Product `json:"products,omitempty"`
}

// Product is one entitlement product of an organization.
type Product struct {
	Name           string `json:"name"`
	Code           string `json:"code,omitempty"`
	CommittedUsers int    `json:"committedUsers,omitempty"`
	MaxUsers       int    `json:"maxUsers,omitempty"`
	PricePerUser   int    `json:"pricePerUser,omitempty"`
}

// Organization is one customer organization as the cache knows it.
type Organization struct {
	ID   OrgID
	Name string
	// MaxSystemUsers is the user cap; nil where none is set, or where CapKnown
	// says that no listing has told it.
	MaxSystemUsers *int
	CapKnown       bool
	LogoURL        string
	// LogoHash is the content hash of the cached thumbnail; empty while there is none.
	LogoHash string
	// LogoSource is the address LogoHash was made from, or the one found to
	// serve no usable picture. A logo is due where it differs from LogoURL.
	LogoSource string
	// ListedAt is when a listing last named the organization.
	ListedAt time.Time
	// GoneAt is when a complete listing first lacked it; nil while it is listed.
	GoneAt *time.Time
	// Details is zero until DetailsAt is set. DetailsDenied says that the key
	// may not read them.
	Details       Details
	DetailsAt     time.Time
	DetailsDenied bool
	Users         Figure
	Devices       Figure
	Applications  Figure
}

// Figure gives the figure of a kind; the zero Figure for a kind that does not exist.
func (o *Organization) Figure(kind FigureKind) Figure {
	switch kind {
	case FigureUsers:
		return o.Users
	case FigureDevices:
		return o.Devices
	case FigureApplications:
		return o.Applications
	}
	return Figure{}
}

// Thumbnail is a logo made small for the list, encoded as PNG.
type Thumbnail struct {
	// Hash is the lower-case hexadecimal SHA-256 of PNG.
	Hash          string
	PNG           []byte
	Width, Height int
}

// ListedPage is one page of a listing: its records, and how many the server
// says there are in all.
type ListedPage struct {
	Items []Listed
	Total int
}
