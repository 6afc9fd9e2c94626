package jumpcloud

import (
	"context"
	"errors"
	"net/url"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireKeyFacts struct {
	Prefix    string `json:"prefix"`
	CreatedAt string `json:"createdAt"`
	ExpireAt  string `json:"expireAt"`
}

type wireSelf struct {
	ID       string       `json:"_id"`
	Email    string       `json:"email"`
	RoleName string       `json:"roleName"`
	Provider string       `json:"provider"`
	Key      wireKeyFacts `json:"apiKeyHash"`
}

// Identify tells whom the key belongs to (GET /api/users/getSelf). Where that
// names no provider, an organization the key can see is asked for it; where
// that has none either, the administrator is of that one organization. Where
// nothing can be learnt, ProviderID is empty.
func (c *Client) Identify(ctx context.Context) (domain.Identity, error) {
	op := get("find out whose key this is", "api", "users", "getSelf")
	self, err := fetch[wireSelf](ctx, c, op)
	if err != nil {
		return domain.Identity{}, err
	}
	if self.ID == "" && self.Email == "" {
		return domain.Identity{}, c.malformed(op, errors.New("the answer names nobody"))
	}
	if self.ID != "" && !validID(self.ID) || self.Provider != "" && !validID(self.Provider) {
		return domain.Identity{}, c.malformed(op, errMalformedID)
	}
	identity := domain.Identity{
		AdministratorID: self.ID, Email: self.Email, RoleName: self.RoleName, ProviderID: self.Provider,
		KeyPrefix: self.Key.Prefix, KeyCreatedAt: parseTime(self.Key.CreatedAt), KeyExpiresAt: parseTime(self.Key.ExpireAt),
	}
	if identity.ProviderID == "" {
		identity.ProviderID, identity.SingleOrganization, err = c.providerOfAnOrganization(ctx)
		if err != nil {
			return domain.Identity{}, err
		}
	}
	return identity, nil
}

// providerOfAnOrganization finds the provider by way of the first organization
// that the key can see; empty where there is none, it may not be read, or it is
// of no provider, which single tells.
func (c *Client) providerOfAnOrganization(ctx context.Context) (provider string, single bool, err error) {
	op := listing("look for the provider", url.Values{"limit": {"1"}, "sort": {"_id"}}, "api", "organizations")
	frame, err := fetch[envelope[wireListedV1]](ctx, c, op)
	if err != nil {
		return "", false, unlessDenied(err)
	}
	first, err := frame.page()
	if err != nil {
		return "", false, c.malformed(op, err)
	}
	if len(first.items) == 0 {
		return "", false, nil
	}
	id := domain.OrgID(first.items[0].ID)
	if !id.Valid() {
		return "", false, c.malformed(op, errMalformedID)
	}
	org, err := c.readOrganization(ctx, "look for the provider", id)
	if err != nil {
		return "", false, unlessDenied(err)
	}
	if org.Provider != "" && !validID(org.Provider) {
		return "", false, c.malformed(op, errMalformedID)
	}
	return org.Provider, org.Provider == "", nil
}

// unlessDenied lets a refusal pass: without the right, nothing can be learned.
func unlessDenied(err error) error {
	if code := domain.CodeOf(err); code == domain.CodeForbidden || code == domain.CodeNotFound {
		return nil
	}
	return err
}

var (
	errMalformedID         = errors.New("an id is malformed")
	errAnotherOrganization = errors.New("another organization came")
	errNotListed           = errors.New("the listing does not have it")
)

// validID reports whether text is 24 lower-case hexadecimal digits, as all
// object ids are.
func validID(text string) bool { return domain.OrgID(text).Valid() }

// checkIDs refuses ids that are no object ids before they get into a path.
func checkIDs(ids ...string) error {
	for _, id := range ids {
		if !validID(id) {
			return invalidInput("That is not the id of anything in JumpCloud.", "An id has 24 digits, 0 to 9 and a to f.")
		}
	}
	return nil
}
