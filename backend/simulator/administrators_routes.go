package simulator

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

func administratorFields() []string {
	return []string{
		"id", "apiKeyAllowed", "apiKeyHash", "apiKeySet", "email", "enableMultiFactor", "firstname", "lastname",
		"organizationAccessTotal", "registered", "role", "roleName", "roleNames", "roles", "suspended",
	}
}

func (s *Server) administratorRecord(a *administrator) map[string]any {
	m := map[string]any{
		"id": a.id, "email": a.email, "firstname": a.first, "lastname": a.last,
		"enableMultiFactor": a.mfa, "registered": a.registered, "suspended": a.suspended,
		"role": roleID(a.role), "roleName": a.role, "roleNames": []string{a.role}, "roles": []string{roleID(a.role)},
		"apiKeyAllowed": a.keyAllowed, "apiKeySet": a.keySet, "organizationAccessTotal": len(s.linked(a)),
	}
	if hash := a.keyHash(); hash != nil {
		m["apiKeyHash"] = hash
	}
	return m
}

// getSelf is the key's own administrator.
func getSelf(c *call) (answer, *failure) {
	a := c.self
	m := map[string]any{
		"_id": a.id, "email": a.email, "firstname": a.first, "lastname": a.last, "created": idTime(a.id),
		"enableMultiFactor": a.mfa, "totpEnrolled": a.mfa, "suspended": a.suspended,
		"role": roleID(a.role), "roleName": a.role, "roleNames": []string{a.role}, "roles": []string{roleID(a.role)},
		"apiKeyAllowed": a.keyAllowed, "apiKeySet": a.keySet, "apiKeyUpdatedAt": stamp(a.keyCreated),
		"apiKeyHash": a.keyHash(), "usersTimeZone": "America/Denver", "disableIntroduction": true,
	}
	if home := c.s.home(); home != nil {
		m["organization"] = home.id
	} else if !c.s.state.behaviour.HideProvider {
		m["provider"] = c.s.provider
	}
	return ok(byFields(selfFields(), nil).project(splitList(c.query["fields"], v1), m))
}

func selfFields() []string {
	return []string{
		"_id", "email", "firstname", "lastname", "created", "enableMultiFactor", "totpEnrolled", "suspended", "role", "roleName",
		"roleNames", "roles", "apiKeyAllowed", "apiKeySet", "apiKeyUpdatedAt", "apiKeyHash", "usersTimeZone", "disableIntroduction",
		"organization", "provider",
	}
}

// idTime reads the creation time out of an id.
func idTime(id string) string {
	var seconds int64
	for _, r := range id[:8] {
		seconds = seconds<<4 | int64(strings.IndexRune("0123456789abcdef", r))
	}
	return stamp(time.Unix(seconds, 0))
}

func listAdministrators(c *call) (answer, *failure) {
	q, bad := parseQuery(c.query, v2, administratorFields())
	if bad != nil {
		return answer{}, bad
	}
	admins := slices.Clone(c.s.state.admins)
	slices.SortFunc(admins, func(a, b *administrator) int { return strings.Compare(a.id, b.id) })
	rows := make([]map[string]any, len(admins))
	for i, a := range admins {
		rows[i] = c.s.administratorRecord(a)
	}
	page, total := byFields(administratorFields(), nil).page(q, sliceSource(rows))
	return ok(map[string]any{"results": page, "totalCount": total})
}

