package jumpcloud

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"

	"github.com/orgdeck/orgdeck/backend/domain"
)

type wireNewOrganization struct {
	Name           string `json:"name"`
	MaxSystemUsers *int   `json:"maxSystemUsers,omitempty"`
}

type wireOrganizationChange struct {
	ID             string  `json:"id"`
	Name           *string `json:"name,omitempty"`
	MaxSystemUsers *int    `json:"maxSystemUsers,omitempty"`
}

// CreateOrganization adds an organization to a provider
// (POST /api/v2/providers/{provider_id}/organizations); most is its user cap,
// nil for none. It is sent once: an error that is Uncertain means that only a
// look at the listing can tell whether the organization exists now.
func (c *Client) CreateOrganization(ctx context.Context, providerID, name string, most *int) (domain.Listed, error) {
	if err := checkIDs(providerID); err != nil {
		return domain.Listed{}, err
	}
	if err := checkCap(most); err != nil {
		return domain.Listed{}, err
	}
	op, err := change("add the organization", http.MethodPost, wireNewOrganization{Name: name, MaxSystemUsers: most},
		"api", "v2", "providers", providerID, "organizations")
	if err != nil {
		return domain.Listed{}, err
	}
	return c.writtenOrganization(ctx, op, "")
}

// RenameOrganization gives an organization another name
// (PUT /api/v2/providers/{provider_id}/organizations/{id}) and returns what the
// server says it is now. A server may ignore a change: read back to be sure.
func (c *Client) RenameOrganization(ctx context.Context, providerID string, id domain.OrgID, name string) (domain.Listed, error) {
	return c.changeOrganization(ctx, "rename the organization", providerID, wireOrganizationChange{ID: string(id), Name: &name})
}

// SetUserCap bounds an organization's users
// (PUT /api/v2/providers/{provider_id}/organizations/{id}); nil takes the cap
// away by writing 0, which listings show for an organization without one (an
// inference). The name is not sent, so that a rename made meanwhile stays.
func (c *Client) SetUserCap(ctx context.Context, providerID string, id domain.OrgID, most *int) (domain.Listed, error) {
	if err := checkCap(most); err != nil {
		return domain.Listed{}, err
	}
	none := 0
	if most == nil {
		most = &none
	}
	return c.changeOrganization(ctx, "change the user cap", providerID, wireOrganizationChange{ID: string(id), MaxSystemUsers: most})
}

func (c *Client) changeOrganization(ctx context.Context, what, providerID string, body wireOrganizationChange) (domain.Listed, error) {
	if err := checkIDs(providerID, body.ID); err != nil {
		return domain.Listed{}, err
	}
	op, err := change(what, http.MethodPut, body, "api", "v2", "providers", providerID, "organizations", body.ID)
	if err != nil {
		return domain.Listed{}, err
	}
	return c.writtenOrganization(ctx, op, domain.OrgID(body.ID))
}

// writtenOrganization sends a change and reads the organization in its answer,
// which must be the one that was meant, where one was.
func (c *Client) writtenOrganization(ctx context.Context, op call, meant domain.OrgID) (domain.Listed, error) {
	wire, err := fetch[wireListedV2](ctx, c, op)
	if err != nil {
		return domain.Listed{}, err
	}
	listed, err := wire.listed()
	if err == nil && meant != "" && listed.ID != meant {
		err = errAnotherOrganization
	}
	if err != nil {
		return domain.Listed{}, c.malformed(op, err)
	}
	return listed, nil
}

func checkCap(most *int) error {
	if most != nil && (*most < 0 || *most > maxCount) {
		return invalidInput("That is no number of users an organization can be bounded to.", "Enter a number from 0 to 10,000,000.")
	}
	return nil
}

// ProviderOrganization reads one organization's name and user cap from the
// provider's listing, which is the only place that gives both
// (GET /api/v2/providers/{provider_id}/organizations with a filter). It fails
// with not_found where the listing does not have it.
func (c *Client) ProviderOrganization(ctx context.Context, providerID string, id domain.OrgID) (domain.Listed, error) {
	if err := checkIDs(providerID, string(id)); err != nil {
		return domain.Listed{}, err
	}
	query := url.Values{"limit": {"1"}, "filter": {"id:eq:" + string(id)}}
	op := listing("read the organization", query, "api", "v2", "providers", providerID, "organizations")
	frame, err := fetch[envelope[wireListedV2]](ctx, c, op)
	if err != nil {
		return domain.Listed{}, err
	}
	found, err := frame.page()
	if err != nil {
		return domain.Listed{}, c.malformed(op, err)
	}
	if len(found.items) == 0 {
		return domain.Listed{}, c.finish(op, &failure{code: domain.CodeNotFound, status: http.StatusOK, cause: errNotListed})
	}
	listed, err := found.items[0].listed()
	if err == nil && listed.ID != id {
		err = errAnotherOrganization
	}
	if err != nil {
		return domain.Listed{}, c.malformed(op, err)
	}
	return listed, nil
}

type wireSettingsChange struct {
	Settings wireSettingsWrite `json:"settings"`
}

type wireSettingsWrite struct {
	ContactName  *string       `json:"contactName,omitempty"`
	ContactEmail *string       `json:"contactEmail,omitempty"`
	Logo         *string       `json:"logo,omitempty"`
	Features     *wireFeatures `json:"features,omitempty"`
}

// UpdateSettings changes an organization's settings (PUT /api/organizations/{id})
// and returns what the server says they are now. Remote Assist and the form of
// the logo, a base64 data URL, are inferences: a server may ignore either, so
// read back to be sure.
func (c *Client) UpdateSettings(ctx context.Context, id domain.OrgID, wanted domain.SettingsChange) (domain.Details, error) {
	if err := checkIDs(string(id)); err != nil {
		return domain.Details{}, err
	}
	body := wireSettingsChange{Settings: wireSettingsWrite{ContactName: wanted.ContactName, ContactEmail: wanted.ContactEmail}}
	if wanted.RemoteAssist != nil {
		body.Settings.Features = &wireFeatures{RemoteAssist: &wireRemoteAssist{Enabled: wanted.RemoteAssist}}
	}
	if wanted.Logo != nil {
		logo, err := dataURL(*wanted.Logo)
		if err != nil {
			return domain.Details{}, err
		}
		body.Settings.Logo = &logo
	}
	op, err := change("change the organization's settings", http.MethodPut, body, "api", "organizations", string(id))
	if err != nil {
		return domain.Details{}, err
	}
	wire, err := fetch[wireOrganization](ctx, c, op)
	if err != nil {
		return domain.Details{}, err
	}
	if err := c.checkOrganization(op, wire, id); err != nil {
		return domain.Details{}, err
	}
	return wire.details(id), nil
}

const maxLogoFile = 788_000 // bytes, the larger of the two limits the vendor names

func dataURL(logo domain.LogoFile) (string, error) {
	if len(logo.Bytes) == 0 {
		return "", nil
	}
	if logo.MediaType != "image/png" && logo.MediaType != "image/jpeg" {
		return "", invalidInput("JumpCloud takes logos as PNG or JPEG only.", "Convert the picture.")
	}
	if len(logo.Bytes) > maxLogoFile {
		return "", invalidInput("The logo is larger than JumpCloud takes.", "Make it 780,000 bytes or less.")
	}
	return "data:" + logo.MediaType + ";base64," + base64.StdEncoding.EncodeToString(logo.Bytes), nil
}
