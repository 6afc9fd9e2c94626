package jumpcloud

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireNewAdministrator struct {
	Email         string `json:"email"`
	FirstName     string `json:"firstname,omitempty"`
	LastName      string `json:"lastname,omitempty"`
	RoleName      string `json:"roleName,omitempty"`
	MultiFactor   bool   `json:"enableMultiFactor"`
	APIKeyAllowed bool   `json:"apiKeyAllowed"`
	BindNoOrgs    bool   `json:"bindNoOrgs"`
}

// CreateAdministrator adds an administrator to a provider
// (POST /api/v2/providers/{provider_id}/administrators). It is sent once: after
// an error that is Uncertain, look at the list of administrators.
func (c *Client) CreateAdministrator(ctx context.Context, providerID string, wanted domain.NewAdministrator) (domain.Administrator, error) {
	if err := checkIDs(providerID); err != nil {
		return domain.Administrator{}, err
	}
	if local, host, found := strings.Cut(wanted.Email, "@"); !found || local == "" || host == "" {
		return domain.Administrator{}, invalidInput("That is no e-mail address.", "Enter an address such as sam@example.com.")
	}
	body := wireNewAdministrator{
		Email: wanted.Email, FirstName: wanted.FirstName, LastName: wanted.LastName, RoleName: wanted.RoleName,
		MultiFactor: wanted.MultiFactor, APIKeyAllowed: wanted.APIKeyAllowed, BindNoOrgs: wanted.NoOrganizations,
	}
	op, err := change("add the administrator", http.MethodPost, body, "api", "v2", "providers", providerID, "administrators")
	if err != nil {
		return domain.Administrator{}, err
	}
	wire, err := fetch[wireAdministrator](ctx, c, op)
	if err != nil {
		return domain.Administrator{}, err
	}
	admin, err := wire.administrator()
	if err != nil {
		return domain.Administrator{}, c.malformed(op, err)
	}
	return admin, nil
}

// DeleteAdministrator deletes an administrator's account from the provider,
// everywhere (DELETE /api/v2/providers/{provider_id}/administrators/{id}).
func (c *Client) DeleteAdministrator(ctx context.Context, providerID string, id domain.AdministratorID) error {
	if err := checkIDs(providerID, string(id)); err != nil {
		return err
	}
	return c.remove(ctx, "delete the administrator", "api", "v2", "providers", providerID, "administrators", string(id))
}

type wireNewLink struct {
	Organization string `json:"organization"`
}

// AddAccess lets an administrator of the provider into an organization
// (POST /api/v2/administrators/{id}/organizationlinks).
func (c *Client) AddAccess(ctx context.Context, admin domain.AdministratorID, org domain.OrgID) error {
	if err := checkIDs(string(admin), string(org)); err != nil {
		return err
	}
	op, err := change("give the administrator access", http.MethodPost, wireNewLink{Organization: string(org)},
		"api", "v2", "administrators", string(admin), "organizationlinks")
	if err != nil {
		return err
	}
	wire, err := fetch[wireLink](ctx, c, op)
	if err != nil {
		return err
	}
	got, err := wire.link()
	if err == nil && got != (domain.AccessLink{Administrator: admin, Organization: org}) {
		err = errors.New("another link came")
	}
	if err != nil {
		return c.malformed(op, err)
	}
	return nil
}

// RemoveAccess takes an administrator's access to one organization away
// (DELETE /api/v2/administrators/{administrator_id}/organizationlinks/{id}).
func (c *Client) RemoveAccess(ctx context.Context, admin domain.AdministratorID, org domain.OrgID) error {
	if err := checkIDs(string(admin), string(org)); err != nil {
		return err
	}
	return c.remove(ctx, "take the administrator's access away", "api", "v2", "administrators", string(admin), "organizationlinks", string(org))
}

// remove deletes what a path names. Where an attempt's answer is lost and the
// next one says that nothing is there, the first one did it.
func (c *Client) remove(ctx context.Context, what string, parts ...string) error {
	op, err := change(what, http.MethodDelete, nil, parts...)
	if err != nil {
		return err
	}
	_, err = c.do(ctx, op)
	return err
}
