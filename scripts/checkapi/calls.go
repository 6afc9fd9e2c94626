package main

import (
	"encoding/json"
	"path"
)

// The paths whose calls say something of each other.
const (
	provider      = "/api/v2/providers/{provider_id}"
	organizations = provider + "/organizations"
	admins        = provider + "/administrators"
	invoices      = provider + "/invoices"
	organization  = "/api/organizations/{id}"
	orgLinks      = "/api/v2/administrators/{id}/organizationlinks"
)

// step is one call; where it names something to keep, the answer's ids go there.
type step struct {
	method, path, query, org string
	body                     any
	fill                     []string
	keep                     *[]string
}

// everything makes each call of the file, reads first, so that the writes have
// ids to work on; pages that begin, continue and lie behind the end.
func (c *caller) everything() error {
	if err := c.all(c.lists()); err != nil {
		return err
	}
	if len(c.orgs) == 0 || len(c.admins) == 0 {
		return nil // the key was refused, which is all that is asked of it
	}
	if err := c.all(c.reads()); err != nil {
		return err
	}
	answer, err := c.call("GET", organization, "", "", nil, c.orgs[0])
	if err != nil {
		return err
	}
	var details struct{ LogoURL string }
	if json.Unmarshal(answer, &details) == nil && details.LogoURL != "" {
		c.logo = path.Base(details.LogoURL)
	}
	return c.writes()
}

func (c *caller) all(steps []step) error {
	for _, s := range steps {
		answer, err := c.call(s.method, s.path, s.query, s.org, s.body, s.fill...)
		if err != nil {
			return err
		}
		if found := ids(answer); s.keep != nil && len(found) > 0 {
			*s.keep = found
		}
	}
	return nil
}

func (c *caller) lists() []step {
	p := []string{c.provider}
	return []step{
		{method: "GET", path: "/api/users/getSelf"},
		{method: "GET", path: provider, fill: p},
		{method: "GET", path: organizations, query: "?limit=100&skip=5000&sort=id", fill: p},
		{method: "GET", path: organizations, query: "?limit=100&skip=100&sort=id", fill: p},
		{method: "GET", path: organizations, query: "?limit=100&skip=0&sort=id&fields=id,name", fill: p},
		{method: "GET", path: organizations, query: "?limit=100&sort=id", fill: p, keep: &c.orgs},
		{method: "GET", path: "/api/organizations", query: "?limit=100&skip=0&sort=_id"},
		{method: "GET", path: "/api/organizations", query: "?limit=10&fields=_id+displayName+logoUrl"},
		{method: "GET", path: "/api/organizations"},
		{method: "GET", path: admins, query: "?limit=100&sort=id", fill: p, keep: &c.admins},
		{method: "GET", path: invoices, query: "?limit=100", fill: p, keep: &c.invoices},
		{method: "POST", path: "/api/search/organizations", body: map[string]any{"filter": map[string]any{}}},
		{method: "GET", path: "/api/systemusers", query: "?limit=1"},
	}
}

func (c *caller) reads() []step {
	var steps []step
	for _, org := range c.orgs[:min(len(c.orgs), 60)] {
		steps = append(steps,
			step{method: "GET", path: organization, fill: []string{org}},
			step{method: "GET", path: "/api/systemusers", query: "?limit=1", org: org},
			step{method: "GET", path: "/api/systemusers", query: "?limit=100&skip=0&sort=_id", org: org},
			step{method: "GET", path: "/api/systems", query: "?limit=1", org: org},
			step{method: "GET", path: "/api/systems", query: "?limit=100&skip=100&sort=_id", org: org},
			step{method: "GET", path: "/api/applications", query: "?limit=100&fields=_id+name+sso", org: org},
			step{method: "GET", path: "/api/applications", query: "?limit=100", org: org},
			step{method: "GET", path: "/api/users", query: "?limit=100", org: org},
			step{method: "GET", path: "/api/v2/organizations/{id}/administratorlinks", query: "?limit=100", fill: []string{org}},
		)
	}
	for _, admin := range c.admins[:min(len(c.admins), 20)] {
		steps = append(steps, step{method: "GET", path: orgLinks, query: "?limit=100", fill: []string{admin}})
	}
	for _, invoice := range c.invoices[:min(len(c.invoices), 3)] {
		steps = append(steps, step{method: "GET", path: invoices + "/{ID}", fill: []string{c.provider, invoice}})
	}
	return append(steps, step{method: "GET", path: organization, fill: []string{"ffffffffffffffffffffffff"}})
}

func (c *caller) writes() error {
	logo, err := picture()
	if err != nil {
		return err
	}
	p, org := []string{c.provider}, c.orgs[0]
	created := map[string]any{"name": "Checked By Hand Ltd"}
	var fresh []string
	steps := []step{
		{method: "POST", path: organizations, body: created, fill: p},
		{method: "POST", path: organizations, body: created, fill: p},
		{method: "PUT", path: organizations + "/{id}", body: map[string]any{"id": org, "name": "Renamed By Hand Ltd"}, fill: []string{c.provider, org}},
		{method: "PUT", path: organization, body: map[string]any{"settings": map[string]any{"logo": logo}}, fill: []string{org}},
		{method: "PUT", path: organization, body: map[string]any{"settings": map[string]any{"contactName": "Ada"}}, fill: []string{org}},
		{method: "POST", path: admins, body: map[string]any{"email": "new.person@example.org", "firstname": "New", "lastname": "Person"}, fill: p},
		{method: "GET", path: admins, query: "?limit=100&sort=id&skip=0", fill: p, keep: &fresh},
	}
	if err = c.all(steps); err != nil {
		return err
	}
	if c.logo != "" {
		if _, err = c.call("GET", "/api/v2/logos/{id}", "", "", nil, c.logo); err != nil {
			return err
		}
	}
	admin := c.admins[len(c.admins)-1]
	return c.all([]step{
		{method: "DELETE", path: "/api/v2/administrators/{administrator_id}/organizationlinks/{id}", fill: []string{admin, org}},
		{method: "POST", path: orgLinks, body: map[string]any{"organization": org}, fill: []string{admin}},
		{method: "DELETE", path: admins + "/{id}", fill: []string{c.provider, admin}},
	})
}
