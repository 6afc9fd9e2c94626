package bind

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// OrganizationCache reads what is known of organizations; no network.
type OrganizationCache interface {
	Organizations(ctx context.Context, account domain.AccountID) ([]domain.Organization, error)
	Organization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.Organization, error)
}

// Launcher opens an organization's console in the system's browser.
type Launcher interface {
	Launch(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.Launch, error)
}

// Clipboard takes text.
type Clipboard interface {
	SetText(text string) error
}

// Organizations is the bound area of the grid and the side panel.
type Organizations struct {
	area      Area
	cache     OrganizationCache
	launcher  Launcher
	clipboard Clipboard
}

// NewOrganizations makes the area.
func NewOrganizations(area Area, cache OrganizationCache, launcher Launcher, clipboard Clipboard) *Organizations {
	return &Organizations{area: area, cache: cache, launcher: launcher, clipboard: clipboard}
}

// List gives every cached organization of an account, roughly by name: the page
// collates them in the person's language, which costs it a fraction when they
// come nearly in order.
func (o *Organizations) List(accountID string) (list OrganizationList, err error) {
	defer guard(o.area.Log, "Organizations.List", &err)
	id, err := account(accountID)
	if err != nil {
		return OrganizationList{}, err
	}
	ctx, err := o.area.Lifetime()
	if err != nil {
		return OrganizationList{}, err
	}
	revision := o.area.Revision()
	organizations, err := o.cache.Organizations(ctx, id)
	if err != nil {
		return OrganizationList{}, err
	}
	return OrganizationList{AccountID: accountID, Revision: revision, Rows: NewRows(id, roughlySorted(organizations))}, nil
}

// roughlySorted sorts by the names in lower case. It moves keys and not records,
// which are large: every start waits for it.
func roughlySorted(organizations []domain.Organization) []domain.Organization {
	type key struct {
		name string
		at   int
	}
	keys := make([]key, len(organizations))
	for i := range organizations {
		keys[i] = key{strings.ToLower(organizations[i].Name), i}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if order := cmp.Compare(a.name, b.name); order != 0 {
			return order
		}
		return cmp.Compare(a.at, b.at)
	})
	sorted := make([]domain.Organization, len(organizations))
	for i, k := range keys {
		sorted[i] = organizations[k.at]
	}
	return sorted
}

// Details gives what the side panel shows of one organization, from the cache.
func (o *Organizations) Details(accountID, orgID string) (details OrganizationDetails, err error) {
	defer guard(o.area.Log, "Organizations.Details", &err)
	acc, org, err := target(accountID, orgID)
	if err != nil {
		return OrganizationDetails{}, err
	}
	ctx, err := o.area.Lifetime()
	if err != nil {
		return OrganizationDetails{}, err
	}
	found, err := o.cache.Organization(ctx, acc, org)
	if err != nil {
		return OrganizationDetails{}, err
	}
	return newDetails(acc, found), nil
}

// Launch opens the organization's console in the system's browser and puts its
// name on the clipboard.
func (o *Organizations) Launch(accountID, orgID string) (result LaunchResult, err error) {
	defer guard(o.area.Log, "Organizations.Launch", &err)
	acc, org, err := target(accountID, orgID)
	if err != nil {
		return LaunchResult{}, err
	}
	ctx, err := o.area.Lifetime()
	if err != nil {
		return LaunchResult{}, err
	}
	launch, err := o.launcher.Launch(ctx, acc, org)
	if err != nil {
		return LaunchResult{}, err
	}
	return LaunchResult{
		OrganizationID: string(launch.Org), OrganizationName: launch.Name,
		URL: launch.URL, NameCopied: launch.NameCopied,
	}, nil
}

// CopyID puts an organization's id on the clipboard.
func (o *Organizations) CopyID(accountID, orgID string) (err error) {
	defer guard(o.area.Log, "Organizations.CopyID", &err)
	acc, org, err := target(accountID, orgID)
	if err != nil {
		return err
	}
	ctx, err := o.area.Lifetime()
	if err != nil {
		return err
	}
	if _, err := o.cache.Organization(ctx, acc, org); err != nil {
		return err
	}
	return o.clipboard.SetText(string(org))
}
