package jumpcloud

import (
	"context"
	"fmt"
	"math"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireAdministrator struct {
	ID            string       `json:"id"`
	Email         string       `json:"email"`
	FirstName     string       `json:"firstname"`
	LastName      string       `json:"lastname"`
	RoleName      string       `json:"roleName"`
	MultiFactor   bool         `json:"enableMultiFactor"`
	Suspended     bool         `json:"suspended"`
	Registered    *bool        `json:"registered"`
	APIKeyAllowed bool         `json:"apiKeyAllowed"`
	APIKeySet     bool         `json:"apiKeySet"`
	Key           wireKeyFacts `json:"apiKeyHash"`
	Access        *float64     `json:"organizationAccessTotal"`
}

func (w wireAdministrator) administrator() (domain.Administrator, error) {
	if !validID(w.ID) {
		return domain.Administrator{}, errMalformedID
	}
	admin := domain.Administrator{
		ID: domain.AdministratorID(w.ID), Email: w.Email, FirstName: w.FirstName, LastName: w.LastName, RoleName: w.RoleName,
		MultiFactor: w.MultiFactor, Suspended: w.Suspended, Registered: w.Registered,
		APIKeyAllowed: w.APIKeyAllowed, APIKeySet: w.APIKeySet,
		KeyPrefix: w.Key.Prefix, KeyCreatedAt: parseTime(w.Key.CreatedAt), KeyExpiresAt: parseTime(w.Key.ExpireAt),
	}
	if w.Access != nil { // published as a number, not as an integer
		count := *w.Access
		if count < 0 || count > maxCount || count != math.Trunc(count) {
			return domain.Administrator{}, fmt.Errorf("organizationAccessTotal is %v", count)
		}
		total := int(count)
		admin.Organizations = &total
	}
	return admin, nil
}

// Administrators reads all administrators of a provider
// (GET /api/v2/providers/{provider_id}/administrators), each once.
func (c *Client) Administrators(ctx context.Context, providerID string) ([]domain.Administrator, error) {
	if err := checkIDs(providerID); err != nil {
		return nil, err
	}
	op := func(skip int) call {
		return listing("read the administrators", pageQuery("id", skip), "api", "v2", "providers", providerID, "administrators")
	}
	return collect(counted(ctx, c, op, wireAdministrator.administrator), administratorKey)
}

func administratorKey(a domain.Administrator) string { return string(a.ID) }

type wireLocalAdministrator struct {
	ID           string `json:"_id"`
	Provider     string `json:"provider"`
	TOTPEnrolled bool   `json:"totpEnrolled"`
	wireAdministrator
}

// administrator reads the first version's record, whose id is called _id. It
// does not tell whether the invitation was accepted. One that names a provider
// is the provider's and only seen from the organization.
func (w wireLocalAdministrator) administrator() (domain.Administrator, error) {
	plain := w.wireAdministrator
	plain.ID = w.ID
	plain.MultiFactor = plain.MultiFactor || w.TOTPEnrolled
	admin, err := plain.administrator()
	admin.Local = w.Provider == ""
	return admin, err
}

// LocalAdministrators reads the administrators that an organization itself has
// (GET /api/users with x-org-id), each once. Local is false for those that are
// the provider's and only show up there.
func (c *Client) LocalAdministrators(ctx context.Context, id domain.OrgID) ([]domain.Administrator, error) {
	if err := checkIDs(string(id)); err != nil {
		return nil, err
	}
	op := func(skip int) call {
		one := listing("read the organization's own administrators", pageQuery("_id", skip), "api", "users")
		one.org = id
		return one
	}
	return collect(counted(ctx, c, op, wireLocalAdministrator.administrator), administratorKey)
}

type wireLink struct {
	Administrator string `json:"administrator"`
	Organization  string `json:"organization"`
}

func (w wireLink) link() (domain.AccessLink, error) {
	if !validID(w.Administrator) || !validID(w.Organization) {
		return domain.AccessLink{}, errMalformedID
	}
	return domain.AccessLink{Administrator: domain.AdministratorID(w.Administrator), Organization: domain.OrgID(w.Organization)}, nil
}

// OrganizationAdministrators reads which of the provider's administrators may
// enter an organization (GET /api/v2/organizations/{id}/administratorlinks).
func (c *Client) OrganizationAdministrators(ctx context.Context, id domain.OrgID) ([]domain.AccessLink, error) {
	return c.links(ctx, "read who may enter the organization", "organizations", string(id), "administratorlinks")
}

// AdministratorOrganizations reads which organizations an administrator may
// enter (GET /api/v2/administrators/{id}/organizationlinks).
func (c *Client) AdministratorOrganizations(ctx context.Context, id domain.AdministratorID) ([]domain.AccessLink, error) {
	return c.links(ctx, "read which organizations the administrator may enter", "administrators", string(id), "organizationlinks")
}

// links reads a list of links, which are bare and can be neither counted nor sorted.
func (c *Client) links(ctx context.Context, what, owner, id, kind string) ([]domain.AccessLink, error) {
	if err := checkIDs(id); err != nil {
		return nil, err
	}
	op := func(skip int) call {
		return listing(what, pageQuery("", skip), "api", "v2", owner, id, kind)
	}
	return uncounted(ctx, c, op, wireLink.link)
}
