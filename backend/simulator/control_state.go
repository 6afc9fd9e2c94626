package simulator

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrUnknownOrganization is the answer for an id no organization has.
var ErrUnknownOrganization = errors.New("no such organization")

// Switch is a wanted state of Remote Assist. In JSON it is true, false or null.
type Switch string

// The states of Remote Assist; the empty one leaves it as it is.
const (
	On     Switch = "on"
	Off    Switch = "off"
	Absent Switch = "absent" // the organization does not have the feature
)

// UnmarshalJSON takes true, false, null, "on", "off" and "absent".
func (v *Switch) UnmarshalJSON(raw []byte) error {
	switch text := strings.Trim(string(raw), `"`); text {
	case "true", "on":
		*v = On
	case "false", "off":
		*v = Off
	case "null", "absent":
		*v = Absent
	default:
		return fmt.Errorf("remoteAssist cannot be %s", text)
	}
	return nil
}

// OrganizationPatch is someone else's change of an organization; nil leaves a
// value as it is. Nothing is checked: names may be equal, empty or very long.
type OrganizationPatch struct {
	Name           *string `json:"name,omitempty"`
	MaxSystemUsers *int    `json:"maxSystemUsers,omitempty"`
	ContactName    *string `json:"contactName,omitempty"`
	ContactEmail   *string `json:"contactEmail,omitempty"`
	RemoteAssist   Switch  `json:"remoteAssist,omitempty"`
	PendingDelete  *bool   `json:"pendingDelete,omitempty"`
	Logo           *string `json:"logo,omitempty"`         // a data URL, "" for none, "new" for another drawing
	Users          *int    `json:"users,omitempty"`        // fixes the count; -1 lets it drift again
	Devices        *int    `json:"devices,omitempty"`      // likewise
	Applications   *int    `json:"applications,omitempty"` // likewise; all kinds together
}

// OrganizationState is what the simulator holds of an organization.
type OrganizationState struct {
	ID               string    `json:"id"`
	Name             string    `json:"name"`
	Created          time.Time `json:"created"`
	MaxSystemUsers   int       `json:"maxSystemUsers"`
	ContactName      string    `json:"contactName"`
	ContactEmail     string    `json:"contactEmail"`
	RemoteAssist     *bool     `json:"remoteAssist"` // null: the feature is absent
	PendingDelete    bool      `json:"pendingDelete"`
	LogoID           string    `json:"logoId"` // empty: no logo
	Users            int       `json:"users"`
	Devices          int       `json:"devices"`
	Applications     int       `json:"applications"`     // of all kinds
	SAMLApplications int       `json:"samlApplications"` // those with single sign-on by SAML
}

func (s *Server) stateOf(o *organization) OrganizationState {
	p := o.profile()
	now := s.drift(s.opts.Now())
	count := func(kind uint64) int {
		lo, hi := o.flow(kind, p).span(now)
		return int(hi - lo)
	}
	return OrganizationState{
		ID: o.id, Name: o.name, Created: o.created.UTC(), MaxSystemUsers: p.maxSystemUsers,
		ContactName: p.contactName, ContactEmail: p.contactEmail, RemoteAssist: p.remoteAssist,
		PendingDelete: p.pendingDelete, LogoID: p.logo.id,
		Users: count(forUsers), Devices: count(forDevices), Applications: count(forApplications),
		SAMLApplications: samlCount(o.flow(forApplications, p), now),
	}
}

// Organization gives what is held of one organization now.
func (s *Server) Organization(id string) (OrganizationState, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	o := s.state.orgs.byID[id]
	if o == nil {
		return OrganizationState{}, fmt.Errorf("organization %q: %w", id, ErrUnknownOrganization)
	}
	return s.stateOf(o), nil
}

// OrganizationIDs gives all ids in order.
func (s *Server) OrganizationIDs() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	ids := make([]string, len(s.state.orgs.ids.rows))
	for i, o := range s.state.orgs.ids.rows {
		ids[i] = o.id
	}
	return ids
}

// OrganizationsNamed gives the organizations with exactly this name, by id.
func (s *Server) OrganizationsNamed(name string) []OrganizationState {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rows := s.state.orgs.names.rows
	at, _ := slices.BinarySearchFunc(rows, name, func(o *organization, want string) int { return strings.Compare(o.name, want) })
	out := []OrganizationState{}
	for ; at < len(rows) && rows[at].name == name; at++ {
		out = append(out, s.stateOf(rows[at]))
	}
	return out
}

