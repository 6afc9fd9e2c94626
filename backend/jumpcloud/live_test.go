//go:build live

package jumpcloud_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
)

// TestLive reads, and only reads, a real provider: go test -tags live with
// ORGDECK_LIVE_REGION (us, eu, in) and ORGDECK_LIVE_KEY set. It tells where real
// answers leave the contract, without their content.
func TestLive(t *testing.T) {
	region, key := os.Getenv("ORGDECK_LIVE_REGION"), os.Getenv("ORGDECK_LIVE_KEY")
	if region == "" || key == "" {
		t.Fatal("set ORGDECK_LIVE_REGION and ORGDECK_LIVE_KEY")
	}
	checker, err := contract.Load("")
	if err != nil {
		t.Fatal(err)
	}
	breaches := 0
	client, err := jumpcloud.New(jumpcloud.Options{
		Region: domain.Region(region), APIKey: key, Version: "live-test", Clock: jumpcloud.NewClock(time.Now),
		Transport: checker.RoundTripper(&http.Transport{Proxy: http.ProxyFromEnvironment}, func(error) { breaches++ }),
		Limits:    jumpcloud.Limits{StartInFlight: 2, MaxInFlight: 4},
	})
	if err != nil {
		t.Fatal(err)
	}
	identity, err := client.Identify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("role %q, provider known: %v, key prefix known: %v", identity.RoleName, identity.ProviderID != "", identity.KeyPrefix != "")
	states := map[domain.RemoteAssist]int{}
	listed := 0
	for page, err := range client.ProviderOrganizations(t.Context(), identity.ProviderID) {
		if err != nil {
			t.Fatal(err)
		}
		listed += len(page.Items)
		for _, org := range page.Items[:min(3, len(page.Items))] {
			details, err := client.Details(t.Context(), org.ID)
			if err != nil {
				t.Errorf("details: %v", domain.CodeOf(err))
			}
			states[details.RemoteAssist]++
			for _, kind := range domain.FigureKinds() {
				if _, err := client.Count(t.Context(), org.ID, kind); err != nil {
					t.Errorf("%s: %v", kind, domain.CodeOf(err))
				}
			}
		}
	}
	t.Logf("%d organizations; Remote Assist as the API tells it: %v; %d exchanges left the contract", listed, states, breaches)
}
