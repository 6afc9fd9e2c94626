package simulator

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
)

// control serves the control plane: no key, no latency, no faults, not counted.
func (s *Server) control(w http.ResponseWriter, r *http.Request, body []byte) {
	what, id, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/__sim/"), "/")
	var value any
	var err error
	status := http.StatusOK
	switch r.Method + " " + what {
	case "GET stats":
		value = s.Stats()
	case "DELETE stats":
		s.ClearStats()
	case "GET faults":
		value = s.Faults()
	case "POST faults":
		var faults []Fault
		if faults, err = oneOrMany[Fault](body); err == nil {
			err = s.AddFaults(faults...)
		}
	case "DELETE faults":
		s.ClearFaults()
	case "GET orgs", "POST orgs", "PATCH orgs", "DELETE orgs":
		value, err = s.controlOrganization(r, id, body)
	case "POST key":
		value = map[string]string{"apiKey": s.NewKey()}
	case "POST role":
		err = s.controlRole(body)
	case "GET behaviour":
		value = s.Behaviour()
	case "POST behaviour":
		b := s.Behaviour()
		if err = json.Unmarshal(body, &b); err == nil {
			err = s.SetBehaviour(b)
		}
	case "GET history":
		value = s.History()
	case "POST reset":
		s.Reset()
	default:
		err = errNoControl
	}
	switch {
	case errors.Is(err, ErrUnknownOrganization), errors.Is(err, errNoControl):
		fail(http.StatusNotFound, "%v", err).answer().write(w)
	case err != nil:
		badRequest("%v", err).answer().write(w)
	case value == nil:
		jsonAnswer(status, map[string]bool{"ok": true}).write(w)
	default:
		jsonAnswer(status, value).write(w)
	}
}

var errNoControl = errors.New("no such control route")

func (s *Server) controlRole(body []byte) error {
	var wanted struct {
		Role  string `json:"role"`
		Scope int    `json:"scope"`
	}
	if err := json.Unmarshal(body, &wanted); err != nil {
		return err //nolint:wrapcheck // shown as it is
	}
	return s.SetRole(wanted.Role, wanted.Scope)
}

// controlOrganization serves /__sim/orgs and /__sim/orgs/{id}. Listing takes
// `name`, for organizations that are called exactly so.
func (s *Server) controlOrganization(r *http.Request, id string, body []byte) (any, error) {
	var patch OrganizationPatch
	if r.Method == http.MethodPost || r.Method == http.MethodPatch {
		if err := json.Unmarshal(body, &patch); err != nil {
			return nil, err //nolint:wrapcheck // shown as it is
		}
	}
	switch {
	case r.Method == http.MethodGet && id == "" && r.URL.Query().Has("name"):
		return s.OrganizationsNamed(r.URL.Query().Get("name")), nil
	case r.Method == http.MethodGet && id == "":
		return s.OrganizationIDs(), nil
	case r.Method == http.MethodPost && id == "":
		var err error
		if id, err = s.AddOrganization(patch); err != nil {
			return nil, err
		}
	case r.Method == http.MethodPatch:
		if err := s.PatchOrganization(id, patch); err != nil {
			return nil, err
		}
	case r.Method == http.MethodDelete:
		return nil, s.DeleteOrganization(id)
	}
	return s.Organization(id)
}
