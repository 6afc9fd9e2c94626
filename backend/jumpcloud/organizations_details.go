package jumpcloud

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireOrganization struct {
	ID       string           `json:"_id"`
	Name     string           `json:"displayName"`
	Created  string           `json:"created"`
	Provider string           `json:"provider"`
	LogoURL  string           `json:"logoUrl"`
	Estimate *int             `json:"totalBillingEstimate"`
	Settings wireSettings     `json:"settings"`
	Bought   *wireEntitlement `json:"entitlement"`
}

type wireSettings struct {
	ContactName   string       `json:"contactName"`
	ContactEmail  string       `json:"contactEmail"`
	PendingDelete bool         `json:"pendingDelete"`
	Features      wireFeatures `json:"features"`
}

type wireFeatures struct {
	RemoteAssist *wireRemoteAssist `json:"remoteAssist,omitempty"`
}

// wireRemoteAssist is an inference: no publication names it. Where it is
// missing, nothing is known.
type wireRemoteAssist struct {
	Enabled *bool `json:"enabled,omitempty"`
}

type wireEntitlement struct {
	BillingModel string        `json:"billingModel"`
	Products     []wireProduct `json:"entitlementProducts"`
}

type wireProduct struct {
	Name           string `json:"name"`
	Code           string `json:"productCode"`
	CommittedUsers int    `json:"committedUsers"`
	MaxUserCount   int    `json:"maxUserCount"`
	PricePerUser   int    `json:"pricePerUser"`
}

// Details reads one organization in full (GET /api/organizations/{id}). Remote
// Assist is unknown where the answer does not tell it.
func (c *Client) Details(ctx context.Context, id domain.OrgID) (domain.Details, error) {
	if err := checkIDs(string(id)); err != nil {
		return domain.Details{}, err
	}
	wire, err := c.readOrganization(ctx, "read the organization", id)
	if err != nil {
		return domain.Details{}, err
	}
	return wire.details(id), nil
}

func (c *Client) readOrganization(ctx context.Context, what string, id domain.OrgID) (*wireOrganization, error) {
	op := get(what, "api", "organizations", string(id))
	wire, err := fetch[wireOrganization](ctx, c, op)
	if err != nil {
		return nil, err
	}
	return wire, c.checkOrganization(op, wire, id)
}

// checkOrganization makes sure that the answer is about what was asked.
func (c *Client) checkOrganization(op call, wire *wireOrganization, id domain.OrgID) error {
	if wire.ID != "" && wire.ID != string(id) {
		return c.malformed(op, errAnotherOrganization)
	}
	return nil
}

func (w *wireOrganization) details(id domain.OrgID) domain.Details {
	details := domain.Details{
		Created:       parseTime(w.Created),
		ContactName:   w.Settings.ContactName,
		ContactEmail:  w.Settings.ContactEmail,
		RemoteAssist:  w.Settings.Features.remoteAssist(),
		PendingDelete: w.Settings.PendingDelete,
		LogoURL:       w.LogoURL,
		Billing:       domain.Billing{Estimate: w.Estimate},
	}
	if details.Created.IsZero() {
		details.Created = id.CreatedAt()
	}
	if w.Bought == nil {
		return details
	}
	details.Billing.BillingModel = w.Bought.BillingModel
	for _, product := range w.Bought.Products {
		details.Billing.Products = append(details.Billing.Products, domain.Product{
			Name: product.Name, Code: product.Code, CommittedUsers: product.CommittedUsers,
			MaxUsers: product.MaxUserCount, PricePerUser: product.PricePerUser,
		})
	}
	return details
}

func (f wireFeatures) remoteAssist() domain.RemoteAssist {
	switch {
	case f.RemoteAssist == nil || f.RemoteAssist.Enabled == nil:
		return domain.RemoteAssistUnknown
	case *f.RemoteAssist.Enabled:
		return domain.RemoteAssistOn
	default:
		return domain.RemoteAssistOff
	}
}
