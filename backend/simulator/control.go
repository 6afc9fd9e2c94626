package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// control serves the control plane, which needs no key, does not wait, is not
// counted and is not part of the API:
//
//	GET, DELETE       /__sim/stats                requests so far; count anew
//	GET, POST, DELETE /__sim/faults               one Fault or a list
//	GET, POST         /__sim/orgs[?name=…]        ids, or those called so; add one
//	GET, PATCH, DELETE /__sim/orgs/{id}           someone else's look, change, removal
//	GET, POST         /__sim/administrators       all; add one
//	PATCH, DELETE     /__sim/administrators/{id}  someone else's change, removal
//	POST              /__sim/links                {administrator, organization, linked}
//	POST              /__sim/key                  a new key; the old one answers 401
//	POST              /__sim/role                 {role, scope} of the key's administrator
//	GET, POST         /__sim/behaviour            how writes go; sent fields change
//	GET               /__sim/history              what the API's writes changed
//	POST              /__sim/reset                everything as at the start
func (s *Server) control(w http.ResponseWriter, r *http.Request, body []byte) {
	what, id, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/__sim/"), "/")
	if foreignOrigin(r.Header.Get("Origin")) {
		forbidden("the control plane takes no orders from other sites").answer().write(w)
		return
	}
	var value any
	var err error
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
	case "GET administrators", "POST administrators", "PATCH administrators", "DELETE administrators":
		value, err = s.controlAdministrator(r.Method, id, body)
	case "POST links":
		err = s.controlLink(body)
	case "POST key":
		value = map[string]string{"apiKey": s.NewKey()}
	case "POST role":
		err = s.controlRole(body)
	case "GET behaviour":
		value = s.Behaviour()
	case "POST behaviour":
		b := s.Behaviour()
		if err = strict(body, &b); err == nil {
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
	case errors.Is(err, ErrUnknownOrganization), errors.Is(err, ErrUnknownAdministrator), errors.Is(err, errNoControl):
		fail(http.StatusNotFound, "%v", err).answer().write(w)
	case err != nil:
		badRequest("%v", err).answer().write(w)
	case value == nil:
		jsonAnswer(http.StatusOK, map[string]bool{"ok": true}).write(w)
	default:
		jsonAnswer(http.StatusOK, value).write(w)
	}
}

// strict reads JSON and refuses fields that mean nothing, which are mistyped.
func strict(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	return nil
}

// foreignOrigin says that a page from elsewhere sent the request. Pages on this
// machine may: the tests have some.
func foreignOrigin(origin string) bool {
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	if err != nil {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() != "localhost" && (err != nil || !ip.IsLoopback())
}

var errNoControl = errors.New("no such control route")

func (s *Server) controlRole(body []byte) error {
	var wanted struct {
		Role  string `json:"role"`
		Scope int    `json:"scope"`
	}
	if err := strict(body, &wanted); err != nil {
		return err
	}
	return s.SetRole(wanted.Role, wanted.Scope)
}

// controlOrganization serves /__sim/orgs and /__sim/orgs/{id}. Listing takes
// `name`, for organizations that are called exactly so.
func (s *Server) controlOrganization(r *http.Request, id string, body []byte) (any, error) {
	var patch OrganizationPatch
	if r.Method == http.MethodPost || r.Method == http.MethodPatch {
		if err := strict(body, &patch); err != nil {
			return nil, err
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
