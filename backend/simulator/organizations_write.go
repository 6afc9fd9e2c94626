package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

const maxNameLength = 255

// decode reads the body strictly: a field the API does not know is refused, so
// that a client that sends one fails here.
func (c *call) decode(into any) *failure {
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return badRequest("the body is not what this route takes: %v", err)
	}
	if d.More() {
		return badRequest("the body has more than one value")
	}
	return nil
}

// checkName refuses what no organization can be called.
func (c *call) checkName(name string, self *organization) *failure {
	switch {
	case strings.TrimSpace(name) == "":
		return badRequest("name is required")
	case utf8.RuneCountInString(name) > maxNameLength:
		return badRequest("name is longer than %d characters", maxNameLength)
	case self != nil && self.name == name:
		return nil
	case c.s.state.orgs.taken(name, self):
		return conflict("an organization named %q exists already", name)
	}
	return nil
}

func postOrganization(c *call) (answer, *failure) {
	var body struct {
		Name           string `json:"name"`
		MaxSystemUsers *int   `json:"maxSystemUsers"`
	}
	if bad := c.decode(&body); bad != nil {
		return answer{}, bad
	}
	if c.s.state.behaviour.DisallowOrgCreation {
		return answer{}, forbidden("this provider may not create organizations")
	}
	body.Name = strings.TrimSpace(body.Name)
	if bad := c.checkName(body.Name, nil); bad != nil {
		return answer{}, bad
	}
	limit := 0
	if body.MaxSystemUsers != nil {
		limit = *body.MaxSystemUsers
	}
	if limit < 0 {
		return answer{}, badRequest("maxSystemUsers must not be negative")
	}
	o := c.s.addOrganization(c.now, body.Name)
	p := o.profile()
	p.maxSystemUsers = limit
	o.keep(p)
	// Whoever creates an organization has access to it.
	c.self.override(o.id, true)
	c.record(o.id, "name", "", o.name)
	return jsonAnswer(http.StatusCreated, organizationsV2().project(nil, o)), nil
}

// addOrganization makes an empty one. The caller holds the lock.
func (s *Server) addOrganization(now time.Time, name string) *organization {
	st := s.state
	st.added++
	st.links++
	now = now.Truncate(time.Second)
	h := mix(s.hash(forOrganization), 1<<40+st.added)
	o := &organization{index: -1, h: h, created: now, id: newObjectID(now, serialTail(s.hash(forProvider), int64(st.added)))} //nolint:gosec // a small count
	o.setName(name)
	off := false
	o.keep(profile{domain: domainOf(name, h), remoteAssist: &off, pinned: sizes{-1, -1, -1}})
	st.orgs.add(o)
	return o
}

func putProviderOrganization(c *call) (answer, *failure) {
	var body struct {
		ID             *string `json:"id"`
		Name           *string `json:"name"`
		MaxSystemUsers *int    `json:"maxSystemUsers"`
	}
	if bad := c.decode(&body); bad != nil {
		return answer{}, bad
	}
	o := c.s.state.orgs.byID[c.params["id"]]
	if o == nil || !c.s.sees(c.self, o) {
		return answer{}, notFound("organization")
	}
	c.org = o
	if body.ID != nil && *body.ID != o.id {
		return answer{}, badRequest("the id in the body differs from the one in the path")
	}
	e := edit{name: body.Name, maxSystemUsers: body.MaxSystemUsers}
	if bad := c.apply(e); bad != nil {
		return answer{}, bad
	}
	return ok(organizationsV2().project(nil, o))
}

// edit is a set of wanted changes; nil leaves a value as it is.
type edit struct {
	name, contactName, contactEmail *string
	maxSystemUsers                  *int
	remoteAssist                    *bool
	logo                            *string
}

// apply checks all changes first, then makes them: a refused write changes
// nothing.
func (c *call) apply(e edit) *failure {
	changes := []func(edit) (func(), *failure){c.planName, c.planCap, c.planContact, c.planRemoteAssist, c.planLogo}
	var steps []func()
	for _, plan := range changes {
		step, bad := plan(e)
		if bad != nil {
			return bad
		}
		if step != nil {
			steps = append(steps, step)
		}
	}
	for _, step := range steps {
		step()
	}
	return nil
}

func (c *call) planName(e edit) (func(), *failure) {
	if e.name == nil {
		return nil, nil
	}
	name := strings.TrimSpace(*e.name)
	if name == c.org.name {
		return nil, nil
	}
	if bad := c.require(renameOrganization); bad != nil {
		return nil, bad
	}
	if bad := c.checkName(name, c.org); bad != nil {
		return nil, bad
	}
	apply, bad := c.s.state.behaviour.RenameWrites.gate("The name")
	if !apply {
		return nil, bad
	}
	return func() {
		c.record(c.org.id, "name", c.org.name, name)
		c.s.state.orgs.rename(c.org, name)
	}, nil
}

func (c *call) planCap(e edit) (func(), *failure) {
	if e.maxSystemUsers == nil || *e.maxSystemUsers == c.org.profile().maxSystemUsers {
		return nil, nil
	}
	if *e.maxSystemUsers < 0 {
		return nil, badRequest("maxSystemUsers must not be negative")
	}
	if bad := c.require(editCap); bad != nil {
		return nil, bad
	}
	apply, bad := c.s.state.behaviour.CapWrites.gate("The user cap")
	if !apply {
		return nil, bad
	}
	return c.change("maxSystemUsers", func(p *profile) (any, any) {
		before := p.maxSystemUsers
		p.maxSystemUsers = *e.maxSystemUsers
		return before, p.maxSystemUsers
	}), nil
}

