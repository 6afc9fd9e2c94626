package simulator

import "time"

// WriteMode says what happens to writes of one field.
type WriteMode string

// The ways a write can go. The empty mode is Apply.
const (
	Apply  WriteMode = "apply"  // as told
	Ignore WriteMode = "ignore" // 200, and nothing changes
	Refuse WriteMode = "refuse" // 403
)

// Behaviour says how a tenant takes writes that are not certain to work, and
// what the provider forbids.
type Behaviour struct {
	RemoteAssistWrites  WriteMode `json:"remoteAssistWrites,omitempty"`
	LogoWrites          WriteMode `json:"logoWrites,omitempty"`
	ContactWrites       WriteMode `json:"contactWrites,omitempty"`
	CapWrites           WriteMode `json:"capWrites,omitempty"`
	RenameWrites        WriteMode `json:"renameWrites,omitempty"`
	DisallowOrgCreation bool      `json:"disallowOrgCreation"`
	HideProvider        bool      `json:"hideProvider"`    // getSelf comes without the provider's id
	SingleTenant        bool      `json:"singleTenant"`    // the key belongs to one organization and to no provider
	ReplaceSettings     bool      `json:"replaceSettings"` // PUT /api/organizations/{id} clears the settings that it does not name
	ListLagSeconds      int       `json:"listLagSeconds"`  // how long new organizations are missing from GET /api/organizations
}

func (m WriteMode) valid() bool {
	return m == "" || m == Apply || m == Ignore || m == Refuse
}

func (b Behaviour) valid() bool {
	for _, m := range []WriteMode{b.RemoteAssistWrites, b.LogoWrites, b.ContactWrites, b.CapWrites, b.RenameWrites} {
		if !m.valid() {
			return false
		}
	}
	return true
}

// gate says whether a write goes through.
func (m WriteMode) gate(what string) (apply bool, bad *failure) {
	switch m {
	case Refuse:
		return false, forbidden("%s cannot be changed for this organization", what)
	case Ignore:
		return false, nil
	default:
		return true, nil
	}
}

// Mutation is one write that changed the state through the API.
type Mutation struct {
	At           time.Time `json:"at"`
	Method       string    `json:"method"`
	Route        string    `json:"route"`
	Organization string    `json:"organization,omitempty"`
	Field        string    `json:"field"`
	From         string    `json:"from"`
	To           string    `json:"to"`
}

// historyCap bounds the history; the oldest entries go first.
const historyCap = 10_000

func (c *call) record(organization, field string, from, to any) {
	st := c.s.state
	if len(st.history) >= historyCap {
		st.history = append(st.history[:0], st.history[historyCap/10:]...)
	}
	st.history = append(st.history, Mutation{
		At: c.now, Method: c.route.method, Route: c.route.pattern,
		Organization: organization, Field: field, From: plain(from), To: plain(to),
	})
}
