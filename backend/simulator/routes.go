package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// orgRule is what a route does with the x-org-id header.
type orgRule int

const (
	orgRefused  orgRule = iota // 403 when sent
	orgRequired                // must be sent
	orgInPath                  // may be sent, and must then equal the id in the path
)

// route is one operation of the API.
type route struct {
	method, pattern string
	parts           []string
	org             orgRule
	need            right
	public          bool // no key needed
	write           bool // changes state
	handle          func(*call) (answer, *failure)
}

func (rt route) name() string { return rt.method + " " + rt.pattern }

// call is one request on its way through its route.
type call struct {
	s      *Server
	route  *route
	query  url.Values
	body   []byte
	params map[string]string
	origin string // scheme and host the client used
	now    time.Time
	self   *administrator
	org    *organization // of x-org-id or the path
}

func (s *Server) buildRoutes() []route {
	const provider = "/api/v2/providers/{provider_id}"
	all := []route{
		{method: "GET", pattern: "/api/users/getSelf", handle: getSelf},
		{method: "GET", pattern: "/api/users", org: orgRequired, need: readPortal, handle: listLocalAdministrators},
		{method: "GET", pattern: "/api/organizations", need: readPortal, handle: listOrganizationsV1},
		{method: "POST", pattern: "/api/search/organizations", need: readPortal, handle: searchOrganizations},
		{method: "GET", pattern: "/api/organizations/{id}", org: orgInPath, need: readPortal, handle: getOrganization},
		{method: "PUT", pattern: "/api/organizations/{id}", org: orgInPath, need: readPortal, write: true, handle: putOrganization},
		{method: "GET", pattern: "/api/systemusers", org: orgRequired, need: readPortal, handle: listUsers},
		{method: "GET", pattern: "/api/systems", org: orgRequired, need: readPortal, handle: listDevices},
		{method: "GET", pattern: "/api/applications", org: orgRequired, need: readPortal, handle: listApplications},
		{method: "GET", pattern: "/api/v2/logos/{id}", public: true, handle: getLogo},
		{method: "GET", pattern: "/api/v2/organizations/{id}/administratorlinks", org: orgInPath, need: readPortal, handle: listAdministratorLinks},
		{method: "GET", pattern: "/api/v2/administrators/{administrator_id}/organizationlinks", need: readPortal, handle: listOrganizationLinks},
		{method: "POST", pattern: "/api/v2/administrators/{administrator_id}/organizationlinks", need: editAdministrators, write: true, handle: createOrganizationLink},
		{method: "DELETE", pattern: "/api/v2/administrators/{administrator_id}/organizationlinks/{organization_id}", need: editAdministrators, write: true, handle: deleteOrganizationLink},
		{method: "GET", pattern: provider, handle: getProvider},
		{method: "GET", pattern: provider + "/organizations", need: readPortal, handle: listOrganizationsV2},
		{method: "POST", pattern: provider + "/organizations", need: createOrganization, write: true, handle: postOrganization},
		{method: "PUT", pattern: provider + "/organizations/{id}", need: renameOrganization, write: true, handle: putProviderOrganization},
		{method: "GET", pattern: provider + "/administrators", need: readPortal, handle: listAdministrators},
		{method: "POST", pattern: provider + "/administrators", need: editAdministrators, write: true, handle: postAdministrator},
		{method: "DELETE", pattern: provider + "/administrators/{administrator_id}", need: editAdministrators, write: true, handle: deleteAdministrator},
		{method: "GET", pattern: provider + "/invoices", need: readInvoices, handle: listInvoices},
		{method: "GET", pattern: provider + "/invoices/{invoice_id}", need: readInvoices, handle: getInvoice},
	}
	for i := range all {
		all[i].parts = strings.Split(strings.TrimPrefix(all[i].pattern, "/"), "/")
	}
	return all
}

// find gives the route of a request and its path parameters; without a route,
// the methods the path takes.
func (s *Server) find(method, escapedPath string) (*route, map[string]string, []string) {
	parts := strings.Split(strings.TrimPrefix(escapedPath, "/"), "/")
	var methods []string
	for i := range s.routes {
		rt := &s.routes[i]
		params, matched := rt.match(parts)
		if !matched {
			continue
		}
		if rt.method == method {
			return rt, params, nil
		}
		methods = append(methods, rt.method)
	}
	return nil, nil, methods
}

