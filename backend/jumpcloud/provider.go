package jumpcloud

import (
	"context"
	"errors"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireProvider struct {
	ID                  string `json:"id"`
	DisallowOrgCreation bool   `json:"disallowOrgCreation"`
}

// Provider reads a provider (GET /api/v2/providers/{provider_id}).
func (c *Client) Provider(ctx context.Context, providerID string) (domain.Provider, error) {
	if err := checkIDs(providerID); err != nil {
		return domain.Provider{}, err
	}
	op := get("read the provider", "api", "v2", "providers", providerID)
	wire, err := fetch[wireProvider](ctx, c, op)
	if err != nil {
		return domain.Provider{}, err
	}
	if wire.ID != "" && wire.ID != providerID {
		return domain.Provider{}, c.malformed(op, errors.New("another provider came"))
	}
	return domain.Provider{ID: providerID, DisallowOrgCreation: wire.DisallowOrgCreation}, nil
}
