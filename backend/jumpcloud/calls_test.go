package jumpcloud_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func TestIdentify(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 3})
	identity, err := r.client.Identify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if identity.ProviderID != r.sim.ProviderID() || identity.RoleName != "Administrator With Billing" ||
		!strings.Contains(identity.Email, "@") || !domain.OrgID(identity.AdministratorID).Valid() {
		t.Errorf("identity %+v", identity)
	}
	if !strings.HasPrefix(r.sim.APIKey(), identity.KeyPrefix) || identity.KeyPrefix == "" || identity.KeyCreatedAt.IsZero() {
		t.Errorf("key facts %+v", identity)
	}
	provider, err := r.client.Provider(t.Context(), identity.ProviderID)
	if err != nil || provider.ID != identity.ProviderID || provider.DisallowOrgCreation {
		t.Errorf("provider %+v, %v", provider, err)
	}
}

func TestIdentifyWhereTheProviderIsHidden(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 3, Behaviour: simulator.Behaviour{HideProvider: true}})
	identity, err := r.client.Identify(t.Context())
	if err != nil || identity.ProviderID != r.sim.ProviderID() {
		t.Errorf("%+v, %v", identity, err)
	}
}

// Pages sorted by anything but the id may repeat or miss records.
func TestListsAreSortedByID(t *testing.T) {
	queries := map[string]string{}
	base := roundTripFunc(func(req *http.Request) (*http.Response, error) {
		query := req.URL.Query()
		queries[req.URL.Path] = query.Get("limit") + " " + query.Get("sort")
		return reply(req, 200, nil, `{"results":[],"totalCount":0}`), nil
	})
	client := newClient(t, "http://127.0.0.1", base)
	if _, err := listOnce(t, client); err != nil {
		t.Error(err)
	}
	for _, err := range client.Organizations(t.Context()) {
		if err != nil {
			t.Error(err)
		}
	}
	_, err1 := client.Count(t.Context(), someOrg, domain.FigureApplications)
	_, err2 := client.Administrators(t.Context(), someProvider)
	_, err3 := client.LocalAdministrators(t.Context(), someOrg)
	_, err4 := client.Invoices(t.Context(), someProvider)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Error(err)
	}
	want := map[string]string{
		"/api/v2/providers/" + someProvider + "/organizations": "100 id", "/api/organizations": "100 _id", "/api/applications": "100 _id",
		"/api/v2/providers/" + someProvider + "/administrators": "100 id", "/api/users": "100 _id", "/api/v2/providers/" + someProvider + "/invoices": "100 id",
	}
	if !maps.Equal(queries, want) {
		t.Errorf("%v, want %v", queries, want)
	}
}

func TestListings(t *testing.T) {
	for _, orgs := range []int{0, 1, 9, 10, 99, 100, 101, 200, 201, 1000} {
		t.Run(fmt.Sprint(orgs), func(t *testing.T) {
			r := newRig(t, simulator.Options{Orgs: orgs})
			byID := map[domain.OrgID]domain.Listed{}
			pages := 0
			for page, err := range r.client.ProviderOrganizations(t.Context(), r.sim.ProviderID()) {
				if err != nil {
					t.Fatal(err)
				}
				pages++
				if page.Total != orgs {
					t.Errorf("total %d", page.Total)
				}
				for _, item := range page.Items {
					if item.LogoURL != nil {
						t.Error("the provider's listing tells logos")
					}
					byID[item.ID] = item
				}
			}
			if len(byID) != orgs || pages != orgs/100+1 {
				t.Errorf("%d organizations on %d pages", len(byID), pages)
			}
			seen := map[domain.OrgID]bool{}
			for page, err := range r.client.Organizations(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				for _, item := range page.Items {
					if item.LogoURL == nil || item.MaxSystemUsers != nil || item.Name != byID[item.ID].Name {
						t.Errorf("listed %+v, provider's %+v", item, byID[item.ID])
					}
					seen[item.ID] = true
				}
			}
			if len(seen) != orgs {
				t.Errorf("%d organizations in the listing with logos", len(seen))
			}
		})
	}
}

