package jumpcloud

import (
	"context"
	"fmt"
	"iter"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireListedV1 struct {
	ID      string `json:"_id"`
	Name    string `json:"displayName"`
	LogoURL string `json:"logoUrl"`
}

func (w wireListedV1) listed() (domain.Listed, error) {
	id := domain.OrgID(w.ID)
	if !id.Valid() {
		return domain.Listed{}, errMalformedID
	}
	return domain.Listed{ID: id, Name: w.Name, LogoURL: &w.LogoURL}, nil
}

type wireListedV2 struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	MaxSystemUsers *int64 `json:"maxSystemUsers"`
}

func (w wireListedV2) listed() (domain.Listed, error) {
	id := domain.OrgID(w.ID)
	if !id.Valid() {
		return domain.Listed{}, errMalformedID
	}
	most, err := userCap(w.MaxSystemUsers)
	if err != nil {
		return domain.Listed{}, err
	}
	return domain.Listed{ID: id, Name: w.Name, MaxSystemUsers: most}, nil
}

// userCap checks a user cap; nil where none is set. A cap of 0 is taken for
// none, because an organization that may have no user at all makes no sense.
func userCap(value *int64) (*int, error) {
	if value == nil || *value == 0 {
		return nil, nil
	}
	if *value < 0 || *value > maxCount {
		return nil, fmt.Errorf("maxSystemUsers is %d", *value)
	}
	most := int(*value)
	return &most, nil
}

// ProviderOrganizations reads the provider's listing, which knows names and user
// caps (GET /api/v2/providers/{provider_id}/organizations), page by page as they
// arrive. LogoURL is nil throughout. An error is the last thing that comes; a
// record may come twice or not at all while others write, so whoever reads must
// count distinct ids against Total.
func (c *Client) ProviderOrganizations(ctx context.Context, providerID string) iter.Seq2[domain.ListedPage, error] {
	if err := checkIDs(providerID); err != nil {
		return func(yield func(domain.ListedPage, error) bool) { yield(domain.ListedPage{}, err) }
	}
	op := func(skip int) call {
		return listing("read the provider's organizations", pageQuery("id", skip), "api", "v2", "providers", providerID, "organizations")
	}
	return listedPages(counted(ctx, c, op, wireListedV2.listed))
}

// Organizations reads the listing of all organizations the key can see, which
// knows names and logos (GET /api/organizations), in the manner of
// ProviderOrganizations. LogoURL is set throughout, to "" where there is no logo;
// MaxSystemUsers is nil throughout.
func (c *Client) Organizations(ctx context.Context) iter.Seq2[domain.ListedPage, error] {
	op := func(skip int) call {
		return listing("read the list of organizations", pageQuery("_id", skip), "api", "organizations")
	}
	return listedPages(counted(ctx, c, op, wireListedV1.listed))
}

func listedPages(list iter.Seq2[page[domain.Listed], error]) iter.Seq2[domain.ListedPage, error] {
	return func(yield func(domain.ListedPage, error) bool) {
		for part, err := range list {
			if !yield(domain.ListedPage{Items: part.items, Total: part.total}, err) {
				return
			}
		}
	}
}
