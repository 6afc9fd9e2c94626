package jumpcloud

import (
	"context"
	"net/url"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Count reads a figure of an organization. Users and devices are the totalCount
// of their lists (GET /api/systemusers, GET /api/systems); applications are
// counted one by one, because their list (GET /api/applications) holds
// bookmarks and OIDC applications too, and only SAML sign-ons count.
func (c *Client) Count(ctx context.Context, id domain.OrgID, kind domain.FigureKind) (int, error) {
	if err := checkIDs(string(id)); err != nil {
		return 0, err
	}
	switch kind {
	case domain.FigureUsers:
		return c.total(ctx, id, "count the users", "systemusers")
	case domain.FigureDevices:
		return c.total(ctx, id, "count the devices", "systems")
	case domain.FigureApplications:
		return c.samlApplications(ctx, id)
	}
	return 0, &domain.Error{Code: domain.CodeInternal, Message: "Orgdeck does not know how to count that."}
}

// total asks for the smallest page there is, for the sake of its count.
func (c *Client) total(ctx context.Context, id domain.OrgID, what, resource string) (int, error) {
	op := listing(what, url.Values{"limit": {"1"}, "fields": {"_id"}}, "api", resource)
	op.org = id
	frame, err := fetch[envelope[struct{}]](ctx, c, op)
	if err != nil {
		return 0, err
	}
	found, err := frame.page()
	if err != nil {
		return 0, c.malformed(op, err)
	}
	return found.total, nil
}

type wireApplication struct {
	ID  string `json:"_id"`
	SSO struct {
		Type string `json:"type"`
	} `json:"sso"`
}

// saml reports whether the application is a SAML sign-on. The list says how
// people sign on in sso.type, a free text by its publication; "saml" in any
// case is taken for SAML, and everything else, or nothing, is not.
func (w wireApplication) saml() bool { return strings.EqualFold(w.SSO.Type, "saml") }

func (c *Client) samlApplications(ctx context.Context, id domain.OrgID) (int, error) {
	op := func(skip int) call {
		query := pageQuery("_id", skip)
		query.Set("fields", "_id name sso")
		one := listing("count the applications", query, "api", "applications")
		one.org = id
		return one
	}
	check := func(w wireApplication) (wireApplication, error) {
		if !validID(w.ID) {
			return w, errMalformedID
		}
		return w, nil
	}
	all, err := collect(counted(ctx, c, op, check), func(w wireApplication) string { return w.ID })
	if err != nil {
		return 0, err
	}
	count := 0
	for _, application := range all {
		if application.saml() {
			count++
		}
	}
	return count, nil
}