func (c *call) planContact(e edit) (func(), *failure) {
	p := c.org.profile()
	sameName := e.contactName == nil || *e.contactName == p.contactName
	sameEmail := e.contactEmail == nil || *e.contactEmail == p.contactEmail
	if sameName && sameEmail {
		return nil, nil
	}
	if bad := c.require(editContact); bad != nil {
		return nil, bad
	}
	if e.contactEmail != nil && *e.contactEmail != "" && !isMail(*e.contactEmail) {
		return nil, badRequest("contactEmail is not an e-mail address")
	}
	apply, bad := c.s.state.behaviour.ContactWrites.gate("The contact")
	if !apply {
		return nil, bad
	}
	return c.change("contact", func(p *profile) (any, any) {
		before := p.contactName + " <" + p.contactEmail + ">"
		if e.contactName != nil {
			p.contactName = *e.contactName
		}
		if e.contactEmail != nil {
			p.contactEmail = *e.contactEmail
		}
		return before, p.contactName + " <" + p.contactEmail + ">"
	}), nil
}

func (c *call) planRemoteAssist(e edit) (func(), *failure) {
	if e.remoteAssist == nil {
		return nil, nil
	}
	if bad := c.require(editRemoteAssist); bad != nil {
		return nil, bad
	}
	apply, bad := c.s.state.behaviour.RemoteAssistWrites.gate("Remote Assist")
	before := c.org.profile().remoteAssist
	// An organization without the feature takes the write and forgets it.
	if !apply || before == nil || *before == *e.remoteAssist {
		return nil, bad
	}
	return c.change("remoteAssist", func(p *profile) (any, any) {
		on := *e.remoteAssist
		p.remoteAssist = &on
		return *before, on
	}), nil
}

// change makes a step that edits the profile and notes it in the history.
func (c *call) change(field string, do func(*profile) (from, to any)) func() {
	return func() {
		p := c.org.profile()
		from, to := do(&p)
		c.org.keep(p)
		c.record(c.org.id, field, from, to)
	}
}

func isMail(text string) bool {
	local, domain, found := strings.Cut(text, "@")
	return found && local != "" && strings.Contains(domain, ".") && !strings.ContainsAny(text, " \t\r\n<>,") && !strings.Contains(domain, "@")
}

// settingsBody is what PUT /api/organizations/{id} takes of settings. Fields the
// simulator does not keep are taken and dropped.
type settingsBody struct {
	Name           *string `json:"name"`
	ContactName    *string `json:"contactName"`
	ContactEmail   *string `json:"contactEmail"`
	MaxSystemUsers *int    `json:"maxSystemUsers"`
	Logo           *string `json:"logo"`
	Features       *struct {
		RemoteAssist *struct {
			Enabled *bool `json:"enabled"`
		} `json:"remoteAssist"`
	} `json:"features"`
}

func otherSettings() []string {
	return []string{
		"deviceIdentificationEnabled", "disableGoogleLogin", "disableLdap", "disableUM", "duplicateLDAPGroups", "emailDisclaimer",
		"enableManagedUID", "growthData", "newSystemUserStateDefaults", "passwordCompliance", "passwordPolicy", "showIntro",
		"systemUserDefaults", "systemUserPasswordExpirationInDays", "systemUsersCanEdit", "trustedAppConfig", "userPortal",
	}
}

func putOrganization(c *call) (answer, *failure) {
	var outer struct {
		Settings map[string]json.RawMessage `json:"settings"`
	}
	if bad := c.decode(&outer); bad != nil {
		return answer{}, bad
	}
	if outer.Settings == nil {
		return answer{}, badRequest("settings is required")
	}
	others := false
	for _, name := range otherSettings() {
		if _, sent := outer.Settings[name]; sent {
			others = true
			delete(outer.Settings, name)
		}
	}
	body, bad := readSettings(outer.Settings)
	if bad != nil {
		return answer{}, bad
	}
	if others {
		if bad := c.require(editContact); bad != nil {
			return answer{}, bad
		}
	}
	e := edit{name: body.Name, contactName: body.ContactName, contactEmail: body.ContactEmail, maxSystemUsers: body.MaxSystemUsers, logo: body.Logo}
	if body.Features != nil && body.Features.RemoteAssist != nil {
		e.remoteAssist = body.Features.RemoteAssist.Enabled
	}
	replace := c.s.state.behaviour.ReplaceSettings
	if replace {
		e = c.replacing(e)
	}
	if bad := c.apply(e); bad != nil {
		return answer{}, bad
	}
	if replace && e.remoteAssist == nil && c.org.profile().remoteAssist != nil {
		c.change("remoteAssist", func(p *profile) (any, any) {
			before := *p.remoteAssist
			p.remoteAssist = nil
			return before, nil
		})()
	}
	return ok(c.details(nil))
}

// replacing is an edit that clears what it does not name.
func (c *call) replacing(e edit) edit {
	none := ""
	if e.contactName == nil {
		e.contactName = &none
	}
	if e.contactEmail == nil {
		e.contactEmail = &none
	}
	if e.logo == nil && c.org.profile().logo.id != "" {
		e.logo = &none
	}
	return e
}

func readSettings(known map[string]json.RawMessage) (settingsBody, *failure) {
	var body settingsBody
	for name := range known {
		switch name {
		case "name", "contactName", "contactEmail", "maxSystemUsers", "logo", "features":
		default:
			return body, badRequest("unknown setting %q", name)
		}
	}
	raw, err := json.Marshal(known)
	if err == nil {
		err = json.Unmarshal(raw, &body)
	}
	if err != nil {
		return body, badRequest("settings: %v", fmt.Errorf("wrong type: %w", err))
	}
	return body, nil
}
