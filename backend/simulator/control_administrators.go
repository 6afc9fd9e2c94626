package simulator

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// ErrUnknownAdministrator is the answer for an id no administrator has.
var ErrUnknownAdministrator = errors.New("no such administrator")

// AdministratorPatch is someone else's change of a provider's administrator; nil
// leaves a value as it is.
type AdministratorPatch struct {
	Email     *string    `json:"email,omitempty"`
	FirstName *string    `json:"firstname,omitempty"`
	LastName  *string    `json:"lastname,omitempty"`
	Role      *string    `json:"roleName,omitempty"`
	MFA       *bool      `json:"enableMultiFactor,omitempty"`
	Suspended *bool      `json:"suspended,omitempty"`
	KeySet    *bool      `json:"apiKeySet,omitempty"`
	KeyExpire *time.Time `json:"expireAt,omitempty"`
	// KeyAllowed is API access; without it the key answers 401.
	KeyAllowed *bool `json:"apiKeyAllowed,omitempty"`
	Coverage   *int  `json:"coverage,omitempty"` // percent of the organizations linked
}

// AddAdministrator is someone else creating one, without access to any
// organization unless Coverage says so; it gives the new id.
func (s *Server) AddAdministrator(patch AdministratorPatch) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state
	st.added++
	now := s.opts.Now()
	a := &administrator{
		id: newObjectID(now, mix(s.hash(forAdministrator), 1<<40+st.added)), h: mix(s.hash(forLink), st.added),
		role: roleReadOnly, registered: true, mfa: true,
	}
	if err := s.patchAdministrator(a, patch); err != nil {
		return "", err
	}
	st.admins = append(st.admins, a)
	return a.id, nil
}

// PatchAdministrator is someone else changing one.
func (s *Server) PatchAdministrator(id string, patch AdministratorPatch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.state.administrator(id)
	if a == nil {
		return fmt.Errorf("patch administrator %q: %w", id, ErrUnknownAdministrator)
	}
	return s.patchAdministrator(a, patch)
}

func (s *Server) patchAdministrator(a *administrator, patch AdministratorPatch) error {
	if patch.Role != nil && !slices.Contains(Roles(), *patch.Role) {
		return fmt.Errorf("unknown role %q", *patch.Role)
	}
	set(&a.email, patch.Email)
	set(&a.first, patch.FirstName)
	set(&a.last, patch.LastName)
	set(&a.role, patch.Role)
	set(&a.mfa, patch.MFA)
	set(&a.suspended, patch.Suspended)
	set(&a.keyExpires, patch.KeyExpire)
	set(&a.keyAllowed, patch.KeyAllowed)
	set(&a.keySet, patch.KeySet)
	set(&a.coverage, patch.Coverage)
	if a.keySet && a.keyPrefix == "" {
		a.keyAllowed, a.keyPrefix, a.keyCreated = true, "jca_"+newObjectIDTailText(a.h), s.opts.Now()
	}
	s.state.links++
	return nil
}

// DeleteAdministrator is someone else deleting one; the key's own stays.
func (s *Server) DeleteAdministrator(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state
	a := st.administrator(id)
	if a == nil || a == st.self {
		return fmt.Errorf("delete administrator %q: %w", id, ErrUnknownAdministrator)
	}
	st.admins = slices.DeleteFunc(st.admins, func(x *administrator) bool { return x == a })
	return nil
}

// SetLink is someone else giving an administrator access to an organization, or
// taking it.
func (s *Server) SetLink(administratorID, organizationID string, linked bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, o := s.state.administrator(administratorID), s.state.orgs.byID[organizationID]
	switch {
	case a == nil:
		return fmt.Errorf("link %q: %w", administratorID, ErrUnknownAdministrator)
	case o == nil:
		return fmt.Errorf("link %q: %w", organizationID, ErrUnknownOrganization)
	}
	a.override(o.id, linked)
	s.state.links++
	return nil
}

// Administrators gives the records of all, as the API tells them.
func (s *Server) Administrators() []map[string]any {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]map[string]any, len(s.state.admins))
	for i, a := range s.state.admins {
		out[i] = s.administratorRecord(a)
	}
	return out
}

// controlAdministrator serves /__sim/administrators and the one below it.
func (s *Server) controlAdministrator(method, id string, body []byte) (any, error) {
	var patch AdministratorPatch
	if method == http.MethodPost || method == http.MethodPatch {
		if err := strict(body, &patch); err != nil {
			return nil, err
		}
	}
	switch {
	case method == http.MethodGet && id == "":
		return s.Administrators(), nil
	case method == http.MethodPost && id == "":
		made, err := s.AddAdministrator(patch)
		return map[string]string{"id": made}, err
	case method == http.MethodPatch:
		return nil, s.PatchAdministrator(id, patch)
	case method == http.MethodDelete:
		return nil, s.DeleteAdministrator(id)
	default:
		return nil, errNoControl
	}
}

// controlLink serves POST /__sim/links.
func (s *Server) controlLink(body []byte) error {
	var wanted struct {
		Administrator string `json:"administrator"`
		Organization  string `json:"organization"`
		Linked        bool   `json:"linked"`
	}
	if err := strict(body, &wanted); err != nil {
		return err
	}
	return s.SetLink(wanted.Administrator, wanted.Organization, wanted.Linked)
}