func TestDetailsAndCounts(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 40, NoDrift: true})
	states := map[domain.RemoteAssist]int{}
	for i, org := range r.organizations() {
		if i < 3 {
			wanted := []simulator.Switch{simulator.On, simulator.Off, simulator.Absent}[i]
			if err := r.sim.PatchOrganization(string(org.ID), simulator.OrganizationPatch{RemoteAssist: wanted}); err != nil {
				t.Fatal(err)
			}
		}
		held, err := r.sim.Organization(string(org.ID))
		if err != nil {
			t.Fatal(err)
		}
		details, err := r.client.Details(t.Context(), org.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := domain.RemoteAssistUnknown
		if held.RemoteAssist != nil {
			want = map[bool]domain.RemoteAssist{true: domain.RemoteAssistOn, false: domain.RemoteAssistOff}[*held.RemoteAssist]
		}
		states[want]++
		if details.RemoteAssist != want || details.ContactName != held.ContactName || details.ContactEmail != held.ContactEmail ||
			!details.Created.Equal(org.ID.CreatedAt()) || details.PendingDelete != held.PendingDelete || details.Billing.Estimate == nil {
			t.Errorf("details %+v, the simulator holds %+v", details, held)
		}
		for kind, count := range map[domain.FigureKind]int{domain.FigureUsers: held.Users, domain.FigureDevices: held.Devices} {
			if got, err := r.client.Count(t.Context(), org.ID, kind); err != nil || got != count {
				t.Errorf("%s: %d, %v; want %d", kind, got, err, count)
			}
		}
		if got, err := r.client.Count(t.Context(), org.ID, domain.FigureApplications); err != nil || got > held.Applications {
			t.Errorf("applications: %d, %v; all kinds together %d", got, err, held.Applications)
		}
	}
	if len(states) != 3 {
		t.Errorf("states of Remote Assist met: %v; all three are wanted", states)
	}
}

func TestApplicationsCountsSAMLOnly(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1, NoDrift: true})
	id := r.organizations()[0].ID
	many := 230
	if err := r.sim.PatchOrganization(string(id), simulator.OrganizationPatch{Applications: &many}); err != nil {
		t.Fatal(err)
	}
	got, err := r.client.Count(t.Context(), id, domain.FigureApplications)
	if err != nil || got <= 0 || got >= many {
		t.Errorf("%d of %d are SAML, %v", got, many, err)
	}
}

func TestLogoOfTheAPIHost(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 12})
	read := 0
	for page, err := range r.client.Organizations(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, org := range page.Items {
			if *org.LogoURL == "" {
				continue
			}
			picture, err := r.client.Logo(t.Context(), *org.LogoURL)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := image.DecodeConfig(bytes.NewReader(picture)); err != nil {
				t.Errorf("%s: %v", *org.LogoURL, err)
			}
			read++
		}
	}
	if read == 0 {
		t.Error("no logo was read")
	}
}

func TestIDsAreChecked(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1})
	for _, id := range []string{"", "12", "../../../../etc/passwd0", "5F0C1D2E3A4B5C6D7E8F9A0B", "5f0c1d2e3a4b5c6d7e8f9a0/", "5f0c1d2e3a4b5c6d7e8f9a0b0"} {
		_, err := r.client.Details(t.Context(), domain.OrgID(id))
		wantCode(t, err, domain.CodeInvalidInput)
		_, err = r.client.Count(t.Context(), domain.OrgID(id), domain.FigureUsers)
		wantCode(t, err, domain.CodeInvalidInput)
		_, err = r.client.Provider(t.Context(), id)
		wantCode(t, err, domain.CodeInvalidInput)
		for _, err := range r.client.ProviderOrganizations(t.Context(), id) {
			wantCode(t, err, domain.CodeInvalidInput)
		}
	}
	if calls := r.client.Load().Calls; calls != 0 {
		t.Errorf("%d calls were made with malformed ids", calls)
	}
}