// AddOrganization is someone else adding one; it gives the new id.
func (s *Server) AddOrganization(patch OrganizationPatch) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := ""
	if patch.Name != nil {
		name = *patch.Name
	}
	o := s.addOrganization(s.opts.Now(), name)
	if err := s.patch(o, patch); err != nil {
		s.state.orgs.remove(o)
		return "", err
	}
	return o.id, nil
}

// PatchOrganization is someone else changing one.
func (s *Server) PatchOrganization(id string, patch OrganizationPatch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.state.orgs.byID[id]
	if o == nil {
		return fmt.Errorf("patch organization %q: %w", id, ErrUnknownOrganization)
	}
	return s.patch(o, patch)
}

// DeleteOrganization makes one disappear, as support does.
func (s *Server) DeleteOrganization(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.state.orgs.byID[id]
	if o == nil {
		return fmt.Errorf("delete organization %q: %w", id, ErrUnknownOrganization)
	}
	s.state.orgs.remove(o)
	s.state.links++
	return nil
}

func (s *Server) patch(o *organization, patch OrganizationPatch) error {
	p := o.profile()
	if patch.Logo != nil {
		pic, err := s.pictureOf(o, *patch.Logo)
		if err != nil {
			return err
		}
		s.putLogo(&p, pic)
	}
	set(&p.maxSystemUsers, patch.MaxSystemUsers)
	set(&p.contactName, patch.ContactName)
	set(&p.contactEmail, patch.ContactEmail)
	set(&p.pendingDelete, patch.PendingDelete)
	set(&p.pinned.users, patch.Users)
	set(&p.pinned.devices, patch.Devices)
	set(&p.pinned.applications, patch.Applications)
	switch on := patch.RemoteAssist == On; patch.RemoteAssist {
	case "":
	case Absent:
		p.remoteAssist = nil
	default:
		p.remoteAssist = &on
	}
	o.keep(p)
	if patch.Name != nil {
		s.state.orgs.rename(o, *patch.Name)
	}
	return nil
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func (s *Server) pictureOf(o *organization, logo string) (upload, error) {
	if logo == "new" {
		s.state.added++
		return s.logos.drawAnew(mix(o.h, s.state.added), o.name), nil
	}
	pic, bad := readLogo(logo)
	if bad != nil {
		return upload{}, errors.New(bad.message)
	}
	return pic, nil
}

// NewKey gives the administrator a new key; the old one is wrong from now on.
func (s *Server) NewKey() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state
	st.keyTurn++
	st.key = s.inventKey(st.keyTurn)
	st.self.keyPrefix, st.self.keyCreated = st.key[:8], s.opts.Now()
	return st.key
}

// SetRole changes the role of the key's administrator and, where scope is
// positive, the percent of the organizations it sees.
func (s *Server) SetRole(role string, scope int) error {
	if role != "" && !slices.Contains(Roles(), role) {
		return fmt.Errorf("unknown role %q", role)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if role != "" {
		s.state.self.role = role
	}
	if scope > 0 {
		s.state.self.coverage = min(scope, 100)
	}
	s.state.links++
	return nil
}

// SetBehaviour says how writes go from now on.
func (s *Server) SetBehaviour(b Behaviour) error {
	if !b.valid() {
		return errors.New("a write mode is apply, ignore or refuse")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.behaviour = b
	return nil
}

// Behaviour gives how writes go now.
func (s *Server) Behaviour() Behaviour {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.state.behaviour
}

// History gives the writes that changed something through the API, oldest first.
func (s *Server) History() []Mutation {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return append([]Mutation{}, s.state.history...)
}

// Reset puts everything back to the start: organizations, key, role, behaviour,
// faults, history, counts and the rate limit.
func (s *Server) Reset() {
	fresh := s.freshState()
	s.mu.Lock()
	s.state = fresh
	s.mu.Unlock()
	s.ClearFaults()
	s.stats.clear()
	s.logos.clear()
	s.pace.refill(s.opts.Now())
}

// oneOrMany reads a JSON value or a list of them.
func oneOrMany[T any](raw []byte) ([]T, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		var many []T
		err := strict(raw, &many)
		return many, err
	}
	var one T
	err := strict(raw, &one)
	return []T{one}, err
}