func (rt *route) match(parts []string) (map[string]string, bool) {
	if len(parts) != len(rt.parts) {
		return nil, false
	}
	var params map[string]string
	for i, want := range rt.parts {
		have, err := url.PathUnescape(parts[i])
		if err != nil {
			return nil, false
		}
		if !strings.HasPrefix(want, "{") {
			if want != have {
				return nil, false
			}
			continue
		}
		if have == "" {
			return nil, false
		}
		if params == nil {
			params = map[string]string{}
		}
		params[strings.Trim(want, "{}")] = have
	}
	return params, true
}

// noRoute answers a path or method the API does not have.
func noRoute(methods []string) answer {
	if len(methods) == 0 {
		return fail(http.StatusNotFound, "no such route").answer()
	}
	a := fail(http.StatusMethodNotAllowed, "this route does not take the method").answer()
	slices.Sort(methods)
	a.header = map[string]string{"Allow": strings.Join(methods, ", ")}
	return a
}

// answer runs the request under the lock its route needs.
func (s *Server) answer(c *call, r *http.Request) answer {
	if !c.route.public {
		key := r.Header.Get("x-api-key")
		if key == "" {
			a := htmlAnswer(http.StatusFound, "Found")
			a.header = map[string]string{"Location": "/login"}
			return a
		}
		s.lock(c.route.write)
		defer s.unlock(c.route.write)
		if key != s.state.key {
			return fail(http.StatusUnauthorized, "Unauthorized: the API key is wrong or no longer valid").answer()
		}
		c.self = s.state.self
		if until := c.self.keyExpires; !until.IsZero() && !c.now.Before(until) {
			return fail(http.StatusUnauthorized, "Unauthorized: the API key has expired").answer()
		}
		if !c.self.keyAllowed {
			return fail(http.StatusUnauthorized, "Unauthorized: API access is off for this administrator").answer()
		}
		if bad := c.admit(r.Header.Values("x-org-id")); bad != nil {
			return bad.answer()
		}
	}
	a, bad := c.route.handle(c)
	if bad != nil {
		return bad.answer()
	}
	return a
}

func (s *Server) lock(write bool) {
	if write {
		s.mu.Lock()
	} else {
		s.mu.RLock()
	}
}

func (s *Server) unlock(write bool) {
	if write {
		s.mu.Unlock()
	} else {
		s.mu.RUnlock()
	}
}

// admit checks the provider in the path, the x-org-id header and the role.
func (c *call) admit(header []string) *failure {
	if p, has := c.params["provider_id"]; has {
		if c.s.state.behaviour.SingleTenant {
			return forbidden("this needs a multi-tenant administrator")
		}
		if p != c.s.provider {
			return notFound("provider")
		}
	}
	if bad := c.chooseOrganization(header); bad != nil {
		return bad
	}
	return c.require(c.route.need)
}

func (c *call) chooseOrganization(header []string) *failure {
	sent := len(header) > 0
	if home := c.s.home(); home != nil && !sent && c.route.org == orgRequired {
		c.org = home
		return nil
	}
	wanted := c.params["id"]
	switch {
	case c.route.org == orgRefused && sent:
		return forbidden("x-org-id is not accepted on this route")
	case c.route.org == orgRefused:
		return nil
	case c.route.org == orgRequired && !sent:
		return fail(http.StatusUnauthorized, "x-org-id is required of a multi-tenant administrator")
	case sent && (len(header) != 1 || !isObjectID(header[0])):
		return badRequest("x-org-id is malformed")
	case c.route.org == orgInPath && sent && header[0] != wanted:
		return badRequest("x-org-id differs from the organization in the path")
	case c.route.org == orgRequired:
		wanted = header[0]
	}
	o := c.s.state.orgs.byID[wanted]
	if o == nil || !c.s.sees(c.self, o) || c.s.home() != nil && c.s.home() != o {
		return notFound("organization")
	}
	c.org = o
	return nil
}