// postAdministrator creates one. Without a role it is Read Only; unless
// bindNoOrgs is set it has access to every organization of today.
func postAdministrator(c *call) (answer, *failure) {
	var body struct {
		Email         string `json:"email"`
		First         string `json:"firstname"`
		Last          string `json:"lastname"`
		Role          string `json:"role"`
		RoleName      string `json:"roleName"`
		MFA           bool   `json:"enableMultiFactor"`
		APIKeyAllowed bool   `json:"apiKeyAllowed"`
		BindNoOrgs    bool   `json:"bindNoOrgs"`
		APIKeyHash    any    `json:"apiKeyHash"`
	}
	if bad := c.decode(&body); bad != nil {
		return answer{}, bad
	}
	if !isMail(body.Email) {
		return answer{}, badRequest("email is required and must be an e-mail address")
	}
	role := roleReadOnly
	for _, name := range Roles() {
		if body.RoleName == name || body.RoleName == "" && body.Role == roleID(name) {
			role = name
		}
	}
	if (body.RoleName != "" || body.Role != "") && role != body.RoleName && roleID(role) != body.Role {
		return answer{}, badRequest("unknown role")
	}
	st := c.s.state
	for _, other := range st.admins {
		if strings.EqualFold(other.email, body.Email) {
			return answer{}, conflict("an administrator with the e-mail %s exists already", body.Email)
		}
	}
	st.added++
	a := &administrator{
		id: newObjectID(c.now, mix(c.s.hash(forAdministrator), 1<<40+st.added)), h: mix(c.s.hash(forLink), st.added),
		email: body.Email, first: body.First, last: body.Last, role: role, mfa: body.MFA, keyAllowed: body.APIKeyAllowed,
	}
	if !body.BindNoOrgs {
		a.coverage = 100
	}
	st.admins = append(st.admins, a)
	c.record("", "administrator", "", a.email)
	return ok(c.s.administratorRecord(a))
}

func deleteAdministrator(c *call) (answer, *failure) {
	st := c.s.state
	a := st.administrator(c.params["administrator_id"])
	switch {
	case a == nil:
		return answer{}, notFound("administrator")
	case a == c.self:
		return answer{}, forbidden("administrators cannot delete themselves")
	}
	st.admins = slices.DeleteFunc(st.admins, func(x *administrator) bool { return x == a })
	c.record("", "administrator", a.email, "")
	return answer{status: http.StatusNoContent}, nil
}

// linkPage reads limit and skip, which is all the link lists take.
func linkPage[T any](c *call, rows []T) ([]T, *failure) {
	q, bad := parseQuery(c.query, v2, nil)
	if bad != nil {
		return nil, bad
	}
	from := min(q.skip, len(rows))
	return rows[from:min(from+q.limit, len(rows))], nil
}

func link(a *administrator, o *organization) map[string]any {
	return map[string]any{"administrator": a.id, "organization": o.id}
}

func listAdministratorLinks(c *call) (answer, *failure) {
	links := []map[string]any{}
	for _, a := range c.s.state.admins {
		if a.links(c.org) {
			links = append(links, link(a, c.org))
		}
	}
	page, bad := linkPage(c, links)
	if bad != nil {
		return answer{}, bad
	}
	return ok(page)
}

func listOrganizationLinks(c *call) (answer, *failure) {
	a := c.s.state.administrator(c.params["administrator_id"])
	if a == nil {
		return answer{}, notFound("administrator")
	}
	rows, bad := linkPage(c, c.s.linked(a))
	if bad != nil {
		return answer{}, bad
	}
	links := make([]map[string]any, len(rows))
	for i, o := range rows {
		links[i] = link(a, o)
	}
	return ok(links)
}

func createOrganizationLink(c *call) (answer, *failure) {
	var body struct {
		Organization string `json:"organization"`
	}
	if bad := c.decode(&body); bad != nil {
		return answer{}, bad
	}
	st := c.s.state
	a, o := st.administrator(c.params["administrator_id"]), st.orgs.byID[body.Organization]
	switch {
	case a == nil:
		return answer{}, notFound("administrator")
	case o == nil:
		return answer{}, notFound("organization")
	case a.links(o):
		return answer{}, conflict("the administrator has access already")
	}
	a.override(o.id, true)
	st.links++
	c.record(o.id, "administratorlink", "", a.email)
	return jsonAnswer(http.StatusCreated, link(a, o)), nil
}

func deleteOrganizationLink(c *call) (answer, *failure) {
	st := c.s.state
	a, o := st.administrator(c.params["administrator_id"]), st.orgs.byID[c.params["organization_id"]]
	if a == nil || o == nil || !a.links(o) {
		return answer{}, notFound("link")
	}
	a.override(o.id, false)
	st.links++
	c.record(o.id, "administratorlink", a.email, "")
	return answer{status: http.StatusNoContent}, nil
}
